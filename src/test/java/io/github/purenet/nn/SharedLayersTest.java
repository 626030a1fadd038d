package io.github.purenet.nn;

import static io.github.purenet.nn.Layers.affine;
import static io.github.purenet.nn.Layers.conv;
import static io.github.purenet.nn.Layers.maxPool;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import io.github.purenet.optim.Sgd;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** One layer object twice, which is refused, and weights that are shared, which is right. */
class SharedLayersTest {
  private static final String ADVICE =
      "; to share weights, give two layers of your own one Parameter, or run a network twice with"
          + " two passes";

  private final Affine f = new Affine(NDArray.of(Shape.of(2, 2), 1, 2, 3, 4), NDArray.of(0f, 0f));
  private final Relu relu = new Relu();

  /** A spec that gives a layer that there is. */
  private record Ready(Layer layer) implements LayerSpec {
    @Override
    public String kind() {
      return "ready";
    }

    @Override
    public Layer build(String name, Shape input, RandomGenerator random) {
      return layer;
    }

    @Override
    public Map<String, Object> settings() {
      return Map.of();
    }
  }

  /** A layer of a user with layers inside that the library does not see. */
  private record Twice(Layer inner) implements Layer {
    @Override
    public String name() {
      return "twice";
    }

    @Override
    public Shape outputShape(Shape input) {
      return input;
    }

    @Override
    public NDArray forward(NDArray x, Pass pass) {
      return inner.forward(inner.forward(x, pass), pass);
    }

    @Override
    public NDArray backward(NDArray dy, Pass pass) {
      return inner.backward(inner.backward(dy, pass), pass);
    }
  }

  /** {@code y = w x}, number by number, with a parameter that others may have, too. */
  private record Scale(String name, Parameter w) implements Layer {
    @Override
    public Shape outputShape(Shape input) {
      return input;
    }

    @Override
    public NDArray forward(NDArray x, Pass pass) {
      pass.keep(this, x);
      return x.multiply(w.value());
    }

    @Override
    public NDArray backward(NDArray dy, Pass pass) {
      w.gradient().addInPlace(dy.multiply(pass.kept(this)).sum(0));
      return dy.multiply(w.value());
    }

    @Override
    public List<Parameter> parameters() {
      return List.of(w);
    }
  }

