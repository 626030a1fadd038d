package io.github.purenet.nn;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.testing.Golden;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ActivationsGoldenTest {
  /** Each number by itself, since 1e4 beside it would hide it: relative, and absolute below 1. */
  private static final double TOLERANCE = 1e-6;

  static Stream<Arguments> cases() {
    Map<String, List<Layer>> layers =
        Map.ofEntries(
            Map.entry(
                "leaky-relu", List.of(new LeakyRelu(0.01), new LeakyRelu(0.2), new LeakyRelu(0.3))),
            Map.entry("elu", List.of(new Elu(1), new Elu(0.5), new Elu(1.5))),
            Map.entry("gelu", List.of(new Gelu(), new Gelu(), new Gelu())),
            Map.entry("gelu-tanh", List.of(new Gelu(true), new Gelu(true), new Gelu(true))),
            Map.entry("sigmoid", List.of(new Sigmoid(), new Sigmoid(), new Sigmoid())),
            Map.entry("tanh", List.of(new Tanh(), new Tanh(), new Tanh())),
            Map.entry("swish", List.of(new Swish(), new Swish(), new Swish())),
            Map.entry("hard-swish", List.of(new HardSwish(), new HardSwish(), new HardSwish())),
            Map.entry("softmax", List.of(new Softmax(), new Softmax(), new Softmax())),
            Map.entry("flatten", List.of(new Flatten(), new Flatten(), new Flatten())));
    return layers.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .flatMap(
            entry ->
                Stream.of(0, 1, 2)
                    .map(
                        i -> {
                          String name = entry.getKey() + "-" + i;
                          return Arguments.of(Named.of(name, name), entry.getValue().get(i));
                        }));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void agrees_with_pytorch(String name, Layer layer) {
    Map<String, NDArray> golden = Golden.pytorch(name);
    Pass pass = Pass.training();
    NDArray x = golden.get("x");
    assertThat(layer.outputShape(x.shape())).isEqualTo(golden.get("y").shape());
    assertClose("y", x, layer.forward(x, pass), golden.get("y"));
    assertClose("dx", x, layer.backward(golden.get("dy"), pass), golden.get("dx"));
  }

  /** The masks differ: numbers that both keep agree, and all others are 0 on one side. */
  @ParameterizedTest
  @MethodSource("dropouts")
  void dropout_agrees_with_pytorch_where_both_keep_a_number(String name, Dropout layer) {
    Map<String, NDArray> golden = Golden.pytorch(name);
    Pass pass = Pass.training();
    NDArray x = golden.get("x");
    NDArray y = layer.forward(x, pass);
    NDArray dx = layer.backward(golden.get("dy"), pass);
    int both = 0;
    for (int i = 0; i < x.size(); i++) {
      float expected = golden.get("y").toArray()[i];
      if (y.toArray()[i] != 0 && expected != 0) {
        assertClose(name + " y", i, y.toArray()[i], expected);
        assertClose(name + " dx", i, dx.toArray()[i], golden.get("dx").toArray()[i]);
        both++;
      }
    }
    assertThat(both).as("numbers that both keep").isPositive();
  }

  static Stream<Arguments> dropouts() {
    return Stream.of(
        Arguments.of("dropout-0", new Dropout(0.5, 1)),
        Arguments.of("dropout-1", new Dropout(0.1, 2)),
        Arguments.of("dropout-2", new Dropout(0.75, 3)));
  }

  private static void assertClose(String what, NDArray x, NDArray got, NDArray expected) {
    assertThat(got.shape()).as(what).isEqualTo(expected.shape());
    for (int i = 0; i < got.size(); i++) {
      String place = what + " at x = " + x.toArray()[i];
      assertClose(place, i, got.toArray()[i], expected.toArray()[i]);
    }
  }

  private static void assertClose(String what, int i, float got, float expected) {
    double error = Math.abs((double) got - expected);
    assertThat(error)
        .as("%s, number %d: expected %s, got %s", what, i, expected, got)
        .isLessThanOrEqualTo(TOLERANCE * Math.max(1, Math.abs(expected)));
  }
}
