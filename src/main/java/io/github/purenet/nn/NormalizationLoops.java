package io.github.purenet.nn;

/**
 * The loops of the normalisations over runs of numbers that lie side by side. Sums along a run are
 * in double; sums over many runs, a sum for each column, are in float with what rounding has lost
 * kept beside them (Kahan 1965), for a pass has memory for floats only.
 *
 * <p>C2 makes vectors of a loop that reads and writes its arrays at one and the same index, and of
 * no other; hence the copies, which are vectors too.
 */
final class NormalizationLoops {

  private NormalizationLoops() {}

  /** The sum of x. */
  static double sum(float[] x, int from, int count) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int end = from + count;
    int i = from;
    for (; i < end - 3; i += 4) { // four sums: an addition waits for the one before it
      a += x[i];
      b += x[i + 1];
      c += x[i + 2];
      d += x[i + 3];
    }
    for (; i < end; i++) {
      a += x[i];
    }
    return (a + b) + (c + d);
  }

  /** The sum of (x - center)². */
  static double sumSquares(float[] x, int from, float center, int count) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int end = from + count;
    int i = from;
    for (; i < end - 3; i += 4) {
      double p = (double) x[i] - center;
      double q = (double) x[i + 1] - center;
      double r = (double) x[i + 2] - center;
      double s = (double) x[i + 3] - center;
      a += p * p;
      b += q * q;
      c += r * r;
      d += s * s;
    }
    for (; i < end; i++) {
      double p = (double) x[i] - center;
      a += p * p;
    }
    return (a + b) + (c + d);
  }

  /** The sum of dy (x - center). */
  static double sumProducts(float[] dy, int dyFrom, float[] x, int from, float center, int count) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int i = 0;
    for (; i < count - 3; i += 4) {
      a += (double) dy[dyFrom + i] * ((double) x[from + i] - center);
      b += (double) dy[dyFrom + i + 1] * ((double) x[from + i + 1] - center);
      c += (double) dy[dyFrom + i + 2] * ((double) x[from + i + 2] - center);
      d += (double) dy[dyFrom + i + 3] * ((double) x[from + i + 3] - center);
    }
    for (; i < count; i++) {
      a += (double) dy[dyFrom + i] * ((double) x[from + i] - center);
    }
    return (a + b) + (c + d);
  }

  /** y = a b. */
  static void multiply(float[] a, int ao, float[] b, int bo, float[] y, int yo, int count) {
    for (int i = 0; i < count; i++) {
      y[yo + i] = a[ao + i] * b[bo + i];
    }
  }

  /** y = (x - center) slope + shift. */
  static void normalize(
      float[] x, int xo, float center, float slope, float shift, float[] y, int yo, int count) {
    System.arraycopy(x, xo, y, yo, count);
    normalize(y, yo, yo + count, center, slope, shift);
  }

  private static void normalize(
      float[] y, int from, int to, float center, float slope, float shift) {
    for (int i = from; i < to; i++) {
      y[i] = (y[i] - center) * slope + shift;
    }
  }

  /** dx = dx a + (x - center) b + c. */
  static void combine(
      float[] x, int xo, float center, float a, float b, float c, float[] dx, int dxo, int count) {
    if (xo == dxo) {
      combine(x, center, a, b, c, dx, dxo, dxo + count);
      return;
    }
    for (int i = 0; i < count; i++) {
      dx[dxo + i] = dx[dxo + i] * a + (x[xo + i] - center) * b + c;
    }
  }

  private static void combine(
      float[] x, float center, float a, float b, float c, float[] dx, int from, int to) {
    for (int i = from; i < to; i++) {
      dx[i] = dx[i] * a + (x[i] - center) * b + c;
    }
  }

  /** Adds v to the sum of each column; what rounding loses goes to {@code lost}, with minus. */
  static void addToSums(float[] v, int vo, float[] sums, int sum, int lost, int count) {
    for (int i = 0; i < count; i++) {
      float next = v[vo + i] - sums[lost + i];
      float old = sums[sum + i];
      float total = old + next;
      sums[lost + i] = (total - old) - next;
      sums[sum + i] = total;
    }
  }
}
