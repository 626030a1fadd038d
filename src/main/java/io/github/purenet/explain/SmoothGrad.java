package io.github.purenet.explain;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import io.github.purenet.nn.Network;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/**
 * SmoothGrad, the mean of the gradients at noisy copies of a sample: what is left of {@link
 * Saliency} where it does not change at random from one copy to the next.
 *
 * <p>A sample gets the same noise whatever other samples it comes with, so its map does not depend
 * on them. The class is that of the sample without noise.
 *
 * <p>Source: Smilkov, Thorat, Kim, Viégas and Wattenberg 2017, <i>SmoothGrad: removing noise by
 * adding noise</i>, section 2. As there, noise is Gaussian and its standard deviation a share of
 * the difference between the largest and the smallest number of the sample. The absolute value is
 * taken after the mean.
 */
public final class SmoothGrad {
  private final int copies;
  private final double noise;
  private final long seed;

  /** Creates it for 50 copies, with a noise of 0.15, which the paper finds good, and seed 0. */
  public SmoothGrad() {
    this(50, 0.15, 0);
  }

  /**
   * Creates it.
   *
   * @param copies the number of noisy copies of each sample, at least 1
   * @param noise the standard deviation of the noise, as a share of the range of the sample's
   *     numbers; at least 0 and finite, 0.1 to 0.2 in the paper
   * @param seed determines the noise; the same on every machine
   * @throws IllegalArgumentException if a number is out of range
   */
  public SmoothGrad(int copies, double noise, long seed) {
    if (copies < 1) {
      throw new IllegalArgumentException(
          "copies: expected at least 1 of each sample, got " + copies);
    }
    if (!(noise >= 0 && noise <= Float.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "noise: expected a finite share of at least 0, got " + noise);
    }
    this.copies = copies;
    this.noise = noise;
    this.seed = seed;
  }

  /**
   * Returns the mean gradient of the score by the input.
   *
   * @param network a classifier, with outputs (K)
   * @param x the samples (N, input shape). Not modified.
   * @param classes the class of each sample; none for the predicted ones
   * @return the gradient (N, input shape), a new array
   * @throws IllegalArgumentException if x does not fit, the network is no classifier, or the
   *     classes do not fit
   */
  public NDArray gradient(Network network, NDArray x, int... classes) {
    return gradient(network, x, () -> new Random(seed)::nextGaussian, classes);
  }

  /** Returns the mean gradient with noise, of deviation 1, that begins anew for each sample. */
  NDArray gradient(Network network, NDArray x, Supplier<DoubleSupplier> noises, int... classes) {
    int[] explained = ClassScores.classes(network.predict(x), classes);
    NDArray mean = NDArray.zeros(x.shape());
    int size = network.inputShape().size();
    for (int i = 0; i < explained.length; i++) {
      double[] sum = sum(network, x.at(i), explained[i], noises.get());
      for (int j = 0; j < size; j++) {
        mean.data()[i * size + j] = (float) (sum[j] / copies);
      }
    }
    return mean;
  }

  /**
   * Returns a heat map of the pixels: the largest absolute mean gradient over the channels.
   *
   * @param network a classifier of images, with outputs (K)
   * @param x the images (N, C, H, W). Not modified.
   * @param classes the class of each image; none for the predicted ones
   * @return the maps (N, H, W), a new array of numbers of at least 0
   * @throws IllegalArgumentException if x does not fit, the network is no classifier of images, or
   *     the classes do not fit
   */
  public NDArray map(Network network, NDArray x, int... classes) {
    Maps.requireImages("smoothGrad", network.inputShape());
    return Maps.largest(gradient(network, x, classes));
  }

  /** Adds the gradients at the copies of one sample, in their order. */
  private double[] sum(Network network, NDArray sample, int label, DoubleSupplier gaussian) {
    Shape shape = network.inputShape();
    double deviation = noise * ((double) sample.max() - sample.min());
    double[] sum = new double[shape.size()];
    for (int from = 0, to; from < copies; from = to) {
      to = Math.min(copies, from + Chunks.rows(shape));
      NDArray noisy = NDArray.zeros(shape.prepend(to - from));
      for (int i = 0; i < noisy.size(); i++) {
        double clean = sample.data()[i % sum.length];
        noisy.data()[i] = (float) (clean + deviation * gaussian.getAsDouble());
      }
      int[] labels = new int[to - from];
      Arrays.fill(labels, label);
      add(Saliency.gradient(network, noisy, labels), sum);
    }
    return sum;
  }

  /** Adds the rows of an array to a sum. */
  private static void add(NDArray rows, double[] sum) {
    for (int i = 0; i < rows.size(); i++) {
      sum[i % sum.length] += rows.data()[i];
    }
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "SmoothGrad of %d copies, noise %s, seed %d", copies, noise, seed);
  }
}
