package io.github.purenet.ndarray;

import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;

/**
 * The numbers of an array for a reduction over some of its axes, as {@code (outer, n, inner)}: the
 * axes to keep before those to reduce, these, and the axes to keep behind them.
 *
 * @param data the numbers; those of the array itself, unless axes to keep lie between the others
 * @param outer the product of the dimensions before
 * @param n the product of the dimensions to reduce
 * @param inner the product of the dimensions behind
 * @param kept the shape without the axes to reduce
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier: never compared
record Axes(float[] data, int outer, int n, int inner, Shape kept) {

  /** Returns the numbers for a reduction over the given axes, which may count from the end. */
  static Axes of(NDArray x, int... axes) {
    Shape shape = x.shape();
    int rank = shape.rank();
    boolean[] reduced = chosen(axes, rank, shape);
    int[] order = new int[rank]; // the axes to keep, then the others
    int keep = rank - axes.length;
    for (int axis = 0, k = 0, r = keep; axis < rank; axis++) {
      order[reduced[axis] ? r++ : k++] = axis;
    }
    Shape kept = shape.select(Arrays.copyOf(order, keep));
    int from = keep < rank ? order[keep] : rank;
    int to = keep < rank ? order[rank - 1] + 1 : rank;
    if (to - from == axes.length) {
      return new Axes(
          x.data(), shape.product(0, from), shape.product(from, to), shape.product(to, rank), kept);
    }
    NDArray y = Layout.transpose(x, order);
    return new Axes(y.data(), kept.size(), y.shape().product(keep, rank), 1, kept);
  }

  /**
   * Returns which of the axes are chosen.
   *
   * @param axes the axes, each once, where -1 is the last one. Not modified.
   * @param rank the number of axes
   * @param shape what messages name
   */
  static boolean[] chosen(int[] axes, int rank, Shape shape) {
    Objects.requireNonNull(axes, "axes");
    boolean[] chosen = new boolean[rank];
    for (int axis : axes) {
      int i = Shape.axis(axis, rank, shape);
      if (chosen[i]) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "axes: expected each axis at most once, got %s in %s",
                Arrays.toString(axes),
                shape));
      }
      chosen[i] = true;
    }
    return chosen;
  }
}
