package io.github.purenet.ndarray;

/** A copy from one array to another along the same axes, each array with strides of its own. */
final class Walk {
  private final int[] lengths;
  private final float[] from;
  private final int[] fromStrides;
  private final float[] to;
  private final int[] toStrides;

  private Walk(int[] lengths, float[] from, int[] fromStrides, float[] to, int[] toStrides) {
    this.lengths = lengths;
    this.from = from;
    this.fromStrides = fromStrides;
    this.to = to;
    this.toStrides = toStrides;
  }

  /**
   * Copies the numbers of x to positions in y.
   *
   * @param x the array to copy, whole. Not modified.
   * @param y where it is copied to. Modified.
   * @param first the position in y of the first number
   * @param strides the distance in y between neighbors on each axis of x
   */
  static void scatter(NDArray x, NDArray y, int first, int[] strides) {
    if (x.size() > 0) { // no loop over the other axes of an empty array, which may be long
      int[] lengths = x.shape().toArray();
      new Walk(lengths, x.data(), x.shape().strides(), y.data(), strides).copy(0, 0, first);
    }
  }

  /**
   * Copies numbers of x from their positions to y.
   *
   * @param x the array to copy from. Not modified.
   * @param first the position in x of the first number
   * @param strides the distance in x between neighbors on each axis of y
   * @param y where they are copied to, whole. Modified.
   */
  static void gather(NDArray x, int first, int[] strides, NDArray y) {
    if (y.size() > 0) {
      int[] lengths = y.shape().toArray();
      new Walk(lengths, x.data(), strides, y.data(), y.shape().strides()).copy(0, first, 0);
    }
  }

  /** Copies the axes from the given one on, from position f to position t. */
  private void copy(int axis, int f, int t) {
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
