package io.github.purenet.ndarray;

import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;

/** Changes of the layout of an array: reshape, transpose and pad. */
final class Layout {
  private Layout() {}

  /** Returns the shape of the given dimensions, of which one may be -1, to be inferred. */
  static Shape inferred(Shape old, int[] dimensions) {
    int[] inferred = Objects.requireNonNull(dimensions, "dimensions").clone();
    int open = -1;
    long known = 1;
    for (int axis = 0; axis < inferred.length; axis++) {
      if (inferred[axis] >= 0) {
        known *= inferred[axis];
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
    new Walk(lengths, x.data(), fromStrides, y.data(), y.shape().strides()).copy(0, 0, 0);
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
    new Walk(x.shape().toArray(), x.data(), x.shape().strides(), y.data(), strides)
        .copy(0, 0, first);
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

  /** A copy from one array to another along the same axes, with other strides. */
  private static final class Walk {
    private final int[] lengths;
    private final float[] from;
    private final int[] fromStrides;
    private final float[] to;
    private final int[] toStrides;

    Walk(int[] lengths, float[] from, int[] fromStrides, float[] to, int[] toStrides) {
      this.lengths = lengths;
      this.from = from;
      this.fromStrides = fromStrides;
      this.to = to;
      this.toStrides = toStrides;
    }

    /** Copies the axes from the given one on, from position f to position t. */
    void copy(int axis, int f, int t) {
      if (axis == lengths.length) {
        to[t] = from[f];
        return;
      }
      int n = lengths[axis];
      int fromStride = fromStrides[axis];
      int toStride = toStrides[axis];
      if (axis < lengths.length - 1) {
        for (int i = 0; i < n; i++) {
          copy(axis + 1, f + i * fromStride, t + i * toStride);
        }
      } else if (fromStride == 1 && toStride == 1) {
        System.arraycopy(from, f, to, t, n);
      } else {
        for (int i = 0; i < n; i++) {
          to[t + i * toStride] = from[f + i * fromStride];
        }
      }
    }
  }
}
