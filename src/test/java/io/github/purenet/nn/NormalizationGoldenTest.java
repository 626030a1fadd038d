package io.github.purenet.nn;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.testing.Golden;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NormalizationGoldenTest {

  /** Batch normalization with the settings and first running statistics of a case. */
  private static BatchNormalization batchNorm(int i) {
    Map<String, NDArray> golden = Golden.pytorch("batchNorm-" + i);
    Map<String, NDArray> statistics = Golden.pytorch("batchNorm-statistics-" + i);
    return new BatchNormalization(
        golden.get("gamma"),
        golden.get("beta"),
        statistics.get("mean"),
        statistics.get("variance"),
        statistics.get("settings").get(0),
        statistics.get("settings").get(1));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5})
  void batch_normalization_agrees_with_pytorch(int i) {
    Golden.check(batchNorm(i), Golden.pytorch("batchNorm-" + i), 1e-5);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5})
  void frozen_batch_normalization_agrees_with_pytorch_in_evaluation(int i) {
    BatchNormalization layer = batchNorm(i);
    layer.parameters().forEach(Parameter::freeze);
    Golden.check(layer, Golden.pytorch("batchNorm-running-" + i), 1e-5);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5})
  void inference_agrees_with_pytorch(int i) {
    Map<String, NDArray> golden = Golden.pytorch("batchNorm-running-" + i);
    NDArray y = batchNorm(i).forward(golden.get("x"));
    Golden.assertClose("y", y, golden.get("y"), 1e-5);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5})
  void running_statistics_agree_with_pytorch(int i) {
    NDArray first = Golden.pytorch("batchNorm-" + i).get("x");
    Map<String, NDArray> statistics = Golden.pytorch("batchNorm-statistics-" + i);
    BatchNormalization layer = batchNorm(i);
    Pass pass = Pass.training();
    for (int step = 1; step <= 2; step++) {
      NDArray x = step == 1 ? first : statistics.get("second");
      NDArray dy = layer.forward(x, pass).copy();
      if (step == 1) {
        layer.backward(dy, pass);
      } else {
        layer.backwardParameters(dy, pass);
      }
      for (Parameter buffer : layer.buffers()) {
        String name = Golden.suffix(buffer) + step;
        Golden.assertClose(name, buffer.value(), statistics.get(name), 1e-5);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 1e-5", "1, 1e-2", "2, 1e-5", "3, 1e-5"})
  void layer_normalization_agrees_with_pytorch(int i, double epsilon) {
    Map<String, NDArray> golden = Golden.pytorch("layerNorm-" + i);
    Golden.check(
        new LayerNormalization(golden.get("gamma"), golden.get("beta"), epsilon), golden, 1e-5);
  }

  /** PyTorch's alpha is the size times ours; the script multiplies. */
  @ParameterizedTest
  @CsvSource({
    "0, 5, 1e-4, 0.75, 2",
    "1, 5, 1e-2, 0.75, 2",
    "2, 3, 0.5, 0.5, 1",
    "3, 7, 0.1, 0.75, 0.5",
    "4, 9, 1, 1.25, 3",
    "5, 1, 2, 0.75, 1"
  })
  void local_response_normalization_agrees_with_pytorch(
      int i, int size, double alpha, double beta, double k) {
    Map<String, NDArray> golden = Golden.pytorch("localResponseNorm-" + i);
    LocalResponseNormalization layer = new LocalResponseNormalization(size, alpha, beta, k);
    Golden.check(layer, golden, 1e-5);
    NDArray y = layer.forward(golden.get("x"));
    Golden.assertClose("y of inference", y, golden.get("y"), 1e-5);
    assertThat(layer.parameters()).isEqualTo(List.of());
  }
}
