package io.github.purenet.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import io.github.purenet.nn.Parameter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OptimizerSettingsTest {

  /** The values after three steps. */
  private static float[] trained(Optimizer optimizer) {
    Parameter parameter = new Parameter("W", NDArray.normal(Shape.of(8, 5), 0f, 1f, random(1)));
    for (int step = 0; step < 3; step++) {
      parameter.clearGradient();
      parameter.gradient().addInPlace(NDArray.normal(Shape.of(8, 5), 0f, 1f, random(step)));
      optimizer.step(List.of(parameter));
    }
    return parameter.value().toArray();
  }

  private static Random random(long seed) {
    return new Random(seed);
  }

  @Test
  void are_these_unless_set() {
    same(new Momentum(0.1), new Momentum(0.1).momentum(0.9));
    same(new Nesterov(0.1), new Nesterov(0.1).momentum(0.9));
    same(new AdaGrad(0.1), new AdaGrad(0.1).epsilon(1e-10));
    same(new RMSprop(0.1), new RMSprop(0.1).alpha(0.99).epsilon(1e-8));
    same(new Adam(), new Adam(0.001).betas(0.9, 0.999).epsilon(1e-8).weightDecay(0));
    same(new AdamW(), new AdamW(0.001).betas(0.9, 0.999).epsilon(1e-8).weightDecay(0.01));
    same(new Adam(0.02), new Adam(Schedule.constant(0.02)));
  }

  @Test
  void may_come_in_any_order() {
    same(
        new Sgd(0.1).weightDecay(0.1).clipNorm(3).clipValue(0.5),
        new Sgd(0.1).clipValue(0.5).clipNorm(3).weightDecay(0.1));
    same(
        new Momentum(0.1).momentum(0.8).weightDecay(0.1),
        new Momentum(0.1).weightDecay(0.1).momentum(0.8));
    same(new Nesterov(0.1).momentum(0.8).clipNorm(3), new Nesterov(0.1).clipNorm(3).momentum(0.8));
    same(
        new AdaGrad(0.1).epsilon(0.1).clipValue(0.5), new AdaGrad(0.1).clipValue(0.5).epsilon(0.1));
    same(new RMSprop(0.1).alpha(0.8).epsilon(0.1), new RMSprop(0.1).epsilon(0.1).alpha(0.8));
    same(
        new Adam(0.1).betas(0.8, 0.9).epsilon(0.1).weightDecay(0.1),
        new Adam(0.1).weightDecay(0.1).epsilon(0.1).betas(0.8, 0.9));
    same(
        new AdamW(0.1).betas(0.8, 0.9).epsilon(0.1).weightDecay(0.1),
        new AdamW(0.1).weightDecay(0.1).epsilon(0.1).betas(0.8, 0.9));
  }

  @Test
  void count_each_for_itself() {
    differ(new Momentum(0.1), new Momentum(0.1).momentum(0.8));
    differ(new Nesterov(0.1), new Nesterov(0.1).momentum(0.8));
    differ(new AdaGrad(0.1), new AdaGrad(0.1).epsilon(0.1));
    differ(new RMSprop(0.1), new RMSprop(0.1).alpha(0.8));
    differ(new RMSprop(0.1), new RMSprop(0.1).epsilon(0.1));
    differ(new Adam(0.1), new Adam(0.1).betas(0.8, 0.999));
    differ(new Adam(0.1), new Adam(0.1).betas(0.9, 0.9));
    differ(new Adam(0.1), new Adam(0.1).epsilon(0.1));
    differ(new AdamW(0.1), new AdamW(0.1).weightDecay(0.1));
  }

  @Test
  void return_the_optimizer_as_what_it_is() {
    AdamW adamW = new AdamW();
    AdamW same = adamW.betas(0.8, 0.9).weightDecay(0.1).epsilon(0.1).clipNorm(1).clipValue(1);
    assertThat(same).isSameAs(adamW);
    Nesterov nesterov = new Nesterov(0.1).weightDecay(0.1).momentum(0.8);
    RMSprop rmsprop = new RMSprop(0.1).clipNorm(1).alpha(0.9).decayOnly(p -> false).epsilon(0.1);
    AdaGrad adaGrad = new AdaGrad(0.1).clipValue(1).epsilon(0.1);
    assertThat(List.of(nesterov, rmsprop, adaGrad)).doesNotContainNull();
  }

  @Test
  void stay_as_they_were_if_they_are_refused() {
    Adam adam = new Adam(0.1);
    rejects(() -> adam.betas(0.5, 2), "Adam: expected beta2 in [0, 1), got 2.0");
    rejects(() -> adam.epsilon(0), "Adam: expected epsilon above 0, got 0.0");
    same(adam, new Adam(0.1));
  }

  @Test
  void name_the_setting_that_is_out_of_range() {
    rejects(() -> new Momentum(1).momentum(-1), "Momentum: expected momentum in [0, 1), got -1.0");
    rejects(() -> new Adam().betas(1.5, 0.9), "Adam: expected beta1 in [0, 1), got 1.5");
    rejects(() -> new AdamW().betas(0.9, 1), "AdamW: expected beta2 in [0, 1), got 1.0");
    rejects(() -> new AdamW().epsilon(-1), "AdamW: expected epsilon above 0, got -1.0");
    rejects(
        () -> new Adam().epsilon(Double.POSITIVE_INFINITY),
        "Adam: expected epsilon above 0, got Infinity");
  }

  @Test
  void are_refused_if_they_are_out_of_range_as_floats() {
    rejects(
        () -> new Sgd(1e-50), "Sgd: expected learningRate above 0, got 1.0E-50 (0.0 as a float)");
    rejects(
        () -> new Adam(1e39),
        "Adam: expected learningRate above 0, got 1.0E39 (Infinity as a float)");
    rejects(
        () -> new Momentum(1).momentum(1 - 1e-12),
        "Momentum: expected momentum in [0, 1), got 0.999999999999 (1.0 as a float)");
    rejects(
        () -> new Nesterov(1).momentum(1 - 1e-12),
        "Nesterov: expected momentum in [0, 1), got 0.999999999999 (1.0 as a float)");
    rejects(
        () -> new AdaGrad(1).epsilon(1e-50),
        "AdaGrad: expected epsilon above 0, got 1.0E-50 (0.0 as a float)");
    rejects(
        () -> new RMSprop(1).epsilon(1e39),
        "RMSprop: expected epsilon above 0, got 1.0E39 (Infinity as a float)");
    rejects(
        () -> new AdamW().epsilon(1e-50),
        "AdamW: expected epsilon above 0, got 1.0E-50 (0.0 as a float)");
    rejects(
        () -> new Sgd(1).weightDecay(1e39),
        "Sgd: expected weightDecay of at least 0, got 1.0E39 (Infinity as a float)");
    rejects(
        () -> new Sgd(1).clipValue(1e-60),
        "Sgd: expected clipValue above 0, got 1.0E-60 (0.0 as a float)");
    rejects(
        () -> new Sgd(1).clipNorm(1e-60),
        "Sgd: expected clipNorm above 0, got 1.0E-60 (0.0 as a float)");
  }

  /** The square of 1e-25 is 0 as a float; epsilon alone divides the gradient then. */
  @Test
  void epsilon_is_no_smaller_than_gradients_whose_squares_are_0() {
    String message = ": expected epsilon of at least 1.0E-20, got 1.0E-30";
    rejects(() -> new Adam().epsilon(1e-30), "Adam" + message);
    rejects(() -> new AdamW().epsilon(1e-30), "AdamW" + message);
    rejects(() -> new RMSprop(1).epsilon(1e-30), "RMSprop" + message);
    rejects(() -> new AdaGrad(1).epsilon(1e-30), "AdaGrad" + message);
    for (float gradient : new float[] {0f, 1e-25f, 1e-30f, Float.MIN_VALUE}) {
      for (Optimizer optimizer :
          List.of(
              new Adam(0.5).epsilon(1e-20),
              new AdamW(0.5).weightDecay(0).epsilon(1e-20),
              new RMSprop(0.5).epsilon(1e-20),
              new AdaGrad(0.5).epsilon(1e-20))) {
        Parameter parameter = new Parameter("W", NDArray.ones(1));
        parameter.gradient().fill(gradient);
        optimizer.step(List.of(parameter));
        assertThat(parameter.value().item()).isBetween(0.99f, 1f);
      }
    }
  }

  /** Where 0 is allowed, so is what becomes 0. */
  @Test
  void may_be_0_as_floats_where_they_may_be_0() {
    same(new Sgd(0.1).weightDecay(1e-60), new Sgd(0.1));
    same(new Momentum(0.1).momentum(1e-60), new Sgd(0.1));
    same(new Sgd(step -> step == 0 ? 0.1 : 1e-60), new Sgd(step -> step == 0 ? 0.1 : 0));
  }

  @Test
  void a_learning_rate_of_a_schedule_is_checked_as_a_float() {
    Parameter parameter = new Parameter("W", NDArray.ones(2));
    parameter.gradient().fill(1f);
    Sgd sgd = new Sgd(step -> step == 0 ? 0.5 : 1e39);
    sgd.step(List.of(parameter));
    rejects(
        () -> sgd.step(List.of(parameter)),
        "Sgd: expected a learning rate of at least 0 at step 1, got 1.0E39 (Infinity as a float)");
    assertThat(parameter.value().toArray()).containsOnly(0.5f);
    assertThat(sgd.state().get("steps").toArray()).containsExactly(0f, 1f);
    rejects(
        () -> new Adam(step -> -1e-60).step(List.of(parameter)),
        "Adam: expected a learning rate of at least 0 at step 0, got -1.0E-60 (-0.0 as a float)");
  }

  @SuppressWarnings("UnusedMethod") // a method source
  private static Stream<Supplier<AbstractOptimizer<?>>> each() {
    return Optimizers.each();
  }

  /** Found, not listed: whatever takes doubles is a setting. */
  @ParameterizedTest
  @MethodSource("each")
  void are_never_taken_unchecked(Supplier<AbstractOptimizer<?>> make) {
    Class<?> kind = make.get().getClass();
    List<Method> settings =
        Arrays.stream(kind.getMethods())
            .filter(method -> method.getParameterCount() > 0)
            .filter(
                method -> Arrays.stream(method.getParameterTypes()).allMatch(double.class::equals))
            .toList();
    assertThat(settings).extracting(Method::getName).contains("weightDecay", "clipNorm");
    for (Method setting : settings) {
      for (double number : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY, 1e39}) {
        Object[] numbers = new Object[setting.getParameterCount()];
        Arrays.fill(numbers, number);
        assertThatThrownBy(() -> setting.invoke(make.get(), numbers))
            .as("%s(%s)", setting.getName(), number)
            .isInstanceOf(InvocationTargetException.class)
            .cause()
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageStartingWith(kind.getSimpleName() + ": expected ")
            .hasMessageContaining("got " + number);
      }
    }
  }

  private static void same(Optimizer a, Optimizer b) {
    assertThat(trained(a)).isEqualTo(trained(b));
  }

  private static void differ(Optimizer a, Optimizer b) {
    assertThat(trained(a)).isNotEqualTo(trained(b));
  }

  private static void rejects(ThrowingCallable setting, String message) {
    assertThatThrownBy(setting).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }
}
