package io.github.purenet.nn;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.util.random.RandomGenerator;

/**
 * Where the first value of a weight comes from. Biases start at 0.
 *
 * <p>The fans of a weight: fanIn is how many inputs each output sums, C FH FW of a convolution (C
 * of one group) and D of an affine layer; fanOut is how many outputs each input goes to, FN FH FW
 * of a convolution (at stride 1, FN of one group) and K of an affine layer.
 */
@FunctionalInterface
public interface Initializer {

  /**
   * Makes the first value of a weight.
   *
   * @param shape shape of the weight
   * @param fanIn how many inputs each output sums
   * @param fanOut how many outputs each input goes to
   * @param random the generator to draw from
   * @return a new array
   */
  NDArray create(Shape shape, int fanIn, int fanOut, RandomGenerator random);

  /**
   * Zeros.
   *
   * @return the initializer
   */
  static Initializer zeros() {
    return constant(0);
  }

  /**
   * One number everywhere.
   *
   * @param value the number
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
   * Normal numbers of mean 0, as in the book's SimpleConvNet.
   *
   * @param standardDeviation at least 0
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
   * Numbers distributed evenly.
   *
   * @param low the least number, included
   * @param high the end, not included
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
   * Normal numbers of mean 0 and standard deviation {@code sqrt(2 / (fanIn + fanOut))}, for layers
   * that a sigmoid or tanh follows (Glorot and Bengio 2010, section 4.2.1, equation 12).
   *
   * @return the initializer
   */
  static Initializer xavierNormal() {
    return (shape, fanIn, fanOut, random) ->
        NDArray.normal(shape, 0f, deviation((double) fanIn + fanOut), random);
  }

  /**
   * Numbers distributed evenly between {@code -sqrt(6 / (fanIn + fanOut))} and its opposite, which
   * have the standard deviation of {@link #xavierNormal} (Glorot and Bengio 2010, section 4.2.1,
   * equation 16).
   *
   * @return the initializer
   */
  static Initializer xavierUniform() {
    return (shape, fanIn, fanOut, random) ->
        symmetric(shape, deviation((double) fanIn + fanOut), random);
  }

  /**
   * Normal numbers of mean 0 and standard deviation {@code sqrt(2 / fanIn)}, for layers that a Relu
   * follows (He et al. 2015, section 2.2).
   *
   * @return the initializer
   */
  static Initializer heNormal() {
    return (shape, fanIn, fanOut, random) -> NDArray.normal(shape, 0f, deviation(fanIn), random);
  }

  /**
   * Numbers distributed evenly between {@code -sqrt(6 / fanIn)} and its opposite, which have the
   * standard deviation of {@link #heNormal} (He et al. 2015, section 2.2).
   *
   * @return the initializer
   */
  static Initializer heUniform() {
    return (shape, fanIn, fanOut, random) -> symmetric(shape, deviation(fanIn), random);
  }

  private static float deviation(double fans) {
    return (float) Math.sqrt(2.0 / Math.max(1, fans));
  }

  /** Numbers distributed evenly around 0: their limit is sqrt(3) standard deviations. */
  private static NDArray symmetric(Shape shape, float deviation, RandomGenerator random) {
    float limit = (float) (Math.sqrt(3) * deviation);
    return NDArray.uniform(shape, -limit, limit, random);
  }
}
