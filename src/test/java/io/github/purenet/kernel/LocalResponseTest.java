package io.github.purenet.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the definition, computed in double. */
class LocalResponseTest {
  private static final double ALPHA = 0.3;
  private static final double K = 1.5;

  /** Around the 512 positions of a task, and several of these. */
  private static final int[] POSITIONS = {1, 2, 7, 13, 169, 511, 512, 513, 1_100};

  /** A batch (N, C, positions) in memory that is longer, and what it is normalized by. */
  private static final class Batch {
    final int n;
    final int channels;
    final int positions;
    final int half;
    final double beta;
    final int size;
    final String text;
    final float[] x;
    final float[] dy;
    final double[] s;

    /** {@code s^-beta}. */
    final double[] power;

    Batch(int n, int channels, int positions, int half, double beta) {
      long seed = 31L * (31L * n + channels) + positions;
      Random random = new Random(seed);
      this.n = n;
      this.channels = channels;
      this.positions = positions;
      this.half = half;
      this.beta = beta;
      size = n * channels * positions;
      text =
          String.format(
              "(%d, %d, %d), half %d, beta %s, seed %d", n, channels, positions, half, beta, seed);
      x = memory(RandomArrays.normal(random, size));
      dy = memory(RandomArrays.normal(random, size));
      s = new double[size];
      power = new double[size];
      for (int i = 0; i < size; i++) {
        s[i] = K;
        for (int j = first(i); j <= last(i); j += positions) {
          s[i] += ALPHA * x[j] * x[j];
        }
        power[i] = Math.pow(s[i], -beta);
      }
    }

    /** The first number of the window around a number, at its position. */
    int first(int i) {
      int c = i / positions % channels;
      return i - (c - Math.max(0, c - half)) * positions;
    }

    int last(int i) {
      int c = i / positions % channels;
      return i + (Math.min(channels - 1, c + half) - c) * positions;
    }

    double y(int i) {
      return x[i] * power[i];
    }

    double dx(int i) {
      double sum = 0;
      for (int j = first(i); j <= last(i); j += positions) {
        sum += dy[j] * x[j] * power[j] / s[j];
      }
      return dy[i] * power[i] - 2 * ALPHA * beta * x[i] * sum;
    }

    void check(String what, int i, double actual, double expected, double allowed) {
      if (!(Math.abs(actual - expected) <= allowed)) { // quick: there are millions
        assertThat(actual).as("%s[%d] of %s", what, i, text).isCloseTo(expected, within(allowed));
      }
    }

    void checkBehind(String what, float[] memory) {
      assertThat(Arrays.copyOfRange(memory, size, memory.length))
          .as("behind %s of %s", what, text)
          .hasSize(5)
          .containsOnly(Float.NaN);
    }
  }

  private static float[] memory(float[] values) {
    return RandomArrays.before(5, values);
  }

  private interface Check {
    void check(Batch batch);
  }

  /** Each number of positions; images, window and power take turns. */
  private static void forEachBatch(int channels, Check check) {
    int count = 0;
    for (int positions : POSITIONS) {
      for (int half : new int[] {0, 1, 2, 3, 7}) {
        for (double beta : new double[] {0.75, 0.5, 1}) {
          check.check(
              new Batch(1 + count++ % (channels > 33 ? 2 : 5), channels, positions, half, beta));
          if (channels * positions > 10_000) { // large: the first power alone
            break;
          }
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 13, 33, 65, 207})
  void forward_divides_by_a_power_of_the_scale(int channels) {
    forEachBatch(
        channels,
        batch -> {
          LocalResponse response = new LocalResponse(batch.half, ALPHA, batch.beta, K);
          leaveNan(response, batch);
          float[] scale = memory(new float[batch.size]);
          float[] y = memory(new float[batch.size]);
          response.forward(batch.n, channels, batch.positions, batch.x, scale, y);
          for (int i = 0; i < batch.size; i++) {
            batch.check("scale", i, scale[i], batch.s[i], 2e-6 * batch.s[i]);
            batch.check("y", i, y[i], batch.y(i), 4e-6);
          }
          batch.checkBehind("scale", scale);
          batch.checkBehind("y", y);

          float[] inference = memory(new float[batch.size]);
          response.forward(batch.n, channels, batch.positions, batch.x, null, inference);
          assertThat(Arrays.equals(inference, y)).as("y without scale of %s", batch.text).isTrue();
        });
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 13, 33, 65, 207})
  void backward_sums_over_the_same_windows(int channels) {
    forEachBatch(
        channels,
        batch -> {
          LocalResponse response = new LocalResponse(batch.half, ALPHA, batch.beta, K);
          leaveNan(response, batch);
          float[] scale = memory(new float[batch.size]);
          for (int i = 0; i < batch.size; i++) {
            scale[i] = (float) batch.s[i];
          }
          float[] dx = memory(new float[batch.size]);
          response.backward(batch.n, channels, batch.positions, batch.dy, batch.x, scale, dx);
          for (int i = 0; i < batch.size; i++) {
            batch.check("dx", i, dx[i], batch.dx(i), 1e-5);
          }
          batch.checkBehind("dx", dx);
        });
  }

  /** Leaves NaN in the memory that tasks work with. */
  private static void leaveNan(LocalResponse response, Batch batch) {
    float[] nan = new float[batch.size];
    Arrays.fill(nan, Float.NaN);
    float[] out = new float[batch.size];
    response.forward(batch.n, batch.channels, batch.positions, nan, null, out);
    response.backward(batch.n, batch.channels, batch.positions, nan, nan, nan, out);
  }

  @Test
  void a_batch_or_an_image_may_be_empty() {
    float[] y = {1, 2};
    LocalResponse response = new LocalResponse(2, ALPHA, 0.75, K);
    response.forward(0, 3, 4, new float[0], null, y);
    response.forward(2, 3, 0, new float[0], null, y);
    response.backward(0, 3, 4, y, y, y, y);
    assertThat(y).containsExactly(1, 2);
  }
}
