package io.github.purenet.nn;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.testing.Golden;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConvolutionGoldenTest {

  static Stream<String> cases() {
    return Stream.of("plain", "strided", "padded", "dilated", "grouped", "depthwise")
        .flatMap(kind -> IntStream.range(0, 3).mapToObj(i -> "conv-" + kind + "-" + i));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void agrees_with_pytorch(String name) {
    Map<String, NDArray> golden = Golden.pytorch(name);
    NDArray w = golden.get("W");
    NDArray stride = golden.get("stride");
    NDArray pad = golden.get("pad");
    NDArray dilation = golden.get("dilation");
    Convolution.Spec spec =
        Layers.conv(w.dimension(0), w.dimension(2), w.dimension(3))
            .stride((int) stride.get(0), (int) stride.get(1))
            .dilation((int) dilation.get(0), (int) dilation.get(1))
            .pad((int) pad.get(0), (int) pad.get(1))
            .groups((int) golden.get("groups").item());
    Convolution layer = spec.build("conv1", golden.get("x").shape().dropFirst(), new Random(1));
    Golden.check(layer, golden, 1e-5);
  }
}
