package io.github.purenet.nn;

import static io.github.purenet.nn.Layers.affine;
import static io.github.purenet.nn.Layers.batchNorm;
import static io.github.purenet.nn.Layers.branch;
import static io.github.purenet.nn.Layers.concat;
import static io.github.purenet.nn.Layers.conv;
import static io.github.purenet.nn.Layers.dropout;
import static io.github.purenet.nn.Layers.layerNorm;
import static io.github.purenet.nn.Layers.maxPool;
import static io.github.purenet.nn.Layers.relu;
import static io.github.purenet.nn.Layers.residual;
import static io.github.purenet.nn.Layers.sigmoid;
import static io.github.purenet.nn.Layers.tanh;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import io.github.purenet.nn.LayerCases.Case;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ActivationsTest {
  private static final Shape IMAGE = Shape.of(2, 8, 8);

  private final Random random = new Random(3);

  /** Fused layers, layers inside of layers, and layers that are another thing in training. */
  private static Network network() {
    return Network.of(
        IMAGE,
        1,
        conv(4, 3).pad(1),
        batchNorm(),
        tanh(),
        residual(conv(4, 3).pad(1), sigmoid(), residual(conv(4, 1), tanh())),
        conv(3, 3),
        relu(),
        maxPool(2),
        concat(branch(conv(2, 1)), branch()),
        dropout(0.5),
        affine(6),
        layerNorm(),
        affine(3));
  }

  /** The same without what has kinks, at which a difference is not a slope. */
  private static Network smooth() {
    Network network =
        Network.of(
            IMAGE,
            1,
            conv(4, 3),
            batchNorm(),
            tanh(),
            residual(conv(4, 3).pad(1), sigmoid(), residual(conv(4, 1), tanh())),
            concat(branch(conv(2, 1)), branch()),
            dropout(0.5),
            affine(5),
            layerNorm(),
            affine(3));
    Random numbers = new Random(7);
    network.buffers().forEach(b -> b.value().fill(0.5f + numbers.nextFloat()));
    return network;
  }

  private NDArray normal(Shape shape) {
    return NDArray.normal(shape, 0f, 1f, random);
  }

  private NDArray images(int n) {
    return normal(IMAGE.prepend(n));
  }

  @Test
  void names_every_layer_in_the_order_of_computation() {
    assertThat(network().activations(images(1)).names())
        .containsExactly(
            "conv1",
            "batchNorm1",
            "tanh1",
            "residual1.conv1",
            "residual1.sigmoid1",
            "residual1.residual1.conv1",
            "residual1.residual1.tanh1",
            "residual1.residual1",
            "residual1",
            "conv2",
            "relu1",
            "maxPool1",
            "concat1.branch1.conv1",
            "concat1",
            "dropout1",
            "affine1",
            "layerNorm1",
            "affine2");
  }

  @Test
  void gives_what_each_layer_gives_alone() {
    Network network = network();
    NDArray x = images(3);
    Activations activations = network.activations(x);

    NDArray y = x;
    for (Layer layer : network.layers()) {
      y = layer.forward(y);
      assertThat(activations.get(layer.name()).toArray()).as(layer.name()).isEqualTo(y.toArray());
      assertThat(activations.get(layer.name()).shape()).isEqualTo(y.shape());
    }
    assertThat(activations.output().toArray()).isEqualTo(y.toArray());
    assertSame(activations.input(), x);
    NDArray predicted = network.predict(x);
    for (int i = 0; i < predicted.size(); i++) {
      assertThat(activations.output().toArray()[i])
          .isCloseTo(predicted.toArray()[i], within(1e-5f));
    }
  }

  @Test
  void gradients_of_the_output_are_its_slopes() {
    Network network = smooth();
    NDArray x = images(2);
    NDArray dy = normal(Shape.of(2, 3));

    Gradients gradients = network.activations(x).gradients(dy);

    Slopes.assertGradient(
        "x", gradients.input(), x, () -> dot(network.activations(x).output(), dy), 4e-3);
  }

  @Test
  void gradients_of_a_hidden_layer_are_its_slopes_and_0_behind_it() {
    Network network = smooth();
    NDArray x = images(2);
    for (String layer : List.of("conv1", "residual1.residual1.conv1", "residual1", "affine1")) {
      Activations activations = network.activations(x);
      NDArray dy = normal(activations.get(layer).shape());

      Gradients gradients = activations.gradients(layer, dy);

      Slopes.assertGradient(
          layer, gradients.input(), x, () -> dot(network.activations(x).get(layer), dy), 4e-3);
      assertSame(gradients.get(layer), dy);
      assertSame(gradients.get("affine2"), NDArray.zeros(2, 3));
    }
  }

  /** The gradient by an activation is that by the input of a network of the layers behind it. */
  @Test
  void gradients_by_a_layer_are_those_of_the_layers_behind_it() {
    Network network = smooth();
    NDArray dy = normal(Shape.of(2, 3));
    Activations activations = network.activations(images(2));
    List<Layer> behind = network.layers().subList(4, network.layers().size());

    NDArray y = activations.get("residual1");
    Slopes.assertGradient(
        "residual1",
        activations.gradients(dy).get("residual1"),
        y,
        () -> {
          NDArray z = y;
          for (Layer layer : behind) {
            z = layer.forward(z);
          }
          return dot(z, dy);
        },
        4e-3);
  }

  private static boolean same(NDArray a, NDArray b) {
    return a.shape().equals(b.shape()) && Arrays.equals(a.toArray(), b.toArray());
  }

  private static void assertSame(NDArray actual, NDArray expected) {
    assertThat(actual.shape()).isEqualTo(expected.shape());
    assertThat(actual.toArray()).isEqualTo(expected.toArray());
  }

  private static double dot(NDArray a, NDArray b) {
    double sum = 0;
    for (int i = 0; i < a.size(); i++) {
      sum += (double) a.toArray()[i] * b.toArray()[i];
    }
    return sum;
  }

  static Stream<Case> cases() {
    return LayerCases.all().filter(one -> !one.toString().contains("dropout"));
  }

  /** With frozen parameters, training computes what inference does, but for dropout. */
  @ParameterizedTest
  @MethodSource("cases")
  void gradients_of_every_layer_are_those_of_training(Case one) {
    Network network = Network.of(one.sample(), 1, one.spec());
    network.parameters().forEach(Parameter::freeze);
    NDArray x = one.x(3);
    NDArray dy = one.dy(3);
    Layer layer = network.layers().get(0);
    Pass training = Pass.training();
    NDArray y = layer.forward(x, training).copy();
    NDArray dx = layer.backward(dy, training);

    Activations activations = network.activations(x);

    assertSame(activations.get(layer.name()), y);
    assertSame(activations.gradients(dy).input(), dx);
  }

  @Test
  void leave_the_network_alone() {
    Network network = network();
    NDArray x = images(2);
    network.gradient(x, NDArray.of(0, 2));
    Map<String, NDArray> before = network.copyParameters();
    List<NDArray> gradients = network.parameters().stream().map(p -> p.gradient().copy()).toList();
    long step = network.step();

    network.activations(x).gradients(NDArray.ones(2, 3));

    before.forEach((name, value) -> assertSame(network.copyParameters().get(name), value));
    for (int i = 0; i < gradients.size(); i++) {
      assertSame(network.parameters().get(i).gradient(), gradients.get(i));
    }
    assertThat(network.step()).isEqualTo(step);
  }

  @Test
  void are_copies() {
    Network network = network();
    NDArray x = images(2);
    Activations activations = network.activations(x);
    NDArray dy = NDArray.ones(2, 3);
    NDArray dx = activations.gradients(dy).input();

    x.fill(9);
    activations.names().forEach(name -> activations.get(name).fill(9));
    activations.input().fill(9);
    Gradients gradients = activations.gradients(dy);
    gradients.input().fill(9);
    gradients.get("conv2").fill(9);

    assertSame(gradients.input(), dx);
    assertSame(activations.gradients(dy).input(), dx);
    assertSame(gradients.get("conv2"), activations.gradients(dy).get("conv2"));
  }

  @Test
  void many_threads_get_the_same_bits() throws Exception {
    Activations activations = network().activations(images(4));
    NDArray dy = normal(Shape.of(4, 3));
    NDArray conv = normal(Shape.of(4, 3, 6, 6));
    NDArray expected = activations.gradients(dy).input();
    NDArray hidden = activations.gradients("conv2", conv).input();
    Callable<Boolean> task =
        () ->
            same(activations.gradients(dy).input(), expected)
                && same(activations.gradients("conv2", conv).input(), hidden);
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try {
      for (var result : pool.invokeAll(Collections.nCopies(40, task))) {
        assertThat(result.get()).isTrue();
      }
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void an_unknown_layer_and_a_wrong_shape_are_named() {
    Activations activations = network().activations(images(2));

    assertThatThrownBy(() -> activations.get("conv9"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("network: expected one of the layers [conv1, batchNorm1, ")
        .hasMessageEndingWith(", got conv9");
    assertThatThrownBy(() -> activations.gradients("conv9", NDArray.ones(1)))
        .hasMessageEndingWith(", got conv9");
    assertThatThrownBy(() -> activations.gradients(NDArray.ones(2, 4)))
        .hasMessage("affine2: expected dy of (2, 3), got (2, 4)");
    assertThatThrownBy(() -> activations.gradients("conv2", NDArray.ones(2, 3)))
        .hasMessageContaining("conv2: expected dy of (2, 3, 6, 6), got (2, 3)");
    assertThatThrownBy(() -> network().activations(NDArray.ones(2, 2, 8, 9)))
        .hasMessage("network: expected x of (N, 2, 8, 8), got (2, 2, 8, 9)");
  }

  @Test
  void layers_of_one_name_are_told_apart() {
    LayerSpec called = new Named("again", tanh());
    Network network = Network.of(Shape.of(3), 1, called, called);

    assertThat(network.activations(NDArray.ones(1, 3)).names()).containsExactly("again", "again#2");
  }

  /** A spec whose layers have a name of their own. */
  private record Named(String name, LayerSpec spec) implements LayerSpec {
    @Override
    public String kind() {
      return "named";
    }

    @Override
    public Map<String, Object> settings() {
      return Map.of();
    }

    @Override
    public Layer build(String ignored, Shape input, RandomGenerator numbers) {
      return spec.build(name, input, numbers);
    }
  }
}
