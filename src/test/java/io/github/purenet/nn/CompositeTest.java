package io.github.purenet.nn;

import static io.github.purenet.nn.Layers.affine;
import static io.github.purenet.nn.Layers.branch;
import static io.github.purenet.nn.Layers.concat;
import static io.github.purenet.nn.Layers.conv;
import static io.github.purenet.nn.Layers.maxPool;
import static io.github.purenet.nn.Layers.relu;
import static io.github.purenet.nn.Layers.residual;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Residual and Concat, alone and in one another. */
class CompositeTest {
  private static final Shape INPUT = Shape.of(3, 6, 5);

  /** Gives back its input as a view, like a layer that only changes the shape. */
  private record View(String name) implements Layer {
    @Override
    public Shape outputShape(Shape input) {
      return input;
    }

    @Override
    public NDArray forward(NDArray x, Pass pass) {
      return x.reshape(x.shape());
    }

    @Override
    public NDArray backward(NDArray dy, Pass pass) {
      return dy.reshape(dy.shape());
    }
  }

  private record ViewSpec() implements LayerSpec {
    @Override
    public String kind() {
      return "view";
    }

    @Override
    public Layer build(String name, Shape input, RandomGenerator random) {
      return new View(name);
    }

    @Override
    public Map<String, Object> settings() {
      return Map.of();
    }
  }

  private static Residual.Spec inner() {
    return residual(conv(4, 3).pad(1), relu(), conv(3, 1));
  }

  static Stream<LayerSpec> specs() {
    return Stream.of(
        residual(),
        inner(),
        residual(conv(4, 3).stride(2), relu()).projection(conv(4, 3).stride(2)),
        residual(inner(), relu(), inner()),
        residual(concat(branch(conv(1, 1)), branch(conv(2, 3).pad(1), relu()))),
        concat(branch()),
        concat(branch(), branch(), branch()),
        concat(branch(conv(2, 1)), branch(maxPool(3).stride(1).pad(1)), branch(inner())),
        concat(branch(concat(branch(), branch(conv(1, 1), relu()))), branch(inner(), conv(2, 1))),
        residual(affine(7), relu(), residual(affine(7))).projection(affine(7)),
        concat(branch(affine(2), relu()), branch(affine(3))));
  }

  private static Layer build(LayerSpec spec) {
    return spec.build("layer", INPUT, new Random(3));
  }

  private static NDArray random(Shape shape, long seed) {
    return NDArray.normal(shape, 0f, 1f, new Random(seed));
  }

  /**
   * The slope of {@code <y, dy>} along the gradient, by central differences. The layers are linear
   * but for kinks; a step of 1e-3 in all crosses few, each with a share of 1e-3 of the slope, and
   * float rounding of y (1e-7 of about 10) leaves an error of 1e-3 over that step.
   */
  @ParameterizedTest
  @MethodSource("specs")
  void backward_is_the_slope_of_forward(LayerSpec spec) {
    Layer layer = build(spec);
    NDArray x = random(INPUT.prepend(2), 1);
    Pass pass = Pass.training();
    NDArray dy = random(layer.forward(x, pass).shape(), 2);
    layer.parameters().forEach(Parameter::clearGradient);
    NDArray dx = layer.backward(dy, pass).copy();
    assertSlope("dx", layer, x, dy, x, dx);
    for (Parameter p : layer.parameters()) {
      assertSlope(p.name(), layer, x, dy, p.value(), p.gradient());
    }
  }

  private static void assertSlope(
      String what, Layer layer, NDArray x, NDArray dy, NDArray variable, NDArray gradient) {
    double length = Math.sqrt(Numbers.inner(gradient, gradient));
    NDArray before = variable.copy();
    NDArray step = gradient.multiply((float) (1e-3 / length));
    variable.addInPlace(step);
    double above = Numbers.inner(layer.forward(x), dy);
    variable.addInPlace(step.multiply(-2f));
    double below = Numbers.inner(layer.forward(x), dy);
    variable.fill(0f).addInPlace(before);
    assertThat((above - below) / 2e-3).as(what).isCloseTo(length, within(5e-3 * length + 5e-3));
  }

