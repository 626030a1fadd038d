package io.github.purenet.kernel;

import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * The mean and variance of each channel of a batch (N, C, positions), and the computations of batch
 * normalization with them. With one position, (N, D), neighbors in memory belong to different
 * channels, and the loops run along the features; with more positions, they run along the planes.
 *
 * <p>Each channel belongs to one task and is summed in one order, so the bits do not depend on the
 * number of threads. Sums along a plane are computed in double, sums of features over the batch in
 * float with compensation for rounding errors (Kahan 1965).
 */
public final class ChannelStatistics {
  private int n;
  private int channels;
  private int positions;

  /** Whether mean and variance are those of the batch, not given by the caller. */
  private boolean ofBatch;

  /** The mean as a sum of two floats: rounded, and the rest. */
  private float[] center = new float[0];

  private float[] rest;
  private float[] inverse;
  private float[] variance;

  private double[] sum;
  private double[] products;

  /** Sums of features, and what rounding has added to them. */
  private float[] partial;

  private float[] lost;
  private float[] term;

  /** The coefficients of the affine function that a loop computes. */
  private float[] slope;

  private float[] slopeOfX;
  private float[] shift;

  /**
   * Prepares for a batch (N, C, positions). If the number of channels is as before, so are the
   * statistics.
   */
  public void resize(int newN, int newChannels, int newPositions) {
    n = newN;
    positions = newPositions;
    channels = newChannels;
    if (center.length != channels) {
      center = new float[channels];
      rest = new float[channels];
      inverse = new float[channels];
      variance = new float[channels];
      sum = new double[channels];
      products = new double[channels];
      partial = new float[channels];
      lost = new float[channels];
      term = new float[channels];
      slope = new float[channels];
      slopeOfX = new float[channels];
      shift = new float[channels];
    }
  }

  /** Returns whether the last statistics were computed from a batch. */
  public boolean ofBatch() {
    return ofBatch;
  }

  /** Returns the mean of a channel. */
  public double mean(int c) {
    return (double) center[c] + rest[c];
  }

  /**
   * Returns {@code 1 / sqrt(variance + epsilon)} of a channel; the variance of a batch is the
   * biased one here.
   */
  float inverse(int c) {
    return inverse[c];
  }

  /** Returns the unbiased variance of a channel, as last computed from a batch. */
  public float unbiasedVariance(int c) {
    return variance[c];
  }

  /** Returns the number of elements of a channel. */
  private int count() {
    return n * positions;
  }

  /**
   * Computes the mean and variance of each channel, and {@code y = gamma (x - mean) inverse +
   * beta}.
   *
   * @param x the batch (N, C, positions), at least two numbers in each channel. Not modified.
   * @param gamma the factor of each channel. Not modified.
   * @param beta the summand of each channel. Not modified.
   * @param epsilon the number added to the variance
   * @param y the output (N, C, positions). Modified.
   */
  public void normalizeByBatch(float[] x, float[] gamma, float[] beta, double epsilon, float[] y) {
    ofBatch = true;
    forEachTask(
        (from, to) -> {
          computeMoments(x, epsilon, from, to);
          normalize(x, gamma, beta, y, from, to);
        });
  }

  /**
   * Sets the mean and variance of each channel, and computes {@code y = gamma (x - mean) inverse +
   * beta}.
   *
   * @param means the mean of each channel. Not modified.
   * @param variances the variance of each channel. Not modified.
   * @param x the batch (N, C, positions). Not modified.
   * @param gamma the factor of each channel. Not modified.
   * @param beta the summand of each channel. Not modified.
   * @param epsilon the number added to the variance
   * @param y the output (N, C, positions). Modified.
   */
  public void normalizeBy(
      float[] means,
      float[] variances,
      float[] x,
      float[] gamma,
      float[] beta,
      double epsilon,
      float[] y) {
    ofBatch = false;
    forEachTask(
        (from, to) -> {
          for (int c = from; c < to; c++) {
            center[c] = means[c];
            rest[c] = 0f;
            inverse[c] = (float) (1 / Math.sqrt(variances[c] + epsilon));
          }
          normalize(x, gamma, beta, y, from, to);
        });
  }

  /**
   * Computes the gradients. With m numbers in each channel and d = x - mean: {@code dbeta = sum
   * dy}, {@code dgamma = inverse sum (dy d)}, {@code dx = gamma inverse (dy - dbeta / m - d inverse
   * dgamma / m)}, the last two terms only if mean and variance are those of the batch.
   *
   * @param dy the gradient of the output. Not modified.
   * @param x the batch that was normalized. Not modified.
   * @param gamma the factor of each channel. Not modified.
   * @param dgamma the gradient of gamma, added to. Modified.
   * @param dbeta the gradient of beta, added to. Modified.
   * @param dx the gradient of x, or null not to compute it. Modified.
   */
  public void backward(
      float[] dy, float[] x, float[] gamma, float[] dgamma, float[] dbeta, float[] dx) {
    forEachTask(
        (from, to) -> {
          sum(dy, from, to);
          sumProducts(dy, x, from, to);
          for (int c = from; c < to; c++) {
            double inner = inverse[c];
            double scaled = inner * (products[c] - rest[c] * sum[c]);
            dgamma[c] += (float) scaled;
            dbeta[c] += (float) sum[c];
            double a = gamma[c] * inner;
            double b = ofBatch ? -a * inner * scaled / count() : 0;
            slope[c] = (float) a;
            slopeOfX[c] = (float) b;
            shift[c] = (float) (ofBatch ? -a * sum[c] / count() - b * rest[c] : 0);
          }
          if (dx != null) {
            combine(dy, x, dx, from, to);
          }
        });
  }

