package io.github.purenet.explain;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import io.github.purenet.nn.Activations;
import io.github.purenet.nn.Network;
import io.github.purenet.nn.ReceptiveField;
import java.util.Locale;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Activation maximization: an image that excites a class, a channel or a unit of a network much,
 * found by gradient ascent from noise. Each step is {@code x = r(x + rate g)}, where g is the
 * gradient of the activation by x, divided by its root mean square, and r makes the image plainer
 * and easier to look at:
 *
 * <ul>
 *   <li>decay: x is multiplied by {@code 1 - decay}
 *   <li>blur: every few steps, each channel is blurred by a Gaussian
 *   <li>small norms: pixels whose norm over the channels is below a percentile become 0
 *   <li>small contributions: pixels for which {@code |sum over c of x g|} is below a percentile
 *       become 0
 *   <li>range: numbers that no pixel can have become the nearest that one can
 * </ul>
 *
 * <p>An object of this class holds the settings and never changes; each method that sets one
 * returns a new object:
 *
 * <pre>{@code
 * NDArray image = new ActivationMaximization().steps(200).blur(0.8, 4).ofChannel(net, "conv2", 5);
 * }</pre>
 *
 * <p>Images are inputs of the network: 0 is black, or the mean color if the network has a
 * normalization. A channel behind a {@link io.github.purenet.nn.Relu} that noise does not excite
 * has no gradient, and the image stays noise; the layer before the Relu has one.
 *
 * <p>Source: Yosinski, Clune, Nguyen, Fuchs and Lipson 2015, <i>Understanding Neural Networks
 * Through Deep Visualization</i>, section 3. There the gradient is not divided, and numbers are not
 * limited to those of pixels.
 */
public final class ActivationMaximization {
  private int steps = 200;
  private double rate = 0.02;
  private double decay = 0.001;
  private double blur = 0.7;
  private int blurEvery = 4;
  private double smallNorms = 30;
  private double smallContributions;
  private double low;
  private double high = 1;
  private double noise = 0.1;
  private NDArray start;
  private long seed;

  /**
   * Creates it with 200 steps at rate 0.02, decay 0.001, a blur of 0.7 every 4 steps, small norms
   * up to percentile 30, no limit on contributions, pixels from 0 to 1, and a start from noise of
   * 0.1 with seed 0. Numbers are for small images such as those of MNIST.
   */
  public ActivationMaximization() {}

  /** Copies the settings. */
  private ActivationMaximization(ActivationMaximization from) {
    steps = from.steps;
    rate = from.rate;
    decay = from.decay;
    blur = from.blur;
    blurEvery = from.blurEvery;
    smallNorms = from.smallNorms;
    smallContributions = from.smallContributions;
    low = from.low;
    high = from.high;
    noise = from.noise;
    start = from.start;
    seed = from.seed;
  }

  private ActivationMaximization with(Consumer<ActivationMaximization> change) {
    ActivationMaximization changed = new ActivationMaximization(this);
    change.accept(changed);
    return changed;
  }

  /**
   * Returns the same with another number of steps.
   *
   * @param count the number of steps, at least 0
   * @return a new object
   * @throws IllegalArgumentException if the number is out of range
   */
  public ActivationMaximization steps(int count) {
    require(count >= 0, "at least 0 steps", count);
    return with(changed -> changed.steps = count);
  }

  /**
   * Returns the same with another learning rate: by how much a number of the image changes in a
   * step, as root mean square.
   *
   * @param value the rate, above 0 and finite
   * @return a new object
   * @throws IllegalArgumentException if the number is out of range
   */
  public ActivationMaximization learningRate(double value) {
    require(value > 0 && value <= Float.MAX_VALUE, "a finite learning rate above 0", value);
    return with(changed -> changed.rate = value);
  }

  /**
   * Returns the same with another decay of all numbers of the image.
   *
   * @param share the share of its value that a number loses in each step, from 0 to below 1
   * @return a new object
   * @throws IllegalArgumentException if the number is out of range
   */
  public ActivationMaximization decay(double share) {
    require(share >= 0 && share < 1, "a decay of at least 0 and below 1", share);
    return with(changed -> changed.decay = share);
  }

  /**
   * Returns the same with another blur.
   *
   * @param deviation the standard deviation of the Gaussian in pixels, at least 0 and at most 1000;
   *     0 for no blur
   * @param every the number of steps from one blur to the next, at least 1
   * @return a new object
   * @throws IllegalArgumentException if a number is out of range
   */
  public ActivationMaximization blur(double deviation, int every) {
    require(deviation >= 0 && deviation <= 1000, "a blur of 0 to 1000 pixels", deviation);
    require(every >= 1, "a blur every step or less often", every);
    return with(
        changed -> {
          changed.blur = deviation;
          changed.blurEvery = every;
        });
  }

