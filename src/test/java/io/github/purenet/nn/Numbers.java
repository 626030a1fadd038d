package io.github.purenet.nn;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.util.Random;

/** Arrays for tests of layers. */
final class Numbers {

  private Numbers() {}

  /** Integers from -4 to 4: their sums of products are exact in float. */
  static NDArray integers(Shape shape, long seed) {
    Random random = new Random(seed);
    return NDArray.zeros(shape).map(zero -> random.nextInt(9) - 4);
  }

  /** Different odd multiples of 4 around 0, in random order: far from one another and from 0. */
  static NDArray apart(Shape shape, long seed) {
    Random random = new Random(seed);
    float[] values = new float[shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = 8 * (i - values.length / 2) + 4;
    }
    for (int i = values.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      float swap = values[i];
      values[i] = values[j];
      values[j] = swap;
    }
    return NDArray.wrap(shape, values);
  }

  static double inner(NDArray a, NDArray b) {
    float[] x = a.toArray();
    float[] y = b.toArray();
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += (double) x[i] * y[i];
    }
    return sum;
  }
}
