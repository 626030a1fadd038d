package io.github.purenet.nn;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.testing.Golden;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PoolingGoldenTest {

  private static Stream<String> three(String prefix) {
    return IntStream.range(0, 3).mapToObj(i -> prefix + "-" + i);
  }

  static Stream<String> maxima() {
    return Stream.of("plain", "overlapping", "padded", "ceil")
        .flatMap(kind -> three("maxpool-" + kind));
  }

  static Stream<String> averages() {
    return Stream.of("floor-include", "floor-exclude", "ceil-include", "ceil-exclude")
        .flatMap(kind -> three("avgpool-" + kind));
  }

  static Stream<String> globals() {
    return three("globalavgpool");
  }

  private static <S extends WindowSpec<S>> S settings(S spec, Map<String, NDArray> golden) {
    NDArray stride = golden.get("stride");
    NDArray pad = golden.get("pad");
    return spec.stride((int) stride.get(0), (int) stride.get(1))
        .pad((int) pad.get(0), (int) pad.get(1));
  }

  private static void check(LayerSpec spec, Map<String, NDArray> golden) {
    Layer layer = spec.build("maxPool1", golden.get("x").shape().dropFirst(), new Random(1));
    Golden.check(layer, golden, 1e-5);
  }

  @ParameterizedTest
  @MethodSource("maxima")
  void maxima_agree_with_pytorch(String name) {
    Map<String, NDArray> golden = Golden.pytorch(name);
    NDArray size = golden.get("size");
    Pooling.Spec spec = settings(Layers.maxPool((int) size.get(0), (int) size.get(1)), golden);
    check(name.contains("ceil") ? spec.ceilMode() : spec, golden);
  }

  @ParameterizedTest
  @MethodSource("averages")
  void averages_agree_with_pytorch(String name) {
    Map<String, NDArray> golden = Golden.pytorch(name);
    NDArray size = golden.get("size");
    AveragePooling.Spec spec =
        settings(Layers.avgPool((int) size.get(0), (int) size.get(1)), golden);
    spec = name.contains("ceil") ? spec.ceilMode() : spec;
    check(name.contains("exclude") ? spec.countIncludePad(false) : spec, golden);
  }

  @ParameterizedTest
  @MethodSource("globals")
  void global_averages_agree_with_pytorch(String name) {
    check(Layers.globalAvgPool(), Golden.pytorch(name));
  }
}
