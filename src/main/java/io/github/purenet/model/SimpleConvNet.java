package io.github.purenet.model;

import static io.github.purenet.nn.Layers.affine;
import static io.github.purenet.nn.Layers.conv;
import static io.github.purenet.nn.Layers.maxPool;
import static io.github.purenet.nn.Layers.relu;

import io.github.purenet.ndarray.Shape;
import io.github.purenet.nn.Initializer;
import io.github.purenet.nn.Network;
import io.github.purenet.nn.Parameter;
import java.util.Map;
import java.util.Optional;

/**
 * The book's network: conv - relu - pool - affine - relu - affine - softmax.
 *
 * <p>Shapes: x (N, C, H, W), y (N, K) logits; (N, 1, 28, 28) and (N, 10) by default. The pool is 2
 * by 2 with stride 2. {@link #parameter} knows the parameters by their names in the book, {@code W1
 * b1 W2 b2 W3 b3}, too.
 *
 * <p>Source: Saitoh, <i>Deep Learning from Scratch</i>, section 7.5.
 */
public final class SimpleConvNet extends Network {
  private static final Map<String, String> BOOK_NAMES =
      Map.of(
          "W1",
          "conv1.W",
          "b1",
          "conv1.b",
          "W2",
          "affine1.W",
          "b2",
          "affine1.b",
          "W3",
          "affine2.W",
          "b3",
          "affine2.b");

  SimpleConvNet(Stored stored) {
    super(stored);
  }

  private SimpleConvNet(Builder b) {
    super(
        b.input,
        b.seed,
        conv(b.filters, b.filterSize).stride(b.stride).pad(b.pad).initializer(b.weight()),
        relu(),
        maxPool(2),
        affine(b.hidden).initializer(b.weight()),
        relu(),
        affine(b.output).initializer(b.weight()));
  }

  /**
   * Returns a network with the book's sizes.
   *
   * @param seed the seed of the initial parameters; the same seed gives the same bits on every
   *     machine
   * @return a new network
   */
  public static SimpleConvNet of(long seed) {
    return builder().seed(seed).build();
  }

  /**
   * Returns a builder of networks with other sizes.
   *
   * @return a new builder, with the book's sizes
   */
  public static Builder builder() {
    return new Builder();
  }

  /** Also knows the parameters by their names in the book, {@code W1 b1 W2 b2 W3 b3}. */
  @Override
  protected Optional<Parameter> find(String name) {
    return super.find(BOOK_NAMES.getOrDefault(name, name));
  }

  /** A builder of a {@link SimpleConvNet}. */
  public static final class Builder {
    private Shape input = Shape.of(1, 28, 28);
    private int filters = 30;
    private int filterSize = 5;
    private int stride = 1;
    private int pad = 0;
    private int hidden = 100;
    private int output = 10;
    private double weightStandardDeviation = 0.01;
    private long seed = 0;

    private Builder() {}

    private Initializer weight() {
      return Initializer.normal(weightStandardDeviation);
    }

    /**
     * Sets the shape of one image.
     *
     * @param shape the shape (C, H, W); (1, 28, 28) by default
     * @return this builder
     */
    public Builder input(Shape shape) {
      this.input = shape;
      return this;
    }

    /**
     * Sets the number of filters of the convolution.
     *
     * @param count the number of filters, at least 1; 30 by default
     * @return this builder
     */
    public Builder filters(int count) {
      this.filters = count;
      return this;
    }

    /**
     * Sets the height and width of the filters.
     *
     * @param size the height and width, at least 1; 5 by default
     * @return this builder
     */
    public Builder filterSize(int size) {
      this.filterSize = size;
      return this;
    }

    /**
     * Sets the stride of the filters.
     *
     * @param step the stride, at least 1; 1 by default
     * @return this builder
     */
    public Builder stride(int step) {
      this.stride = step;
      return this;
    }

    /**
     * Sets the number of zeros on each side of the image.
     *
     * @param zeros the number of zeros, at least 0; 0 by default
     * @return this builder
     */
    public Builder pad(int zeros) {
      this.pad = zeros;
      return this;
    }

    /**
     * Sets the number of features of the hidden layer.
     *
     * @param features the number of features, at least 1; 100 by default
     * @return this builder
     */
    public Builder hidden(int features) {
      this.hidden = features;
      return this;
    }

    /**
     * Sets the number of classes.
     *
     * @param classes the number of classes, at least 1; 10 by default
     * @return this builder
     */
    public Builder output(int classes) {
      this.output = classes;
      return this;
    }

    /**
     * Sets the standard deviation of the initial weights.
     *
     * @param deviation the standard deviation, at least 0; 0.01 by default
     * @return this builder
     */
    public Builder weightStandardDeviation(double deviation) {
      this.weightStandardDeviation = deviation;
      return this;
    }

    /**
     * Sets the seed of the initial weights.
     *
     * @param number any number; 0 by default
     * @return this builder
     */
    public Builder seed(long number) {
      this.seed = number;
      return this;
    }

    /**
     * Builds the network.
     *
     * @return a new network
     * @throws IllegalArgumentException if a size is out of range or a layer does not fit
     */
    public SimpleConvNet build() {
      return new SimpleConvNet(this);
    }
  }
}
