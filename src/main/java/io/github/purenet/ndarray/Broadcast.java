package io.github.purenet.ndarray;

/**
 * Arithmetic between arrays of different shapes, by NumPy's rule: shapes are aligned at the last
 * axis, and a dimension that is 1 or missing repeats along the other's.
 *
 * <p>An array repeats along an axis when its stride there is 0. The work is done in rows along the
 * last axis; arrays of one shape are a single row.
 */
final class Broadcast {

  /** One row of an operation: {@code c[i] = a[i * aStep] op b[i * bStep]}, from the offsets on. */
  interface RowOperator {
    /**
     * Computes one row.
     *
     * @param n the length of the row
     * @param a left operand. Not modified, unless it is c.
     * @param ao where its row begins
     * @param as the step between its elements, 0 to repeat one
     * @param b right operand. Not modified.
     * @param bo where its row begins
     * @param bs the step between its elements, 0 to repeat one
     * @param c result. Modified.
     * @param co where its row begins
     */
    void apply(int n, float[] a, int ao, int as, float[] b, int bo, int bs, float[] c, int co);
  }

  // Each operator has a loop of its own, so that the JIT compiler sees no call inside of it.

  static final RowOperator ADD =
      (n, a, ao, as, b, bo, bs, c, co) -> {
        for (int i = 0; i < n; i++) {
          c[co + i] = a[ao + i * as] + b[bo + i * bs];
        }
      };

  static final RowOperator SUBTRACT =
      (n, a, ao, as, b, bo, bs, c, co) -> {
        for (int i = 0; i < n; i++) {
          c[co + i] = a[ao + i * as] - b[bo + i * bs];
        }
      };

  static final RowOperator MULTIPLY =
      (n, a, ao, as, b, bo, bs, c, co) -> {
        for (int i = 0; i < n; i++) {
          c[co + i] = a[ao + i * as] * b[bo + i * bs];
        }
      };

  static final RowOperator DIVIDE =
      (n, a, ao, as, b, bo, bs, c, co) -> {
        for (int i = 0; i < n; i++) {
          c[co + i] = a[ao + i * as] / b[bo + i * bs];
        }
      };

  private final RowOperator operator;
  private final NDArray a;
  private final NDArray b;
  private final NDArray c;
  private final int[] aStrides;
  private final int[] bStrides;
  private final int[] cStrides;

  private Broadcast(RowOperator operator, NDArray a, NDArray b, NDArray c) {
    this.operator = operator;
    this.a = a;
    this.b = b;
    this.c = c;
    this.aStrides = strides(a.shape(), c.rank());
    this.bStrides = strides(b.shape(), c.rank());
    this.cStrides = c.shape().strides();
  }

  /** Returns a new array with {@code a op b}. */
  static NDArray apply(String what, RowOperator operator, NDArray a, NDArray b) {
    NDArray c = NDArray.zeros(shape(what, a.shape(), b.shape()));
    compute(operator, a, b, c);
    return c;
  }

  /** Returns a new array with {@code a op b} for a single number b. */
  static NDArray apply(RowOperator operator, NDArray a, float b) {
    NDArray c = NDArray.zeros(a.shape());
    operator.apply(a.size(), a.data(), a.offset(), 1, new float[] {b}, 0, 0, c.data(), 0);
    return c;
  }

  /** Computes {@code a = a op b}, where b may repeat to fill the shape of a. */
  static void applyInPlace(String what, RowOperator operator, NDArray a, NDArray b) {
    if (!fits(b.shape(), a.shape())) {
      throw new IllegalArgumentException(
          what + ": expected a shape that broadcasts to " + a.shape() + ", got " + b.shape());
    }
    compute(operator, a, overlaps(a, b) ? b.copy() : b, a);
  }

  private static void compute(RowOperator operator, NDArray a, NDArray b, NDArray c) {
    if (a.shape().equals(b.shape())) {
      operator.apply(
          c.size(), a.data(), a.offset(), 1, b.data(), b.offset(), 1, c.data(), c.offset());
    } else if (c.size() > 0) {
      new Broadcast(operator, a, b, c).walk(0, a.offset(), b.offset(), c.offset());
    }
  }

  private void walk(int axis, int ao, int bo, int co) {
    int n = c.dimension(axis);
    if (axis == c.rank() - 1) {
      operator.apply(n, a.data(), ao, aStrides[axis], b.data(), bo, bStrides[axis], c.data(), co);
      return;
    }
    for (int i = 0; i < n; i++) {
      walk(axis + 1, ao + i * aStrides[axis], bo + i * bStrides[axis], co + i * cStrides[axis]);
    }
  }

  /** Returns the strides of an operand in a result of the given rank: 0 where it repeats. */
  private static int[] strides(Shape shape, int rank) {
    int[] strides = new int[rank];
    int[] own = shape.strides();
    int missing = rank - shape.rank();
    for (int axis = 0; axis < own.length; axis++) {
      strides[missing + axis] = shape.dimension(axis) == 1 ? 0 : own[axis];
    }
    return strides;
  }

  private static Shape shape(String what, Shape a, Shape b) {
    int[] result = new int[Math.max(a.rank(), b.rank())];
    for (int i = 1; i <= result.length; i++) {
      int m = i <= a.rank() ? a.dimension(-i) : 1;
      int n = i <= b.rank() ? b.dimension(-i) : 1;
      if (m != n && m != 1 && n != 1) {
        throw new IllegalArgumentException(
            what + ": expected shapes that broadcast, got " + a + " and " + b);
      }
      result[result.length - i] = m == 1 ? n : m;
    }
    return Shape.of(result);
  }

  private static boolean fits(Shape small, Shape large) {
    if (small.rank() > large.rank()) {
      return false;
    }
    for (int i = 1; i <= small.rank(); i++) {
      if (small.dimension(-i) != 1 && small.dimension(-i) != large.dimension(-i)) {
        return false;
      }
    }
    return true;
  }

  /** Whether writing to a could change elements of b that are still to be read. */
  private static boolean overlaps(NDArray a, NDArray b) {
    boolean identical = a.offset() == b.offset() && a.shape().equals(b.shape());
    return a.data() == b.data()
        && !identical
        && a.offset() < b.offset() + b.size()
        && b.offset() < a.offset() + a.size();
  }
}
