package io.github.purenet.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import io.github.purenet.nn.Parameter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What all optimizers share. */
class OptimizerTest {

  @SuppressWarnings("UnusedMethod") // a method source
  private static Stream<AbstractOptimizer<?>> each() {
    return Optimizers.each().map(Supplier::get);
  }

  private static Parameter parameter(String name, float gradient, float... values) {
    Parameter parameter = new Parameter(name, NDArray.of(values));
    parameter.gradient().fill(gradient);
    return parameter;
  }

  @ParameterizedTest
  @MethodSource("each")
  void finds_the_bottom_of_a_bowl(AbstractOptimizer<?> optimizer) {
    Parameter p = new Parameter("p", NDArray.of(3f, -2f));
    for (int step = 0; step < 2000; step++) {
      p.gradient().fill(0f).addInPlace(NDArray.of(p.value().get(0), 5 * p.value().get(1)));
      optimizer.step(List.of(p));
    }
    assertThat(p.value().toArray()).containsExactly(new float[] {0f, 0f}, within(0.05f));
  }

  @ParameterizedTest
  @MethodSource("each")
  void leaves_frozen_parameters_alone_until_they_thaw(AbstractOptimizer<?> optimizer) {
    Parameter frozen = parameter("frozen", 1f, 1f);
    Parameter other = parameter("other", 1f, 1f);
    frozen.freeze();
    for (int step = 0; step < 50; step++) {
      optimizer.step(List.of(frozen, other));
    }
    assertThat(frozen.value().item()).isEqualTo(1f);
    assertThat(other.value().item()).isNotEqualTo(1f);
    frozen.unfreeze();
    Map<String, NDArray> state = new HashMap<>(optimizer.state());
    optimizer.step(List.of(frozen, other));
    Parameter fresh = parameter("fresh", 1f, 1f);
    AbstractOptimizer<?> first =
        Optimizers.each()
            .<AbstractOptimizer<?>>map(Supplier::get)
            .filter(o -> o.kind().equals(optimizer.kind()))
            .findFirst()
            .orElseThrow();
    state.keySet().retainAll(Set.of("steps", "frozen.steps"));
    if (state.containsKey("frozen.steps")) {
      state.put("fresh.steps", state.remove("frozen.steps")); // 0
    }
    first.restore(List.of(fresh), state); // for the learning rate of the step
    first.step(List.of(fresh));
    assertThat(frozen.value().item())
        .as("the first update, as of a new parameter")
        .isNotEqualTo(1f)
        .isEqualTo(fresh.value().item());
  }

  @ParameterizedTest
  @MethodSource("each")
  void a_value_may_be_a_view_into_a_larger_array(AbstractOptimizer<?> optimizer) {
    NDArray numbers = NDArray.normal(Shape.of(3, 50), 0f, 1f, new Random(1));
    NDArray before = numbers.copy();
    Parameter whole = new Parameter("whole", numbers.at(1).copy());
    Parameter view = new Parameter("view", numbers.at(1));
    for (Parameter p : List.of(whole, view)) {
      p.gradient().addInPlace(NDArray.normal(Shape.of(50), 0f, 1f, new Random(2)));
    }
    optimizer.step(List.of(whole, view));
    assertThat(view.value().toArray()).containsExactly(whole.value().toArray(), within(1e-6f));
    assertThat(view.value().toArray()).isNotEqualTo(before.at(1).toArray());
    assertThat(numbers.at(0).toArray()).isEqualTo(before.at(0).toArray());
    assertThat(numbers.at(2).toArray()).isEqualTo(before.at(2).toArray());
  }

  @ParameterizedTest
  @MethodSource("each")
  void a_restored_optimizer_expects_the_parameters_it_was_restored_for(
      AbstractOptimizer<?> optimizer) {
    Parameter a = parameter("W", 1f, 1f);
    Parameter b = parameter("W", 1f, 1f);
    optimizer.step(List.of(a));
    optimizer.restore(List.of(b), optimizer.state());
    optimizer.step(List.of(b));
    assertThatThrownBy(() -> optimizer.step(List.of(a)))
        .hasMessageContaining("got [W (1,)] of another network");
  }

  @Test
  void decay_exempts_what_it_is_told_to() {
    Parameter weight = new Parameter("W", NDArray.ones(2, 2));
    Parameter bias = parameter("b", 0f, 1f);
    new Sgd(0.5).weightDecay(0.1).decayOnly(Parameter::isWeight).step(List.of(weight, bias));
    assertThat(weight.value().toArray()).containsOnly(0.95f);
    assertThat(bias.value().item()).isEqualTo(1f);
    new AdamW(0.5).decayOnly(p -> p == bias).step(List.of(weight, bias));
    assertThat(weight.value().toArray()).containsOnly(0.95f);
    assertThat(bias.value().item()).isEqualTo(0.995f);
  }

