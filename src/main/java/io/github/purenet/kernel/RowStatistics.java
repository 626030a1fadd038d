package io.github.purenet.kernel;

import java.util.Arrays;

/**
 * The mean and variance of each row of a matrix (N, D), and the computations of layer normalization
 * with them. Sums along a row are computed in double, sums of columns in float with compensation
 * for rounding errors (Kahan 1965); each belongs to one task.
 */
public final class RowStatistics {
  private int n;
  private int d;

  /** The mean as a sum of two floats: rounded, and the rest. */
  private float[] center = new float[0];

  private float[] rest = new float[0];
  private float[] inverse = new float[0];

  /** Sums of columns, of dy and of the products, and what rounding has added to each. */
  private float[] sums = new float[0];

  private float[] sumsLost;
  private float[] products;
  private float[] productsLost;
  private float[] term;

  /** Prepares for a matrix (N, D). If both numbers are as before, so are the statistics. */
  public void resize(int rows, int columns) {
    n = rows;
    d = columns;
    if (center.length < n) {
      center = new float[n];
      rest = new float[n];
      inverse = new float[n];
    }
    if (sums.length != d) {
      sums = new float[d];
      sumsLost = new float[d];
      products = new float[d];
      productsLost = new float[d];
      term = new float[d];
    }
  }

  /** Returns the mean of a row. */
  double mean(int i) {
    return (double) center[i] + rest[i];
  }

  /** Returns {@code 1 / sqrt(variance + epsilon)} of a row. */
  float inverse(int i) {
    return inverse[i];
  }

  /** Returns the number to add to (x - center) inverse for the rest of the mean. */
  private float shift(int i) {
    return -rest[i] * inverse[i];
  }

  /**
   * Computes the mean and variance of each row, and {@code y = gamma (x - mean) inverse + beta}.
   *
   * @param x the matrix (N, D). Not modified.
   * @param gamma the factor of each column. Not modified.
   * @param beta the summand of each column. Not modified.
   * @param epsilon the number added to the variance
   * @param y the output (N, D). Modified.
   */
  public void normalize(float[] x, float[] gamma, float[] beta, double epsilon, float[] y) {
    Tasks.parallel(
        n,
        Tasks.rowsToSum(d),
        (from, to) -> {
          for (int i = from; i < to; i++) {
            computeMoments(i, x, epsilon);
            normalizeRow(i, x, gamma, beta, y);
          }
        });
  }

  private void computeMoments(int i, float[] x, double epsilon) {
    int from = i * d;
    double mean = Sums.sum(x, from, from + d) / d;
    center[i] = (float) mean;
    double left = mean - center[i];
    rest[i] = (float) left;
    double squares = Sums.sumSquares(x, center[i], from, from + d);
    double variance = Math.max(0, squares / d - left * left);
    inverse[i] = (float) (1 / Math.sqrt(variance + epsilon));
  }

  private void normalizeRow(int i, float[] x, float[] gamma, float[] beta, float[] y) {
    int row = i * d;
    float middle = center[i];
    float slope = inverse[i];
    float shift = shift(i);
    for (int j = 0; j < d; j++) {
      y[row + j] = ((x[row + j] - middle) * slope + shift) * gamma[j] + beta[j];
    }
  }

  /**
   * Computes {@code dx = inverse (g - mean(g) - z mean(g z))} where g = gamma dy, z are the
   * normalized numbers, and the means are along each row.
   *
   * @param dy the gradient of the output. Not modified.
   * @param x the matrix that was normalized. Not modified.
   * @param gamma the factor of each column. Not modified.
   * @param dx the gradient of x. Modified.
   */
  public void backward(float[] dy, float[] x, float[] gamma, float[] dx) {
    Tasks.parallel(
        n,
        Tasks.rowsToSum(d),
        (from, to) -> {
          for (int i = from; i < to; i++) {
            int row = i * d;
            for (int j = 0; j < d; j++) {
              dx[row + j] = dy[row + j] * gamma[j];
            }
            backwardRow(i, x, dx);
          }
        });
  }

  /** Computes dx from g, in place. */
  private void backwardRow(int i, float[] x, float[] g) {
    int from = i * d;
    int to = from + d;
    double inner = inverse[i];
    double sum = Sums.sum(g, from, to);
    double product = Sums.sumProducts(g, x, center[i], from, to) - rest[i] * sum;
    double b = -inner * inner * inner * product / d;
    double c = -inner * sum / d - b * rest[i];
    combine(x, center[i], (float) inner, (float) b, (float) c, g, from, to);
  }

  /** Computes dx = dx a + (x - center) b + c. */
  private static void combine(
      float[] x, float center, float a, float b, float c, float[] dx, int from, int to) {
    for (int i = from; i < to; i++) {
      dx[i] = dx[i] * a + (x[i] - center) * b + c;
    }
  }

  /**
   * Adds dgamma, the sum of dy z over the rows, and dbeta, the sum of dy, to the gradients.
   *
   * @param dy the gradient of the output. Not modified.
   * @param x the matrix that was normalized. Not modified.
   * @param dgamma the gradient of gamma, added to. Modified.
   * @param dbeta the gradient of beta, added to. Modified.
   */
  public void addGradients(float[] dy, float[] x, float[] dgamma, float[] dbeta) {
    Tasks.parallel(
        d,
        Tasks.columnsToSum(n),
        (from, to) -> {
          for (float[] row : new float[][] {sums, sumsLost, products, productsLost}) {
            Arrays.fill(row, from, to, 0f);
          }
          for (int i = 0; i < n; i++) {
            System.arraycopy(dy, i * d + from, term, from, to - from);
            Sums.add(term, sums, sumsLost, from, to);
            multiplyByNormalized(i, x, from, to);
            Sums.add(term, products, productsLost, from, to);
          }
          for (int j = from; j < to; j++) {
            dbeta[j] += sums[j] - sumsLost[j];
            dgamma[j] += products[j] - productsLost[j];
          }
        });
  }

  /** Computes term = term z for row i. */
  private void multiplyByNormalized(int i, float[] x, int from, int to) {
    int row = i * d;
    float middle = center[i];
    float slope = inverse[i];
    float shift = shift(i);
    for (int j = from; j < to; j++) {
      term[j] = term[j] * ((x[row + j] - middle) * slope + shift);
    }
  }
}
