package io.github.purenet.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the definition, computed in double. */
class RowStatisticsTest {
  private static final double EPSILON = 1e-5;

  /** Rounding to float, a few times over, of a number of size 1. */
  private static final double ROUNDING = 2e-6;

  /** What no random number here exceeds. */
  private static final double LARGEST = 6;

  /** The last two are cut into tasks, in rows or in columns, if those are many. */
  private static final int[] ROWS = {0, 1, 2, 3, 4, 5, 33, 400};

  /** A matrix (N, D) with its parameters and statistics, in memory that is longer. */
  private static final class Rows {
    final int d;
    final String text;
    final float[] x;
    final float[] dy;
    final float[] gamma;
    final float[] beta;
    final double[] mean;
    final double[] inverse;
    final RowStatistics statistics = new RowStatistics();
    final float[] y;

    /** Normalizes the rows. */
    Rows(int n, int d) {
      long seed = 31L * n + d;
      Random random = new Random(seed);
      this.d = d;
      text = String.format("(%d, %d), seed %d", n, d, seed);
      x = memory(RandomArrays.normal(random, n * d));
      for (int i = 0; i < n * d; i++) {
        x[i] += i / d % 3 * 10; // means far from 0 for their deviation
      }
      dy = memory(RandomArrays.normal(random, n * d));
      gamma = memory(RandomArrays.normal(random, d));
      beta = memory(RandomArrays.normal(random, d));
      mean = new double[n];
      inverse = new double[n];
      for (int i = 0; i < n; i++) {
        double sum = 0;
        double squares = 0;
        for (int j = 0; j < d; j++) {
          sum += x[i * d + j];
        }
        mean[i] = sum / d;
        for (int j = 0; j < d; j++) {
          squares += Math.pow(x[i * d + j] - mean[i], 2);
        }
        inverse[i] = 1 / Math.sqrt(squares / d + EPSILON);
      }
      y = memory(new float[n * d]);
      statistics.resize(n, d);
      statistics.normalize(x, gamma, beta, EPSILON, y);
    }

    double normalized(int i, int j) {
      return (x[i * d + j] - mean[i]) * inverse[i];
    }

    void check(String what, int i, double actual, double expected, double scale) {
      if (!(Math.abs(actual - expected) <= ROUNDING * (1 + scale))) { // quick: there are millions
        assertThat(actual)
            .as("%s[%d] of %s", what, i, text)
            .isCloseTo(expected, within(ROUNDING * (1 + scale)));
      }
    }

    void checkBehind(String what, float[] memory, int size) {
      assertThat(Arrays.copyOfRange(memory, size, memory.length))
          .as("behind %s of %s", what, text)
          .hasSize(5)
          .containsOnly(Float.NaN);
    }
  }

  private static float[] memory(float[] values) {
    return RandomArrays.before(5, values);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 13, 33, 65, 207, 7_000})
  void each_row_is_normalized_by_its_mean_and_variance(int d) {
    for (int n : ROWS) {
      Rows rows = new Rows(n, d);
      for (int i = 0; i < n; i++) {
        rows.check("mean", i, rows.statistics.mean(i), rows.mean[i], Math.abs(rows.mean[i]));
        rows.check("inverse", i, rows.statistics.inverse(i), rows.inverse[i], rows.inverse[i]);
        for (int j = 0; j < d; j++) {
          double scaled = rows.gamma[j] * rows.normalized(i, j);
          double expected = scaled + rows.beta[j];
          rows.check("y", i * d + j, rows.y[i * d + j], expected, Math.abs(scaled));
        }
      }
      rows.checkBehind("y", rows.y, n * d);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 13, 33, 65, 207, 7_000})
  void backward_passes_the_mean_and_variance(int d) {
    for (int n : ROWS) {
      Rows rows = new Rows(n, d);
      float[] dx = memory(new float[n * d]);
      rows.statistics.backward(rows.dy, rows.x, rows.gamma, dx);
      for (int i = 0; i < n; i++) {
        double meanG = 0;
        double meanGz = 0;
        for (int j = 0; j < d; j++) {
          double g = (double) rows.gamma[j] * rows.dy[i * d + j];
          meanG += g / d;
          meanGz += g * rows.normalized(i, j) / d;
        }
        for (int j = 0; j < d; j++) {
          double g = (double) rows.gamma[j] * rows.dy[i * d + j];
          double expected = rows.inverse[i] * (g - meanG - rows.normalized(i, j) * meanGz);
          double scale = rows.inverse[i] * LARGEST * LARGEST;
          rows.check("dx", i * d + j, dx[i * d + j], expected, scale);
        }
      }
      rows.checkBehind("dx", dx, n * d);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 13, 33, 65, 207, 7_000})
  void gradients_of_the_parameters_are_sums_down_the_columns_and_add_up(int d) {
    for (int n : ROWS) {
      Rows rows = new Rows(n, d);
      float[] dgamma = memory(new float[d]);
      float[] dbeta = memory(new float[d]);
      rows.statistics.addGradients(rows.dy, rows.x, dgamma, dbeta);
      rows.statistics.addGradients(rows.dy, rows.x, dgamma, dbeta);
      for (int j = 0; j < d; j++) {
        double sum = 0;
        double products = 0;
        for (int i = 0; i < n; i++) {
          sum += rows.dy[i * d + j];
          products += rows.dy[i * d + j] * rows.normalized(i, j);
        }
        rows.check("dbeta", j, dbeta[j], 2 * sum, LARGEST);
        rows.check("dgamma", j, dgamma[j], 2 * products, LARGEST + Math.abs(products));
      }
      rows.checkBehind("dgamma", dgamma, d);
      rows.checkBehind("dbeta", dbeta, d);
    }
  }

  @Test
  void statistics_stay_while_both_numbers_do() {
    Rows rows = new Rows(4, 7);
    double mean = rows.statistics.mean(2);
    float inverse = rows.statistics.inverse(2);

    rows.statistics.resize(4, 7);
    assertThat(rows.statistics.mean(2)).isEqualTo(mean).isNotZero();
    assertThat(rows.statistics.inverse(2)).isEqualTo(inverse).isNotZero();
  }
}
