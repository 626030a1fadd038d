package io.github.purenet.nn;

import static io.github.purenet.nn.Layers.affine;
import static io.github.purenet.nn.Layers.concat;
import static io.github.purenet.nn.Layers.dropout;
import static io.github.purenet.nn.Layers.flatten;
import static io.github.purenet.nn.Layers.relu;
import static io.github.purenet.nn.Layers.residual;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import io.github.purenet.optim.Adam;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What a method hands out as the caller's is the caller's, whatever a layer returns inside. */
class OwnMemoryTest {
  private static final NDArray X = NDArray.of(Shape.of(1, 2), 1, 2);

  /** A layer that returns what a function returns: its input, a view of it, or what it has. */
  private record Returning(UnaryOperator<NDArray> function) implements Layer {
    @Override
    public String name() {
      return "returning";
    }

    @Override
    public Shape outputShape(Shape input) {
      return input;
    }

    @Override
    public NDArray forward(NDArray x, Pass pass) {
      return function.apply(x);
    }

    @Override
    public NDArray backward(NDArray dy, Pass pass) {
      return dy;
    }
  }

  @Test
  void the_output_of_any_layer_is_the_callers_own() {
    NDArray own = NDArray.of(Shape.of(1, 2), 3, 4);
    for (UnaryOperator<NDArray> function :
        List.<UnaryOperator<NDArray>>of(
            x -> x, x -> x.reshape(1, 2), x -> own, x -> own.reshape(2, 1))) {
      Layer layer = new Returning(function);
      NDArray x = X.copy();
      NDArray y = layer.forward(x);
      float[] expected = y.toArray();
      y.fill(99);
      assertThat(x.toArray()).isEqualTo(X.toArray());
      assertThat(own.toArray()).containsExactly(3, 4);
      assertThat(layer.forward(x).toArray()).isEqualTo(expected);
    }
  }

  /** A layer that shows what it computed last. */
  private static final class Probe implements Layer {
    private NDArray last;

    @Override
    public String name() {
      return "probe";
    }

    @Override
    public Shape outputShape(Shape input) {
      return input;
    }

    @Override
    public NDArray forward(NDArray x, Pass pass) {
      last = pass.output(this, x.shape());
      last.fill(3);
      return last;
    }

    @Override
    public NDArray backward(NDArray dy, Pass pass) {
      return dy;
    }
  }

  @Test
  void the_output_of_a_layer_that_looks_back_at_it_is_the_callers_own() {
    Probe probe = new Probe();
    probe.forward(X).fill(99);
    assertThat(probe.last.toArray()).containsExactly(3, 3);
  }

  @Test
  void the_output_of_layers_that_return_their_input_is_the_callers_own() {
    for (LayerSpec spec :
        List.of(
            dropout(0.5),
            flatten(),
            residual(dropout(0.5)),
            concat(List.of(dropout(0.5)), List.of()),
            concat(List.of()))) {
      NDArray x = X.copy();
      Network network = Network.of(Shape.of(2), 1, spec);
      for (NDArray y : List.of(network.predict(x), network.forward(x))) {
        y.fill(99);
        assertThat(x.toArray()).as("%s", spec).isEqualTo(X.toArray());
      }
    }
  }

  @Test
  void layers_copy_the_arrays_that_they_are_made_of() {
    NDArray w = NDArray.of(Shape.of(2, 2), 1, 2, 3, 4);
    NDArray b = NDArray.of(0f, 0f);
    Layer affine = new Affine(w, b);
    Layer norm = new BatchNormalization(b, b, b, NDArray.ones(2), 1e-5, 0.1);
    float[] y = affine.forward(X).toArray();
    w.fill(9);
    b.fill(9);
    assertThat(affine.forward(X).toArray()).isEqualTo(y);
    assertThat(norm.forward(X).toArray()).containsExactly(0, 0);
    double[] weights = {1, 2};
    SoftmaxWithLoss loss = new SoftmaxWithLoss().classWeights(weights);
    double before = loss.forward(X, NDArray.of(0f), Pass.inference());
    weights[0] = 0;
    assertThat(loss.forward(X, NDArray.of(0f), Pass.inference())).isEqualTo(before);
  }

  @Test
  void layers_copy_what_an_initializer_gives_them() {
    NDArray ones = NDArray.ones(4);
    Initializer ready = (shape, fanIn, fanOut, random) -> ones.reshape(shape);
    for (LayerSpec spec :
        List.of(affine(2).initializer(ready), Layers.conv(1, 2).initializer(ready))) {
      Shape input = spec.kind().equals("conv") ? Shape.of(1, 2, 2) : Shape.of(2);
      Layer first = spec.build("first", input, new Random(1));
      Layer second = spec.build("second", input, new Random(1));
      first.parameters().get(0).value().fill(99);
      assertThat(second.parameters().get(0).value().toArray()).containsOnly(1);
      assertThat(ones.toArray()).containsOnly(1);
    }
  }

  @Test
  void the_state_of_an_optimizer_is_the_callers_own() {
    Network network = Network.of(Shape.of(2), 1, affine(2), relu(), affine(2));
    Adam adam = new Adam();
    network.gradient(X, NDArray.of(0f));
    adam.step(network.parameters());
    Map<String, NDArray> state = adam.state();
    float[] m = state.get("affine2.b.m").toArray();
    state.values().forEach(array -> array.fill(99));
    assertThat(adam.state().get("affine2.b.m").toArray()).isEqualTo(m);
  }
}
