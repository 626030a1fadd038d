package io.github.purenet.train;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;

/**
 * Doubles as floats, which is what the arrays of files hold: the 64 bits of each in three numbers
 * of 22, 22 and 20 bits.
 */
final class Doubles {
  private static final int BITS = 22;
  private static final long MASK = (1L << BITS) - 1;
  private static final int PARTS = 3;

  private Doubles() {}

  /** Returns an array (N, 3). */
  static NDArray split(double[] numbers) {
    NDArray parts = NDArray.zeros(Shape.of(numbers.length, PARTS));
    for (int i = 0; i < numbers.length; i++) {
      long bits = Double.doubleToRawLongBits(numbers[i]);
      for (int part = 0; part < PARTS; part++) {
        parts.data()[PARTS * i + part] = (bits >>> (BITS * part)) & MASK;
      }
    }
    return parts;
  }

  /**
   * Returns what was split.
   *
   * @throws IllegalArgumentException if that cannot be
   */
  static double[] join(NDArray parts) {
    if (parts.rank() != 2 || parts.dimension(1) != PARTS) {
      throw new IllegalArgumentException("expected numbers of (N, 3), got " + parts.shape());
    }
    double[] numbers = new double[parts.dimension(0)];
    for (int i = 0; i < numbers.length; i++) {
      long bits = 0;
      for (int part = 0; part < PARTS; part++) {
        float number = parts.data()[PARTS * i + part];
        if (!(number >= 0 && number <= MASK && number == (long) number)) {
          throw new IllegalArgumentException("expected parts of doubles, got " + number);
        }
        bits |= (long) number << (BITS * part);
      }
      numbers[i] = Double.longBitsToDouble(bits);
    }
    return numbers;
  }
}
