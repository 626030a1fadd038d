package io.github.purenet.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The error of sums of up to 2^25 numbers, as the package promises it. All numbers of a sum are
 * equal, which is the worst there is: each addition to a sum in float rounds in the same direction
 * for a long time, or, of ones, the sum stands still at 2^24. So the references are exact.
 *
 * <p>At most 500 MB are in use at once.
 */
class LongSumsTest {
  private static final int MANY = 1 << 25;

  /** What the package promises of sums of more than {@link Sums#LONGEST} numbers. */
  private static final double BOUND = 1_000 * 0x1p-24;

  /** What it promises of all others, and of the gradient of images behind a pool. */
  private static final double BOUND_OF_ALL = 10_000 * 0x1p-24;

  private interface Sum {
    double of(float[] x);
  }

  private interface Products {
    double of(float[] x, float[] y);
  }

  /** Takes the large blocks out of the pool, so that their memory is free again. */
  @AfterEach
  void emptyThePool() {
    for (int i = 0; i < 64; i++) {
      Block.take();
    }
  }

  @SuppressWarnings("UnusedMethod") // a method source
  private static Stream<String> backends() {
    return TestBackends.names().stream();
  }

  private static Kernels kernels(String backend) {
    return TestBackends.kernels(backend, 1);
  }

  /** Checks a sum of n numbers. */
  private static void checkSum(int n, double bound, Sum sum) {
    float[] x = new float[n + Block.SLACK];
    for (float number : new float[] {1f, 0.1f}) {
      Arrays.fill(x, 0, n, number);
      check(number, n, sum.of(x), bound);
    }
  }

  /** Checks a sum of n products. */
  private static void checkProducts(int n, double bound, Products sum) {
    float[] ones = new float[n + Block.SLACK]; // some kernels copy an array without slack
    Arrays.fill(ones, 0, n, 1f);
    checkSum(n, bound, x -> sum.of(x, ones));
  }

