package io.github.purenet.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import io.github.purenet.nn.Parameter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Saving and restoring what an optimizer keeps. */
class StateTest {

  @SuppressWarnings("UnusedMethod") // a method source
  private static Stream<Supplier<AbstractOptimizer<?>>> each() {
    return Optimizers.each();
  }

  private static List<Parameter> parameters() {
    Random random = new Random(1);
    return List.of(
        new Parameter("conv1.W", NDArray.normal(Shape.of(3, 5), 0f, 1f, random)),
        new Parameter("conv1.b", NDArray.normal(Shape.of(4), 0f, 1f, random)));
  }

  private static void steps(Optimizer optimizer, List<Parameter> parameters, int from, int to) {
    for (int step = from; step < to; step++) {
      Random random = new Random(step);
      for (Parameter parameter : parameters) {
        parameter.clearGradient();
        parameter.gradient().addInPlace(NDArray.normal(parameter.value().shape(), 0f, 1f, random));
      }
      optimizer.step(parameters);
    }
  }

  private static List<float[]> values(List<Parameter> parameters) {
    return parameters.stream().map(parameter -> parameter.value().toArray()).toList();
  }

  private static List<Parameter> copies(List<Parameter> parameters) {
    return parameters.stream().map(p -> new Parameter(p.name(), p.value().copy())).toList();
  }

  @ParameterizedTest
  @MethodSource("each")
  void training_goes_on_to_the_bit(Supplier<AbstractOptimizer<?>> make) {
    List<Parameter> through = parameters();
    through.get(1).freeze();
    Optimizer optimizer = make.get();
    steps(optimizer, through, 0, 3);
    through.get(1).unfreeze();
    steps(optimizer, through, 3, 5);

    Map<String, NDArray> state = optimizer.state();
    List<Parameter> resumed = copies(through);
    steps(optimizer, through, 5, 9);

    Optimizer other = make.get();
    steps(other, parameters(), 0, 2); // forgotten
    other.restore(resumed, state);
    assertThat(arrays(other.state())).usingRecursiveComparison().isEqualTo(arrays(state));
    steps(other, resumed, 5, 9);
    assertThat(values(resumed)).usingRecursiveComparison().isEqualTo(values(through));
    assertThat(arrays(other.state()))
        .usingRecursiveComparison()
        .isEqualTo(arrays(optimizer.state()));
  }

  private static Map<String, float[]> arrays(Map<String, NDArray> state) {
    Map<String, float[]> arrays = new HashMap<>();
    state.forEach((name, array) -> arrays.put(name, array.toArray()));
    return arrays;
  }

  @Test
  void has_a_name_for_everything() {
    List<Parameter> parameters = parameters();
    parameters.get(1).freeze();
    Adam adam = new Adam();
    assertThat(adam.state().keySet()).containsExactly("steps");
    steps(adam, parameters, 0, 2);
    Map<String, NDArray> state = adam.state();
    assertThat(state.keySet())
        .containsExactly("steps", "conv1.W.steps", "conv1.W.m", "conv1.W.v", "conv1.b.steps");
    assertThat(state.get("steps").toArray()).containsExactly(0f, 2f);
    assertThat(state.get("conv1.b.steps").toArray()).containsExactly(0f, 0f);
    assertThat(state.get("conv1.W.m").shape()).isEqualTo(Shape.of(3, 5));
    assertThat(new Sgd(1).state().keySet()).containsExactly("steps");
    assertThat(new Momentum(1).state().keySet()).containsExactly("steps");
  }

  @Test
  void a_state_is_a_copy_on_both_ways() {
    List<Parameter> parameters = parameters();
    Momentum momentum = new Momentum(0.1);
    steps(momentum, parameters, 0, 1);
    Map<String, NDArray> state = momentum.state();
    float[] before = state.get("conv1.b.velocity").toArray();
    steps(momentum, parameters, 1, 2);
    assertThat(state.get("conv1.b.velocity").toArray()).isEqualTo(before);
    momentum.restore(parameters, state);
    state.get("conv1.b.velocity").fill(0f);
    assertThat(momentum.state().get("conv1.b.velocity").toArray()).isEqualTo(before);
  }

  @Test
  void counts_more_steps_than_a_float_can() {
    long steps = (7L << 24) + 5;
    List<Long> asked = new ArrayList<>();
    Sgd sgd =
        new Sgd(
            step -> {
              asked.add(step);
              return 0.1;
            });
    List<Parameter> parameters = parameters();
    sgd.restore(parameters, Map.of("steps", NDArray.of(7f, 5f)));
    steps(sgd, parameters, 0, 2);
    assertThat(asked).containsExactly(steps, steps + 1);
    assertThat(sgd.state().get("steps").toArray()).containsExactly(7f, 7f);
  }

