package io.github.purenet.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.testing.Golden;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LossGoldenTest {

  static Stream<String> softmaxCases() {
    return Stream.of("indices", "one-hot", "soft")
        .flatMap(t -> Stream.of("", "-smoothing", "-weights", "-both").map(with -> t + with))
        .flatMap(kind -> IntStream.range(0, 3).mapToObj(i -> "softmax-loss-" + kind + "-" + i));
  }

  @ParameterizedTest
  @MethodSource("softmaxCases")
  void softmax_agrees_with_pytorch(String name) {
    Map<String, NDArray> golden = Golden.pytorch(name);
    SoftmaxWithLoss loss = new SoftmaxWithLoss().labelSmoothing(golden.get("smoothing").item());
    if (golden.containsKey("weights")) {
      float[] weights = golden.get("weights").toArray();
      loss =
          loss.classWeights(
              IntStream.range(0, weights.length).mapToDouble(i -> weights[i]).toArray());
    }
    check(loss, golden);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void sigmoid_agrees_with_pytorch(int i) {
    check(new SigmoidWithLoss(), Golden.pytorch("sigmoid-loss-" + i));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void mean_squared_error_agrees_with_pytorch(int i) {
    check(new MeanSquaredError(), Golden.pytorch("mean-squared-error-" + i));
  }

  private static void check(Loss loss, Map<String, NDArray> golden) {
    Pass pass = Pass.training();
    double value = loss.forward(golden.get("y"), golden.get("t"), pass);
    double expected = golden.get("loss").item();
    assertThat(value).isCloseTo(expected, within(1e-6 * Math.max(1, expected)));
    Golden.assertClose("dy", loss.backward(pass), golden.get("dy"), 1e-6);
  }
}
