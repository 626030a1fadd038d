package io.github.purenet.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The number of threads changes no bit, in a kernel or in a whole training. */
@Timeout(value = 120, threadMode = ThreadMode.SEPARATE_THREAD) // a child may hang
class DeterminismTest {
  private static final int[] THREADS = {1, 2, 3, 8};

  @SuppressWarnings("UnusedMethod") // a method source
  private static Stream<String> backends() {
    return TestBackends.names().stream();
  }

  private static List<KernelCall> calls() {
    List<KernelCall> calls = new ArrayList<>(GemmCalls.whoseOrderShows());
    calls.addAll(ConvolutionCalls.whoseOrderShows());
    List<KernelCall> elements = new ArrayList<>();
    ElementCalls.forEachAdam(elements::add);
    ElementCalls.forEachAdd(elements::add);
    ElementCalls.forEachRelu(elements::add);
    ElementCalls.forEachReluBackward(elements::add);
    ElementCalls.forEachMaxPool(elements::add);
    ElementCalls.forEachMaxPoolBackward(elements::add);
    ElementCalls.forEachAveragePool(elements::add);
    ElementCalls.forEachAveragePoolBackward(elements::add);
    ElementCalls.forEachSumColumns(elements::add);
    ElementCalls.forEachSoftmax(elements::add);
    ElementCalls.forEachSoftmaxBackward(elements::add);
    for (int i = 0; i < elements.size(); i += 15) {
      calls.add(elements.get(i));
    }
    return calls;
  }

  @ParameterizedTest
  @MethodSource("backends")
  void a_kernel_gives_the_same_bits_with_any_number_of_threads(String backend) {
    List<Kernels> kernels =
        Arrays.stream(THREADS).mapToObj(n -> TestBackends.kernels(backend, n)).toList();
    for (KernelCall call : calls()) {
      Object[] expected = call.run(kernels.get(0));
      for (int i = 1; i < kernels.size(); i++) {
        for (int round = 0; round < 2; round++) { // the tasks fall to other threads each time
          assertThat(Arrays.deepEquals(call.run(kernels.get(i)), expected))
              .as("%s %s is the same with %d threads", backend, call, THREADS[i])
              .isTrue();
        }
      }
    }
  }

  /** Six steps and two predictions, each number of threads in a JVM of its own. */
  @Test
  void training_and_inference_give_the_same_bits_with_any_number_of_threads() throws Exception {
    String backend = System.getProperty("purenet.test.backend");
    List<ChildJvm> children = new ArrayList<>();
    for (int threads : THREADS) {
      List<String> flags = new ArrayList<>();
      flags.add("-Dpurenet.backend=" + backend);
      flags.add("-Dpurenet.threads=" + threads);
      if (backend.equals("vector")) {
        flags.add("--add-modules=jdk.incubator.vector");
      }
      children.add(ChildJvm.start("train", flags));
    }
    List<String> results = new ArrayList<>();
    for (int i = 0; i < THREADS.length; i++) {
      String output = children.get(i).output();
      assertThat(output).contains("backend " + backend + " " + THREADS[i] + System.lineSeparator());
      results.add(output.lines().filter(line -> line.startsWith("train ")).findFirst().orElse(""));
    }
    assertThat(results)
        .as("checksum of a training with %s threads", Arrays.toString(THREADS))
        .allMatch(result -> result.matches("train [0-9a-f]+"))
        .containsOnly(results.get(0));
  }
}
