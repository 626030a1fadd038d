package io.github.purenet.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the definition, computed in double. */
class ChannelStatisticsTest {
  private static final double EPSILON = 1e-5;

  /** Rounding to float, a few times over, of a number of size 1. */
  private static final double ROUNDING = 2e-6;

  /** What no random number here exceeds. */
  private static final double LARGEST = 6;

  /** The features of (N, D), and planes. */
  private static final int[] POSITIONS = {1, 2, 3, 4, 7, 13, 400};

  /** A batch (N, C, positions) with its parameters, in memory that is longer. */
  private static final class Batch {
    final int n;
    final int channels;
    final int positions;
    final int size;
    final String text;
    final float[] x;
    final float[] dy;
    final float[] gamma;
    final float[] beta;
    final float[] means;
    final float[] variances;

    Batch(int n, int channels, int positions) {
      long seed = 31L * (31L * n + channels) + positions;
      Random random = new Random(seed);
      this.n = n;
      this.channels = channels;
      this.positions = positions;
      size = n * channels * positions;
      text = String.format("(%d, %d, %d), seed %d", n, channels, positions, seed);
      x = normal(random, size);
      for (int i = 0; i < size; i++) {
        x[i] += channel(i) % 3 * 10; // means far from 0 for their deviation
      }
      dy = normal(random, size);
      gamma = normal(random, channels);
      beta = normal(random, channels);
      means = normal(random, channels);
      variances = normal(random, channels);
      for (int c = 0; c < channels; c++) {
        variances[c] *= variances[c];
      }
    }

    private static float[] normal(Random random, int size) {
      return memory(RandomArrays.normal(random, size));
    }

    ChannelStatistics statistics() {
      ChannelStatistics statistics = new ChannelStatistics();
      statistics.resize(n, channels, positions);
      return statistics;
    }

    int channel(int i) {
      return i / positions % channels;
    }

    /** Numbers of a channel. */
    int count() {
      return n * positions;
    }

    double[] sums(IntToDoubleFunction term) {
      double[] sums = new double[channels];
      for (int i = 0; i < size; i++) {
        sums[channel(i)] += term.applyAsDouble(i);
      }
      return sums;
    }

    Moments ownMoments() {
      double[] mean = Arrays.stream(sums(i -> x[i])).map(sum -> sum / count()).toArray();
      double[] squares = sums(i -> Math.pow(x[i] - mean[channel(i)], 2));
      return new Moments(mean, Arrays.stream(squares).map(sum -> sum / count()).toArray());
    }

    Moments givenMoments() {
      Moments moments = new Moments(new double[channels], new double[channels]);
      for (int c = 0; c < channels; c++) {
        moments.mean[c] = means[c];
        moments.variance[c] = variances[c];
      }
      return moments;
    }

    double normalized(Moments moments, int i) {
      int c = channel(i);
      return (x[i] - moments.mean[c]) * moments.inverse(c);
    }
  }

  private static final class Moments {
    final double[] mean;
    final double[] variance;

    Moments(double[] mean, double[] variance) {
      this.mean = mean;
      this.variance = variance;
    }

    double inverse(int c) {
      return 1 / Math.sqrt(variance[c] + EPSILON);
    }
  }

  private static float[] memory(float[] values) {
    return RandomArrays.before(5, values);
  }

  /** Batches with two numbers a channel or more, the largest of several tasks. */
  private static List<Batch> batches(int channels) {
    List<Batch> batches = new ArrayList<>();
    for (int positions : POSITIONS) {
      for (int n : new int[] {1, 2, 3, 4, 5}) {
        if (n * positions > 1 && n * positions * channels < 1_000_000) {
          batches.add(new Batch(n, channels, positions));
        }
      }
    }
    return batches;
  }

  private static void check(Batch batch, String what, int i, double actual, double expected) {
    check(batch, what, i, actual, expected, Math.abs(expected));
  }

  /** Fails if a number is further from what it has to be than rounding sums of that size is. */
  private static void check(
      Batch batch, String what, int i, double actual, double expected, double scale) {
    if (!(Math.abs(actual - expected) <= ROUNDING * (1 + scale))) { // quick: there are millions
      assertThat(actual)
          .as("%s[%d] of %s", what, i, batch.text)
          .isCloseTo(expected, within(ROUNDING * (1 + scale)));
    }
  }