  private static void check(float number, int n, double actual, double bound) {
    double exact = (double) number * n; // 24 bits times 25
    assertThat(actual / exact)
        .as("the sum of %d times %s, %s for %s", n, number, actual, exact)
        .isCloseTo(1, within(bound));
    if (number == 1f) {
      assertThat(actual).as("ones, of which none may be lost").isEqualTo(exact);
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void a_product_of_one_row(String backend) {
    Kernels kernels = kernels(backend);
    checkProducts(
        MANY,
        BOUND,
        (x, y) -> {
          float[] c = new float[1];
          kernels.gemm(new Matrix(x, 1, MANY), new Matrix(y, MANY, 1), c, false);
          return c[0];
        });
  }

  @ParameterizedTest
  @MethodSource("backends")
  void a_product_of_one_block(String backend) {
    Kernels kernels = kernels(backend);
    checkProducts(
        MANY,
        BOUND,
        (x, y) -> {
          float[] c = new float[1];
          kernels.gemm(new Matrix(x, 1, MANY), new Matrix(y, 1, MANY).transpose(), c, false);
          return c[0];
        });
  }

  @ParameterizedTest
  @MethodSource("backends")
  void a_product_of_several_blocks(String backend) {
    Kernels kernels = kernels(backend);
    int m = 257;
    int k = 1 << 16;
    float[] left = new float[m * k];
    checkProducts(
        k,
        BOUND,
        (x, y) -> {
          System.arraycopy(x, 0, left, (m - 1) * k, k);
          float[] c = new float[m];
          kernels.gemm(new Matrix(left, m, k), new Matrix(y, k, 1), c, false);
          return c[m - 1];
        });
  }

  /** The sums of the largest length that is added at once. */
  @ParameterizedTest
  @MethodSource("backends")
  void a_product_that_is_not_long(String backend) {
    Kernels kernels = kernels(backend);
    int m = 257;
    int k = Sums.LONGEST;
    float[] left = new float[m * k];
    checkProducts(
        k,
        BOUND_OF_ALL,
        (x, y) -> {
          System.arraycopy(x, 0, left, (m - 1) * k, k);
          float[] c = new float[m];
          kernels.gemm(new Matrix(left, m, k), new Matrix(y, k, 1), c, false);
          return c[m - 1];
        });
  }

  @ParameterizedTest
  @MethodSource("backends")
  void a_convolution_with_a_large_filter(String backend) {
    Kernels kernels = kernels(backend);
    int k = 1 << 21;
    ConvGeometry g = new ConvGeometry(1, 1, 1, k, new Window(1, k), 1, 1);
    checkProducts(k, BOUND, (x, y) -> convolve(kernels, g, x, y));
  }

  @ParameterizedTest
  @MethodSource("backends")
  void a_depthwise_convolution_with_a_large_filter(String backend) {
    Kernels kernels = kernels(backend);
    int k = 1 << 21;
    ConvGeometry g = new ConvGeometry(1, 2, 1, k / 2, new Window(1, k / 2), 2, 2);
    checkProducts(k, BOUND, (x, y) -> convolve(kernels, g, x, y));
  }

  /** Returns the sum of all outputs. */
  private static double convolve(Kernels kernels, ConvGeometry g, float[] x, float[] weight) {
    float[] y = new float[g.fn()];
    kernels.convolve(g, x, weight, new float[g.fn()], Epilogue.NONE, y, null);
    return y.length == 1 ? y[0] : (double) y[0] + y[1];
  }

  @ParameterizedTest
  @MethodSource("backends")
  void the_gradients_of_weight_and_bias_of_one_plane_of_4096_by_4096(String backend) {
    checkGradients(backend, new ConvGeometry(1, 1, 4096, 4096, new Window(1, 1), 1, 1));
  }

  @ParameterizedTest
  @MethodSource("backends")
  void the_gradients_of_weight_and_bias_of_large_planes(String backend) {
    checkGradients(backend, new ConvGeometry(128, 1, 512, 512, new Window(1, 1), 1, 1));
  }

  @ParameterizedTest
  @MethodSource("backends")
  void the_gradients_of_weight_and_bias_of_many_images(String backend) {
    checkGradients(backend, new ConvGeometry(1 << 19, 1, 8, 8, new Window(1, 1), 1, 1));
  }

  /** The gradients of a filter of one number on images of ones: both are the sum of dy. */
  private static void checkGradients(String backend, ConvGeometry g) {
    Kernels kernels = kernels(backend);
    int n = g.n() * g.positions();
    checkProducts(
        n,
        BOUND,
        (dy, ones) -> {
          float[] dw = new float[1];
          float[] db = new float[1];
          float[] w = new float[1];
          kernels.convolveBackward(g, ones, w, Epilogue.NONE, null, null, dy, dw, db, null);
          check(dy[0], n, db[0], BOUND);
          return dw[0];
        });
  }

  @ParameterizedTest
  @MethodSource("backends")
  void the_gradients_of_weight_and_bias_behind_a_pool(String backend) {
    Kernels kernels = kernels(backend);
    ConvGeometry g = new ConvGeometry(1, 1, 1024, 2048, new Window(1, 1), 1, 1);
    Epilogue pool = new Epilogue(true, 1, 2);
    int n = g.positions() / 2;
    float[] image = new float[2 * n + Block.SLACK];
    for (int i = 1; i < 2 * n; i += 2) {
      image[i] = 1f;
    }
    checkProducts(
        n,
        BOUND,
        (dy, ones) -> { // the maxima and their phases are all 1
          float[] dw = new float[1];
          float[] db = new float[1];
          kernels.convolveBackward(g, image, new float[1], pool, ones, ones, dy, dw, db, null);
          check(dy[0], n, db[0], BOUND);
          return dw[0];
        });
  }

  /** The gradient of one number, over many filters. */
  @ParameterizedTest
  @MethodSource("backends")
  void the_gradient_of_images_over_many_filters(String backend) {
    int fn = 1 << 18;
    ConvGeometry g = new ConvGeometry(1, 1, 1, 1, new Window(1, 1), fn, 1);
    checkProducts(
        fn, BOUND, (x, y) -> imageGradient(kernels(backend), g, x, Epilogue.NONE, null, y));
  }

  @ParameterizedTest
  @MethodSource("backends")
  void the_gradient_of_images_over_many_filters_with_a_stride(String backend) {
    int fn = 1 << 18;
    ConvGeometry g = new ConvGeometry(1, 1, 1, 2, new Window(1, 1).stride(2, 2), fn, 1);
    checkProducts(
        fn, BOUND, (x, y) -> imageGradient(kernels(backend), g, x, Epilogue.NONE, null, y));
  }

  @ParameterizedTest
  @MethodSource("backends")
  void the_gradient_of_images_over_many_filters_behind_a_pool(String backend) {
    int fn = 1 << 18;
    ConvGeometry g = new ConvGeometry(1, 1, 1, 2, new Window(1, 1), fn, 1);
    float[] y = new float[fn];
    Arrays.fill(y, 1f);
    Epilogue pool = new Epilogue(true, 1, 2);
    checkProducts(fn, BOUND_OF_ALL, (x, dy) -> imageGradient(kernels(backend), g, x, pool, y, dy));
  }

  private static float imageGradient(
      Kernels kernels, ConvGeometry g, float[] weight, Epilogue epilogue, float[] y, float[] dy) {
    float[] dx = new float[g.imageSize()];
    float[] phases = y == null ? null : new float[y.length];
    float[] x = new float[g.imageSize()];
    kernels.convolveBackward(g, x, weight, epilogue, y, phases, dy, null, null, dx);
    return dx[0];
  }

  @ParameterizedTest
  @MethodSource("backends")
  void the_sum_of_a_column(String backend) {
    Kernels kernels = kernels(backend);
    checkSum(
        MANY,
        BOUND,
        x -> {
          float[] sum = {-1000f};
          kernels.sumColumns(MANY, 1, x, sum);
          return sum[0] + 1000.0;
        });
  }

  @Test
  void the_mean_of_a_plane() {
    Kernels kernels = kernels("scalar");
    ConvGeometry g = new ConvGeometry(1, 1, 4096, 8192, new Window(4096, 8192));
    for (boolean countIncludePad : new boolean[] {true, false}) {
      checkSum(
          MANY,
          0x1p-24,
          x -> {
            float[] mean = new float[1];
            kernels.averagePool(g, countIncludePad, x, mean);
            return (double) mean[0] * MANY;
          });
    }
  }

  /** One number that is under many windows. */
  @Test
  void the_gradient_of_an_average_pooling_with_large_windows() {
    Kernels kernels = kernels("scalar");
    int n = 9300;
    ConvGeometry g = new ConvGeometry(1, 1, 1, 2 * n - 1, new Window(1, n));
    checkSum(
        n,
        BOUND,
        dy -> {
          float[] dx = new float[2 * n - 1];
          kernels.averagePoolBackward(g, true, dy, dx);
          assertThat(dx[0]).as("under one window").isEqualTo(dy[0] / n);
          return (double) dx[n - 1] * n;
        });
  }

  @Test
  void the_gradient_of_a_maximum_of_many_windows() {
    Kernels kernels = kernels("scalar");
    int n = 9300;
    ConvGeometry g = new ConvGeometry(1, 1, 1, 2 * n - 1, new Window(1, n));
    int[] argMax = new int[n];
    Arrays.fill(argMax, n - 1);
    checkSum(
        n,
        BOUND,
        dy -> {
          float[] dx = new float[2 * n - 1];
          kernels.maxPoolBackward(g, dy, argMax, dx);
          return dx[n - 1];
        });
  }

  /** Each number under another lot of windows. */
  @Test
  void the_gradient_of_an_average_pooling_with_large_windows_at_the_edges() {
    ConvGeometry g = new ConvGeometry(1, 1, 97, 194, new Window(97, 194).stride(1, 2).pad(48, 96));
    float[] dy = RandomArrays.integers(new Random(7), g.positions());
    double[] expected = new double[g.imageSize()];
    for (int i = 0; i < dy.length; i++) {
      int top = i / g.ow() - 48;
      int left = i % g.ow() * 2 - 96;
      int bottom = Math.min(97, top + 97);
      int right = Math.min(194, left + 194);
      double area = (bottom - Math.max(0, top)) * (double) (right - Math.max(0, left));
      for (int y = Math.max(0, top); y < bottom; y++) {
        for (int x = Math.max(0, left); x < right; x++) {
          expected[y * 194 + x] += dy[i] / area;
        }
      }
    }
    float[] dx = new float[g.imageSize()];
    kernels("scalar").averagePoolBackward(g, false, dy, dx);
    for (int i = 0; i < dx.length; i++) {
      assertThat(dx[i]).isCloseTo((float) expected[i], within(1e-6f));
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void a_number_that_is_folded_back_from_many_windows(String backend) {
    Kernels kernels = kernels(backend);
    int n = 9300;
    ConvGeometry g = new ConvGeometry(1, 1, 1, 2 * n - 1, new Window(1, n));
    float[] columns = new float[n * n];
    checkSum(
        n,
        BOUND,
        rows -> {
          for (int row = 0; row < n; row++) {
            Arrays.fill(columns, row * n, (row + 1) * n, rows[row]);
          }
          float[] x = new float[2 * n - 1];
          x[n - 1] = -1000f;
          kernels.col2im(g, columns, x);
          return x[n - 1] + 1000.0;
        });
  }

  @Test
  void the_statistics_of_a_large_plane() {
    ChannelStatistics statistics = new ChannelStatistics();
    statistics.resize(1, 1, MANY);
    checkStatistics(statistics);
  }

  @Test
  void the_statistics_of_a_feature_of_many_samples() {
    ChannelStatistics statistics = new ChannelStatistics();
    statistics.resize(MANY, 1, 1);
    checkStatistics(statistics);
  }

  /** The mean of the batch and, with mean 0 and variance 1, the gradients. */
  private static void checkStatistics(ChannelStatistics statistics) {
    float[] tenths = new float[MANY];
    Arrays.fill(tenths, 0.1f);
    float[] y = new float[MANY];
    float[] one = {1f};
    statistics.normalizeByBatch(tenths, one, new float[1], 1, y);
    assertThat(statistics.mean(0)).isCloseTo(0.1f, within(0x1p-24 / 10));

    Arrays.fill(y, 1f);
    statistics.normalizeBy(new float[1], one, y, one, new float[1], 0, y);
    float[] dgamma = new float[1];
    float[] dbeta = new float[1];
    statistics.backward(tenths, y, one, dgamma, dbeta, null);
    check(0.1f, MANY, dgamma[0], 0x1p-23);
    check(0.1f, MANY, dbeta[0], 0x1p-23);
  }

  @Test
  void the_statistics_of_a_long_row() {
    int d = 1 << 23; // with five arrays of sums
    RowStatistics statistics = new RowStatistics();
    statistics.resize(1, d);
    float[] x = new float[d];
    Arrays.fill(x, 0.1f);
    statistics.normalize(x, x, x, 1, new float[d]);
    assertThat(statistics.mean(0)).isCloseTo(0.1f, within(0x1p-24 / 10));
  }

  @Test
  void the_gradients_of_a_layer_normalization_of_many_samples() {
    int n = 1 << 23; // with three arrays of statistics
    RowStatistics statistics = new RowStatistics();
    statistics.resize(n, 1);
    float[] dy = new float[n];
    Arrays.fill(dy, 0.1f);
    float[] x = new float[n];
    statistics.normalize(x, new float[1], new float[1], 1, new float[n]);
    float[] dbeta = new float[1];
    statistics.addGradients(dy, x, new float[1], dbeta);
    check(0.1f, n, dbeta[0], 0x1p-23);
  }

  @Test
  void a_local_response_over_many_channels() {
    int c = 10_000;
    checkSum(
        c,
        BOUND,
        x -> {
          float[] root = new float[c];
          for (int i = 0; i < c; i++) {
            root[i] = (float) Math.sqrt(x[i]);
          }
          float[] scale = new float[c];
          new LocalResponse(c, 1, 0.75, 0).forward(1, c, 1, root, scale, new float[c]);
          return scale[c / 2];
        });
  }

  @Test
  void a_softmax_over_many_classes() {
    float[] x = new float[MANY];
    Arrays.fill(x, 0.1f);
    double[] logSum = new double[1];
    kernels("scalar").softmax(1, MANY, x, x, logSum);
    assertThat(x[MANY / 3]).isEqualTo(1f / MANY);
    assertThat(logSum[0]).isCloseTo(0.1f + Math.log(MANY), within(1e-12));
  }
}
