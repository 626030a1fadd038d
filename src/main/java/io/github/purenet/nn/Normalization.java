package io.github.purenet.nn;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.util.List;
import java.util.Locale;

/**
 * How the images that a network has learned from were normalized: {@code (x - mean) / deviation}
 * for each channel, where x is a pixel from 0 to 1. An image that is classified must be normalized
 * in the same way.
 *
 * @param mean the mean of each channel, finite; an unmodifiable copy
 * @param deviation the standard deviation of each channel, above 0 and finite; an unmodifiable copy
 */
public record Normalization(List<Double> mean, List<Double> deviation) {

  /**
   * Creates a normalization.
   *
   * @param mean the mean of each channel, finite
   * @param deviation the standard deviation of each channel, above 0 and finite
   * @throws IllegalArgumentException if a number is out of range, or the counts differ or are 0
   */
  public Normalization {
    mean = List.copyOf(mean);
    deviation = List.copyOf(deviation);
    boolean fits =
        !mean.isEmpty()
            && mean.size() == deviation.size()
            && mean.stream().allMatch(m -> Float.isFinite(m.floatValue()))
            && deviation.stream().allMatch(d -> d.floatValue() > 0 && d <= Float.MAX_VALUE);
    if (!fits) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "normalization: expected a finite mean and a finite deviation above 0 for each"
                  + " channel, got means %s and deviations %s",
              mean,
              deviation));
    }
  }

  /** Checks that there is a mean for each channel of a sample. */
  void check(Shape sample) {
    if (sample.rank() != 3 || sample.dimension(0) != mean.size()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "normalization: expected samples (C, H, W) of %d channels, got %s",
              mean.size(),
              sample));
    }
  }

  /**
   * Normalizes images.
   *
   * @param x the images (N, C, H, W), of pixels from 0 to 1. Not modified.
   * @return the normalized images, a new array of the same shape
   * @throws IllegalArgumentException if there are not as many channels as means
   */
  public NDArray apply(NDArray x) {
    check(x.shape().dropFirst());
    NDArray y = NDArray.zeros(x.shape());
    int positions = x.dimension(2) * x.dimension(3);
    for (int i = 0; i < x.size(); i++) {
      int channel = i / positions % mean.size();
      y.data()[i] = (float) ((x.data()[i] - mean.get(channel)) / deviation.get(channel));
    }
    return y;
  }
}