  private static void checkBehind(Batch batch, String what, float[] memory, int size) {
    assertThat(Arrays.copyOfRange(memory, size, memory.length))
        .as("behind %s of %s", what, batch.text)
        .hasSize(5)
        .containsOnly(Float.NaN);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 13, 33, 65, 207, 7_000})
  void a_batch_is_normalized_by_its_own_mean_and_variance(int channels) {
    for (Batch batch : batches(channels)) {
      ChannelStatistics statistics = batch.statistics();
      float[] y = memory(new float[batch.size]);
      statistics.normalizeByBatch(batch.x, batch.gamma, batch.beta, EPSILON, y);

      assertThat(statistics.ofBatch()).isTrue();
      Moments moments = batch.ownMoments();
      for (int c = 0; c < channels; c++) {
        check(batch, "mean", c, statistics.mean(c), moments.mean[c]);
        check(batch, "inverse", c, statistics.inverse(c), moments.inverse(c));
        double unbiased = moments.variance[c] * batch.count() / (batch.count() - 1);
        check(batch, "variance", c, statistics.unbiasedVariance(c), unbiased);
      }
      checkNormalized(batch, moments, y);
      checkBackward(batch, statistics, moments);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 13, 33, 65, 207, 7_000})
  void a_batch_is_normalized_by_the_mean_and_variance_that_are_given(int channels) {
    for (Batch batch : batches(channels)) {
      ChannelStatistics statistics = batch.statistics();
      float[] y = memory(new float[batch.size]);
      statistics.normalizeBy(
          batch.means, batch.variances, batch.x, batch.gamma, batch.beta, EPSILON, y);

      assertThat(statistics.ofBatch()).isFalse();
      Moments moments = batch.givenMoments();
      for (int c = 0; c < channels; c++) {
        assertThat(statistics.mean(c)).as(batch.text).isEqualTo(moments.mean[c]);
        assertThat(statistics.inverse(c)).as(batch.text).isEqualTo((float) moments.inverse(c));
      }
      checkNormalized(batch, moments, y);
      checkBackward(batch, statistics, moments);
    }
  }

  private static void checkNormalized(Batch batch, Moments moments, float[] y) {
    for (int i = 0; i < batch.size; i++) {
      int c = batch.channel(i);
      double scaled = batch.gamma[c] * batch.normalized(moments, i);
      check(batch, "y", i, y[i], scaled + batch.beta[c], Math.abs(scaled));
    }
    checkBehind(batch, "y", y, batch.size);
  }

  /** The definition, and that gradients of the parameters add up with and without dx. */
  private static void checkBackward(Batch batch, ChannelStatistics statistics, Moments moments) {
    float[] dgamma = memory(new float[batch.channels]);
    float[] dbeta = memory(new float[batch.channels]);
    float[] dx = memory(new float[batch.size]);
    statistics.backward(batch.dy, batch.x, batch.gamma, dgamma, dbeta, dx);
    statistics.backward(batch.dy, batch.x, batch.gamma, dgamma, dbeta, null);

    double[] sums = batch.sums(i -> batch.dy[i]);
    double[] products = batch.sums(i -> batch.dy[i] * batch.normalized(moments, i));
    double[] squares = batch.sums(i -> Math.pow(batch.dy[i] * batch.normalized(moments, i), 2));
    for (int c = 0; c < batch.channels; c++) {
      check(batch, "dbeta", c, dbeta[c], 2 * sums[c], LARGEST);
      check(batch, "dgamma", c, dgamma[c], 2 * products[c], LARGEST + 2 * Math.sqrt(squares[c]));
    }
    for (int i = 0; i < batch.size; i++) {
      int c = batch.channel(i);
      double slope = batch.gamma[c] * moments.inverse(c);
      double z = batch.normalized(moments, i);
      double ofMoments = statistics.ofBatch() ? (sums[c] + z * products[c]) / batch.count() : 0;
      double expected = slope * (batch.dy[i] - ofMoments);
      check(batch, "dx", i, dx[i], expected, Math.abs(slope) * LARGEST);
    }
    checkBehind(batch, "dx", dx, batch.size);
    checkBehind(batch, "dgamma", dgamma, batch.channels);
    checkBehind(batch, "dbeta", dbeta, batch.channels);
  }

  @Test
  void statistics_stay_while_the_number_of_channels_does() {
    Batch batch = new Batch(4, 7, 3);
    ChannelStatistics statistics = batch.statistics();
    statistics.normalizeByBatch(batch.x, batch.gamma, batch.beta, EPSILON, new float[batch.size]);
    double mean = statistics.mean(5);
    float inverse = statistics.inverse(5);

    statistics.resize(2, 7, 1);
    assertThat(statistics.mean(5)).isEqualTo(mean).isNotZero();
    assertThat(statistics.inverse(5)).isEqualTo(inverse).isNotZero();
    statistics.resize(2, 8, 1);
    assertThat(statistics.mean(5)).isZero();
  }
}
