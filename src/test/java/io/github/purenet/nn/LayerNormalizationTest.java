package io.github.purenet.nn;

import static io.github.purenet.nn.Layers.layerNorm;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LayerNormalizationTest {

  private static LayerNormalization layer(int... sample) {
    return new LayerNormalization(NDArray.ones(sample), NDArray.zeros(sample));
  }

  @Test
  void has_a_scale_and_a_shift_for_each_number_of_a_sample() {
    Network network = Network.of(Shape.of(3, 2, 4), 1, layerNorm());
    assertThat(network.parameters().stream().map(Parameter::toString))
        .containsExactly("layerNorm1.gamma (3, 2, 4)", "layerNorm1.beta (3, 2, 4)");
    assertThat(network.parameters()).noneMatch(Parameter::isWeight); // no weight decay
    assertThat(network.buffers()).isEmpty();
  }

  @Test
  void a_sample_does_not_depend_on_its_neighbors() {
    NDArray x = NDArray.normal(Shape.of(70, 3, 5), 7f, 2f, new Random(1));
    NDArray y = layer(3, 5).forward(x);
    for (int i = 0; i < 70; i++) {
      NDArray alone = layer(3, 5).forward(x.slice(i, i + 1));
      assertThat(alone.toArray()).isEqualTo(y.slice(i, i + 1).toArray());
    }
  }

  @Test
  void numbers_far_from_zero_stay_accurate() {
    NDArray x = NDArray.normal(Shape.of(1, 100_000), 1000f, 0.25f, new Random(1));
    double mean = 0;
    for (float number : x.toArray()) {
      mean += number / 1e5;
    }
    double variance = 0;
    for (float number : x.toArray()) {
      variance += (number - mean) * (number - mean) / 1e5;
    }
    NDArray y = layer(100_000).forward(x);
    for (int i = 0; i < x.size(); i += 997) {
      double expected = (x.data()[i] - mean) / Math.sqrt(variance + 1e-5);
      assertThat((double) y.data()[i]).isCloseTo(expected, within(1e-5));
    }
  }

  @Test
  void says_what_is_wrong() {
    assertThatThrownBy(() -> layer(3, 2).forward(NDArray.zeros(4, 2, 3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("LayerNormalization: expected samples of (3, 2) in x, got x of (4, 2, 3)");
    assertThatThrownBy(() -> new LayerNormalization(NDArray.ones(2), NDArray.ones(3)))
        .hasMessage("LayerNormalization: expected beta of (2,), got (3,)");
    assertThatThrownBy(() -> layerNorm().epsilon(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("layerNorm: expected an epsilon above 0 and finite, got -1.0");
  }

  @Test
  void a_spec_survives_its_settings() {
    LayerNormalization.Spec spec = layerNorm().epsilon(1e-3);
    assertThat(spec.settings()).isEqualTo(Map.of("epsilon", 1e-3));
    assertThat(SpecReader.read(spec.kind(), spec.settings()).settings()).isEqualTo(spec.settings());
  }
}
