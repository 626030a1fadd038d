package io.github.purenet.nn;

import static io.github.purenet.nn.Layers.affine;
import static io.github.purenet.nn.Layers.batchNorm;
import static io.github.purenet.nn.Layers.conv;
import static io.github.purenet.nn.Layers.dropout;
import static io.github.purenet.nn.Layers.maxPool;
import static io.github.purenet.nn.Layers.relu;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import io.github.purenet.optim.Adam;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NetworkTest {
  private static final Shape INPUT = Shape.of(2, 9, 8);

  private static Network network(long seed) {
    return Network.of(
        INPUT, seed, conv(4, 3).pad(1), relu(), maxPool(2), affine(6), relu(), affine(3));
  }

  private static NDArray images(int n) {
    return NDArray.normal(INPUT.prepend(n), 0f, 1f, new Random(n));
  }

  @Test
  void infers_sizes_and_names_layers_and_parameters() {
    Network network = network(1);
    assertThat(network.outputShape(Shape.of(5, 2, 9, 8))).isEqualTo(Shape.of(5, 3));
    assertThat(network.layers().stream().map(Layer::name))
        .containsExactly("conv1", "relu1", "maxPool1", "affine1", "relu2", "affine2");
    assertThat(network.parameters().stream().map(Parameter::toString))
        .containsExactly(
            "conv1.W (4, 2, 3, 3)",
            "conv1.b (4,)",
            "affine1.W (64, 6)",
            "affine1.b (6,)",
            "affine2.W (6, 3)",
            "affine2.b (3,)");
  }

  @Test
  void the_same_seed_gives_the_same_parameters() {
    for (int i = 0; i < 6; i++) {
      float[] first = network(7).parameters().get(i).value().toArray();
      assertThat(network(7).parameters().get(i).value().toArray()).isEqualTo(first);
      if (i % 2 == 0) {
        assertThat(network(8).parameters().get(i).value().toArray()).isNotEqualTo(first);
      }
    }
  }

  @Test
  void he_initialization_has_the_stated_deviation() {
    Network network = Network.of(Shape.of(2000), 3, affine(100));
    NDArray w = network.parameter("affine1.W").value();
    assertThat(w.mean()).isCloseTo(0f, within(0.001f));
    double variance = w.multiply(w).mean();
    assertThat(variance).isCloseTo(2.0 / 2000, within(2e-5));
    assertThat(network.parameter("affine1.b").value().toArray()).containsOnly(0f);
  }

  /**
   * The slope along the gradient, by central differences. The loss is piecewise smooth; a step of
   * 1e-3 of the gradient's length crosses no kink for these seeds, and float rounding of the logits
   * (1e-7) over that step leaves a relative error below 1e-3.
   */
  @Test
  void gradient_is_the_slope_of_the_loss() {
    Network network = network(5);
    NDArray x = images(6);
    NDArray t = NDArray.of(0f, 1f, 2f, 2f, 1f, 0f);
    double loss = network.gradient(x, t);
    assertThat(loss).isEqualTo(network.loss(x, t));
    for (Parameter parameter : network.parameters()) {
      NDArray gradient = parameter.gradient();
      double length = Math.sqrt(Numbers.inner(gradient, gradient));
      NDArray step = gradient.multiply((float) (2e-3 / length));
      NDArray value = parameter.value();
      NDArray before = value.copy();
      value.addInPlace(step);
      double above = network.loss(x, t);
      value.addInPlace(step.multiply(-2f));
      double below = network.loss(x, t);
      value.fill(0f);
      value.addInPlace(before);
      assertThat((above - below) / 4e-3).isCloseTo(length, within(2e-3 * length + 1e-4));
    }
  }

  @Test
  void gradient_replaces_what_the_step_before_left() {
    Network network = network(5);
    NDArray x = images(6);
    NDArray t = NDArray.of(0f, 1f, 2f, 2f, 1f, 0f);
    network.gradient(x, t);
    List<float[]> first = network.parameters().stream().map(p -> p.gradient().toArray()).toList();
    network.gradient(images(3), NDArray.of(0f, 0f, 1f));
    network.gradient(x, t);
    for (int i = 0; i < first.size(); i++) {
      assertThat(network.parameters().get(i).gradient().toArray()).isEqualTo(first.get(i));
    }
  }

  @Test
  void eight_threads_predict_at_once() throws Exception {
    Network network = network(2);
    Threads.predictAlike(network, NetworkTest::images, 200);
  }

  @Test
  void a_prediction_is_the_callers_own() {
    Network network = network(2);
    NDArray first = network.predict(images(2));
    float[] before = first.toArray();
    network.predict(images(3));
    assertThat(first.toArray()).isEqualTo(before);
  }

  @Test
  void sets_all_parameters_or_none() {
    Network network = network(1);
    Network other = network(2);
    Map<String, NDArray> values = new LinkedHashMap<>();
    other.parameters().forEach(p -> values.put(p.name(), p.value()));
    NDArray x = images(2);
    network.setParameters(values);
    assertThat(network.predict(x).toArray()).isEqualTo(other.predict(x).toArray());

    Network third = network(3);
    float[] before = third.predict(x).toArray();
    values.put("affine2.b", NDArray.zeros(4));
    assertThatThrownBy(() -> third.setParameters(values))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("network: expected affine2.b of (3,), got (4,)");
    values.remove("affine2.b");
    assertThatThrownBy(() -> third.setParameters(values))
        .hasMessage(
            "network: expected a value for affine2.b, got [conv1.W, conv1.b, affine1.W, affine1.b,"
                + " affine2.W]");
    values.put("affine2.b", null);
    assertThatThrownBy(() -> third.setParameters(values))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("network: expected a value for affine2.b, got null");
    values.remove("affine2.b");
    values.put("affine3.b", NDArray.zeros(3));
    assertThatThrownBy(() -> third.setParameters(values))
        .hasMessage(
            "network: expected one of the parameters [conv1.W, conv1.b, affine1.W, affine1.b,"
                + " affine2.W, affine2.b], got affine3.b");
    assertThat(third.predict(x).toArray()).isEqualTo(before);
  }

  private static Network withState(long seed) {
    return Network.of(Shape.of(6), seed, affine(8), batchNorm(), relu(), dropout(0.5), affine(3));
  }

  private static double step(Network network, Adam adam, int number) {
    NDArray x = NDArray.normal(Shape.of(5, 6), 0f, 1f, new Random(number));
    double loss = network.gradient(x, NDArray.of(0f, 1f, 2f, 1f, 0f));
    adam.step(network.parameters());
    return loss;
  }

  /** The layers are built from one seed, which gives the dropout its own. */
  @Test
  void a_copied_state_goes_on_bit_for_bit() {
    Network first = withState(4);
    Adam adam = new Adam(0.01);
    for (int i = 0; i < 7; i++) {
      step(first, adam, i);
    }
    Map<String, NDArray> values = new LinkedHashMap<>();
    first.parameters().forEach(p -> values.put(p.name(), p.value().copy()));
    first.buffers().forEach(p -> values.put(p.name(), p.value().copy()));

    Network second = withState(4);
    Adam other = new Adam(0.01);
    second.setParameters(values);
    second.step(first.step());
    other.restore(second.parameters(), adam.state());

    assertThat(second.step()).isEqualTo(7);
    for (int i = 7; i < 12; i++) {
      assertThat(step(second, other, i)).isEqualTo(step(first, adam, i));
    }
    NDArray x = NDArray.ones(2, 6);
    assertThat(second.predict(x).toArray()).isEqualTo(first.predict(x).toArray());

    values.remove("batchNorm1.variance");
    assertThatThrownBy(() -> second.setParameters(values))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "network: expected a value for batchNorm1.variance, got [affine1.W");
    assertThatThrownBy(() -> second.step(-1))
        .hasMessage("network: expected a step of at least 0, got -1");
  }

  @Test
  void says_what_does_not_fit() {
    Network network = network(1);
    assertThatThrownBy(() -> network.predict(NDArray.zeros(1, 3, 9, 8)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("network: expected x of (N, 2, 9, 8), got (1, 3, 9, 8)");
    assertThatThrownBy(() -> network.predict(NDArray.zeros(2, 9, 8)))
        .hasMessage("network: expected x of (N, 2, 9, 8), got (2, 9, 8)");
    assertThatThrownBy(() -> Network.of(Shape.of(4), 1, affine(2)).predict(NDArray.zeros(4)))
        .hasMessage("network: expected x of (N, 4), got (4,)");
    assertThatThrownBy(() -> Network.of(Shape.of(1, 4, 4), 1, conv(2, 5)))
        .hasMessage(
            "conv1: expected a window no larger than the padded input, got window (5, 5) with pad"
                + " (0, 0) in (1, 1, 4, 4)");
    assertThatThrownBy(() -> Network.of(Shape.of(16), 1, relu(), conv(2, 5)))
        .hasMessage("conv1: expected an input of (C, H, W), got (16,)");
    assertThatThrownBy(() -> Network.of(Shape.of(1, 4, 4), 1))
        .hasMessage("network: expected at least one layer, got none");
    assertThatThrownBy(() -> Initializer.normal(-1))
        .hasMessage("normal: expected a finite standard deviation of at least 0, got -1.0");
  }

  @Test
  void a_step_on_nan_stops_with_its_place_and_changes_nothing() {
    Network network = network(1);
    NDArray t = NDArray.of(0f, 1f, 2f);
    network.gradient(images(3), t);
    List<float[]> before = network.parameters().stream().map(p -> p.gradient().toArray()).toList();
    for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
      NDArray x = images(3).copy();
      x.set(bad, 1, 0, 4, 4);
      assertThatThrownBy(() -> network.gradient(x, t))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "network: expected finite numbers in x, got " + bad + " in sample 1 of (3, 2, 9, 8)");
    }
    for (int i = 0; i < before.size(); i++) {
      assertThat(network.parameters().get(i).gradient().toArray()).isEqualTo(before.get(i));
    }
    Network byOwnLoss = network.withLoss(new SumOfProducts());
    NDArray nan = NDArray.of(0f, Float.NaN, 2f);
    assertThatThrownBy(() -> byOwnLoss.gradient(images(3), nan))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("network: expected finite numbers in t, got NaN in sample 1 of (3,)");
    network.parameter("affine2.b").value().fill(Float.NaN);
    assertThatThrownBy(() -> network.gradient(images(3), t))
        .isInstanceOf(ArithmeticException.class)
        .hasMessage(
            "network: expected a finite loss, got NaN although x is finite: the parameters have"
                + " diverged, try a smaller learning rate");
  }

  /** A loss that checks nothing: the sum of t times the first outputs. */
  private static final class SumOfProducts implements Loss {
    @Override
    public double forward(NDArray y, NDArray t, Pass pass) {
      double sum = 0;
      for (int i = 0; i < t.size(); i++) {
        sum += t.get(i) * y.get(i, 0);
      }
      return sum;
    }

    @Override
    public NDArray backward(Pass pass) {
      throw new UnsupportedOperationException();
    }
  }
}
