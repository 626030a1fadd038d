package io.github.purenet.explain;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.util.Arrays;

/** Changes that make images (N, C, H, W) plainer, in place and each on its own. */
final class ImagePrior {
  private ImagePrior() {}

  /**
   * Blurs each channel by a Gaussian, cut off at four standard deviations. Beyond its edge, an
   * image goes on as its mirror image, whose first row is the last one.
   *
   * @param images the images. Modified.
   * @param deviation the standard deviation in pixels, above 0
   */
  static void blur(NDArray images, double deviation) {
    double[] weights = gaussian(deviation);
    int height = images.dimension(2);
    int width = images.dimension(3);
    double[] line = new double[Math.max(height, width)];
    for (int plane = 0; plane < images.size(); plane += height * width) {
      for (int row = 0; row < height; row++) {
        blur(images.data(), plane + row * width, 1, width, weights, line);
      }
      for (int column = 0; column < width; column++) {
        blur(images.data(), plane + column, width, height, weights, line);
      }
    }
  }

  /** Returns the weights at distances 0, 1, 2 and so on, which sum to 1 over both sides. */
  private static double[] gaussian(double deviation) {
    double[] weights = new double[(int) (4 * deviation + 0.5) + 1];
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      weights[i] = Math.exp(-0.5 * i * i / (deviation * deviation));
      sum += i == 0 ? weights[i] : 2 * weights[i];
    }
    for (int i = 0; i < weights.length; i++) {
      weights[i] /= sum;
    }
    return weights;
  }

  /** Blurs a line of numbers that lie a step apart; {@code line} is memory for them. */
  private static void blur(
      float[] data, int from, int step, int length, double[] weights, double[] line) {
    for (int i = 0; i < length; i++) {
      line[i] = data[from + i * step];
    }
    for (int i = 0; i < length; i++) {
      double sum = weights[0] * line[i];
      for (int k = 1; k < weights.length; k++) {
        sum += weights[k] * (line[mirrored(i - k, length)] + line[mirrored(i + k, length)]);
      }
      data[from + i * step] = (float) sum;
    }
  }

  /** Returns the position that stands for one beyond the edge: c b a | a b c | c b a. */
  private static int mirrored(int position, int length) {
    int i = Math.floorMod(position, 2 * length);
    return i < length ? i : 2 * length - 1 - i;
  }

  /** Returns the Euclidean norm of each pixel over the channels, N H W numbers. */
  static double[] norms(NDArray images) {
    double[] norms = sumOfProducts(images, images);
    for (int i = 0; i < norms.length; i++) {
      norms[i] = Math.sqrt(norms[i]);
    }
    return norms;
  }

  /** Returns the absolute value of the sum over the channels of x times g, N H W numbers. */
  static double[] contributions(NDArray x, NDArray g) {
    double[] sums = sumOfProducts(x, g);
    for (int i = 0; i < sums.length; i++) {
      sums[i] = Math.abs(sums[i]);
    }
    return sums;
  }

  private static double[] sumOfProducts(NDArray a, NDArray b) {
    int channels = a.dimension(1);
    int positions = a.dimension(2) * a.dimension(3);
    double[] sums = new double[a.dimension(0) * positions];
    for (int i = 0; i < a.size(); i++) {
      int image = i / (channels * positions);
      sums[image * positions + i % positions] += (double) a.data()[i] * b.data()[i];
    }
    return sums;
  }

  /**
   * Sets those pixels of each image to 0, in all channels, whose value is below a percentile of the
   * values of that image.
   *
   * @param images the images. Modified.
   * @param values N H W values. Not modified.
   * @param percentile from 0 to 100
   */
  static void clipSmallest(NDArray images, double[] values, double percentile) {
    Shape shape = images.shape();
    int channels = shape.dimension(1);
    int positions = shape.dimension(2) * shape.dimension(3);
    for (int n = 0; n < shape.dimension(0); n++) {
      double[] one = Arrays.copyOfRange(values, n * positions, (n + 1) * positions);
      double least = percentile(one.clone(), percentile);
      for (int i = 0; i < channels * positions; i++) {
        if (one[i % positions] < least) {
          images.data()[n * channels * positions + i] = 0;
        }
      }
    }
  }

  /** Returns a percentile, linear between two values as NumPy's. Sorts the values. */
  private static double percentile(double[] values, double percentile) {
    Arrays.sort(values);
    double at = percentile / 100 * (values.length - 1);
    int below = (int) at;
    int above = Math.min(below + 1, values.length - 1);
    return values[below] + (at - below) * (values[above] - values[below]);
  }

  /** Limits the numbers of each channel to a range of its own. */
  static void clip(NDArray images, float[] low, float[] high) {
    int channels = images.dimension(1);
    int positions = images.dimension(2) * images.dimension(3);
    float[] data = images.data();
    for (int i = 0; i < data.length; i++) {
      int channel = i / positions % channels;
      data[i] = Math.max(low[channel], Math.min(high[channel], data[i]));
    }
  }
}
