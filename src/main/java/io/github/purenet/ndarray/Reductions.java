package io.github.purenet.ndarray;

import java.util.Arrays;

/**
 * Sums and means, over all elements or along axes.
 *
 * <p>Sums are computed in double and rounded to float once, at the end. A long sum is the sum of
 * the sums of pieces of {@link #PIECE} = b numbers, each added one by one, so that an element goes
 * through less than b + n / b roundings instead of n: for n numbers, the double is off by at most
 * {@code (b + n / b) 2^-53} of the sum of the magnitudes (Higham, <i>Accuracy and Stability of
 * Numerical Algorithms</i>, 2002, section 4.2, to first order), at most 2<sup>-33</sup> for the
 * longest array and 2<sup>-39</sup> up to 2<sup>25</sup> numbers.
 */
final class Reductions {
  /** The number of terms that are added one by one. */
  private static final int PIECE = 4096;

  /** The number of columns that are added at a time, so that their sums stay in the L1 cache. */
  private static final int COLUMNS = 1024;

  private Reductions() {}

  static double sum(NDArray x) {
    return sum(x.data(), 0, x.size());
  }

  /** Returns the sums along axes. */
  static NDArray sum(NDArray x, int... axes) {
    return quotients(Axes.of(x, axes), 1);
  }

  /** Returns the means along axes. */
  static NDArray mean(NDArray x, int... axes) {
    Axes a = Axes.of(x, axes);
    return quotients(a, a.n());
  }

  private static NDArray quotients(Axes a, double divisor) {
    NDArray result = NDArray.zeros(a.kept());
    float[] quotients = result.data();
    int n = a.n();
    int inner = a.inner();
    if (inner == 1) {
      for (int o = 0; o < a.outer(); o++) {
        quotients[o] = (float) (sum(a.data(), o * n, n) / divisor);
      }
    } else if (result.size() > 0) {
      double[] totals = new double[Math.min(inner, COLUMNS)];
      double[] sums = n > PIECE ? totals.clone() : totals;
      for (int o = 0; o < a.outer(); o++) {
        int width;
        for (int j = 0; j < inner; j += width) {
          width = Math.min(COLUMNS, inner - j);
          columns(a, o * n * inner + j, width, sums, totals);
          for (int k = 0; k < width; k++) {
            quotients[o * inner + j + k] = (float) (totals[k] / divisor);
          }
        }
      }
    }
    return result;
  }

  /** Returns the sum of n consecutive numbers. */
  private static double sum(float[] data, int from, int n) {
    double total = 0;
    int length;
    for (int i = 0; i < n; i += length) {
      length = Math.min(PIECE, n - i);
      double sum = 0;
      for (int j = from + i; j < from + i + length; j++) {
        sum += data[j];
      }
      total += sum;
    }
    return total;
  }

  /**
   * Computes the sums of neighboring columns.
   *
   * @param a the numbers
   * @param from the position of the first one
   * @param width the number of columns
   * @param sums memory for the sums of a piece; may be the totals, if there is one piece only
   * @param totals the sums, one for each column. Modified.
   */
  private static void columns(Axes a, int from, int width, double[] sums, double[] totals) {
    float[] data = a.data();
    Arrays.fill(totals, 0, width, 0);
    int length;
    for (int i = 0; i < a.n(); i += length) {
      length = Math.min(PIECE, a.n() - i);
      Arrays.fill(sums, 0, width, 0);
      for (int row = from + i * a.inner(), r = 0; r < length; r++, row += a.inner()) {
        for (int k = 0; k < width; k++) {
          sums[k] += data[row + k];
        }
      }
      if (sums != totals) {
        for (int k = 0; k < width; k++) {
          totals[k] += sums[k];
        }
      }
    }
  }
}
