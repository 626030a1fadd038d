package io.github.purenet.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Where windows are read from the image itself, convolutions are what they are elsewhere. */
class UnfoldedConvolutionTest {

  static Stream<Integer> numbers() {
    return Stream.of(1, 100, 1 << 20);
  }

  /** Kernels that compute convolutions so many numbers at a time. */
  private static Kernels kernels(int numbers) {
    BlockedKernels kernels = (BlockedKernels) Backend.kernels();
    return (Kernels)
        Proxy.newProxyInstance(
            Kernels.class.getClassLoader(),
            new Class<?>[] {Kernels.class},
            (proxy, method, a) -> {
              if (method.getName().equals("name")) {
                return "unfolded " + kernels.name();
              }
              UnfoldedConvolution convolution =
                  new UnfoldedConvolution(kernels, (ConvGeometry) a[0], numbers);
              float[] x = (float[]) a[1];
              float[] weight = (float[]) a[2];
              if (method.getName().equals("convolve")) {
                Epilogue epilogue = (Epilogue) a[4];
                convolution.convolve(x, weight, (float[]) a[3], epilogue.relu(), (float[]) a[5]);
              } else {
                convolution.convolveBackward(
                    x,
                    weight,
                    ((Epilogue) a[3]).relu(),
                    (float[]) a[4],
                    (float[]) a[6],
                    (float[]) a[7],
                    (float[]) a[8],
                    (float[]) a[9]);
              }
              return null;
            });
  }

  @ParameterizedTest
  @MethodSource("numbers")
  void agrees_with_the_definition(int numbers) {
    Kernels kernels = kernels(numbers);
    int[] count = new int[1];
    Consumer<KernelCall> check =
        call -> {
          if (count[0]++ % 7 == 0) { // a sample: each is computed in many small products
            call.check(kernels);
          }
        };
    ConvolutionCalls.forEachForward(call -> callIfUnpooled(call, check));
    ConvolutionCalls.forEachBackward(call -> callIfUnpooled(call, check));
    assertThat(count[0]).isGreaterThan(400);
  }

  private static void callIfUnpooled(KernelCall call, Consumer<KernelCall> check) {
    if (call.arguments().stream()
        .anyMatch(a -> a instanceof Epilogue epilogue && epilogue.phases() == 1)) {
      check.accept(call);
    }
  }

  @Test
  void ordinary_networks_need_none_of_it() {
    Window three = new Window(3, 3).pad(1, 1);
    for (ConvGeometry g :
        List.of(
            new ConvGeometry(1, 1, 28, 28, new Window(5, 5), 30, 1),
            new ConvGeometry(1, 3, 227, 227, new Window(11, 11).stride(4, 4), 96, 1),
            new ConvGeometry(1, 64, 224, 224, three, 64, 1),
            new ConvGeometry(1, 512, 14, 14, three.stride(2, 2), 512, 1),
            new ConvGeometry(1, 256, 256, 256, three, 256, 1),
            new ConvGeometry(1, 512, 7, 7, new Window(7, 7), 4_096, 1),
            new ConvGeometry(1, 256, 33, 33, three.dilation(36, 36).pad(36, 36), 256, 1),
            new ConvGeometry(1, 96, 112, 112, three.stride(2, 2), 96, 96),
            new ConvGeometry(1, 3, 224, 224, new Window(7, 7).stride(2, 2).pad(3, 3), 64, 1),
            new ConvGeometry(1, 1, 256, 256, new Window(16, 16), 1, 1),
            new ConvGeometry(1, 40, 1, 3_000, new Window(1, 9), 80, 1))) {
      for (Epilogue epilogue :
          List.of(Epilogue.NONE, new Epilogue(true, 2, 2), new Epilogue(true, 1, 3))) {
        assertThat(UnfoldedConvolution.isNeeded(g, epilogue)).as("%s", g).isFalse();
        assertThat(UnfoldedConvolution.isNeededBackward(g, epilogue)).as("%s", g).isFalse();
      }
    }
  }
}
