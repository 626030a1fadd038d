package io.github.purenet.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a convolution with its Relu and pool does with NaN, beyond what {@link KernelsTest} has. */
class ConvolveNanTest {
  private static final int FN = 2;
  private static final ConvGeometry G = new ConvGeometry(2, 1, 8, 8, new Window(3, 3), FN, 1);
  private static final Epilogue EPILOGUE = new Epilogue(true, 2, 2);
  private static final int OUTPUTS = 2 * FN * 3 * 3;

  @SuppressWarnings("UnusedMethod") // a method source
  private static Iterable<String> backends() {
    return TestBackends.names();
  }

  /** Which of several NaN won nobody can say; but it has to be a place in the window. */
  @ParameterizedTest
  @MethodSource("backends")
  void phases_are_places_in_the_window_whatever_the_image_holds(String backend) {
    for (int seed = 0; seed < 20; seed++) {
      float[] x = RandomArrays.special(new Random(seed), G.n() * G.imageSize());
      float[] w = RandomArrays.integers(new Random(seed), FN * G.windowSize());
      float[] bias = {1f, 2f};
      float[] y = new float[OUTPUTS];
      float[] expected = new float[OUTPUTS];
      float[] phases = new float[OUTPUTS];
      TestBackends.kernels(backend, 2).convolve(G, x, w, bias, EPILOGUE, y, phases);
      new NaiveKernels().convolve(G, x, w, bias, EPILOGUE, expected, null);
      assertThat(y).as("seed %d", seed).isEqualTo(expected);
      for (float phase : phases) {
        assertThat((int) phase).as("seed %d", seed).isBetween(0, 3);
      }
    }
  }

  /** Relu passes the gradient of a NaN, as it does alone; x86 makes NaN with the sign bit set. */
  @ParameterizedTest
  @MethodSource("backends")
  void a_nan_in_y_passes_its_gradient_whatever_its_sign_bit(String backend) {
    Kernels kernels = TestBackends.kernels(backend, 2);
    for (int bits : new int[] {0x7fc00000, 0xffc00000}) {
      for (Epilogue epilogue : new Epilogue[] {EPILOGUE, new Epilogue(true, 1, 1)}) {
        Random random = new Random(3);
        int outputs = 2 * FN * (6 / epilogue.poolH()) * (6 / epilogue.poolW());
        float[] x = RandomArrays.integers(random, G.n() * G.imageSize());
        float[] w = RandomArrays.integers(random, FN * G.windowSize());
        float[] y = new float[outputs];
        float[] dy = new float[outputs];
        for (int i = 0; i < outputs; i++) {
          y[i] = i % 3 == 0 ? Float.intBitsToFloat(bits) : i % 3 - 1;
          dy[i] = i + 1;
        }
        KernelCall.of(
                "convolveBackward",
                G,
                x,
                w,
                epilogue,
                y,
                new float[outputs],
                dy,
                new float[w.length],
                new float[FN],
                new float[x.length])
            .check(kernels);
      }
    }
  }
}