  /** The parameters' gradients do not depend on whether dx is wanted. */
  @ParameterizedTest
  @MethodSource("specs")
  void backward_parameters_adds_the_same_gradients(LayerSpec spec) {
    Layer layer = build(spec);
    NDArray x = random(INPUT.prepend(3), 1);
    Pass pass = Pass.training();
    NDArray dy = random(layer.forward(x, pass).shape(), 2);
    layer.parameters().forEach(Parameter::clearGradient);
    layer.backward(dy, pass);
    List<float[]> expected = layer.parameters().stream().map(p -> p.gradient().toArray()).toList();
    layer.parameters().forEach(Parameter::clearGradient);
    layer.forward(x, pass);
    layer.backwardParameters(dy, pass);
    for (int i = 0; i < expected.size(); i++) {
      assertThat(layer.parameters().get(i).gradient().toArray()).isEqualTo(expected.get(i));
    }
  }

  /** Whatever the inner layers return, x and dy stay, and so do the results of the pass before. */
  @ParameterizedTest
  @MethodSource("specs")
  void nothing_is_written_but_the_result(LayerSpec spec) {
    Layer layer = build(betweenViews(spec));
    for (int n : new int[] {2, 1, 3, 0}) {
      NDArray x = random(INPUT.prepend(n), n);
      float[] xBefore = x.toArray();
      Pass pass = Pass.training();
      NDArray y = layer.forward(x, pass);
      float[] yBefore = y.toArray();
      assertThat(y.shape()).isEqualTo(layer.outputShape(x.shape()));
      assertThat(layer.forward(x).toArray()).isEqualTo(yBefore);
      NDArray dy = random(y.shape(), 7);
      float[] dyBefore = dy.toArray();
      layer.parameters().forEach(Parameter::clearGradient);
      float[] dx = layer.backward(dy, pass).toArray();
      assertThat(layer.backward(dy, pass).toArray()).isEqualTo(dx);
      assertThat(x.toArray()).isEqualTo(xBefore);
      assertThat(y.toArray()).isEqualTo(yBefore);
      assertThat(dy.toArray()).isEqualTo(dyBefore);
    }
  }

  /** The spec between layers that return views, in a residual that adds the view of its input. */
  private static LayerSpec betweenViews(LayerSpec spec) {
    LayerSpec view = new ViewSpec();
    return residual(view, spec, view).projection(view, spec);
  }

  @Test
  void a_branch_of_views_is_added_to_the_input() {
    LayerSpec view = new ViewSpec();
    Layer layer = build(residual(residual(view), concat(branch(view))).projection(view, view));
    NDArray x = random(INPUT.prepend(2), 1);
    Pass pass = Pass.training();
    assertThat(layer.forward(x, pass).toArray()).isEqualTo(x.multiply(3f).toArray());
    assertThat(layer.backward(x, pass).toArray()).isEqualTo(x.multiply(3f).toArray());
  }

  @Test
  void channels_stand_in_the_order_of_the_branches() {
    Layer layer = build(concat(branch(), branch(relu()), branch()));
    NDArray x = random(INPUT.prepend(2), 1);
    NDArray y = layer.forward(x);
    assertThat(y.shape()).isEqualTo(Shape.of(2, 9, 6, 5));
    for (int n = 0; n < 2; n++) {
      assertThat(y.at(n).slice(0, 3).toArray()).isEqualTo(x.at(n).toArray());
      assertThat(y.at(n).slice(3, 6).toArray())
          .isEqualTo(x.at(n).map(v -> Math.max(v, 0)).toArray());
      assertThat(y.at(n).slice(6, 9).toArray()).isEqualTo(x.at(n).toArray());
    }
  }

