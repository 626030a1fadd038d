package io.github.purenet.nn;

import static io.github.purenet.nn.Layers.affine;
import static io.github.purenet.nn.Layers.batchNorm;
import static io.github.purenet.nn.Layers.conv;
import static io.github.purenet.nn.Layers.relu;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchNormalizationTest {
  private static final NDArray T = NDArray.of(0f, 1f, 2f, 1f);

  private static Network network() {
    return Network.of(
        Shape.of(2, 5, 4),
        3,
        batchNorm().momentum(0.5),
        conv(6, 3),
        batchNorm(),
        relu(),
        affine(5),
        batchNorm(),
        relu(),
        affine(3));
  }

  private static NDArray images(int n) {
    return NDArray.normal(Shape.of(n, 2, 5, 4), 1f, 2f, new Random(n));
  }

  private static float[][] numbers(List<Parameter> parameters) {
    return parameters.stream().map(p -> p.value().toArray()).toArray(float[][]::new);
  }

  private static BatchNormalization layer(int channels) {
    return new BatchNormalization(
        NDArray.ones(Shape.of(channels)), NDArray.zeros(Shape.of(channels)));
  }

  @Test
  void has_gamma_and_beta_and_running_statistics() {
    Network network = Network.of(Shape.of(3, 2, 2), 1, batchNorm(), affine(4), batchNorm());
    assertThat(network.parameters().stream().map(Parameter::toString))
        .containsExactly(
            "batchNorm1.gamma (3,)",
            "batchNorm1.beta (3,)",
            "affine1.W (12, 4)",
            "affine1.b (4,)",
            "batchNorm2.gamma (4,)",
            "batchNorm2.beta (4,)");
    assertThat(network.buffers().stream().map(Parameter::toString))
        .containsExactly(
            "batchNorm1.mean (3,)",
            "batchNorm1.variance (3,)",
            "batchNorm2.mean (4,)",
            "batchNorm2.variance (4,)");
    assertThat(numbers(network.buffers()))
        .isDeepEqualTo(new float[][] {{0, 0, 0}, {1, 1, 1}, {0, 0, 0, 0}, {1, 1, 1, 1}});
    assertThat(network.parameter("batchNorm1.gamma").isWeight()).isFalse();
  }

  @Test
  void training_normalizes_by_the_batch_and_inference_by_the_running_statistics() {
    NDArray x = NDArray.of(Shape.of(2, 1), 1, 5); // mean 3, biased variance 4, unbiased 8
    NDArray ones = NDArray.ones(Shape.of(1));
    NDArray zeros = NDArray.zeros(Shape.of(1));
    BatchNormalization layer = new BatchNormalization(ones, zeros, zeros, ones, 1e-9, 0.25);
    Pass pass = Pass.training();

    assertThat(layer.forward(x, pass).toArray()).containsExactly(-1, 1);
    assertThat(layer.forward(x).toArray()).containsExactly(1, 5); // forward moves nothing

    layer.backward(NDArray.ones(2, 1), pass);
    assertThat(numbers(layer.buffers()))
        .isDeepEqualTo(new float[][] {{0.75f}, {2.75f}}); // 0.25 3, 0.75 1 + 0.25 8
    float root = (float) Math.sqrt(2.75);
    assertThat(layer.forward(x).toArray())
        .containsExactly(new float[] {0.25f / root, 4.25f / root}, within(1e-6f));
  }

  @Test
  void frozen_gamma_and_beta_hold_the_statistics_in_training_too() {
    Network network = network();
    network.gradient(images(4), T);
    network.parameters().stream()
        .filter(p -> p.name().startsWith("batchNorm"))
        .forEach(Parameter::freeze);
    float[][] before = numbers(network.buffers());
    NDArray x = images(4);

    assertThat(network.forward(x, Pass.training()).toArray())
        .isEqualTo(network.predict(x).toArray());
    assertThat(network.gradient(x, T)).isEqualTo(network.loss(x, T));
    assertThat(numbers(network.buffers())).isDeepEqualTo(before);

    network.parameter("batchNorm2.beta").unfreeze(); // one is enough to train the layer
    network.gradient(x, T);
    float[][] after = numbers(network.buffers());
    assertThat(after[0]).isEqualTo(before[0]);
    assertThat(after[2]).isNotEqualTo(before[2]);
    assertThat(after[3]).isNotEqualTo(before[3]);
    assertThat(after[5]).isEqualTo(before[5]);
  }

  @Test
  void freezing_between_forward_and_backward_changes_nothing_in_the_run() {
    NDArray x = NDArray.normal(Shape.of(5, 3), 2f, 1f, new Random(1));
    NDArray dy = NDArray.normal(Shape.of(5, 3), 0f, 1f, new Random(2));
    Pass pass = Pass.training();
    BatchNormalization layer = layer(3);
    layer.forward(x, pass);
    float[] expected = layer.backward(dy, pass).toArray();
    layer.forward(x, pass);
    layer.parameters().forEach(Parameter::freeze);
    assertThat(layer.backward(dy, pass).toArray()).isEqualTo(expected);
  }

  @Test
  void a_step_that_fails_leaves_the_running_statistics_as_they_were() {
    Network network = network();
    network.gradient(images(4), T);
    float[][] before = numbers(network.buffers());
    NDArray x = images(4);
    x.set(Float.NaN, 2, 1, 0, 0);

    assertThatThrownBy(() -> network.gradient(x, T)).isInstanceOf(IllegalArgumentException.class);
    assertThat(numbers(network.buffers())).isDeepEqualTo(before);

    network.gradient(images(4), T);
    assertThat(numbers(network.buffers())[0]).isNotEqualTo(before[0]);
  }

  @Test
  void the_first_layer_of_a_network_moves_its_statistics() {
    Network network = network();
    NDArray x = NDArray.full(Shape.of(4, 2, 5, 4), 3f);
    network.gradient(x, T);
    assertThat(network.buffers().get(0).value().toArray()).containsExactly(1.5f, 1.5f);
    assertThat(network.buffers().get(1).value().toArray()).containsExactly(0.5f, 0.5f);
  }

  @Test
  void nan_stays_in_its_channel() {
    for (Shape shape : List.of(Shape.of(6, 3), Shape.of(3, 3, 2, 5))) {
      NDArray x = NDArray.normal(shape, 0f, 1f, new Random(1));
      x.data()[1] = Float.NaN;
      int bad = shape.rank() == 2 ? 1 : 0;
      NDArray y = layer(3).forward(x, Pass.training());
      int positions = y.size() / shape.dimension(0) / 3;
      for (int i = 0; i < y.size(); i++) {
        assertThat(Float.isNaN(y.toArray()[i])).isEqualTo(i / positions % 3 == bad);
      }
    }
  }

  /** 200,000 numbers around 1,000 with standard deviation 1/4: in float the sums would be lost. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void large_batches_far_from_zero_stay_accurate(boolean images) {
    Shape shape = images ? Shape.of(200, 1, 25, 40) : Shape.of(200_000, 1);
    NDArray x = NDArray.normal(shape, 1000f, 0.25f, new Random(1));
    double sum = 0;
    for (float number : x.toArray()) {
      sum += number;
    }
    double mean = sum / x.size();
    double squares = 0;
    for (float number : x.toArray()) {
      squares += (number - mean) * (number - mean);
    }
    double deviation = Math.sqrt(squares / x.size() + 1e-5);
    NDArray y = layer(1).forward(x, Pass.training());
    for (int i = 0; i < x.size(); i += 997) {
      double expected = (x.toArray()[i] - mean) / deviation;
      assertThat((double) y.data()[i]).isCloseTo(expected, within(1e-5));
    }
  }

  @Test
  void reads_views_behind_the_beginning_of_their_memory() {
    NDArray all = NDArray.normal(Shape.of(9, 3, 2, 2), 0f, 1f, new Random(1));
    NDArray view = all.slice(2, 7);
    assertThat(layer(3).forward(view, Pass.training()).toArray())
        .isEqualTo(layer(3).forward(view.copy(), Pass.training()).toArray());
  }

  @Test
  void eight_threads_predict_at_once() throws Exception {
    Network network = network();
    network.gradient(images(4), T);
    Threads.predictAlike(network, BatchNormalizationTest::images, 100);
  }

  @Test
  void says_what_is_wrong() {
    BatchNormalization layer = layer(3);
    NDArray one = NDArray.ones(1);
    assertThatThrownBy(() -> layer.forward(NDArray.zeros(1, 3), Pass.training()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "BatchNormalization: expected at least 2 numbers a channel in training, got 1 in (1,"
                + " 3); take a larger batch, or freeze gamma and beta to use the running"
                + " statistics");
    assertThat(layer.forward(NDArray.zeros(1, 3)).size()).isEqualTo(3);
    assertThatThrownBy(() -> layer.forward(NDArray.zeros(2, 3, 4)))
        .hasMessage("BatchNormalization: expected x of (N, D) or (N, C, H, W), got (2, 3, 4)");
    assertThatThrownBy(() -> layer.forward(NDArray.zeros(2, 4)))
        .hasMessage("BatchNormalization: expected 3 features, got 4 in (2, 4)");
    assertThatThrownBy(() -> layer.outputShape(Shape.of(2, 4, 5, 5)))
        .hasMessage("BatchNormalization: expected 3 channels, got 4 in (2, 4, 5, 5)");
    assertThatThrownBy(() -> new BatchNormalization(one, NDArray.ones(2)))
        .hasMessage("BatchNormalization: expected beta of (1,), got (2,)");
    assertThatThrownBy(() -> new BatchNormalization(NDArray.ones(1, 2), NDArray.ones(1, 2)))
        .hasMessage("BatchNormalization: expected gamma of (C), got (1, 2)");
    assertThatThrownBy(() -> batchNorm().epsilon(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("batchNorm: expected an epsilon above 0 and finite, got 0.0");
    assertThatThrownBy(() -> batchNorm().epsilon(Double.NaN))
        .hasMessage("batchNorm: expected an epsilon above 0 and finite, got NaN");
    assertThatThrownBy(() -> batchNorm().momentum(1.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("batchNorm: expected a momentum from 0 to 1, got 1.5");
    assertThatThrownBy(() -> Network.of(Shape.of(2, 3), 1, batchNorm()))
        .hasMessage("batchNorm1: expected an input of (D) or (C, H, W), got (2, 3)");
  }

  @Test
  void a_spec_survives_its_settings() {
    BatchNormalization.Spec spec = batchNorm().epsilon(1e-3).momentum(0.01);
    assertThat(spec.settings()).isEqualTo(Map.of("epsilon", 1e-3, "momentum", 0.01));
    assertThat(SpecReader.read(spec.kind(), spec.settings()).settings()).isEqualTo(spec.settings());
  }
}
