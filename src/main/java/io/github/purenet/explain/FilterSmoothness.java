package io.github.purenet.explain;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;

/**
 * How smooth the filters of a convolution are: the correlation of neighboring weights, which
 * training raises where filters become edges and blobs.
 *
 * <p>For each filter and channel it is Moran's I with the weights above, below, to the left and to
 * the right as neighbors: the mean of {@code (w_i - m) (w_j - m)} over all pairs of neighbors i and
 * j, divided by the mean of {@code (w_i - m)^2}, with the mean m of the filter's n weights. The
 * expectation for independent random weights is -1 / (n - 1), which is -0.04 for 5 by 5; a ramp is
 * near 1, and a checkerboard -1. Neither a constant nor a factor changes it.
 *
 * <p>Source: Moran 1950, <i>Notes on Continuous Stochastic Phenomena</i>, Biometrika 37.
 */
public final class FilterSmoothness {

  private FilterSmoothness() {}

  /**
   * Returns the smoothness of each filter in each channel.
   *
   * @param filters the weight of a convolution (FN, C, FH, FW). Not modified.
   * @return (FN, C), a new array; NaN where all weights are equal, as in filters of 1 by 1, or a
   *     weight is not finite
   * @throws IllegalArgumentException if the filters are of another shape
   */
  public static NDArray of(NDArray filters) {
    Shape shape = filters.shape();
    if (shape.rank() != 4) {
      throw new IllegalArgumentException(
          "filters: expected a weight (FN, C, FH, FW), got " + shape);
    }
    int fh = shape.dimension(2);
    int fw = shape.dimension(3);
    NDArray smoothness = NDArray.zeros(shape.dimension(0), shape.dimension(1));
    for (int i = 0; i < smoothness.size(); i++) {
      smoothness.data()[i] = (float) smoothness(filters.data(), i * fh * fw, fh, fw);
    }
    return smoothness;
  }

  /**
   * Returns the mean smoothness of filters: that of all filters and channels for which it is a
   * number.
   *
   * @param filters the weight of a convolution (FN, C, FH, FW). Not modified.
   * @return the mean, at most about 1; NaN if there is none
   * @throws IllegalArgumentException if the filters are of another shape
   */
  public static double mean(NDArray filters) {
    double sum = 0;
    int count = 0;
    for (float one : of(filters).data()) {
      if (!Float.isNaN(one)) {
        sum += one;
        count++;
      }
    }
    return sum / count;
  }

  /** Computes Moran's I of the {@code fh * fw} numbers from {@code start} on. */
  private static double smoothness(float[] w, int start, int fh, int fw) {
    int n = fh * fw;
    double mean = 0;
    for (int i = start; i < start + n; i++) {
      mean += w[i];
    }
    mean /= n;
    double squares = 0;
    double products = 0;
    for (int y = 0; y < fh; y++) {
      for (int x = 0; x < fw; x++) {
        double here = w[start + y * fw + x] - mean;
        squares += here * here;
        if (x + 1 < fw) {
          products += here * (w[start + y * fw + x + 1] - mean);
        }
        if (y + 1 < fh) {
          products += here * (w[start + (y + 1) * fw + x] - mean);
        }
      }
    }
    int pairs = fh * (fw - 1) + (fh - 1) * fw;
    // Rounding of the mean leaves a little where all weights are equal.
    boolean constant = squares <= n * Math.pow(1e-12 * mean, 2);
    return constant ? Double.NaN : products / pairs / (squares / n);
  }
}
