package io.github.purenet.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What all activations have in common; their numbers are compared with PyTorch's elsewhere. */
class ActivationTest {
  private static final long SEED = 5;

  static Stream<LayerSpec> activations() {
    return Stream.of(
        Layers.relu(),
        Layers.leakyRelu(),
        Layers.leakyRelu(0.25),
        Layers.elu(),
        Layers.elu(0.75),
        Layers.gelu(),
        Layers.geluTanh(),
        Layers.sigmoid(),
        Layers.tanh(),
        Layers.swish(),
        Layers.hardSwish(),
        Layers.softmax());
  }

  static Stream<LayerSpec> specs() {
    return Stream.concat(activations(), Stream.of(Layers.flatten(), Layers.dropout(0.3)));
  }

  private static Layer build(LayerSpec spec) {
    return spec.build(spec.kind() + "1", Shape.of(7), new Random(SEED));
  }

  @ParameterizedTest
  @MethodSource("specs")
  void a_spec_survives_its_settings(LayerSpec spec) {
    assertThat(SpecReader.read(spec.kind(), spec.settings())).isEqualTo(spec);
    assertThat(build(spec).name()).isEqualTo(spec.kind() + "1");
    assertThat(build(spec)).hasToString(spec.kind() + "1");
    assertThat(build(spec).parameters()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("activations")
  void a_nan_passes_through_forward(LayerSpec spec) {
    NDArray x = NDArray.of(Shape.of(1, 3), -1f, Float.NaN, 1f);
    assertThat(build(spec).forward(x).get(0, 1)).isNaN();
  }

  @ParameterizedTest
  @MethodSource("activations")
  void large_numbers_give_finite_ones(LayerSpec spec) {
    float[] large = {-1e4f, 1e4f, -100f, 100f, -1e30f, 1e30f};
    for (float number : large) {
      NDArray x = NDArray.of(Shape.of(1, 2), number, 0.5f);
      Pass pass = Pass.training();
      Layer layer = build(spec);
      assertThat(layer.forward(x, pass).toArray()).doesNotContain(Float.NaN);
      for (float slope : layer.backward(NDArray.ones(1, 2), pass).toArray()) {
        assertThat(slope).as("slope at %s", number).isBetween(-0.5f, 1.5f);
      }
    }
  }

  /** 10,007 numbers are several tasks, the last one short; views do not begin at 0. */
  @ParameterizedTest
  @MethodSource("activations")
  void a_large_batch_gives_the_bits_of_its_samples(LayerSpec spec) {
    NDArray x = numbers(Shape.of(10_008, 1), 3).slice(1, 10_008);
    NDArray dy = numbers(Shape.of(10_009, 1), 4).slice(2, 10_009);
    Layer layer = build(spec);
    Pass pass = Pass.training();
    Pass one = Pass.training();
    float[] y = layer.forward(x, pass).toArray();
    float[] dx = layer.backward(dy, pass).toArray();
    for (int i = 0; i < y.length; i++) {
      assertThat(layer.forward(x.slice(i, i + 1), one).item()).isEqualTo(y[i]);
      assertThat(layer.backward(dy.slice(i, i + 1), one).item()).isEqualTo(dx[i]);
    }
  }

  @Test
  void bad_settings_fail_when_the_spec_is_built() {
    assertThatThrownBy(() -> Layers.leakyRelu(-0.1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("leakyRelu: expected a slope of at least 0 and finite, got -0.1");
    assertThatThrownBy(() -> Layers.leakyRelu(Double.NaN))
        .hasMessage("leakyRelu: expected a slope of at least 0 and finite, got NaN");
    assertThatThrownBy(() -> new LeakyRelu(1e39))
        .hasMessage("LeakyRelu: expected a slope of at least 0 and finite, got 1.0E39");
    assertThatThrownBy(() -> Layers.elu(-1))
        .hasMessage("elu: expected an alpha of at least 0 and finite, got -1.0");
    assertThatThrownBy(() -> new Elu(Double.POSITIVE_INFINITY))
        .hasMessage("Elu: expected an alpha of at least 0 and finite, got Infinity");
    assertThatThrownBy(() -> SpecReader.read("elu", Map.of()))
        .hasMessage("elu: expected a number in setting alpha, got null");
    assertThatThrownBy(() -> SpecReader.read("tanh", Map.of("slope", 1)))
        .hasMessage("tanh: expected the settings [], got also [slope]");
  }

  @Test
  void the_exact_and_the_approximate_gelu_differ_by_what_they_say() {
    NDArray x = NDArray.arange(-8f, 8f, 0.01f);
    NDArray difference = new Gelu().forward(x).subtract(new Gelu(true).forward(x)).abs();
    assertThat(difference.max()).isBetween(4e-4f, 5e-4f);
  }

  @Test
  void the_rows_of_a_softmax_sum_to_1_along_the_last_axis() {
    NDArray y = new Softmax().forward(numbers(Shape.of(2, 3, 5), 1).multiply(100));
    for (float sum : y.sum(2).toArray()) {
      assertThat(sum).isCloseTo(1f, within(1e-6f));
    }
    NDArray nan = NDArray.of(Shape.of(2, 2), 1f, Float.NaN, 0f, 0f);
    assertThat(new Softmax().forward(nan).toArray())
        .containsExactly(Float.NaN, Float.NaN, .5f, .5f);
  }

  @Test
  void softmax_and_flatten_say_what_does_not_fit() {
    assertThatThrownBy(() -> new Softmax().forward(NDArray.ones(3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Softmax: expected an input of (N, ..., K), got (3,)");
    assertThatThrownBy(() -> new Softmax().forward(NDArray.zeros(3, 0)))
        .hasMessage("Softmax: expected a last axis of at least 1, got 0");
    assertThatThrownBy(() -> new Flatten().forward(NDArray.scalar(1)))
        .hasMessage("Flatten: expected an input of (N, ...), got ()");
  }

  @Test
  void flatten_copies_nothing() {
    Pass pass = Pass.training();
    NDArray x = numbers(Shape.of(4, 2, 3, 5), 1).slice(1, 4);
    NDArray y = new Flatten().forward(x, pass);
    assertThat(y.shape()).isEqualTo(Shape.of(3, 30));
    assertThat(y.data()).isSameAs(x.data());
    assertThat(y.toArray()).isEqualTo(x.toArray());
    assertThat(new Flatten().outputShape(Shape.of(0, 2, 3))).isEqualTo(Shape.of(0, 6));
    assertThat(new Flatten().outputShape(Shape.of(4))).isEqualTo(Shape.of(4, 1));
  }

  private static NDArray numbers(Shape shape, long seed) {
    return NDArray.normal(shape, 0f, 1f, new Random(SEED + seed));
  }
}
