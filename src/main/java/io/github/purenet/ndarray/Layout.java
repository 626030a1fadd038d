package io.github.purenet.ndarray;

import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;

/** Changes of the layout of an array: reshape, new axes, transpose and pad. */
final class Layout {
  /** A size that no shape has; products are cut there, before they wrap. */
  private static final long TOO_MANY = 1L << 31;

  private Layout() {}

  /** Returns the shape of the given dimensions, of which one may be -1, to be inferred. */
  static Shape inferred(Shape old, int[] dimensions) {
    int[] inferred = Objects.requireNonNull(dimensions, "dimensions").clone();
    int open = -1;
    long known = 1;
    for (int axis = 0; axis < inferred.length; axis++) {
      if (inferred[axis] >= 0) {
        known = Math.min(known * inferred[axis], TOO_MANY);
      } else if (inferred[axis] == -1 && open == -1) {
        open = axis;
      } else {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "reshape: expected at most one -1 and nothing else below 0, got %s from %s",
                Arrays.toString(dimensions),
                old));
      }
    }
    if (open >= 0) {
      if (known <= 0 || old.size() % known != 0) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "reshape: expected dimensions that divide %d, got %s from %s",
                old.size(),
                Arrays.toString(dimensions),
                old));
      }
      inferred[open] = (int) (old.size() / known);
    }
    return Shape.of(inferred);
  }

  /** Returns the shape with axes of length 1, which are at the given places in the result. */
  static Shape expanded(Shape old, int[] axes) {
    Objects.requireNonNull(axes, "axes");
    int[] dimensions = new int[old.rank() + axes.length];
    boolean[] added = Axes.chosen(axes, dimensions.length, old);
    for (int i = 0, axis = 0; i < dimensions.length; i++) {
      dimensions[i] = added[i] ? 1 : old.dimension(axis++);
    }
    return Shape.of(dimensions);
  }

  /** Returns a copy whose axis i is axis {@code axes[i]} of x. */
  static NDArray transpose(NDArray x, int[] axes) {
    Objects.requireNonNull(axes, "axes");
    int rank = x.rank();
    int[] strides = x.shape().strides();
    int[] lengths = new int[rank];
    int[] fromStrides = new int[rank];
    boolean[] seen = new boolean[rank];
    boolean permutation = axes.length == rank;
    for (int i = 0; i < rank && permutation; i++) {
      int axis = axes[i] < 0 ? axes[i] + rank : axes[i];
      permutation = axis >= 0 && axis < rank && !seen[axis];
      if (permutation) {
        seen[axis] = true;
        lengths[i] = x.dimension(axis);
        fromStrides[i] = strides[axis];
      }
    }
    if (!permutation) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "transpose: expected each of the %d axes once, got %s in %s",
              rank,
              Arrays.toString(axes),
              x.shape()));
    }
    NDArray y = NDArray.zeros(lengths);
    Walk.gather(x, 0, fromStrides, y);
    return y;
  }

  /** Returns a copy of x surrounded by zeros: for each axis, the number before and after. */
  static NDArray pad(NDArray x, int[][] beforeAndAfter) {
    Objects.requireNonNull(beforeAndAfter, "beforeAndAfter");
    int rank = x.rank();
    if (beforeAndAfter.length != rank) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "pad: expected %d pairs {before, after}, got %d in %s",
              rank,
              beforeAndAfter.length,
              x.shape()));
    }
    int[] padded = new int[rank];
    for (int axis = 0; axis < rank; axis++) {
      padded[axis] = paddedLength(x.shape(), axis, beforeAndAfter[axis]);
    }
    NDArray y = NDArray.zeros(padded);
    int[] strides = y.shape().strides();
    int first = 0;
    for (int axis = 0; axis < rank; axis++) {
      first += beforeAndAfter[axis][0] * strides[axis];
    }
    Walk.scatter(x, y, first, strides);
    return y;
  }

  private static int paddedLength(Shape shape, int axis, int[] pair) {
    long length = -1;
    if (pair != null && pair.length == 2 && pair[0] >= 0 && pair[1] >= 0) {
      length = (long) shape.dimension(axis) + pair[0] + pair[1];
    }
    if (length < 0 || length > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "pad: expected {before, after}, neither negative nor huge, on axis %d, got %s in %s",
              axis,
              Arrays.toString(pair),
              shape));
    }
    return (int) length;
  }
}