  @Test
  void the_norm_is_that_of_all_gradients_but_frozen_ones() {
    Parameter a = parameter("a", 3f, 0f);
    Parameter b = parameter("b", 4f, 0f);
    Parameter frozen = parameter("frozen", 100f, 0f);
    frozen.freeze();
    new Sgd(1).clipNorm(1).step(List.of(a, frozen, b));
    assertThat(a.value().item()).isEqualTo(-0.6f, within(1e-6f));
    assertThat(b.value().item()).isEqualTo(-0.8f, within(1e-6f));
    assertThat(b.gradient().item()).as("only read").isEqualTo(4f);
  }

  @Test
  void clipping_by_value_writes_into_the_gradients_but_frozen_ones() {
    Parameter a = parameter("a", -3f, 0f, 0f);
    a.gradient().set(0.25f, 1);
    Parameter frozen = parameter("frozen", 100f, 0f);
    frozen.freeze();
    new Sgd(1).clipValue(0.5).step(List.of(a, frozen));
    assertThat(a.value().toArray()).containsExactly(0.5f, -0.25f);
    assertThat(a.gradient().toArray()).containsExactly(-0.5f, 0.25f);
    assertThat(frozen.gradient().item()).isEqualTo(100f);
  }

  /** Squares of such numbers do not fit into floats. */
  @Test
  void the_norm_may_be_huge() {
    Parameter p = parameter("p", 3e38f, 0f, 0f, 0f, 0f);
    new Sgd(1).clipNorm(1).step(List.of(p));
    assertThat(p.value().toArray())
        .containsExactly(new float[] {-0.5f, -0.5f, -0.5f, -0.5f}, within(1e-6f));
  }

  /** More than one chunk; the sum of each chunk and the order of the sums are fixed. */
  @Test
  void the_norm_has_the_same_bits_every_time() {
    NDArray numbers = NDArray.normal(Shape.of(100_003), 0f, 1f, new Random(3));
    Parameter p = new Parameter("p", NDArray.zeros(100_003));
    p.gradient().addInPlace(numbers);
    double exact = 0;
    for (float number : numbers.toArray()) {
      exact += (double) number * number;
    }
    Clipping clipping = new Clipping();
    double norm = clipping.norm(List.of(p));
    assertThat(norm).isCloseTo(Math.sqrt(exact), within(1e-10));
    for (int i = 0; i < 100; i++) {
      assertThat(clipping.norm(List.of(p))).isEqualTo(norm);
    }
  }

  @Test
  void the_schedule_is_asked_for_each_step_from_0() {
    Parameter p = parameter("p", 1f, 0f);
    Sgd sgd = new Sgd(step -> step == 0 ? 1 : step == 1 ? 0.5 : step == 2 ? 0 : -1);
    for (float expected : new float[] {-1f, -1.5f, -1.5f}) {
      sgd.step(List.of(p));
      assertThat(p.value().item()).isEqualTo(expected);
    }
    assertThatThrownBy(() -> sgd.step(List.of(p)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Sgd: expected a learning rate of at least 0 at step 3, got -1.0");
    assertThat(p.value().item()).isEqualTo(-1.5f);
  }

  @Test
  void says_what_is_out_of_range() {
    rejects(() -> new Sgd(-0.1), "Sgd: expected learningRate above 0, got -0.1");
    rejects(() -> new Momentum(0), "Momentum: expected learningRate above 0, got 0.0");
    rejects(() -> new Momentum(0.1).momentum(1), "Momentum: expected momentum in [0, 1), got 1.0");
    rejects(
        () -> new Momentum(0.1).momentum(-0.1), "Momentum: expected momentum in [0, 1), got -0.1");
    rejects(() -> new Nesterov(-1), "Nesterov: expected learningRate above 0, got -1.0");
    rejects(
        () -> new Nesterov(0.1).momentum(Double.NaN),
        "Nesterov: expected momentum in [0, 1), got NaN");
    rejects(
        () -> new AdaGrad(Double.POSITIVE_INFINITY),
        "AdaGrad: expected learningRate above 0, got Infinity");
    rejects(() -> new AdaGrad(1).epsilon(0), "AdaGrad: expected epsilon above 0, got 0.0");
    rejects(() -> new RMSprop(Double.NaN), "RMSprop: expected learningRate above 0, got NaN");
    rejects(() -> new RMSprop(1).alpha(1), "RMSprop: expected alpha in [0, 1), got 1.0");
    rejects(() -> new RMSprop(1).epsilon(-1), "RMSprop: expected epsilon above 0, got -1.0");
    rejects(() -> new AdamW(-1), "AdamW: expected learningRate above 0, got -1.0");
    rejects(() -> new AdamW(0.1).betas(0.9, 1), "AdamW: expected beta2 in [0, 1), got 1.0");
    rejects(() -> new Adam().weightDecay(-1), "Adam: expected weightDecay of at least 0, got -1.0");
    rejects(
        () -> new AdamW().weightDecay(Double.NaN),
        "AdamW: expected weightDecay of at least 0, got NaN");
    rejects(() -> new Sgd(1).clipNorm(0), "Sgd: expected clipNorm above 0, got 0.0");
    rejects(() -> new Sgd(1).clipValue(-1), "Sgd: expected clipValue above 0, got -1.0");
  }

  private static void rejects(ThrowingCallable build, String message) {
    assertThatThrownBy(build).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }
}
