package io.github.purenet.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.nn.Parameter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Gradients that an optimizer cannot use: the step says so, and nothing changes. */
class GradientCheckTest {

  @SuppressWarnings("UnusedMethod") // a method source
  private static Stream<Supplier<AbstractOptimizer<?>>> each() {
    return Optimizers.each();
  }

  @SuppressWarnings("UnusedMethod") // a method source
  private static Stream<Supplier<AbstractOptimizer<?>>> withSquares() {
    Set<String> without = Set.of("Sgd", "Momentum", "Nesterov");
    return each().filter(make -> !without.contains(make.get().kind()));
  }

  private static Map<String, float[]> arrays(Map<String, NDArray> state) {
    Map<String, float[]> arrays = new HashMap<>();
    state.forEach((name, array) -> arrays.put(name, array.toArray()));
    return arrays;
  }

  /** Two steps, then one with the given number in the gradient of W that must not be made. */
  private static void rejects(AbstractOptimizer<?> optimizer, float number, String message) {
    Parameter first = new Parameter("conv1.b", NDArray.of(1f, 2f));
    Parameter second = new Parameter("conv1.W", NDArray.ones(2, 3));
    List<Parameter> parameters = List.of(first, second);
    for (int step = 0; step < 2; step++) {
      parameters.forEach(p -> p.gradient().fill(0.5f));
      optimizer.step(parameters);
    }
    Map<String, float[]> before = arrays(optimizer.state());
    float[] values = first.value().toArray();
    float[] others = second.value().toArray();
    second.gradient().set(number, 1, 0);
    assertThatThrownBy(() -> optimizer.step(parameters))
        .isInstanceOf(ArithmeticException.class)
        .hasMessage(optimizer.kind() + ": " + message);
    assertThat(arrays(optimizer.state())).usingRecursiveComparison().isEqualTo(before);
    assertThat(first.value().toArray()).isEqualTo(values);
    assertThat(second.value().toArray()).isEqualTo(others);
    second.gradient().set(0.5f, 1, 0);
    optimizer.step(parameters);
    assertThat(second.value().toArray()).isNotEqualTo(others).doesNotContain(Float.NaN);
  }

  @ParameterizedTest
  @MethodSource("each")
  void a_gradient_that_is_not_finite_is_an_error_that_changes_nothing(
      Supplier<AbstractOptimizer<?>> make) {
    for (float number : new float[] {Float.NaN, Float.NEGATIVE_INFINITY}) {
      rejects(
          make.get(),
          number,
          "expected finite gradients, got " + number + " in that of conv1.W (2, 3) at step 2");
    }
    rejects(
        make.get().clipValue(0.5),
        Float.NaN,
        "expected finite gradients, got NaN in that of conv1.W (2, 3) at step 2");
    for (float number : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
      rejects(
          make.get().clipNorm(0.5),
          number,
          "expected finite gradients, got " + number + " in that of conv1.W (2, 3) at step 2");
    }
  }

  @ParameterizedTest
  @MethodSource("withSquares")
  void a_gradient_whose_square_is_infinite_is_an_error_that_changes_nothing(
      Supplier<AbstractOptimizer<?>> make) {
    for (float number : new float[] {1e20f, -3e38f}) {
      rejects(
          make.get(),
          number,
          "expected gradients with finite squares, got "
              + number
              + " in that of conv1.W (2, 3) at step 2; clip them with clipNorm or clipValue");
    }
  }

  @ParameterizedTest
  @MethodSource("each")
  void a_huge_gradient_is_no_error_where_it_is_clipped(Supplier<AbstractOptimizer<?>> make) {
    for (AbstractOptimizer<?> clipped :
        List.of(
            make.get().clipNorm(1),
            make.get().clipValue(1),
            make.get().clipValue(1e30).clipNorm(1))) {
      Parameter p = new Parameter("p", NDArray.of(1f, 1f));
      p.gradient().fill(2e20f);
      clipped.step(List.of(p));
      assertThat(p.value().get(0)).isLessThan(1f).isGreaterThan(-1f);
      float before = p.value().get(0);
      p.gradient().fill(0.1f);
      clipped.step(List.of(p));
      assertThat(p.value().get(0)).isNotEqualTo(before);
    }
  }