  @Test
  void layers_of_given_arrays_work_too() {
    Convolution twice =
        new Convolution(NDArray.full(Shape.of(1, 1, 1, 1), 2f), NDArray.zeros(1), 1, 0);
    NDArray x = random(Shape.of(1, 1, 2, 3), 1);
    assertThat(new Residual(List.of(twice), List.of()).forward(x).toArray())
        .isEqualTo(x.multiply(3f).toArray());
    NDArray y = new Concat(List.of(List.of(), List.of(twice))).forward(x);
    assertThat(y.at(0).slice(1, 2).toArray()).isEqualTo(x.multiply(2f).toArray());
    assertThatThrownBy(() -> new Concat(List.of()))
        .hasMessage("Concat: expected at least one branch, got none");
  }

  @ParameterizedTest
  @MethodSource("specs")
  void settings_make_an_equal_spec(LayerSpec spec) {
    LayerSpec again = SpecReader.read(spec.kind(), spec.settings());
    assertThat(again.kind()).isEqualTo(spec.kind());
    assertThat(again.settings()).isEqualTo(spec.settings());
    NDArray x = random(INPUT.prepend(2), 1);
    assertThat(build(again).forward(x).toArray()).isEqualTo(build(spec).forward(x).toArray());
  }

  private static Network network() {
    return Network.of(
        INPUT,
        1,
        conv(3, 3).pad(1),
        inner(),
        relu(),
        concat(branch(conv(2, 1)), branch(inner(), conv(1, 3).pad(1))),
        residual(conv(4, 3).stride(2)).projection(conv(4, 3).stride(2)),
        affine(2));
  }

  @Test
  void shows_the_layers_of_its_branches() {
    Network network =
        Network.of(
            Shape.of(1, 4, 4),
            1,
            residual(conv(1, 1), relu()),
            concat(branch(), branch(conv(2, 1))));
    Residual residual = (Residual) network.layers().get(0);
    Concat concat = (Concat) network.layers().get(1);

    assertThat(
            residual.branches().stream().map(branch -> branch.stream().map(Layer::name).toList()))
        .containsExactly(List.of("residual1.conv1", "residual1.relu1"), List.of());
    assertThat(concat.branches().stream().map(branch -> branch.stream().map(Layer::name).toList()))
        .containsExactly(List.of(), List.of("concat1.branch2.conv1"));
    assertThat(network.specs().stream().map(LayerSpec::kind)).containsExactly("residual", "concat");
  }

  @Test
  void names_nest() {
    Network network = network();
    assertThat(network.layers().stream().map(Layer::name))
        .containsExactly("conv1", "residual1", "relu1", "concat1", "residual2", "affine1");
    assertThat(network.parameters().stream().map(Parameter::name).filter(n -> n.endsWith("W")))
        .containsExactly(
            "conv1.W",
            "residual1.conv1.W",
            "residual1.conv2.W",
            "concat1.branch1.conv1.W",
            "concat1.branch2.residual1.conv1.W",
            "concat1.branch2.residual1.conv2.W",
            "concat1.branch2.conv1.W",
            "residual2.conv1.W",
            "residual2.projection.conv1.W",
            "affine1.W");
    assertThat(network.parameter("concat1.branch2.residual1.conv2.b").value().shape())
        .isEqualTo(Shape.of(3));
  }

  @Test
  void the_last_layer_can_be_replaced_by_a_composite_and_back() {
    Network network = network();
    Network other = network.replaceLast(residual(affine(4)).projection(affine(4)), 2);
    assertThat(other.layers().get(5).name()).isEqualTo("residual3");
    assertThat(other.outputShape(INPUT.prepend(2))).isEqualTo(Shape.of(2, 4));
    assertThat(other.parameter("residual2.conv1.W"))
        .isSameAs(network.parameter("residual2.conv1.W"));
    assertThat(other.replaceLast(affine(5), 3).layers().get(5).name()).isEqualTo("affine1");
  }

