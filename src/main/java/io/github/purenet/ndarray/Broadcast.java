package io.github.purenet.ndarray;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Arithmetic between arrays of different shapes, by NumPy's rule: shapes are aligned at the last
 * axis, and an array repeats along an axis where its dimension is 1 or missing.
 *
 * <p>Arrays of the same shape are computed directly, others row by row along the last axis, each
 * row copied to an array that begins at 0. An array repeats along an axis where its stride is 0.
 */
final class Broadcast {
  private final Operator operator;
  private final NDArray a;
  private final NDArray b;
  private final NDArray c;
  private final int[] aStrides;
  private final int[] bStrides;
  private final int[] cStrides;
  private final float[] aRow;
  private final float[] bRow;

  private Broadcast(Operator operator, NDArray a, NDArray b, NDArray c) {
    this.operator = operator;
    this.a = a;
    this.b = b;
    this.c = c;
    this.aStrides = strides(a.shape(), c.rank());
    this.bStrides = strides(b.shape(), c.rank());
    this.cStrides = c.shape().strides();
    this.aRow = new float[c.dimension(-1)];
    this.bRow = new float[c.dimension(-1)];
  }

  /** Returns a new array with {@code a op b}. */
  static NDArray apply(String what, Operator operator, NDArray a, NDArray b) {
    NDArray c = NDArray.zeros(shape(what, a.shape(), b.shape()));
    compute(operator, a, b, c);
    return c;
  }

  /** Returns a new array with {@code a op b} for a single number b. */
  static NDArray apply(Operator operator, NDArray a, float b) {
    NDArray c = NDArray.zeros(a.shape());
    operator.apply(a.size(), a.data(), b, c.data());
    return c;
  }

  /** Computes {@code a = a op b}, where b may repeat to fill the shape of a. */
  static void applyInPlace(String what, Operator operator, NDArray a, NDArray b) {
    if (!fits(b.shape(), a.shape())) {
      throw new IllegalArgumentException(
          what + ": expected a shape that broadcasts to " + a.shape() + ", got " + b.shape());
    }
    // A view of a that repeats would be changed while it is still to be read.
    boolean overlap = a.data() == b.data() && !a.shape().equals(b.shape());
    compute(operator, a, overlap ? b.copy() : b, a);
  }

  private static void compute(Operator operator, NDArray a, NDArray b, NDArray c) {
    if (a.shape().equals(b.shape())) {
      operator.apply(c.size(), a.data(), b.data(), c.data());
    } else if (c.size() > 0) {
      new Broadcast(operator, a, b, c).walk(0, 0, 0, 0);
    }
  }

  /** Computes the axes from the given one on, from a position in each array. */
  private void walk(int axis, int ao, int bo, int co) {
    int n = c.dimension(axis);
    if (axis < c.rank() - 1) {
      for (int i = 0; i < n; i++) {
        walk(axis + 1, ao + i * aStrides[axis], bo + i * bStrides[axis], co + i * cStrides[axis]);
      }
      return;
    }
    row(a.data(), ao, aStrides[axis], aRow);
    if (bStrides[axis] == 0) {
      operator.apply(n, aRow, b.data()[bo], aRow);
    } else {
      row(b.data(), bo, bStrides[axis], bRow);
      operator.apply(n, aRow, bRow, aRow);
    }
    System.arraycopy(aRow, 0, c.data(), co, n);
  }

  /** Copies a row from its position in an array, or fills it with the number that repeats there. */
  private static void row(float[] data, int from, int stride, float[] row) {
    if (stride == 0) {
      Arrays.fill(row, data[from]);
    } else {
      System.arraycopy(data, from, row, 0, row.length);
    }
  }

  /** Returns the strides of an operand in a result of the given rank: 0 where it repeats. */
  static int[] strides(Shape shape, int rank) {
    int[] strides = new int[rank];
    int[] own = shape.strides();
    int missing = rank - shape.rank();
    for (int axis = 0; axis < own.length; axis++) {
      strides[missing + axis] = shape.dimension(axis) == 1 ? 0 : own[axis];
    }
    return strides;
  }

  /** Returns the common shape of operands; the message names the operation. */
  static Shape shape(String what, Shape... operands) {
    int rank = 0;
    for (Shape operand : operands) {
      rank = Math.max(rank, operand.rank());
    }
    int[] result = new int[rank];
    Arrays.fill(result, 1);
    for (Shape operand : operands) {
      for (int i = 1; i <= operand.rank(); i++) {
        int m = result[rank - i];
        int n = operand.dimension(-i);
        if (m != n && m != 1 && n != 1) {
          throw new IllegalArgumentException(
              Arrays.stream(operands)
                  .map(Shape::toString)
                  .collect(
                      Collectors.joining(
                          " and ", what + ": expected shapes that broadcast, got ", "")));
        }
        result[rank - i] = m == 1 ? n : m;
      }
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
}
