package io.github.purenet.kernel;

import java.util.Arrays;

/**
 * Static methods that compute sums: of consecutive numbers in double, and of columns in float with
 * compensation for rounding errors.
 *
 * <p>A sum of n numbers in float, one after the other, may differ from the exact one by n 2^-24
 * times the sum of their magnitudes, and comes near to that if all numbers are equal. The kernels
 * add no more than {@link #LONGEST} numbers so. Of a longer sum they add runs in float and then the
 * runs in double.
 */
final class Sums {
  /**
   * The most numbers that are added in float one after the other: the inner dimension of AlexNet's
   * first affine layer, so that the sums of all networks here are as fast as can be.
   */
  static final int LONGEST = 9216;

  /**
   * The numbers of a run of a longer sum, where a run is added one number after the other. Shorter
   * runs would be more exact, but to add them takes longer.
   */
  static final int RUN = 512;

  private Sums() {}

  // Four sums in parallel, since each addition waits for the previous one to the same sum.

  /** Returns the sum of x from {@code from}, inclusive, to {@code to}, exclusive. */
  static double sum(float[] x, int from, int to) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int i = from;
    for (; i < to - 3; i += 4) {
      a += x[i];
      b += x[i + 1];
      c += x[i + 2];
      d += x[i + 3];
    }
    for (; i < to; i++) {
      a += x[i];
    }
    return (a + b) + (c + d);
  }

  /** Returns the sum of (x - center)² from {@code from}, inclusive, to {@code to}, exclusive. */
  static double sumSquares(float[] x, float center, int from, int to) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int i = from;
    for (; i < to - 3; i += 4) {
      double p = (double) x[i] - center;
      double q = (double) x[i + 1] - center;
      double r = (double) x[i + 2] - center;
      double s = (double) x[i + 3] - center;
      a += p * p;
      b += q * q;
      c += r * r;
      d += s * s;
    }
    for (; i < to; i++) {
      double p = (double) x[i] - center;
      a += p * p;
    }
    return (a + b) + (c + d);
  }

  /** Returns the sum of dy (x - center) from {@code from}, inclusive, to {@code to}, exclusive. */
  static double sumProducts(float[] dy, float[] x, float center, int from, int to) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int i = from;
    for (; i < to - 3; i += 4) {
      a += (double) dy[i] * ((double) x[i] - center);
      b += (double) dy[i + 1] * ((double) x[i + 1] - center);
      c += (double) dy[i + 2] * ((double) x[i + 2] - center);
      d += (double) dy[i + 3] * ((double) x[i + 3] - center);
    }
    for (; i < to; i++) {
      a += (double) dy[i] * ((double) x[i] - center);
    }
    return (a + b) + (c + d);
  }

  /** Adds numbers to totals: totals[to..to + count) += x[from..from + count). */
  static void add(float[] x, int from, double[] totals, int to, int count) {
    for (int i = 0; i < count; i++) {
      totals[to + i] += x[from + i];
    }
  }

  /** Adds numbers to totals like {@link #add}, and sets them to 0. */
  static void move(float[] x, int from, double[] totals, int to, int count) {
    add(x, from, totals, to, count);
    Arrays.fill(x, from, from + count, 0f);
  }

  /** Rounds totals: x[to..to + count) = totals[from..from + count). */
  static void round(double[] totals, int from, float[] x, int to, int count) {
    for (int i = 0; i < count; i++) {
      x[to + i] = (float) totals[from + i];
    }
  }

  /**
   * Adds a term to each sum, from {@code from}, inclusive, to {@code to}, exclusive, with
   * compensation (Kahan 1965): {@code lost} is what rounding has added to the sum, so {@code sums -
   * lost} is nearer to the exact sum than {@code sums}.
   */
  static void add(float[] terms, float[] sums, float[] lost, int from, int to) {
    for (int i = from; i < to; i++) {
      float next = terms[i] - lost[i];
      float old = sums[i];
      float total = old + next;
      lost[i] = (total - old) - next;
      sums[i] = total;
    }
  }
}