  /**
   * Adjacent frozen layers end the way back; one frozen inside a composite changes nothing else.
   */
  @Test
  void frozen_layers_change_no_other_gradient() {
    Network network = network();
    NDArray x = random(INPUT.prepend(4), 1);
    NDArray t = NDArray.of(0f, 1f, 1f, 0f);
    network.gradient(x, t);
    List<float[]> all = network.parameters().stream().map(p -> p.gradient().toArray()).toList();
    for (Parameter p : network.parameters()) {
      if (p.name().startsWith("conv1")
          || p.name().startsWith("residual1")
          || p.name().startsWith("concat1.branch1")) {
        p.freeze();
      }
    }
    network.gradient(x, t);
    for (int i = 0; i < all.size(); i++) {
      Parameter p = network.parameters().get(i);
      if (!p.isFrozen()) {
        assertThat(p.gradient().toArray()).as(p.name()).isEqualTo(all.get(i));
      }
    }
  }

  @Test
  void multiply_adds_and_summary_show_the_inner_layers() {
    Network network =
        Network.of(
            INPUT,
            1,
            residual(conv(4, 3).pad(1), relu()).projection(conv(4, 1)),
            concat(branch(), branch(residual(relu()))),
            affine(2));
    // All spaces but those that indent count as one.
    assertThat(network.summary().lines().map(line -> line.replaceAll("(?<=\\S) +", " ")))
        .containsSubsequence(
            "residual1 (4, 6, 5) 128 3,600",
            "  residual1.conv1 (4, 6, 5) 112 3,240",
            "  residual1.relu1 (4, 6, 5) 0 0",
            "  residual1.projection.conv1 (4, 6, 5) 16 360",
            "concat1 (8, 6, 5) 0 0",
            "  concat1.branch2.residual1 (4, 6, 5) 0 0",
            "    concat1.branch2.residual1.relu1 (4, 6, 5) 0 0",
            "affine1 (2,) 482 480",
            "parameters: 610",
            "multiply-adds of one sample: 4,080");
  }

  @Test
  void say_what_does_not_fit() {
    assertThatThrownBy(() -> Network.of(INPUT, 1, relu(), residual(conv(4, 3).pad(1))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "residual1: expected a branch that gives the shape of its input (1, 3, 6, 5), got (1,"
                + " 4, 6, 5)");
    assertThatThrownBy(
            () ->
                Network.of(
                    INPUT, 1, residual(inner(), residual(conv(4, 3)).projection(conv(5, 3)))))
        .hasMessage(
            "residual1.residual2: expected a branch that gives the shape of its projection (1, 5,"
                + " 4, 3), got (1, 4, 4, 3)");
    assertThatThrownBy(() -> Network.of(INPUT, 1, concat(branch(conv(4, 3)), branch())))
        .hasMessage(
            "concat1: expected branches whose outputs (N, C, ...) differ only in C, got (1, 4, 4,"
                + " 3) of branch 1 and (1, 3, 6, 5) of branch 2");
    assertThatThrownBy(() -> Network.of(INPUT, 1, concat(branch(), branch(affine(3)))))
        .hasMessage(
            "concat1: expected branches whose outputs (N, C, ...) differ only in C, got (1, 3, 6,"
                + " 5) of branch 1 and (1, 3) of branch 2");
    assertThatThrownBy(() -> Network.of(INPUT, 1, concat(branch(conv(1, 7)))))
        .hasMessageStartingWith("concat1.branch1.conv1: expected a window");
    assertThatThrownBy(Layers::concat)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("concat: expected at least one branch, got none");
    assertThatThrownBy(() -> SpecReader.read("concat", Map.of("branches", 2, "branch1", List.of())))
        .hasMessage("concat: expected a list of layers in setting branch2, got null");
    Layer layer = new Residual(List.of(), List.of(new Pooling(2, 2, 2, 0)));
    assertThatThrownBy(() -> layer.forward(NDArray.ones(2, 3, 6, 5)))
        .hasMessage(
            "Residual: expected a branch that gives the shape of its projection (2, 3, 3, 2), got"
                + " (2, 3, 6, 5)");
  }
}
