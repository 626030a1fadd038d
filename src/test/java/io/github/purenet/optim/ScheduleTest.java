package io.github.purenet.optim;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.testing.Golden;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ScheduleTest {
  private static final Map<String, NDArray> GOLDEN = Golden.pytorch("optim-schedules");

  private static final Map<String, Schedule> CASES =
      Map.ofEntries(
          entry("constant", Schedule.constant(0.3)),
          entry("step", Schedule.step(0.3, 3, 0.1)),
          entry("exponential", Schedule.exponential(0.3, 0.8)),
          entry("polynomial", Schedule.polynomial(0.3, 0, 7, 2.5)),
          entry("polynomial_end", Schedule.polynomial(0.3, 0.02, 7, 0.5)),
          entry("linear", Schedule.polynomial(0.3, 0.06, 7, 1)),
          entry("cosine", Schedule.cosine(0.3, 0.01, 7)),
          entry("warm_constant", Schedule.constant(0.3).warmup(4)),
          entry("warm_step", Schedule.step(0.3, 3, 0.1).warmup(4)),
          entry("warm_exponential", Schedule.exponential(0.3, 0.8).warmup(1)),
          entry("warm_polynomial", Schedule.polynomial(0.3, 0, 7, 2).warmup(3)),
          entry("warm_cosine", Schedule.cosine(0.3, 0.01, 7).warmup(5)),
          entry("one_cycle", Schedule.oneCycle(0.3, 10)),
          entry("one_cycle_long", Schedule.oneCycle(0.3, 100)),
          entry("one_cycle_short", Schedule.oneCycle(0.3, 3)),
          entry(
              "one_cycle_other",
              Schedule.oneCycle(0.3, 10).rising(0.6).startDivisor(4).endDivisor(100)));

  @SuppressWarnings("UnusedMethod") // a method source
  private static Stream<String> cases() {
    return CASES.keySet().stream().sorted();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void agrees_with_pytorch(String name) {
    float[] expected = GOLDEN.get(name).toArray();
    for (int step = 0; step < expected.length; step++) {
      double tolerance = 1e-6 * expected[step] + 1e-12;
      assertThat(CASES.get(name).learningRate(step))
          .as("step %d", step)
          .isCloseTo(expected[step], within(tolerance));
    }
  }

  @Test
  void no_case_escapes() {
    assertThat(GOLDEN.keySet()).isEqualTo(CASES.keySet());
  }

  @Test
  void a_schedule_with_an_end_stays_there() {
    for (long step : new long[] {7, 8, 100, Long.MAX_VALUE}) {
      assertThat(Schedule.cosine(0.3, 0.01, 7).learningRate(step)).isEqualTo(0.01);
      assertThat(Schedule.polynomial(0.3, 0.02, 7, 3).learningRate(step)).isEqualTo(0.02);
      assertThat(Schedule.oneCycle(0.3, 8).learningRate(step)).isEqualTo(0.3 / 25 / 1e4);
      assertThat(Schedule.oneCycle(0.3, 8).warmup(5).learningRate(Math.max(12, step)))
          .isEqualTo(0.3 / 25 / 1e4);
    }
    assertThat(Schedule.step(0.3, 1, 0.1).learningRate(1_000_000)).isZero();
    assertThat(Schedule.exponential(0.3, 0.9).learningRate(1_000_000)).isZero();
  }

  /** Where PyTorch divides by zero. */
  @Test
  void one_cycle_may_begin_at_its_top_or_be_one_step_long() {
    assertThat(Schedule.oneCycle(0.3, 4).rising(0.25).learningRate(0)).isEqualTo(0.3);
    assertThat(Schedule.oneCycle(0.3, 4).rising(0).learningRate(3)).isEqualTo(0.3 / 25 / 1e4);
    assertThat(Schedule.oneCycle(0.3, 1).learningRate(0)).isEqualTo(0.3 / 25 / 1e4);
  }

  @Test
  void a_warm_up_may_be_as_long_as_a_long() {
    Schedule warm = Schedule.constant(0.3).warmup(Long.MAX_VALUE);
    assertThat(warm.learningRate(1L << 61)).isCloseTo(0.075, within(1e-12));
    assertThat(warm.learningRate(Long.MAX_VALUE - 1)).isCloseTo(0.3, within(1e-12));
    assertThat(warm.learningRate(Long.MAX_VALUE)).isEqualTo(0.3);
  }

  @Test
  void any_function_is_a_schedule() {
    Schedule inverse = step -> 1.0 / (1 + step);
    assertThat(inverse.warmup(3).learningRate(0)).isEqualTo(0.25);
    assertThat(inverse.warmup(3).learningRate(4)).isEqualTo(0.5);
  }

  @Test
  void says_what_is_out_of_range() {
    rejects(
        () -> Schedule.constant(-0.1),
        "Schedule.constant: expected learningRate above 0, got -0.1");
    rejects(
        () -> Schedule.step(Double.NaN, 1, 0.1),
        "Schedule.step: expected learningRate above 0, got NaN");
    rejects(() -> Schedule.step(0.1, 0, 0.1), "Schedule.step: expected every of at least 1, got 0");
    rejects(() -> Schedule.step(0.1, 1, 0), "Schedule.step: expected factor above 0, got 0.0");
    rejects(
        () -> Schedule.exponential(0, 0.1),
        "Schedule.exponential: expected learningRate above 0, got 0.0");
    rejects(
        () -> Schedule.exponential(0.1, -2),
        "Schedule.exponential: expected factor above 0, got -2.0");
    rejects(
        () -> Schedule.polynomial(-1, 0, 7, 1),
        "Schedule.polynomial: expected learningRate above 0, got -1.0");
    rejects(
        () -> Schedule.polynomial(0.1, -1, 7, 1),
        "Schedule.polynomial: expected end of at least 0, got -1.0");
    rejects(
        () -> Schedule.polynomial(0.1, 0, -7, 1),
        "Schedule.polynomial: expected steps of at least 1, got -7");
    rejects(
        () -> Schedule.polynomial(0.1, 0, 7, 0),
        "Schedule.polynomial: expected power above 0, got 0.0");
    rejects(
        () -> Schedule.cosine(Double.POSITIVE_INFINITY, 0, 7),
        "Schedule.cosine: expected learningRate above 0, got Infinity");
    rejects(
        () -> Schedule.cosine(0.1, Double.NaN, 7),
        "Schedule.cosine: expected end of at least 0, got NaN");
    rejects(
        () -> Schedule.cosine(0.1, 0, 0), "Schedule.cosine: expected steps of at least 1, got 0");
    rejects(() -> Schedule.oneCycle(-1, 9), "Schedule.oneCycle: expected max above 0, got -1.0");
    rejects(
        () -> Schedule.oneCycle(1, 0), "Schedule.oneCycle: expected steps of at least 1, got 0");
    rejects(
        () -> Schedule.oneCycle(1, 9).rising(1),
        "Schedule.oneCycle: expected rising in [0, 1), got 1.0");
    rejects(
        () -> Schedule.oneCycle(1, 9).startDivisor(0),
        "Schedule.oneCycle: expected startDivisor above 0, got 0.0");
    rejects(
        () -> Schedule.oneCycle(1, 9).endDivisor(-1),
        "Schedule.oneCycle: expected endDivisor above 0, got -1.0");
    rejects(
        () -> Schedule.constant(0.1).warmup(0),
        "Schedule.warmup: expected steps of at least 1, got 0");
  }

  @Test
  void learning_rates_are_checked_as_floats() {
    rejects(
        () -> Schedule.constant(1e-50),
        "Schedule.constant: expected learningRate above 0, got 1.0E-50 (0.0 as a float)");
    rejects(
        () -> Schedule.step(1e39, 1, 0.1),
        "Schedule.step: expected learningRate above 0, got 1.0E39 (Infinity as a float)");
    rejects(
        () -> Schedule.exponential(1e39, 0.1),
        "Schedule.exponential: expected learningRate above 0, got 1.0E39 (Infinity as a float)");
    rejects(
        () -> Schedule.polynomial(1e-50, 0, 7, 1),
        "Schedule.polynomial: expected learningRate above 0, got 1.0E-50 (0.0 as a float)");
    rejects(
        () -> Schedule.polynomial(0.1, 1e39, 7, 1),
        "Schedule.polynomial: expected end of at least 0, got 1.0E39 (Infinity as a float)");
    rejects(
        () -> Schedule.cosine(1e39, 0, 7),
        "Schedule.cosine: expected learningRate above 0, got 1.0E39 (Infinity as a float)");
    rejects(
        () -> Schedule.cosine(0.1, 1e39, 7),
        "Schedule.cosine: expected end of at least 0, got 1.0E39 (Infinity as a float)");
    rejects(
        () -> Schedule.oneCycle(1e39, 7),
        "Schedule.oneCycle: expected max above 0, got 1.0E39 (Infinity as a float)");
  }

  /** Schedules compute in double precision; only the learning rates become floats. */
  @Test
  void factors_and_divisors_are_doubles() {
    assertThat(Schedule.step(0.3, 1, 1e-50).learningRate(1)).isEqualTo(0.3 * 1e-50);
    assertThat(Schedule.exponential(0.3, 1e-50).learningRate(1)).isEqualTo(0.3 * 1e-50);
    assertThat(Schedule.polynomial(0.3, 0, 7, 1e50).learningRate(1)).isZero();
    assertThat(Schedule.cosine(0.3, 1e-50, 7).learningRate(7)).isEqualTo(1e-50);
    assertThat(Schedule.oneCycle(0.3, 7).endDivisor(1e50).learningRate(6))
        .isEqualTo(0.3 / 25 / 1e50);
    assertThat(Schedule.oneCycle(0.3, 7).rising(1 - 1e-12).learningRate(6))
        .isEqualTo(0.3 / 25 / 1e4);
  }

  @Test
  void a_setting_of_a_cycle_gives_a_new_one() {
    OneCycle cycle = Schedule.oneCycle(0.3, 10);
    double[] before = learningRates(cycle);
    assertThat(learningRates(cycle.rising(0.6))).isNotEqualTo(before);
    assertThat(learningRates(cycle.startDivisor(4))).isNotEqualTo(before);
    assertThat(learningRates(cycle.endDivisor(100))).isNotEqualTo(before);
    assertThat(learningRates(cycle)).isEqualTo(before);
    assertThat(learningRates(cycle.rising(0.3).startDivisor(25).endDivisor(1e4)))
        .as("the defaults")
        .isEqualTo(before);
    assertThat(learningRates(cycle.endDivisor(100).startDivisor(4).rising(0.6)))
        .as("in any order")
        .isEqualTo(learningRates(cycle.rising(0.6).startDivisor(4).endDivisor(100)));
  }

  private static double[] learningRates(Schedule schedule) {
    return LongStream.range(0, 10).mapToDouble(schedule::learningRate).toArray();
  }

  private static void rejects(ThrowingCallable build, String message) {
    assertThatThrownBy(build).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }
}
