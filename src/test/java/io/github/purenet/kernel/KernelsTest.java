package io.github.purenet.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kernel of each backend computes what {@link NaiveKernels} does, at awkward sizes. */
class KernelsTest {
  /** Gives each call of one kernel to the consumer, one at a time. */
  private interface Calls {
    void forEach(Consumer<KernelCall> consumer);
  }

  private static final Map<String, Calls> CALLS =
      Map.ofEntries(
          Map.entry("gemm", GemmCalls::forEach),
          Map.entry("im2col", c -> ConvolutionCalls.forEachUnfolding("im2col", c)),
          Map.entry("col2im", c -> ConvolutionCalls.forEachUnfolding("col2im", c)),
          Map.entry("convolve", ConvolutionCalls::forEachForward),
          Map.entry("convolveBackward", ConvolutionCalls::forEachBackward),
          Map.entry("addBias", ElementCalls::forEachAddBias),
          Map.entry("sumColumns", ElementCalls::forEachSumColumns),
          Map.entry("add", ElementCalls::forEachAdd),
          Map.entry("relu", ElementCalls::forEachRelu),
          Map.entry("reluBackward", ElementCalls::forEachReluBackward),
          Map.entry("maxPool", ElementCalls::forEachMaxPool),
          Map.entry("maxPoolBackward", ElementCalls::forEachMaxPoolBackward),
          Map.entry("averagePool", ElementCalls::forEachAveragePool),
          Map.entry("averagePoolBackward", ElementCalls::forEachAveragePoolBackward),
          Map.entry("softmax", ElementCalls::forEachSoftmax),
          Map.entry("softmaxBackward", ElementCalls::forEachSoftmaxBackward),
          Map.entry("adam", ElementCalls::forEachAdam));

  /** Each kernel that the interface declares, whether it has calls here or not. */
  static Stream<Arguments> everyKernelOfEachBackend() {
    return TestBackends.names().stream()
        .flatMap(
            backend ->
                KernelCall.kernels().keySet().stream().map(kernel -> arguments(backend, kernel)));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("everyKernelOfEachBackend")
  void equals_the_reference(String backend, String kernel) {
    assertThat(CALLS).as("calls of each kernel").containsKey(kernel);
    Kernels kernels = TestBackends.kernels(backend, 3);
    int[] checked = {0};
    CALLS
        .get(kernel)
        .forEach(
            call -> {
              assertThat(call.kernel()).isEqualTo(kernel);
              call.check(kernels);
              checked[0]++;
            });
    assertThat(checked[0]).as("calls of %s", kernel).isGreaterThanOrEqualTo(50);
  }

  /** They share the memory of blocks, and lay it out in different ways. */
  @Test
  void two_backends_may_take_turns() {
    List<Kernels> both =
        TestBackends.names().stream().map(name -> TestBackends.kernels(name, 2)).toList();
    for (String kernel : List.of("gemm", "convolve", "convolveBackward")) {
      int[] count = {0};
      CALLS
          .get(kernel)
          .forEach(
              call -> {
                if (count[0]++ % 20 == 0) {
                  both.forEach(call::check);
                }
              });
    }
  }

  @Test
  void no_kernel_and_no_backend_escapes() {
    assertThat(KernelCall.kernels().keySet()).hasSize(17).isEqualTo(CALLS.keySet());
    assertThat(everyKernelOfEachBackend()).hasSize(17 * TestBackends.names().size());
    assertThat(TestBackends.names()).contains(System.getProperty("purenet.test.backend"));
    for (String name : TestBackends.names()) {
      assertThat(TestBackends.kernels(name, 1).name()).isEqualTo(name);
    }
  }
}
