package io.github.purenet.train;

import java.util.Arrays;

/**
 * The orders in which epochs visit the samples. Each order is a shuffle of the one before, as long
 * as the number of samples stays the same.
 *
 * <p>The random numbers are those of {@link java.util.Random}, whose documentation gives the
 * formulas, with a state that can be saved.
 */
final class SampleOrder {
  private static final long MULTIPLIER = 0x5DEECE66DL;
  private static final long INCREMENT = 0xBL;
  private static final long MASK = (1L << 48) - 1;

  private long generator;
  private int[] indices = {};

  SampleOrder(long seed) {
    generator = (seed ^ MULTIPLIER) & MASK;
  }

  /** Returns the state of the generator. */
  long generator() {
    return generator;
  }

  /** Returns the order at hand, not a copy. */
  int[] indices() {
    return indices;
  }

  /** Goes on from an order and the state of the generator after it. */
  void restore(int[] order, long state) {
    indices = order;
    generator = state & MASK;
  }

  /** Draws the next order by the method of Fisher and Yates: every order is equally likely. */
  void next(int samples) {
    if (indices.length != samples) {
      indices = new int[samples];
      Arrays.setAll(indices, i -> i);
    }
    for (int i = samples - 1; i > 0; i--) {
      int j = below(i + 1);
      int swap = indices[i];
      indices[i] = indices[j];
      indices[j] = swap;
    }
  }

  private int below(int bound) {
    int bits = next31();
    if ((bound & (bound - 1)) == 0) { // a power of two: the high bits are the better ones
      return (int) ((bound * (long) bits) >> 31);
    }
    while (bits - bits % bound + (bound - 1) < 0) { // overflows where the last range is not whole
      bits = next31();
    }
    return bits % bound;
  }

  private int next31() {
    generator = (generator * MULTIPLIER + INCREMENT) & MASK;
    return (int) (generator >>> 17);
  }
}