  private static void assertRefused(String message, Runnable build) {
    assertThatThrownBy(build::run)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message + ADVICE);
  }

  @Test
  void one_layer_object_twice_is_refused_wherever_a_layer_can_come_in() {
    String affineTwice = "Residual: expected each layer object once, got Affine twice";
    assertRefused(affineTwice, () -> new Residual(List.of(f, new Relu(), f), List.of()));
    assertRefused(affineTwice, () -> new Residual(List.of(f), List.of(f)));
    assertRefused(
        affineTwice, () -> new Residual(List.of(new Residual(List.of(f), List.of())), List.of(f)));
    assertRefused(
        "Concat: expected each layer object once, got Relu twice",
        () -> new Concat(List.of(List.of(relu), List.of(relu))));
    assertRefused(
        "network: expected each layer object once, got Affine twice",
        () -> Network.of(Shape.of(2), 1, new Ready(f), Layers.relu(), new Ready(f)));
    assertRefused(
        "network: expected each layer object once, got Affine twice",
        () ->
            Network.of(
                Shape.of(2), 1, new Ready(f), new Ready(new Residual(List.of(f), List.of()))));
    Network inner = Network.of(Shape.of(2), 1, new Ready(f));
    assertRefused(
        "network: expected each layer object once, got Affine twice",
        () -> Network.of(Shape.of(2), 1, new Ready(inner), new Ready(f)));
    Network two = Network.of(Shape.of(2), 1, new Ready(f), affine(2));
    assertRefused(
        "network: expected each layer object once, got Affine twice",
        () -> two.replaceLast(new Ready(f), 1));
    assertThat(two.replaceLast(new Ready(relu), 1).layers()).containsExactly(f, relu);
  }

  @Test
  void a_layer_that_computes_another_one_twice_is_found_in_the_run() {
    NDArray x = NDArray.of(Shape.of(1, 2), 1, 1);
    for (Layer inner : List.of(f, relu)) {
      Network network = Network.of(Shape.of(2), 1, new Ready(new Twice(inner)), affine(2));
      assertThatThrownBy(() -> network.gradient(x, NDArray.of(0f)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              inner.name() + ": expected to be computed once in a run, got a second time" + ADVICE);
    }
    Pass own = Pass.training();
    f.forward(x, own);
    assertThat(f.forward(x, own).toArray()).containsExactly(4, 6); // who runs it may run it again
  }

  @Test
  void a_layer_computed_on_its_own_output_is_refused_in_inference_too() {
    NDArray x = NDArray.of(Shape.of(1, 2), 1, 1);
    String message = "Affine: expected to be computed once in a run, got a second time" + ADVICE;
    Network network = Network.of(Shape.of(2), 1, new Ready(new Twice(f)));
    assertThatThrownBy(() -> network.predict(x))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(message);
    Pass own = Pass.inference();
    NDArray y = f.forward(x, own);
    assertThatThrownBy(() -> f.forward(y.reshape(1, 2), own)).hasMessage(message);
    assertThat(f.forward(y.copy(), own).toArray()).containsExactly(22, 32); // [4, 6] W

    Network twice = Network.of(Shape.of(2), 1, new Ready(new Twice(relu)));
    assertThat(twice.predict(x).toArray()).containsExactly(1, 1); // number by number: right
  }

  /** A convolution, so that layers which are computed as one stage are computed in both passes. */
  @Test
  void a_network_in_two_passes_has_the_gradient_of_both_batches_in_one() {
    Network network =
        Network.of(Shape.of(2, 6, 6), 1, conv(3, 3), Layers.relu(), maxPool(2), affine(2));
    NDArray one = NDArray.normal(Shape.of(2, 2, 6, 6), 0f, 1f, new Random(1));
    NDArray other = NDArray.normal(Shape.of(3, 2, 6, 6), 0f, 1f, new Random(2));
    NDArray dOne = NDArray.normal(Shape.of(2, 2), 0f, 1f, new Random(3));
    NDArray dOther = NDArray.normal(Shape.of(3, 2), 0f, 1f, new Random(4));

    Pass both = Pass.training();
    network.forward(NDArray.concatenate(0, one, other), both);
    network.parameters().forEach(Parameter::clearGradient);
    network.backward(NDArray.concatenate(0, dOne, dOther), both);
    List<NDArray> expected = network.parameters().stream().map(p -> p.gradient().copy()).toList();

    Pass left = Pass.training();
    Pass right = Pass.training();
    network.forward(one, left);
    network.forward(other, right);
    network.parameters().forEach(Parameter::clearGradient);
    network.backward(dOne, left);
    network.backward(dOther, right);
    for (int i = 0; i < expected.size(); i++) {
      Parameter p = network.parameters().get(i);
      assertThat(p.gradient().allClose(expected.get(i), 1e-5, 1e-5)).as("%s", p).isTrue();
    }
  }

  @Test
  void two_parameters_of_one_name_are_refused_when_a_network_is_built() {
    Affine g = new Affine(NDArray.ones(2, 2), NDArray.zeros(2));
    String message =
        "network: expected parameters of different names, got two of Affine.W; a layer begins them"
            + " with the name that its spec gives it";
    assertThatThrownBy(() -> Network.of(Shape.of(2), 1, new Ready(f), new Ready(g)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
    assertThatThrownBy(
            () -> Network.of(Shape.of(2), 1, new Ready(new Residual(List.of(f), List.of(g)))))
        .hasMessage(message);
    Parameter w = new Parameter("w", NDArray.of(3f, 5f));
    Parameter v = new Parameter("w", NDArray.of(3f, 5f));
    assertThatThrownBy(
            () ->
                Network.of(
                    Shape.of(2), 1, new Ready(new Scale("a", w)), new Ready(new Scale("b", v))))
        .hasMessageContaining("got two of w;");
    Network two = Network.of(Shape.of(2), 1, new Ready(f), affine(2));
    assertThatThrownBy(() -> two.replaceLast(new Ready(g), 1)).hasMessage(message);
  }

  @Test
  void a_buffer_that_has_the_name_of_a_parameter_is_refused() {
    Layer norm = new BatchNormalization(NDArray.ones(2), NDArray.zeros(2));
    Parameter mean = new Parameter("BatchNormalization.mean", NDArray.of(3f, 5f));
    assertThatThrownBy(
            () -> Network.of(Shape.of(2), 1, new Ready(norm), new Ready(new Scale("s", mean))))
        .hasMessageContaining("got two of BatchNormalization.mean;");
  }

  @Test
  void a_composite_without_layers_that_is_computed_twice_is_named() {
    Layer concat = new Concat(List.of(List.of()));
    Network network = Network.of(Shape.of(2), 1, new Ready(new Twice(concat)));
    NDArray x = NDArray.of(Shape.of(1, 2), 1, 1);
    assertThatThrownBy(() -> network.gradient(x, NDArray.of(0f)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("Concat: expected");
  }

  /** y = w (w x), so dw = 2 w x dy. */
  @Test
  void two_layers_with_one_parameter_have_the_sum_of_their_gradients() {
    Parameter w = new Parameter("w", NDArray.of(3f, 5f));
    Network network =
        Network.of(
                Shape.of(2),
                1,
                new Ready(new Scale("first", w)),
                new Ready(new Residual(List.of(new Scale("second", w)), List.of(relu))))
            .withLoss(new MeanSquaredError());
    assertThat(network.parameters()).containsExactly(w);
    NDArray x = NDArray.of(Shape.of(1, 2), 1, 2);
    for (int round = 0; round < 2; round++) { // the second one must clear the gradient once
      network.gradient(x, NDArray.zeros(1, 2));
      // y = w² x + w x, loss mean(y²), dw = y (2 w x + x)
      assertThat(w.gradient().toArray()).containsExactly(12 * 7, 60 * 22);
    }
    new Sgd(0.001).step(network.parameters());
    assertThat(w.value().toArray()).containsExactly(3 - 0.001f * (12 * 7), 5 - 0.001f * (60 * 22));
  }

  /** The way of a siamese network: both inputs through the same layers, with a pass each. */
  @Test
  void one_layer_in_two_passes_has_the_sum_of_the_gradients() {
    Pass left = Pass.training();
    Pass right = Pass.training();
    NDArray one = NDArray.of(Shape.of(1, 2), 1, 1);
    NDArray other = NDArray.of(Shape.of(1, 2), 2, -1);
    f.forward(one, left);
    f.forward(other, right);
    f.parameters().forEach(Parameter::clearGradient);
    f.backward(NDArray.of(Shape.of(1, 2), 1, 1), left);
    f.backward(NDArray.of(Shape.of(1, 2), 1, 10), right);
    // dW = x^T dy of both: [[1, 1], [1, 1]] + [[2, 20], [-1, -10]]
    assertThat(f.parameters().get(0).gradient().toArray()).containsExactly(3, 21, 0, -9);
    assertThat(f.parameters().get(1).gradient().toArray()).containsExactly(2, 11);
  }
}