  /**
   * Returns the same with another limit for pixels with small norms, which become 0 in each step.
   *
   * @param percentile how many of 100 pixels become 0, from 0 to 100
   * @return a new object
   * @throws IllegalArgumentException if the number is out of range
   */
  public ActivationMaximization clipSmallNorms(double percentile) {
    requirePercentile(percentile);
    return with(changed -> changed.smallNorms = percentile);
  }

  /**
   * Returns the same with another limit for pixels with small contributions to the activation,
   * which become 0 in each step.
   *
   * @param percentile how many of 100 pixels become 0, from 0 to 100
   * @return a new object
   * @throws IllegalArgumentException if the number is out of range
   */
  public ActivationMaximization clipSmallContributions(double percentile) {
    requirePercentile(percentile);
    return with(changed -> changed.smallContributions = percentile);
  }

  /**
   * Returns the same with another range of pixels.
   *
   * @param least the smallest value of a pixel, which is normalized if the network has a
   *     normalization
   * @param most the largest value of a pixel, above the smallest; both finite
   * @return a new object
   * @throws IllegalArgumentException if a number is out of range
   */
  public ActivationMaximization range(double least, double most) {
    boolean finite = Math.abs(least) <= Float.MAX_VALUE && Math.abs(most) <= Float.MAX_VALUE;
    require(finite && least < most, "a finite range of pixels", least + " to " + most);
    return with(
        changed -> {
          changed.low = least;
          changed.high = most;
        });
  }

  /**
   * Returns the same with another start, Gaussian noise around 0.
   *
   * @param deviation the standard deviation of the noise, at least 0 and finite
   * @return a new object
   * @throws IllegalArgumentException if the number is out of range
   */
  public ActivationMaximization noise(double deviation) {
    require(
        deviation >= 0 && deviation <= Float.MAX_VALUE, "a finite noise of at least 0", deviation);
    return with(
        changed -> {
          changed.noise = deviation;
          changed.start = null;
        });
  }

  /**
   * Returns the same with an image as the start, instead of noise.
   *
   * @param image an input of the network, in its input shape; copied
   * @return a new object
   */
  public ActivationMaximization start(NDArray image) {
    NDArray copy = image.copy();
    return with(changed -> changed.start = copy);
  }

  /**
   * Returns the same with another seed.
   *
   * @param number determines the noise at the start; the same on every machine
   * @return a new object
   */
  public ActivationMaximization seed(long number) {
    return with(changed -> changed.seed = number);
  }

  /**
   * Returns an image that excites a class: the output of the network, for a classifier the logit.
   *
   * @param network a classifier of images, with outputs (K)
   * @param label the class, from 0 to K - 1
   * @return the image (C, H, W), a new array
   * @throws IllegalArgumentException if the network is no classifier of images or has no such
   *     class, or the image at the start does not fit
   */
  public NDArray ofClass(Network network, int label) {
    Shape y = network.outputShape(network.inputShape().prepend(1));
    ClassScores.requireRows(y.dropFirst());
    ClassScores.requireClass(y.dimension(1), label, "");
    NDArray dy = ClassScores.oneHot(y, new int[] {label});
    return ascend(network, activations -> activations.gradients(dy).input(), 1).at(0);
  }

  /**
   * Returns an image that excites a channel: the unit in the middle of its map, whose {@link
   * ReceptiveField} then holds what the channel looks for.
   *
   * @param network a network of images (C, H, W)
   * @param layer the name of a layer whose output is (N, C, h, w) or (N, D)
   * @param channel a channel of the layer, from 0 to C - 1, or a unit from 0 to D - 1
   * @return the image (C, H, W), a new array
   * @throws IllegalArgumentException if the inputs are no images, there is no such layer or
   *     channel, or the image at the start does not fit
   */
  public NDArray ofChannel(Network network, String layer, int channel) {
    Shape output = LayerOutput.shape(network, layer);
    LayerOutput.requireChannel(layer, output, channel);
    return ofChannels(network, layer, output, channel, channel + 1).at(0);
  }

  /**
   * Returns an image for each channel of a layer, as {@link #ofChannel} does for one, all at once;
   * of the last layer of a classifier, for each class.
   *
   * @param network a network of images (C, H, W)
   * @param layer the name of a layer whose output is (N, C, h, w) or (N, D)
   * @return the images (M, C, H, W), one for each of M channels or units, a new array
   * @throws IllegalArgumentException if the inputs are no images, there is no such layer, or the
   *     image at the start does not fit
   */
  public NDArray ofChannels(Network network, String layer) {
    Shape output = LayerOutput.shape(network, layer);
    LayerOutput.requireChannels(layer, output);
    int channels = output.dimension(0);
    int rows = Chunks.rows(network.inputShape());
    NDArray[] images = new NDArray[(channels + rows - 1) / rows];
    for (int i = 0; i < images.length; i++) {
      int end = Math.min(channels, (i + 1) * rows);
      images[i] = ofChannels(network, layer, output, i * rows, end);
    }
    return NDArray.concatenate(0, images);
  }

