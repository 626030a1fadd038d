package io.github.purenet.nn;

import static io.github.purenet.nn.LayerSteps.clearGradients;
import static io.github.purenet.nn.LayerSteps.train;
import static io.github.purenet.nn.LayerSteps.training;
import static io.github.purenet.nn.LayerSteps.values;
import static io.github.purenet.nn.LayerSteps.waysBack;
import static io.github.purenet.nn.LayerSteps.withGradients;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import io.github.purenet.nn.LayerCases.Case;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every {@link Layer} refuses, and what it says then. */
class LayerErrorContractTest {

  static Stream<Case> cases() {
    return LayerCases.all();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void backward_says_that_forward_comes_first(Case c) {
    Layer layer = c.layer();
    NDArray dy = c.dy(2);
    Pass inference = Pass.inference();
    layer.forward(c.x(2), inference);
    layer.forward(c.x(2), training()); // another pass does not count
    for (Pass pass : List.of(training(), Pass.inference(), inference)) {
      for (BiConsumer<NDArray, Pass> back : waysBack(layer)) {
        assertThatThrownBy(() -> back.accept(dy, pass), "backward first, %s", c)
            .isInstanceOf(IllegalStateException.class)
            .hasMessage(
                c.name() + ": expected forward with this training pass before backward, got none");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void a_dy_of_another_shape_is_refused_and_leaves_no_trace(Case c) {
    Layer layer = c.layer();
    NDArray x = c.x(2);
    NDArray dy = c.dy(2);
    float[][] expected = train(layer, x, dy, training());
    Pass pass = training();
    clearGradients(layer);
    float[] y = layer.forward(x, pass).toArray();
    float[][] buffers = values(layer.buffers());
    for (Shape shape : others(dy.shape())) {
      for (BiConsumer<NDArray, Pass> back : waysBack(layer)) {
        assertThatThrownBy(() -> back.accept(NDArray.ones(shape), pass), "dy of %s, %s", shape, c)
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessage(c.name() + ": expected dy of " + dy.shape() + ", got " + shape);
      }
    }
    assertThat(values(layer.buffers())).as("buffers, %s", c).isDeepEqualTo(buffers);
    float[] dx = layer.backward(dy, pass).toArray();
    assertThat(withGradients(layer, y, dx))
        .as("y, dx and gradients, %s", c)
        .isDeepEqualTo(expected);
  }

  /**
   * What shape inference refuses, forward refuses in the same words; what it takes, it computes.
   */
  @ParameterizedTest
  @MethodSource("cases")
  void an_x_of_another_shape_fits_or_is_refused_by_name(Case c) {
    Layer layer = c.layer();
    for (Shape shape : others(c.sample().prepend(2))) {
      String refusal = refusal(() -> layer.outputShape(shape));
      if (refusal == null) {
        NDArray y = layer.forward(NDArray.ones(shape));
        assertThat(y.shape()).as("of %s, %s", shape, c).isEqualTo(layer.outputShape(shape));
        continue;
      }
      assertThat(refusal).as("%s", c).startsWith(c.name()).contains(": expected ", ", got ");
      if (shape.rank() > 0 && shape.size() > 0) { // or else "a scalar", or an axis of 0
        assertThat(refusal).as("%s", c).contains(shape.toString());
      }
      for (Pass pass : List.of(Pass.inference(), training())) {
        assertThat(refusal(() -> layer.forward(NDArray.ones(shape), pass)))
            .as("forward of %s, %s", shape, c)
            .isEqualTo(refusal);
      }
    }
  }

  private static String refusal(ThrowingCallable call) {
    try {
      call.call();
      return null;
    } catch (IllegalArgumentException e) {
      return e.getMessage();
    } catch (Throwable e) {
      throw new AssertionError("expected a result or an IllegalArgumentException, got " + e, e);
    }
  }

  /** Shapes that differ from one: in rank, in an axis, in their order only. */
  private static List<Shape> others(Shape shape) {
    List<Shape> others = new ArrayList<>(List.of(Shape.of(), shape.prepend(1), shape.dropFirst()));
    int[] reversed = shape.toArray();
    for (int axis = 0; axis < shape.rank(); axis++) {
      for (int length : new int[] {shape.dimension(axis) + 1, 1, 0}) {
        int[] other = shape.toArray();
        other[axis] = length;
        others.add(Shape.of(other));
      }
      reversed[axis] = shape.dimension(-1 - axis);
    }
    others.add(Shape.of(reversed));
    others.removeIf(shape::equals);
    return others;
  }
}
