package io.github.purenet.explain;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import io.github.purenet.nn.Network;
import io.github.purenet.nn.Probabilities;
import io.github.purenet.nn.SigmoidWithLoss;
import io.github.purenet.nn.SoftmaxWithLoss;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * Occlusion sensitivity: how much the probability of a class drops when a gray square hides a part
 * of the image. The square moves over the whole image, and each pixel gets the mean drop of all
 * squares that hide it. A negative number means that the class becomes more likely without the
 * pixel.
 *
 * <p>Squares are at multiples of the stride, and at the lower and the right edge, so that every
 * pixel is hidden at least once.
 *
 * <p>Source: Zeiler and Fergus 2014, <i>Visualizing and Understanding Convolutional Networks</i>,
 * section 4.2. There the map has a number for each square, at its center; here one for each pixel.
 */
public final class Occlusion {
  private static final double GRAY = 0.5;

  private final int size;
  private final int stride;
  private final double gray;
  private final boolean logits;

  /**
   * Creates it for squares of the given size, a stride of a quarter of that, gray pixels (0.5), and
   * the drop of the probability.
   *
   * @param size the height and width of the square in pixels, at least 1
   * @throws IllegalArgumentException if the number is out of range
   */
  public Occlusion(int size) {
    this(size, Math.max(1, size / 4), GRAY, false);
  }

  private Occlusion(int size, int stride, double gray, boolean logits) {
    if (size < 1) {
      throw new IllegalArgumentException("occlusion: expected a size of at least 1, got " + size);
    }
    if (stride < 1 || stride > size) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "occlusion: expected a stride from 1 to the size %d, got %d",
              size,
              stride));
    }
    if (!(Math.abs(gray) <= Float.MAX_VALUE)) {
      throw new IllegalArgumentException("occlusion: expected a finite gray, got " + gray);
    }
    this.size = size;
    this.stride = stride;
    this.gray = gray;
    this.logits = logits;
  }

  /**
   * Returns the same with another stride: smaller ones give a finer map and take longer.
   *
   * @param pixels the distance from one square to the next, from 1 to the size
   * @return a new object
   * @throws IllegalArgumentException if the number is out of range
   */
  public Occlusion stride(int pixels) {
    return new Occlusion(size, pixels, gray, logits);
  }

  /**
   * Returns the same with squares of another gray.
   *
   * @param value the value of the pixels in all channels, from 0 for black to 1 for white. It is
   *     normalized if the network has a normalization
   * @return a new object
   * @throws IllegalArgumentException if the number is not finite
   */
  public Occlusion gray(double value) {
    return new Occlusion(size, stride, value, logits);
  }

  /**
   * Returns the same for the drop of the network's output, the logit, instead of the probability,
   * which hardly drops where the network is sure.
   *
   * @return a new object
   */
  public Occlusion ofLogits() {
    return new Occlusion(size, stride, gray, true);
  }

  /**
   * Returns a heat map of the drops.
   *
   * @param network a classifier of images, with outputs (K); for probabilities, with {@link
   *     SoftmaxWithLoss} or {@link SigmoidWithLoss}
   * @param x the images (N, C, H, W). Not modified.
   * @param classes the class of each image; none for the predicted ones
   * @return the maps (N, H, W), a new array
   * @throws IllegalArgumentException if x does not fit, the network is no classifier of images or
   *     its outputs are no logits, an image is smaller than the square, or the classes do not fit
   */
  public NDArray map(Network network, NDArray x, int... classes) {
    Shape image = network.inputShape();
    Maps.requireImages("occlusion", image);
    if (size > Math.min(image.dimension(1), image.dimension(2))) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "occlusion: expected a size of at most the height and width, got %d for images %s",
              size,
              image));
    }
    UnaryOperator<NDArray> scores = scores(network);
    NDArray y = scores.apply(x);
    int[] explained = ClassScores.classes(y, classes);
    NDArray maps = NDArray.zeros(explained.length, image.dimension(1), image.dimension(2));
    float[] pixel = PixelValues.of(network, gray);
    for (int i = 0; i < explained.length; i++) {
      double[] left = left(scores, x.at(i), explained[i], pixel);
      writeMeanDrops(y.get(i, explained[i]), left, maps, i);
    }
    return maps;
  }

  /** Returns the function from inputs to the scores that are compared. */
  private UnaryOperator<NDArray> scores(Network network) {
    if (logits) {
      return network::predict;
    }
    Probabilities probabilities = new Probabilities(network);
    return x -> probabilities.of(network.predict(x));
  }

  /** Returns the score that is left of an image under each square, row by row of squares. */
  private double[] left(UnaryOperator<NDArray> scores, NDArray image, int label, float[] pixel) {
    int[] tops = starts(image.dimension(1));
    int[] lefts = starts(image.dimension(2));
    double[] left = new double[tops.length * lefts.length];
    for (int from = 0, to; from < left.length; from = to) {
      to = Math.min(left.length, from + Chunks.rows(image.shape()));
      NDArray copies = NDArray.zeros(image.shape().prepend(to - from));
      for (int i = from; i < to; i++) {
        int at = (i - from) * image.size();
        System.arraycopy(image.data(), 0, copies.data(), at, image.size());
        int corner = at + tops[i / lefts.length] * image.dimension(2) + lefts[i % lefts.length];
        hide(copies.data(), corner, image.shape(), pixel);
      }
      NDArray y = scores.apply(copies);
      for (int i = from; i < to; i++) {
        left[i] = y.get(i - from, label);
      }
    }
    return left;
  }

  /** Hides a square of an image, whose upper left corner in the first channel is given. */
  private void hide(float[] images, int corner, Shape image, float[] pixel) {
    int width = image.dimension(2);
    for (int c = 0; c < pixel.length; c++) {
      for (int row = 0; row < size; row++) {
        int from = corner + (c * image.dimension(1) + row) * width;
        Arrays.fill(images, from, from + size, pixel[c]);
      }
    }
  }

  /** Writes to one of the maps, for each pixel, the mean drop of the squares that hide it. */
  private void writeMeanDrops(double whole, double[] left, NDArray maps, int map) {
    int height = maps.dimension(1);
    int width = maps.dimension(2);
    int[] tops = starts(height);
    int[] lefts = starts(width);
    double[] sum = new double[height * width];
    int[] count = new int[sum.length];
    for (int i = 0; i < left.length; i++) {
      for (int row = 0; row < size; row++) {
        int from = (tops[i / lefts.length] + row) * width + lefts[i % lefts.length];
        for (int at = from; at < from + size; at++) {
          sum[at] += whole - left[i];
          count[at]++;
        }
      }
    }
    for (int at = 0; at < sum.length; at++) {
      maps.data()[map * sum.length + at] = (float) (sum[at] / count[at]);
    }
  }

  /** Returns the first rows, or columns, of the squares along an axis of the image. */
  private int[] starts(int length) {
    int last = length - size;
    int[] starts = new int[(last + stride - 1) / stride + 1];
    for (int i = 0; i < starts.length; i++) {
      starts[i] = Math.min(i * stride, last);
    }
    return starts;
  }
}
