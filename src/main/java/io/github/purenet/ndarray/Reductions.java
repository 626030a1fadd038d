package io.github.purenet.ndarray;

import java.util.Arrays;

/**
 * Sums, means and maxima, over all elements or along one axis.
 *
 * <p>Along an axis an array is {@code (outer, n, inner)}: the axes before it, the axis itself and
 * the axes after it. Sums are kept in double and rounded once, at the end.
 */
final class Reductions {
  private Reductions() {}

  static double sum(NDArray x) {
    float[] data = x.data();
    double sum = 0;
    for (int i = 0; i < x.size(); i++) {
      sum += data[i];
    }
    return sum;
  }

  /** Returns the sum along an axis, divided by a number. */
  static NDArray sum(NDArray x, int axis, double divisor) {
    Shape shape = x.shape();
    int n = shape.dimension(axis);
    int outer = shape.product(0, axis);
    int inner = shape.product(axis + 1, shape.rank());
    float[] data = x.data();
    NDArray result = NDArray.zeros(shape.without(axis));
    double[] sums = new double[inner];
    int from = 0;
    for (int o = 0; o < outer; o++) {
      Arrays.fill(sums, 0);
      for (int i = 0; i < n; i++, from += inner) {
        for (int j = 0; j < inner; j++) {
          sums[j] += data[from + j];
        }
      }
      for (int j = 0; j < inner; j++) {
        result.data()[o * inner + j] = (float) (sums[j] / divisor);
      }
    }
    return result;
  }

  static float max(NDArray x) {
    requireElements("max", x);
    float[] data = x.data();
    float max = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < x.size(); i++) {
      max = Math.max(max, data[i]);
    }
    return max;
  }

  static NDArray max(NDArray x, int axis) {
    Shape shape = x.shape();
    int n = requireElements("max", shape, axis);
    int outer = shape.product(0, axis);
    int inner = shape.product(axis + 1, shape.rank());
    float[] data = x.data();
    NDArray result = NDArray.full(shape.without(axis), Float.NEGATIVE_INFINITY);
    float[] max = result.data();
    int from = 0;
    for (int o = 0; o < outer; o++) {
      for (int i = 0; i < n; i++, from += inner) {
        for (int j = 0; j < inner; j++) {
          max[o * inner + j] = Math.max(max[o * inner + j], data[from + j]);
        }
      }
    }
    return result;
  }

  static int argmax(NDArray x) {
    requireElements("argmax", x);
    return argmax(x.data(), 0, 1, x.size());
  }

  static NDArray argmax(NDArray x, int axis) {
    Shape shape = x.shape();
    int n = requireElements("argmax", shape, axis);
    int outer = shape.product(0, axis);
    int inner = shape.product(axis + 1, shape.rank());
    NDArray result = NDArray.zeros(shape.without(axis));
    for (int o = 0; o < outer; o++) {
      for (int j = 0; j < inner; j++) {
        int first = o * n * inner + j;
        result.data()[o * inner + j] = argmax(x.data(), first, inner, n);
      }
    }
    return result;
  }

  /**
   * Returns the index of the largest of n numbers: the first of equals, and NaN before all others.
   */
  private static int argmax(float[] data, int first, int step, int n) {
    int best = 0;
    float max = data[first];
    for (int i = 1; i < n && !Float.isNaN(max); i++) {
      float value = data[first + i * step];
      if (value > max || Float.isNaN(value)) {
        best = i;
        max = value;
      }
    }
    return best;
  }

  private static void requireElements(String what, NDArray x) {
    if (x.size() == 0) {
      throw new IllegalArgumentException(
          what + ": expected at least 1 element, got 0 in " + x.shape());
    }
  }

  private static int requireElements(String what, Shape shape, int axis) {
    if (shape.dimension(axis) == 0) {
      throw new IllegalArgumentException(
          what + ": expected at least 1 element on axis " + axis + ", got 0 in " + shape);
    }
    return shape.dimension(axis);
  }
}