  /**
   * Returns an image that excites one unit: a channel at one position.
   *
   * @param network a network of images (C, H, W)
   * @param layer the name of a layer whose output is (N, C, h, w)
   * @param channel a channel of the layer, from 0 to C - 1
   * @param row the row of the position, from 0 to h - 1
   * @param column the column of the position, from 0 to w - 1
   * @return the image (C, H, W), a new array, in which little changes outside of the {@link
   *     ReceptiveField} of the position
   * @throws IllegalArgumentException if the inputs are no images, there is no such layer, channel
   *     or position, or the image at the start does not fit
   */
  public NDArray ofUnit(Network network, String layer, int channel, int row, int column) {
    Shape output = LayerOutput.shape(network, layer);
    LayerOutput.requireChannel(layer, output, channel);
    LayerOutput.requireMaps(layer, output);
    ReceptiveField.of(network, layer, row, column); // there must be such a position
    NDArray dy = NDArray.zeros(output.prepend(1));
    dy.set(1, 0, channel, row, column);
    return ascend(network, activations -> activations.gradients(layer, dy).input(), 1).at(0);
  }

  /** Returns images for the channels from {@code first} to {@code end - 1}. */
  private NDArray ofChannels(Network network, String layer, Shape output, int first, int end) {
    NDArray dy = NDArray.zeros(output.prepend(end - first));
    int h = output.rank() == 3 ? output.dimension(1) : 1;
    int w = output.rank() == 3 ? output.dimension(2) : 1;
    for (int i = 0; i < end - first; i++) {
      dy.data()[i * output.size() + ((first + i) * h + h / 2) * w + w / 2] = 1;
    }
    return ascend(network, activations -> activations.gradients(layer, dy).input(), end - first);
  }

  /** Returns images (count, C, H, W), each with an ascent of its own from the same start. */
  private NDArray ascend(Network network, Function<Activations, NDArray> gradient, int count) {
    NDArray x = first(network, count);
    float[] least = PixelValues.of(network, low);
    float[] most = PixelValues.of(network, high);
    ImagePrior.clip(x, least, most);
    for (int step = 1; step <= steps; step++) {
      NDArray g = gradient.apply(network.activations(x));
      addStep(x, g);
      if (blur > 0 && step % blurEvery == 0) {
        ImagePrior.blur(x, blur);
      }
      if (smallNorms > 0) {
        ImagePrior.clipSmallest(x, ImagePrior.norms(x), smallNorms);
      }
      if (smallContributions > 0) {
        ImagePrior.clipSmallest(x, ImagePrior.contributions(x, g), smallContributions);
      }
      ImagePrior.clip(x, least, most);
    }
    return x;
  }

  /** Returns copies of the image at the start. */
  private NDArray first(Network network, int count) {
    Shape image = network.inputShape();
    Maps.requireImages("activationMaximization", image);
    NDArray one = start != null ? start : NDArray.normal(image, 0, (float) noise, new Random(seed));
    if (!one.shape().equals(image)) {
      throw new IllegalArgumentException(
          "activationMaximization: expected a start of " + image + ", got " + one.shape());
    }
    NDArray x = NDArray.zeros(image.prepend(count));
    for (int i = 0; i < count; i++) {
      System.arraycopy(one.data(), 0, x.data(), i * one.size(), one.size());
    }
    return x;
  }

  /** Adds the gradient to each image, divided by its root mean square, and lets the sum decay. */
  private void addStep(NDArray x, NDArray g) {
    int size = x.size() / x.dimension(0);
    for (int from = 0; from < x.size(); from += size) {
      double squares = 0;
      for (int i = from; i < from + size; i++) {
        squares += (double) g.data()[i] * g.data()[i];
      }
      double factor = squares > 0 ? rate / Math.sqrt(squares / size) : 0;
      for (int i = from; i < from + size; i++) {
        x.data()[i] = (float) ((1 - decay) * (x.data()[i] + factor * g.data()[i]));
      }
    }
  }

  private static void requirePercentile(double value) {
    require(value >= 0 && value <= 100, "a percentile from 0 to 100", value);
  }

  private static void require(boolean fits, String expected, Object got) {
    if (!fits) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "activationMaximization: expected %s, got %s", expected, got));
    }
  }
}
