package io.github.purenet.nn;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.util.random.RandomGenerator;

/**
 * An initializer, which creates the initial value of a weight. Biases start at 0.
 *
 * <p>The fans of a weight: fanIn is the number of inputs that each output depends on, C FH FW for a
 * convolution and D for an affine layer (D, K); fanOut is the number of outputs that depend on each
 * input, FN FH FW for a convolution (exact at stride 1) and K for an affine layer. With groups, C
 * and FN are those of one group.
 */
@FunctionalInterface
public interface Initializer {

  /**
   * Creates the initial value of a weight.
   *
   * @param shape the shape of the weight
   * @param fanIn the number of inputs that each output depends on
   * @param fanOut the number of outputs that depend on each input
   * @param random the generator to draw from
   * @return an array of the given shape; the layer copies it
   */
  NDArray create(Shape shape, int fanIn, int fanOut, RandomGenerator random);

  /**
   * Returns an initializer with zeros.
   *
   * @return the initializer
   */
  static Initializer zeros() {
    return constant(0);
  }

  /**
   * Returns an initializer with one number everywhere.
   *
   * @param value the number, a finite float
   * @return the initializer
   * @throws IllegalArgumentException if the value is not a finite float
   */
  static Initializer constant(double value) {
    if (!Float.isFinite((float) value)) {
      throw new IllegalArgumentException("constant: expected a finite value, got " + value);
    }
    return (shape, fanIn, fanOut, random) -> NDArray.full(shape, (float) value);
  }

  /**
   * Returns an initializer with normally distributed numbers of mean 0, as in the SimpleConvNet of
   * Saitoh, <i>Deep Learning from Scratch</i>, section 7.5.
   *
   * @param standardDeviation the standard deviation, at least 0 and a finite float
   * @return the initializer
   * @throws IllegalArgumentException if the standard deviation is negative or not a finite float
   */
  static Initializer normal(double standardDeviation) {
    if (!(standardDeviation >= 0) || !Float.isFinite((float) standardDeviation)) {
      throw new IllegalArgumentException(
          "normal: expected a finite standard deviation of at least 0, got " + standardDeviation);
    }
    return (shape, fanIn, fanOut, random) ->
        NDArray.normal(shape, 0f, (float) standardDeviation, random);
  }

  /**
   * Returns an initializer with uniformly distributed numbers.
   *
   * @param low the lower bound, inclusive
   * @param high the upper bound, exclusive
   * @return the initializer
   * @throws IllegalArgumentException if low is not less than high, as floats, or one is not finite
   */
  static Initializer uniform(double low, double high) {
    float from = (float) low;
    float to = (float) high;
    if (!(from < to && Float.isFinite(from) && Float.isFinite(to))) {
      throw new IllegalArgumentException(
          "uniform: expected finite low < high, got low " + low + ", high " + high);
    }
    return (shape, fanIn, fanOut, random) -> NDArray.uniform(shape, from, to, random);
  }

  /**
   * Returns an initializer with normally distributed numbers of mean 0 and standard deviation
   * {@code sqrt(2 / (fanIn + fanOut))}, for layers before a sigmoid or tanh (Glorot and Bengio
   * 2010, section 4.2.1, equation 12).
   *
   * @return the initializer
   */
  static Initializer xavierNormal() {
    return (shape, fanIn, fanOut, random) ->
        NDArray.normal(shape, 0f, deviation((double) fanIn + fanOut), random);
  }

  /**
   * Returns an initializer with uniformly distributed numbers between {@code -sqrt(6 / (fanIn +
   * fanOut))} and {@code sqrt(6 / (fanIn + fanOut))}, whose standard deviation is that of {@link
   * #xavierNormal} (Glorot and Bengio 2010, section 4.2.1, equation 16).
   *
   * @return the initializer
   */
  static Initializer xavierUniform() {
    return (shape, fanIn, fanOut, random) ->
        symmetric(shape, deviation((double) fanIn + fanOut), random);
  }

  /**
   * Returns an initializer with normally distributed numbers of mean 0 and standard deviation
   * {@code sqrt(2 / fanIn)}, for layers before a rectifier (He et al. 2015, section 2.2).
   *
   * @return the initializer
   */
  static Initializer heNormal() {
    return (shape, fanIn, fanOut, random) -> NDArray.normal(shape, 0f, deviation(fanIn), random);
  }

  /**
   * Returns an initializer with uniformly distributed numbers between {@code -sqrt(6 / fanIn)} and
   * {@code sqrt(6 / fanIn)}, whose standard deviation is that of {@link #heNormal} (He et al. 2015,
   * section 2.2).
   *
   * @return the initializer
   */
  static Initializer heUniform() {
    return (shape, fanIn, fanOut, random) -> symmetric(shape, deviation(fanIn), random);
  }

  private static float deviation(double fans) {
    return (float) Math.sqrt(2.0 / Math.max(1, fans));
  }

  /** Returns numbers distributed uniformly around 0; the bound is sqrt(3) standard deviations. */
  private static NDArray symmetric(Shape shape, float deviation, RandomGenerator random) {
    float limit = (float) (Math.sqrt(3) * deviation);
    return NDArray.uniform(shape, -limit, limit, random);
  }
}