  @Test
  void another_list_of_parameters_is_an_error_that_changes_nothing() {
    List<Parameter> parameters = parameters();
    Adam adam = new Adam();
    steps(adam, parameters, 0, 3);
    Map<String, NDArray> before = adam.state();
    List<Parameter> replaced =
        List.of(parameters.get(0), new Parameter("conv1.b", NDArray.zeros(7)));
    for (List<Parameter> other : List.of(replaced, parameters(), parameters.subList(0, 1))) {
      assertThatThrownBy(() -> steps(adam, other, 3, 4))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("Adam: expected the parameters " + parameters)
          .hasMessageEndingWith(
              "; an optimizer belongs to one network: take a new one, or restore a state");
    }
    assertThat(adam.state().get("conv1.W.m").toArray())
        .isEqualTo(before.get("conv1.W.m").toArray());
    steps(adam, parameters, 3, 4);
    List<Parameter> twice = List.of(parameters.get(0), parameters.get(0));
    assertThatThrownBy(() -> new Adam().step(twice))
        .hasMessage("Adam: expected each parameter once, got " + twice);
  }

  @Test
  void a_damaged_state_changes_nothing() {
    List<String> names = List.of("steps", "conv1.W.steps", "conv1.b.m", "conv1.b.v");
    for (String name : names) {
      Set<String> left =
          new TreeSet<>(
              List.of(
                  "steps",
                  "conv1.W.steps",
                  "conv1.W.m",
                  "conv1.W.v",
                  "conv1.b.steps",
                  "conv1.b.m",
                  "conv1.b.v"));
      left.remove(name);
      rejects(state -> state.remove(name), "Adam: expected " + name + " in the state, got " + left);
    }
    rejects(
        state -> state.put("conv1.b.v", NDArray.zeros(5)),
        "Adam: expected conv1.b.v of (4,), got (5,)");
    rejects(
        state -> state.put("conv1.b.velocity", NDArray.zeros(4)),
        "Adam: expected a state of [conv1.W (3, 5), conv1.b (4,)], got also [conv1.b.velocity]");
    rejects(
        state -> state.put("conv1.b.steps", NDArray.of(0f, 0f)),
        "Adam: expected a state of [conv1.W (3, 5), conv1.b (4,)], got also [conv1.b.m,"
            + " conv1.b.v]");
    rejects(state -> state.put("steps", NDArray.of(3f)), "Adam: expected steps of (2,), got (1,)");
    for (float[] count :
        new float[][] {{0f, -1f}, {0.5f, 0f}, {0f, 1 << 24}, {Float.NaN, 0f}, {0f, 1e30f}}) {
      rejects(
          state -> state.put("steps", NDArray.of(count)),
          "Adam: expected a count of steps in steps, got (" + count[0] + ", " + count[1] + ")");
    }
    rejects( // more than steps
        state -> state.put("conv1.W.steps", NDArray.of(0f, 4f)),
        "Adam: expected a count of steps in conv1.W.steps, got (0.0, 4.0)");
  }

  private static void rejects(Consumer<Map<String, NDArray>> damage, String message) {
    List<Parameter> parameters = parameters();
    Adam adam = new Adam();
    steps(adam, parameters, 0, 3);
    Map<String, NDArray> damaged = new HashMap<>(adam.state());
    damage.accept(damaged);
    steps(adam, parameters, 3, 5);
    Map<String, float[]> before = arrays(adam.state());
    assertThatThrownBy(() -> adam.restore(parameters, damaged))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
    assertThat(arrays(adam.state())).usingRecursiveComparison().isEqualTo(before);
  }

  @Test
  void needs_different_names() {
    List<Parameter> twins =
        List.of(new Parameter("W", NDArray.ones(1)), new Parameter("W", NDArray.ones(1)));
    Adam adam = new Adam();
    steps(adam, twins, 0, 1);
    assertThatThrownBy(adam::state)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("Adam: expected parameters of different names, got two of W");
  }

  @Test
  void an_optimizer_of_ones_own_keeps_nothing_unless_it_says_so() {
    Optimizer own = parameters -> parameters.forEach(p -> p.value().fill(0f));
    assertThat(own.state()).isEmpty();
    own.restore(parameters(), Map.of());
    assertThatThrownBy(() -> own.restore(parameters(), Map.of("steps", NDArray.of(0f, 0f))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("optimizer: expected an empty state, got [steps]");
  }
}
