package io.github.purenet.ndarray;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Sums and means of 2^25 numbers, 128 MB, against exact sums of integers: no farther off than the
 * Javadoc of {@link NDArray#sum()} says.
 */
class LongSumsTest {
  private static final int N = 1 << 25;
  private static final long SEED = 15;

  /** The bound for up to 2^25 numbers, relative to the sum of the magnitudes. */
  private static final double BOUND = 0x1p-39;

  private static float[] data;

  @BeforeAll
  static void allocate() {
    data = new float[N];
  }

  @AfterAll
  static void free() {
    data = null;
  }

  private static void assertWithin(String what, float sum, double exact, double magnitudes) {
    double tolerance = Math.ulp((float) exact) / 2 + BOUND * magnitudes;
    assertThat(Math.abs(sum - exact)).as(what + ": " + sum).isLessThanOrEqualTo(tolerance);
  }

  /** Views of the numbers as (outer, n, inner), and the axis that is summed. */
  private static NDArray view(int... dimensions) {
    return NDArray.wrap(Shape.of(dimensions), data);
  }

  @Test
  void ones_are_counted() {
    view(N).fill(1);

    assertThat(view(N).sum()).isEqualTo(0x1p25f);
    assertThat(view(N).mean()).isEqualTo(1);
    assertThat(view(1 << 24, 2).sum(0).toArray()).containsOnly(0x1p24f);
    assertThat(view(2, 1 << 24).sum(1).toArray()).containsOnly(0x1p24f);
    assertThat(view(1 << 12, 2, 1 << 12).sum(0, 2).toArray()).containsOnly(0x1p24f);
  }

  /** A sum in one piece loses every 1 that is added to 2^54, whose neighbors are 4 apart. */
  @Test
  void a_large_number_does_not_swallow_the_small_ones_behind_it() {
    view(N).fill(1);
    data[0] = 0x1p54f;
    data[N - 1] = -0x1p54f;
    double magnitudes = 0x1p55 + N - 2;

    assertWithin("sum", view(N).sum(), N - 2, magnitudes);
    assertWithin("mean", view(N).mean() * N, N - 2, magnitudes);
    assertWithin("sum(0)", view(N, 1).sum(0).item(), N - 2, magnitudes);
    assertWithin("sum(1)", view(1, N).sum(1).item(), N - 2, magnitudes);

    data[1] = 0x1p54f;
    data[N - 2] = -0x1p54f;
    NDArray columns = view(N / 2, 2).sum(0);
    assertWithin("column 0", columns.get(0), N / 2 - 2, magnitudes / 2);
    assertWithin("column 1", columns.get(1), N / 2 - 2, magnitudes / 2);
  }

  @Test
  void random_numbers_of_all_magnitudes_keep_the_bound() {
    SplittableRandom random = new SplittableRandom(SEED);
    long[] exact = new long[2]; // of the even and the odd positions, in units of 2^-20
    double[] magnitudes = new double[2];
    for (int i = 0; i < N; i++) {
      int bits = random.nextInt();
      float value = (bits >> 8) >> (bits & 15);
      data[i] = value * 0x1p-20f;
      exact[i % 2] += (long) value;
      magnitudes[i % 2] += Math.abs(data[i]);
    }
    double even = exact[0] * 0x1p-20;
    double odd = exact[1] * 0x1p-20;
    double all = (exact[0] + exact[1]) * 0x1p-20;

    String seed = "seed " + SEED;
    assertWithin(seed, view(N).sum(), all, magnitudes[0] + magnitudes[1]);
    NDArray columns = view(N / 2, 2).sum(0);
    assertWithin(seed, columns.get(0), even, magnitudes[0]);
    assertWithin(seed, columns.get(1), odd, magnitudes[1]);
    NDArray both = view(1 << 12, 1 << 12, 2).sum(0, 1);
    assertThat(both.toArray()).as(seed).isEqualTo(columns.toArray());
    NDArray means = view(N / 2, 2).mean(0);
    assertThat(means.toArray())
        .as(seed)
        .containsExactly((float) (even / (N / 2)), (float) (odd / (N / 2)));
  }

  /** Of a decimal fraction, which a float rounds: the digits are those of 0.1f. */
  @Test
  void the_mean_of_one_number_is_that_number() {
    view(N).fill(0.1f);
    BigDecimal exact =
        new BigDecimal("0.100000001490116119384765625")
            .multiply(BigDecimal.valueOf(N), MathContext.UNLIMITED);

    assertThat(view(N).sum()).isEqualTo(exact.floatValue());
    assertThat(view(N).mean()).isEqualTo(0.1f);
    assertThat(view(N / 16, 16).mean(0).toArray()).containsOnly(0.1f);
  }
}