  private void forEachTask(Tasks.Range task) {
    int each = positions == 1 ? Tasks.columnsToSum(n) : Tasks.rowsToSum(count());
    Tasks.parallel(channels, each, task);
  }

  /** Returns the index at which the plane of a channel of an image begins. */
  private int plane(int image, int channel) {
    return (image * channels + channel) * positions;
  }

  private void computeMoments(float[] x, double epsilon, int from, int to) {
    sum(x, from, to);
    for (int c = from; c < to; c++) {
      double mean = sum[c] / count();
      center[c] = (float) mean;
      rest[c] = (float) (mean - center[c]);
    }
    sumSquares(x, from, to);
    for (int c = from; c < to; c++) {
      double biased = Math.max(0, products[c] / count() - (double) rest[c] * rest[c]);
      inverse[c] = (float) (1 / Math.sqrt(biased + epsilon));
      variance[c] = (float) (biased * count() / (count() - 1));
    }
  }

  /** Computes sum, the sum of x. */
  private void sum(float[] x, int from, int to) {
    if (positions == 1) {
      sumTerms(sum, from, to, i -> System.arraycopy(x, i * channels + from, term, from, to - from));
    } else {
      sumPlanes(sum, from, to, (c, begin, end) -> Sums.sum(x, begin, end));
    }
  }

  /** Computes products, the sum of (x - center)². */
  private void sumSquares(float[] x, int from, int to) {
    if (positions == 1) {
      sumTerms(
          products,
          from,
          to,
          i -> {
            System.arraycopy(x, i * channels + from, term, from, to - from);
            squareDistances(term, center, from, to);
          });
    } else {
      sumPlanes(products, from, to, (c, begin, end) -> Sums.sumSquares(x, center[c], begin, end));
    }
  }

  /** Computes products, the sum of dy (x - center). */
  private void sumProducts(float[] dy, float[] x, int from, int to) {
    if (positions == 1) {
      sumTerms(
          products,
          from,
          to,
          i -> {
            int row = i * channels;
            for (int c = from; c < to; c++) {
              term[c] = dy[row + c] * (x[row + c] - center[c]);
            }
          });
    } else {
      sumPlanes(
          products, from, to, (c, begin, end) -> Sums.sumProducts(dy, x, center[c], begin, end));
    }
  }

  /** Sums terms over the batch; {@code terms} writes those of one sample to {@link #term}. */
  private void sumTerms(double[] sums, int from, int to, IntConsumer terms) {
    Arrays.fill(partial, from, to, 0f);
    Arrays.fill(lost, from, to, 0f);
    for (int i = 0; i < n; i++) {
      terms.accept(i);
      Sums.add(term, partial, lost, from, to);
    }
    for (int c = from; c < to; c++) {
      sums[c] = (double) partial[c] - lost[c];
    }
  }

  /** A sum over the plane of channel {@code c} that lies in a range of indices. */
  private interface PlaneSum {
    double of(int c, int begin, int end);
  }

  /** Sums the planes of each channel over the batch. */
  private void sumPlanes(double[] sums, int from, int to, PlaneSum plane) {
    for (int c = from; c < to; c++) {
      double total = 0;
      for (int i = 0; i < n; i++) {
        total += plane.of(c, plane(i, c), plane(i, c) + positions);
      }
      sums[c] = total;
    }
  }

  private static void squareDistances(float[] x, float[] center, int from, int to) {
    for (int c = from; c < to; c++) {
      float d = x[c] - center[c];
      x[c] = d * d;
    }
  }

  /** Computes y = gamma (x - mean) inverse + beta. */
  private void normalize(float[] x, float[] gamma, float[] beta, float[] y, int from, int to) {
    for (int c = from; c < to; c++) {
      double factor = (double) gamma[c] * inverse[c];
      slope[c] = (float) factor;
      shift[c] = (float) (beta[c] - factor * rest[c]);
    }
    for (int i = 0; i < n; i++) {
      if (positions == 1) {
        int row = i * channels;
        for (int c = from; c < to; c++) {
          y[row + c] = (x[row + c] - center[c]) * slope[c] + shift[c];
        }
        continue;
      }
      for (int c = from; c < to; c++) {
        normalizePlane(x, center[c], slope[c], shift[c], y, plane(i, c), plane(i, c) + positions);
      }
    }
  }

  private static void normalizePlane(
      float[] x, float center, float slope, float shift, float[] y, int from, int to) {
    for (int i = from; i < to; i++) {
      y[i] = (x[i] - center) * slope + shift;
    }
  }

  /** Computes dx = dy slope + (x - center) slopeOfX + shift. */
  private void combine(float[] dy, float[] x, float[] dx, int from, int to) {
    for (int i = 0; i < n; i++) {
      if (positions == 1) {
        int row = i * channels;
        for (int c = from; c < to; c++) {
          dx[row + c] = dy[row + c] * slope[c] + (x[row + c] - center[c]) * slopeOfX[c] + shift[c];
        }
        continue;
      }
      for (int c = from; c < to; c++) {
        combinePlane(dy, x, dx, c, plane(i, c), plane(i, c) + positions);
      }
    }
  }

  private void combinePlane(float[] dy, float[] x, float[] dx, int c, int from, int to) {
    float a = slope[c];
    float b = slopeOfX[c];
    float middle = center[c];
    float last = shift[c];
    for (int i = from; i < to; i++) {
      dx[i] = dy[i] * a + (x[i] - middle) * b + last;
    }
  }
}
