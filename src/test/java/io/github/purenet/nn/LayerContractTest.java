package io.github.purenet.nn;

import static io.github.purenet.nn.LayerSteps.clearGradients;
import static io.github.purenet.nn.LayerSteps.gradients;
import static io.github.purenet.nn.LayerSteps.setValues;
import static io.github.purenet.nn.LayerSteps.train;
import static io.github.purenet.nn.LayerSteps.training;
import static io.github.purenet.nn.LayerSteps.values;
import static io.github.purenet.nn.LayerSteps.waysBack;
import static io.github.purenet.nn.LayerSteps.withGradients;
import static io.github.purenet.nn.Layers.affine;
import static io.github.purenet.nn.Layers.avgPool;
import static io.github.purenet.nn.Layers.branch;
import static io.github.purenet.nn.Layers.concat;
import static io.github.purenet.nn.Layers.conv;
import static io.github.purenet.nn.Layers.maxPool;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import io.github.purenet.nn.LayerCases.Case;
import io.github.purenet.optim.Sgd;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every {@link Layer} owes to those who call it, whatever it computes. What it refuses is in
 * {@link LayerErrorContractTest}, what its description owes in {@link SpecContractTest}; numbers on
 * paper and from elsewhere are in the layer's own test.
 */
class LayerContractTest {
  private static final int THREADS = 4;
  private static final int ROUNDS = 30;
  private static final ExecutorService POOL = Executors.newFixedThreadPool(THREADS);

  static Stream<Case> cases() {
    return LayerCases.all();
  }

  @AfterAll
  static void end_the_threads() {
    POOL.shutdownNow();
  }