  @ParameterizedTest
  @MethodSource("each")
  void a_first_step_that_is_refused_does_not_bind_the_optimizer(
      Supplier<AbstractOptimizer<?>> make) {
    AbstractOptimizer<?> optimizer = make.get();
    Parameter refused = new Parameter("p", NDArray.of(1f));
    refused.gradient().fill(Float.NaN);
    assertThatThrownBy(() -> optimizer.step(List.of(refused)))
        .isInstanceOf(ArithmeticException.class);
    Parameter other = new Parameter("q", NDArray.of(1f));
    other.gradient().fill(1f);
    optimizer.step(List.of(other));
    assertThat(other.value().item()).isLessThan(1f);
  }

  @Test
  void a_rate_that_the_correction_makes_infinite_does_not_make_nan_of_a_gradient_of_0() {
    Parameter p = new Parameter("p", NDArray.of(1f));
    new Adam(1e38).step(List.of(p));
    assertThat(p.value().item()).isEqualTo(1f);
  }

  @Test
  void clipping_by_value_takes_infinite_gradients() {
    Parameter p = new Parameter("p", NDArray.of(1f));
    p.gradient().fill(Float.NEGATIVE_INFINITY);
    new Sgd(1).clipValue(0.5).step(List.of(p));
    assertThat(p.value().item()).isEqualTo(1.5f);
  }

  @Test
  void frozen_parameters_may_have_any_gradient() {
    Parameter frozen = new Parameter("frozen", NDArray.of(1f));
    Parameter p = new Parameter("p", NDArray.of(1f));
    frozen.freeze();
    frozen.gradient().fill(Float.NaN);
    p.gradient().fill(1f);
    new Sgd(0.5).step(List.of(frozen, p));
    assertThat(p.value().item()).isEqualTo(0.5f);
  }

  /** Each square is finite; from the fourth on, their sum is not. */
  @Test
  void the_sum_of_adagrad_does_not_become_infinite_without_a_word() {
    Parameter p = new Parameter("p", NDArray.of(1f, 1f));
    AdaGrad adaGrad = new AdaGrad(0.5);
    p.gradient().fill(1e19f).set(1f, 1);
    for (int step = 0; step < 3; step++) {
      adaGrad.step(List.of(p));
    }
    float[] sum = adaGrad.state().get("p.sum").toArray();
    float[] before = p.value().toArray();
    assertThatThrownBy(() -> adaGrad.step(List.of(p)))
        .isInstanceOf(ArithmeticException.class)
        .hasMessage(
            "AdaGrad: expected gradients with finite squares, got 1.0E19 in that of p (2,) at step"
                + " 3; clip them with clipNorm or clipValue");
    assertThat(adaGrad.state().get("p.sum").toArray()).isEqualTo(sum);
    assertThat(p.value().toArray()).isEqualTo(before);
  }

  /** 1e-30 / 1e20 is 0 as a float, which would make every gradient 0. */
  @Test
  void a_norm_too_large_to_clip_is_an_error_that_changes_nothing() {
    Parameter p = new Parameter("p", NDArray.of(1f));
    p.gradient().fill(1e20f);
    assertThatThrownBy(() -> new Sgd(1).clipNorm(1e-30).step(List.of(p)))
        .isInstanceOf(ArithmeticException.class)
        .hasMessage(
            "Sgd: expected gradients whose norm can be clipped to 1.0E-30, got a norm of"
                + " 1.0000000200408773E20 at step 0");
    assertThat(p.value().item()).isEqualTo(1f);
    p.gradient().fill(1e3f);
    new Sgd(1e30).clipNorm(1e-30).step(List.of(p));
    assertThat(p.value().item()).isEqualTo(0f, within(1e-5f));
  }
}
