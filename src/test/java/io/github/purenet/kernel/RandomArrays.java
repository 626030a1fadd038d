package io.github.purenet.kernel;

import java.util.Arrays;
import java.util.Random;

/** Arrays for the arguments of a kernel. */
final class RandomArrays {
  private static final float[] SPECIAL = {
    Float.NaN,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    -0f,
    0f,
    Float.MIN_VALUE,
    -Float.MIN_NORMAL,
  };

  private RandomArrays() {}

  /** Integers from -4 to 4, whose sums of products are exact in float. */
  static float[] integers(Random random, int size) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = random.nextInt(9) - 4;
    }
    return values;
  }

  /** Numbers around 0 with deviation 1. */
  static float[] normal(Random random, int size) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  /** Integers, every third number NaN, infinite, a zero or tiny. */
  static float[] special(Random random, int size) {
    float[] values = integers(random, size);
    for (int i = 0; i < size; i++) {
      if (random.nextInt(3) == 0) {
        values[i] = SPECIAL[random.nextInt(SPECIAL.length)];
      }
    }
    return values;
  }

  /** Integers, among them a few NaN and infinities: some sums meet one and some do not. */
  static float[] rarelyInfinite(Random random, int size) {
    float[] values = integers(random, size);
    for (int i = 0; i < size; i++) {
      if (random.nextInt(60) == 0) {
        values[i] = SPECIAL[random.nextInt(3)];
      }
    }
    return values;
  }

  /**
   * The numbers at the beginning of longer memory. What follows is NaN, so that reading it shows.
   */
  static float[] before(int slack, float[] values) {
    float[] memory = Arrays.copyOf(values, values.length + slack);
    Arrays.fill(memory, values.length, memory.length, Float.NaN);
    return memory;
  }
}