  /**
   * Runs forward in training. A layer that needs statistics of a batch may refuse one that is empty
   * or has fewer samples than it says.
   *
   * @return whether it ran
   */
  private static boolean trains(Case c, Layer layer, NDArray x, Pass pass) {
    try {
      layer.forward(x, pass);
      return true;
    } catch (IllegalArgumentException e) {
      int smallest = layer.smallestBatch(x.shape());
      assertThat(x.dimension(0)).as("samples of x, refused: %s", e).isLessThan(smallest);
      assertThat(e).hasMessageStartingWith(c.name()).hasMessageContaining("in training");
      return false;
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void the_shapes_are_those_promised_for_any_batch(Case c) {
    Layer layer = c.layer();
    Pass training = training();
    Pass inference = Pass.inference();
    for (int n : new int[] {3, 1, 0, 2}) {
      NDArray x = c.x(n);
      Shape promised = layer.outputShape(x.shape());
      assertThat(promised.dimension(0)).as("samples of %s, %s", promised, c).isEqualTo(n);
      assertThat(layer.forward(x).shape()).as("y alone, %s", c).isEqualTo(promised);
      assertThat(layer.forward(x, inference).shape()).as("y, %s", c).isEqualTo(promised);
      if (trains(c, layer, x, training)) {
        NDArray dy = c.dy(n);
        assertThat(layer.forward(x, training).shape()).as("y, %s", c).isEqualTo(promised);
        assertThat(layer.backward(dy, training).shape()).as("dx, %s", c).isEqualTo(x.shape());
        layer.backwardParameters(dy, training);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void an_empty_batch_adds_nothing_to_gradients(Case c) {
    Layer layer = c.layer();
    Pass pass = training();
    if (!trains(c, layer, c.x(0), pass)) {
      return;
    }
    for (BiConsumer<NDArray, Pass> back : waysBack(layer)) {
      layer.parameters().forEach(p -> p.gradient().fill(3f));
      back.accept(c.dy(0), pass);
      for (Parameter parameter : layer.parameters()) {
        float[] added = parameter.gradient().toArray();
        assertThat(added).as("3 and %s, %s", parameter, c).containsOnly(3f);
      }
      clearGradients(layer);
      back.accept(c.dy(0), pass);
      for (Parameter parameter : layer.parameters()) {
        float[] written = parameter.gradient().toArray();
        assertThat(written).as("%s after it was cleared, %s", parameter, c).containsOnly(0f);
      }
    }
  }

  /** Twice a sum of some hundred numbers differs from twice as many in the last bits only. */
  @ParameterizedTest
  @MethodSource("cases")
  void gradients_add_up_until_they_are_cleared(Case c) {
    Layer layer = c.layer();
    NDArray x = c.x(3);
    NDArray dy = c.dy(3);
    Pass pass = training();
    float[][] once = train(layer, x, dy, pass);

    layer.forward(x, pass);
    layer.forward(x);
    assertThat(withGradients(layer, once[0], once[1]))
        .as("forward adds nothing, %s", c)
        .isDeepEqualTo(once);

    layer.backward(dy, pass);
    assertTimes(2, once, gradients(layer), c);
    layer.backwardParameters(dy, pass);
    assertTimes(3, once, gradients(layer), c);

    assertThat(train(layer, x, dy, pass)).as("after clearing, %s", c).isDeepEqualTo(once);
  }

  private static void assertTimes(int times, float[][] once, float[][] gradients, Case c) {
    for (int i = 0; i < gradients.length; i++) {
      NDArray expected = NDArray.of(once[2 + i]).multiply(times);
      assertThat(NDArray.of(gradients[i]).allClose(expected, 1e-5, 1e-5))
          .as("gradient %d after %d times, %s", i, times, c)
          .isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void backward_parameters_gives_the_same_gradients_as_backward(Case c) {
    Layer layer = c.layer();
    Pass pass = training();
    float[][] buffers = values(layer.buffers());
    train(layer, c.x(3), c.dy(3), pass);
    float[][] expected = gradients(layer);
    float[][] moved = values(layer.buffers());

    setValues(layer.buffers(), buffers);
    clearGradients(layer);
    layer.forward(c.x(3), pass);
    layer.backwardParameters(c.dy(3), pass);
    assertThat(gradients(layer)).as("gradients, %s", c).isDeepEqualTo(expected);
    assertThat(values(layer.buffers())).as("buffers, %s", c).isDeepEqualTo(moved);
  }

  /**
   * Where freezing changes what forward computes, as for statistics that no longer follow the
   * batch, dx is the slope of that; see {@link #gradients_are_the_slopes_of_forward}.
   */
  @ParameterizedTest
  @MethodSource("cases")
  void frozen_parameters_stay_and_the_gradient_of_x_is_still_right(Case c) {
    Layer layer = c.layer();
    NDArray x = c.x(3);
    NDArray dy = c.dy(3);
    float[][] expected = train(layer, x, dy, training());
    layer.parameters().forEach(Parameter::freeze);
    float[][] parameters = values(layer.parameters());
    float[][] buffers = values(layer.buffers());
    Pass pass = training();
    float[] y = layer.forward(x, pass).toArray();
    float[] dx = layer.backward(dy, pass).toArray();
    layer.backwardParameters(dy, pass);
    new Sgd(0.5).step(layer.parameters());
    assertThat(values(layer.parameters())).as("parameters, %s", c).isDeepEqualTo(parameters);
    assertThat(values(layer.buffers())).as("buffers, %s", c).isDeepEqualTo(buffers);
    if (Arrays.equals(y, expected[0])) {
      assertThat(dx).as("dx, %s", c).isEqualTo(expected[1]);
    } else {
      assertThat(layer.forward(x).toArray()).as("as in inference, %s", c).isEqualTo(y);
      NDArray gradient = NDArray.wrap(x.shape(), dx);
      assertSlopes("dx", gradient, x, layer, x, dy, c);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void one_frozen_parameter_changes_no_other_gradient(Case c) {
    Layer layer = c.layer();
    float[][] expected = train(layer, c.x(3), c.dy(3), training());
    List<Parameter> parameters = layer.parameters();
    for (Parameter frozen : parameters.size() < 2 ? List.<Parameter>of() : parameters) {
      frozen.freeze();
      float[][] got = train(layer, c.x(3), c.dy(3), training());
      int at = 2 + parameters.indexOf(frozen);
      got[at] = expected[at];
      assertThat(got).as("%s frozen, %s", frozen, c).isDeepEqualTo(expected);
      frozen.unfreeze();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void many_threads_get_the_bits_of_one(Case c) throws Exception {
    Layer layer = c.layer();
    List<NDArray> inputs = List.of(c.x(8), c.x(20), c.x(12));
    List<float[]> inference = new ArrayList<>();
    List<float[]> training = new ArrayList<>();
    for (NDArray x : inputs) {
      inference.add(layer.forward(x).toArray());
      training.add(layer.forward(x, training()).toArray());
    }
    CyclicBarrier round = new CyclicBarrier(THREADS);
    List<Callable<List<float[]>>> callers = new ArrayList<>();
    for (int thread = 0; thread < THREADS; thread++) {
      int first = thread;
      callers.add(
          () -> {
            List<float[]> results = new ArrayList<>();
            Pass ofInference = Pass.inference();
            Pass ofTraining = training();
            for (int i = 0; i < ROUNDS; i++) {
              NDArray x = inputs.get((first + i) % inputs.size());
              round.await(1, TimeUnit.MINUTES); // all at once, each time
              results.add(layer.forward(x, ofInference).toArray());
              results.add(layer.forward(x, ofTraining).toArray());
            }
            return results;
          });
    }
    List<Future<List<float[]>>> results = POOL.invokeAll(callers);
    for (int thread = 0; thread < THREADS; thread++) {
      for (int i = 0; i < ROUNDS; i++) {
        int at = (thread + i) % inputs.size();
        List<float[]> got = results.get(thread).get();
        assertThat(got.get(2 * i)).as("inference, %s", c).isEqualTo(inference.get(at));
        assertThat(got.get(2 * i + 1)).as("training, %s", c).isEqualTo(training.get(at));
      }
    }
  }

  /** A layer keeps nothing of a run, and a pass nothing that shows in the next. */
  @ParameterizedTest
  @MethodSource("cases")
  void passes_do_not_mix_and_can_be_used_again(Case c) {
    Layer layer = c.layer();
    List<float[][]> expected = new ArrayList<>();
    for (int n = 2; n <= 5; n++) {
      expected.add(train(layer, c.x(n), c.dy(n), training()));
    }
    Pass first = training();
    Pass second = training();
    train(layer, c.x(5), c.dy(5), first); // memory for more than follows
    for (int n : new int[] {2, 4, 3, 2}) {
      float[] y = layer.forward(c.x(n), first).toArray();
      float[] other = layer.forward(c.x(n + 1), second).toArray();
      layer.forward(c.x(3));
      for (Pass pass : List.of(first, second)) {
        int samples = pass == first ? n : n + 1;
        clearGradients(layer);
        float[] dx = layer.backward(c.dy(samples), pass).toArray();
        assertThat(withGradients(layer, pass == first ? y : other, dx))
            .as("%d samples, %s", samples, c)
            .isDeepEqualTo(expected.get(samples - 2));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void gradients_are_the_slopes_of_forward(Case c) {
    Layer layer = c.layer();
    NDArray x = c.x(3);
    NDArray dy = c.dy(3);
    Pass pass = training();
    clearGradients(layer);
    layer.forward(x, pass);
    NDArray dx = layer.backward(dy, pass).copy();
    assertSlopes("dx", dx, x, layer, x, dy, c);
    for (Parameter parameter : layer.parameters()) {
      assertSlopes(parameter.name(), parameter.gradient(), parameter.value(), layer, x, dy, c);
    }
  }

  /**
   * Asserts that a gradient holds the slopes of {@code <y, dy>} in training. No number of x is
   * nearer than two steps to a kink at 0 or 3 or to another number, so what is left is rounding of
   * y, 1e-7 of up to 30 over a step of 1/128, and the third derivative times step² / 6. The largest
   * error was 6e-4, in dx of a residual layer.
   */
  private static void assertSlopes(
      String what, NDArray gradient, NDArray variable, Layer layer, NDArray x, NDArray dy, Case c) {
    Pass pass = training();
    Slopes.assertGradient(
        what + ", " + c, gradient, variable, () -> Numbers.inner(layer.forward(x, pass), dy), 2e-3);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void only_results_are_written(Case c) {
    Layer layer = c.layer();
    NDArray x = c.x(3);
    NDArray dy = c.dy(3);
    float[][] parameters = values(layer.parameters());
    float[][] buffers = values(layer.buffers());
    Pass pass = training();
    layer.forward(x, Pass.inference());
    float[] y = layer.forward(x, pass).toArray();
    assertThat(values(layer.buffers())).as("buffers, %s", c).isDeepEqualTo(buffers);
    NDArray kept = layer.forward(x, pass);
    layer.backwardParameters(dy, pass);
    layer.backward(dy, pass);
    assertThat(x.toArray()).as("x, %s", c).isEqualTo(c.x(3).toArray());
    assertThat(dy.toArray()).as("dy, %s", c).isEqualTo(c.dy(3).toArray());
    assertThat(kept.toArray()).as("y, %s", c).isEqualTo(y);
    assertThat(values(layer.parameters())).as("parameters, %s", c).isDeepEqualTo(parameters);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void the_output_of_a_one_off_computation_is_the_callers_own(Case c) {
    Layer layer = c.layer();
    Network network = Network.of(c.sample(), LayerCases.SEED, c.spec());
    List<UnaryOperator<NDArray>> computations =
        List.of(layer::forward, network::forward, network::predict);
    float[][] values = allValues(layer, network);
    for (UnaryOperator<NDArray> computation : computations) {
      NDArray x = c.x(2);
      NDArray y = computation.apply(x);
      NDArray again = computation.apply(x);
      float[] expected = y.toArray();
      y.fill(99f);
      assertThat(again.toArray()).as("another result, %s", c).isEqualTo(expected);
      assertThat(computation.apply(x).toArray()).as("%s", c).isEqualTo(expected);
      assertThat(x.toArray()).as("x, %s", c).isEqualTo(c.x(2).toArray());
      assertThat(allValues(layer, network)).as("parameters, %s", c).isDeepEqualTo(values);
    }
  }

  private static float[][] allValues(Layer... layers) {
    return Arrays.stream(layers)
        .flatMap(layer -> Stream.of(layer.parameters(), layer.buffers()))
        .flatMap(list -> Arrays.stream(values(list)))
        .toArray(float[][]::new);
  }

  /** The cases, and layers of windows and products that keep the shape. */
  static Stream<Case> casesThatKeepTheShape() {
    Shape images = Shape.of(4, 6, 5);
    return Stream.concat(
        cases(),
        Stream.of(
            new Case("conv(4, 3).pad(1)", conv(4, 3).pad(1), images),
            new Case("maxPool(3).stride(1).pad(1)", maxPool(3).stride(1).pad(1), images),
            new Case("avgPool(3).stride(1).pad(1)", avgPool(3).stride(1).pad(1), images),
            new Case("concat", concat(branch(conv(1, 1)), branch(conv(3, 1))), images),
            new Case("affine(6)", affine(6), Shape.of(6))));
  }

  /** Who computes one layer on its own output in one pass gets f(f(x)), or is told. */
  @ParameterizedTest
  @MethodSource("casesThatKeepTheShape")
  void an_output_that_is_the_input_again_is_right_or_refused(Case c) {
    Layer layer = c.layer();
    for (Pass pass : List.of(Pass.inference(), training())) {
      NDArray y = layer.forward(c.x(3), pass);
      float[] expected;
      try {
        Pass other = pass.isTraining() ? training() : Pass.inference();
        expected = layer.forward(y.copy(), other).toArray();
      } catch (IllegalArgumentException doesNotFit) {
        return;
      }
      try {
        assertThat(layer.forward(y, pass).toArray()).as("f(f(x)), %s", c).isEqualTo(expected);
      } catch (IllegalStateException refused) {
        assertThat(refused)
            .hasMessageStartingWith(c.name())
            .hasMessageContaining("expected to be computed once in a run");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void parameters_and_buffers_carry_the_name_and_cannot_be_replaced(Case c) {
    Layer layer = c.layer();
    assertThat(layer.name()).isEqualTo(c.name());
    assertThat(layer.toString()).as("%s", c).startsWith(c.name());
    for (List<Parameter> list : List.of(layer.parameters(), layer.buffers())) {
      Parameter other = new Parameter("other", NDArray.ones(1));
      assertThatThrownBy(() -> list.add(other), "list of %s", c)
          .isInstanceOf(UnsupportedOperationException.class);
      assertThat(list).as("%s", c).allSatisfy(p -> assertThat(p.name()).startsWith(c.name() + "."));
    }
    assertThat(Stream.concat(layer.parameters().stream(), layer.buffers().stream()))
        .as("%s", c)
        .extracting(Parameter::name)
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void a_network_of_one_layer_computes_what_the_layer_does(Case c) {
    Network network = Network.of(c.sample(), LayerCases.SEED, c.spec());
    String name = network.layers().get(0).name();
    Layer alone = c.spec().build(name, c.sample(), new Random(LayerCases.SEED));
    NDArray x = c.x(3);
    NDArray dy = c.dy(3);
    assertThat(name).isEqualTo(c.spec().kind() + "1");
    assertThat(network.outputShape(x.shape())).as("%s", c).isEqualTo(alone.outputShape(x.shape()));
    assertThat(train(network, x, dy, training()))
        .as("%s", c)
        .isDeepEqualTo(train(alone, x, dy, training()));
    float[] y = alone.forward(x).toArray();
    assertThat(network.predict(x).toArray()).as("%s", c).isEqualTo(y);
  }
}
