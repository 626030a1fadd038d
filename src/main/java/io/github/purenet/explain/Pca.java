package io.github.purenet.explain;

import io.github.purenet.ndarray.NDArray;
import java.util.Locale;

/**
 * Principal component analysis: the directions in which rows of numbers differ most, one after the
 * other, each at a right angle to those before.
 *
 * <p>The sign of a component is such that its number of the largest absolute value is positive; of
 * equals, the first. Components of equal variance are any such directions, but the same every time.
 *
 * <pre>{@code
 * Pca pca = Pca.of(Embedding.of(network, dataset), 2);
 * NDArray points = pca.points(); // (N, 2), to be drawn
 * }</pre>
 *
 * <p>Source: Jolliffe and Cadima 2016, <i>Principal component analysis: a review and recent
 * developments</i>, section 2. The variance is the unbiased one, a sum over N - 1.
 */
public final class Pca {
  private final double[] mean;
  private final double[][] components;
  private final double[] variances;
  private final double totalVariance;
  private final NDArray points;

  private Pca(NDArray x, double[] mean, double[][] components) {
    this.mean = mean;
    this.components = components;
    double[][] projected = project(x);
    this.points = floats(projected, components.length);
    this.variances = new double[components.length];
    int degrees = Math.max(1, x.dimension(0) - 1);
    for (double[] row : projected) {
      for (int c = 0; c < variances.length; c++) {
        variances[c] += row[c] * row[c] / degrees;
      }
    }
    this.totalVariance = totalVariance(x, mean) / degrees;
  }

  /**
   * Finds the principal components of rows.
   *
   * @param x the rows (N, D), finite numbers. Not modified.
   * @param k the number of components, from 1 to the smaller one of N and D
   * @return the components, the one with the largest variance first
   * @throws IllegalArgumentException if x is of another rank or not finite, or k is out of range
   */
  public static Pca of(NDArray x, int k) {
    if (x.rank() != 2) {
      throw new IllegalArgumentException("pca: expected x of (N, D), got " + x.shape());
    }
    int most = Math.min(x.dimension(0), x.dimension(1));
    if (k < 1 || k > most) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "pca: expected 1 to %d components, got %d of %s", most, k, x.shape()));
    }
    for (int i = 0; i < x.size(); i++) {
      if (!Float.isFinite(x.data()[i])) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "pca: expected finite numbers, got %s in row %d of %s",
                x.data()[i],
                i / x.dimension(1),
                x.shape()));
      }
    }
    double[] mean = mean(x);
    double[][] components = new ScatterMatrix(x, mean).leading(k);
    for (double[] component : components) {
      fixSign(component);
    }
    return new Pca(x, mean, components);
  }

  private static double[] mean(NDArray x) {
    int d = x.dimension(1);
    double[] mean = new double[d];
    for (int i = 0; i < x.size(); i++) {
      mean[i % d] += x.data()[i];
    }
    for (int j = 0; j < d; j++) {
      mean[j] /= x.dimension(0);
    }
    return mean;
  }

  private static double totalVariance(NDArray x, double[] mean) {
    double sum = 0;
    for (int i = 0; i < x.size(); i++) {
      double difference = x.data()[i] - mean[i % mean.length];
      sum += difference * difference;
    }
    return sum;
  }

  /** Turns a component around if its number of the largest absolute value is negative. */
  private static void fixSign(double[] component) {
    int largest = 0;
    for (int j = 1; j < component.length; j++) {
      largest = Math.abs(component[j]) > Math.abs(component[largest]) ? j : largest;
    }
    if (component[largest] < 0) {
      for (int j = 0; j < component.length; j++) {
        component[j] = -component[j];
      }
    }
  }

  /**
   * Returns the coordinates of the rows along the components.
   *
   * @return (N, k) with a mean of 0, a new array
   */
  public NDArray points() {
    return points.copy();
  }

  /**
   * Returns the coordinates of other rows along the components, for example those of test data.
   *
   * @param x the rows (N, D). Not modified.
   * @return (N, k), a new array
   * @throws IllegalArgumentException if x does not fit
   */
  public NDArray transform(NDArray x) {
    if (x.rank() != 2 || x.dimension(1) != mean.length) {
      throw new IllegalArgumentException(
          "pca: expected x of (N, " + mean.length + "), got " + x.shape());
    }
    return floats(project(x), components.length);
  }

  private double[][] project(NDArray x) {
    int d = mean.length;
    double[][] projected = new double[x.dimension(0)][components.length];
    for (int i = 0; i < x.size(); i++) {
      double difference = x.data()[i] - mean[i % d];
      double[] row = projected[i / d];
      for (int c = 0; c < row.length; c++) {
        row[c] += difference * components[c][i % d];
      }
    }
    return projected;
  }

  /**
   * Returns the components.
   *
   * @return (k, D), rows of length 1 at right angles to each other, a new array
   */
  public NDArray components() {
    return floats(components, mean.length);
  }

  /**
   * Returns the variance of the rows along each component.
   *
   * @return (k), the largest first, infinite if a float cannot hold it; a new array
   */
  public NDArray variances() {
    return vector(variances);
  }

  /**
   * Returns the share of each component in the variance of the rows in all D directions.
   *
   * @return (k), the largest first, with a sum of at most 1; zeros if all rows are equal. A new
   *     array
   */
  public NDArray shares() {
    double[] shares = new double[variances.length];
    for (int c = 0; c < shares.length && totalVariance > 0; c++) {
      shares[c] = variances[c] / totalVariance;
    }
    return vector(shares);
  }

  /**
   * Returns the mean of the rows.
   *
   * @return (D), a new array
   */
  public NDArray mean() {
    return vector(mean);
  }

  private static NDArray vector(double[] numbers) {
    return floats(new double[][] {numbers}, numbers.length).reshape(numbers.length);
  }

  /** Returns rows of d numbers as floats. */
  private static NDArray floats(double[][] rows, int d) {
    NDArray floats = NDArray.zeros(rows.length, d);
    for (int i = 0; i < floats.size(); i++) {
      floats.data()[i] = (float) rows[i / d][i % d];
    }
    return floats;
  }
}
