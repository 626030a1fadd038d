package io.github.purenet.nn;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.util.random.RandomGenerator;

/** Where the first value of a weight comes from. Biases start at 0. */
@FunctionalInterface
public interface Initializer {

  /**
   * Makes the first value of a weight.
   *
   * @param shape shape of the weight
   * @param fanIn how many inputs each output sums: C FH FW of a convolution, D of an affine layer
   * @param random the generator to draw from
   * @return a new array
   */
  NDArray create(Shape shape, int fanIn, RandomGenerator random);

  /**
   * Normal numbers of mean 0, as in the book's SimpleConvNet.
   *
   * @param standardDeviation at least 0
   * @return the initializer
   * @throws IllegalArgumentException if the standard deviation is negative or not finite
   */
  static Initializer normal(double standardDeviation) {
    if (!(standardDeviation >= 0) || Double.isInfinite(standardDeviation)) {
      throw new IllegalArgumentException(
          "normal: expected a finite standard deviation of at least 0, got " + standardDeviation);
    }
    return (shape, fanIn, random) -> NDArray.normal(shape, 0f, (float) standardDeviation, random);
  }

  /**
   * Normal numbers of mean 0 and standard deviation {@code sqrt(2 / fanIn)}, for layers that a Relu
   * follows (He et al. 2015, section 2.2).
   *
   * @return the initializer
   */
  static Initializer he() {
    return (shape, fanIn, random) ->
        NDArray.normal(shape, 0f, (float) Math.sqrt(2.0 / Math.max(1, fanIn)), random);
  }
}
