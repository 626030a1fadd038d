package io.github.purenet.kernel;

import java.util.Random;
import java.util.function.Consumer;

/** The kernels that visit each number once, and pooling. */
final class ElementCalls {
  private static final int[] SIZES = {0, 1, 3, 7, 8, 13, 16, 31, 33, 100, 207};

  /** Around a task's share. */
  private static final int[] CHUNKS = {32_767, 32_768, 32_769, 65_537};

  /** Rows and columns of matrices whose rows are cut into tasks. */
  private static final int[][] SEVERAL_TASKS = {
    {4_095, 1},
    {4_096, 1},
    {4_097, 1},
    {9_000, 1},
    {1_000, 10},
    {409, 10},
    {819, 10},
    {65, 64},
    {3, 4_096},
    {5, 5_000},
    {2, 2_049},
    {1, 10_000},
  };

  /**
   * C, H, W, window, stride, pad at the top and left; then 1 if the last step is rounded up; then,
   * where they differ, pad at the bottom and right.
   */
  private static final int[][] POOLS = {
    {1, 1, 1, 1, 1, 1, 1, 0, 0}, // one number
    {2, 6, 6, 2, 2, 2, 2, 0, 0},
    {1, 7, 9, 2, 2, 2, 2, 0, 0}, // remainder at the edge
    {3, 7, 7, 3, 3, 1, 1, 0, 0}, // overlap
    {2, 7, 6, 3, 3, 2, 2, 1, 1}, // overlap and padding
    {1, 5, 5, 3, 2, 1, 2, 2, 1}, // as much padding as there may be
    {1, 9, 8, 2, 2, 3, 3, 0, 0}, // gaps
    {2, 4, 5, 4, 5, 1, 1, 0, 0}, // the whole plane
    {1, 1, 33, 1, 3, 1, 1, 0, 1},
    {1, 31, 13, 5, 1, 2, 1, 2, 0},
    {5, 24, 24, 2, 2, 2, 2, 0, 0},
    {1, 7, 9, 2, 2, 2, 2, 0, 0, 1}, // remainder at the edge
    {2, 8, 6, 3, 3, 2, 2, 1, 1, 1},
    {1, 5, 4, 2, 3, 3, 4, 1, 1, 1}, // a last window would begin in the padding
    {2, 6, 7, 3, 2, 2, 3, 2, 1, 1}, // by axis
    {1, 4, 9, 1, 1, 3, 5, 0, 0, 1}, // windows of one number
    {2, 60, 90, 3, 3, 2, 2, 0, 0}, // several bands
    {1, 70, 75, 5, 4, 1, 1, 2, 2, 1},
    {2, 6, 7, 3, 2, 1, 1, 2, 0, 0, 1, 1}, // a pad for each side
    {1, 5, 9, 2, 4, 2, 3, 0, 0, 0, 1, 2},
    {1, 5, 9, 2, 4, 2, 3, 1, 3, 1, 0, 0}, // none at the bottom and right
    {3, 7, 8, 3, 3, 2, 4, 0, 1, 1, 2, 0}, // a last window begins in the bottom's
  };

  private static final AdamStep PLAIN = new AdamStep(0.9, 0.999, 0.01f, 1.5f, 1e-8f, 1f, 0f, 0f);

  /** Epsilon is large because the decay may cancel a gradient; its rounding is left then. */
  private static final AdamStep EVERY_OPTION =
      new AdamStep(0.8, 0.99, 0.01f, 1.5f, 0.1f, 0.3f, 0.1f, 0.05f);

  private ElementCalls() {}

  static void forEachAdd(Consumer<KernelCall> calls) {
    forEachSize(
        (random, size, slack) -> {
          float[] a = RandomArrays.before(slack, RandomArrays.special(random, size));
          float[] b = RandomArrays.before(slack, RandomArrays.special(random, size));
          float[] sum = RandomArrays.before(slack, RandomArrays.integers(random, size));
          calls.accept(KernelCall.of("add", size, a, b, sum));
          calls.accept(KernelCall.of("add", size, a, b, a));
          calls.accept(KernelCall.of("add", size, a, b, b));
          calls.accept(KernelCall.of("add", size, a, a, a));
        });
  }

  static void forEachRelu(Consumer<KernelCall> calls) {
    forEachSize(
        (random, size, slack) -> {
          float[] x = RandomArrays.before(slack, RandomArrays.special(random, size));
          float[] y = RandomArrays.before(slack, RandomArrays.integers(random, size));
          calls.accept(KernelCall.of("relu", size, x, y));
        });
  }

  static void forEachReluBackward(Consumer<KernelCall> calls) {
    forEachSize(
        (random, size, slack) -> {
          float[] y = RandomArrays.before(slack, RandomArrays.special(random, size));
          float[] dy = RandomArrays.before(slack, RandomArrays.special(random, size));
          float[] dx = RandomArrays.before(slack, RandomArrays.integers(random, size));
          calls.accept(KernelCall.of("reluBackward", size, y, dy, dx));
        });
  }

  static void forEachAdam(Consumer<KernelCall> calls) {
    forEachSize(
        (random, size, slack) -> {
          float[] gradient = RandomArrays.before(slack, RandomArrays.normal(random, size));
          for (int i = 0; i < size; i += 50) { // spoils its own number and no other
            gradient[i] = i % 100 == 0 ? Float.NaN : Float.POSITIVE_INFINITY;
          }
          float[] m = RandomArrays.before(slack, RandomArrays.normal(random, size));
          float[] v = RandomArrays.before(slack, RandomArrays.normal(random, size));
          for (int i = 0; i < v.length; i++) {
            v[i] *= v[i];
          }
          float[] value = RandomArrays.before(slack, RandomArrays.normal(random, size));
          AdamStep step = size % 2 == 0 ? PLAIN : EVERY_OPTION;
          calls.accept(
              KernelCall.of("adam", size, gradient, m, v, value, step)
                  .within(2e-6)); // rounding of numbers up to 16
        });
  }

  private interface Sized {
    void call(Random random, int size, int slack);
  }

  private static void forEachSize(Sized sized) {
    for (int size : SIZES) {
      for (int slack : new int[] {0, 1, 3, 33}) {
        sized.call(new Random(size), size, slack);
      }
    }
    for (int size : CHUNKS) {
      for (int slack : new int[] {0, 5}) {
        sized.call(new Random(size), size, slack);
      }
    }
  }

  static void forEachAddBias(Consumer<KernelCall> calls) {
    forEachMatrix(
        (random, rows, columns, slack) -> {
          float[] bias = RandomArrays.before(slack, RandomArrays.special(random, columns));
          float[] y = RandomArrays.before(slack, RandomArrays.special(random, rows * columns));
          calls.accept(KernelCall.of("addBias", rows, columns, bias, y));
        });
  }

  static void forEachSumColumns(Consumer<KernelCall> calls) {
    forEachMatrix(
        (random, rows, columns, slack) -> {
          int size = rows * columns;
          float[] sums = RandomArrays.before(slack, RandomArrays.integers(random, columns));
          float[] x = RandomArrays.before(slack, RandomArrays.rarelyInfinite(random, size));
          calls.accept(KernelCall.of("sumColumns", rows, columns, x, sums));
          float[] normal = RandomArrays.before(slack, RandomArrays.normal(random, size));
          calls.accept(
              KernelCall.of("sumColumns", rows, columns, normal, sums).within(1e-6 + 1e-6 * rows));
        });
    for (int[] size : new int[][] {{9216, 3}, {9217, 33}, {20_000, 1}}) { // sums of runs
      Random random = new Random(size[0]);
      float[] x = RandomArrays.integers(random, size[0] * size[1]);
      float[] sums = RandomArrays.integers(random, size[1]);
      calls.accept(KernelCall.of("sumColumns", size[0], size[1], x, sums));
    }
  }

  static void forEachSoftmax(Consumer<KernelCall> calls) {
    forEachSoftmaxMatrix(
        (random, rows, columns, slack) -> {
          int size = rows * columns;
          float[] x = RandomArrays.normal(random, size);
          float[] far = x.clone();
          for (int i = 0; i < far.length; i++) {
            far[i] *= i % 3 == 0 ? 40f : 1e30f; // any finite numbers
          }
          float[] infinite = RandomArrays.rarelyInfinite(random, size);
          for (float[] numbers : new float[][] {x, far, infinite}) {
            float[] logits = RandomArrays.before(slack, numbers);
            float[] y = RandomArrays.before(slack, RandomArrays.integers(random, size));
            double[] logSums = new double[rows + slack];
            calls.accept(KernelCall.of("softmax", rows, columns, logits, y, logSums).within(2e-6));
            calls.accept(KernelCall.of("softmax", rows, columns, logits, y, null).within(2e-6));
          }
        });
  }

  static void forEachSoftmaxBackward(Consumer<KernelCall> calls) {
    forEachSoftmaxMatrix(
        (random, rows, columns, slack) -> {
          int size = rows * columns;
          float[] y = RandomArrays.normal(random, size);
          new NaiveKernels().softmax(rows, columns, y, y, null);
          float[] probabilities = RandomArrays.before(slack, y);
          float[] dx = RandomArrays.before(slack, RandomArrays.integers(random, size));
          for (float[] numbers :
              new float[][] {
                RandomArrays.normal(random, size), RandomArrays.rarelyInfinite(random, size)
              }) {
            float[] dy = RandomArrays.before(slack, numbers);
            calls.accept(
                KernelCall.of("softmaxBackward", rows, columns, probabilities, dy, dx)
                    .within(1e-6)); // rounding of numbers below 16
          }
        });
  }

  private interface Sizes {
    void call(Random random, int rows, int columns, int slack);
  }

  private static void forEachMatrix(Sizes sizes) {
    for (int rows : SIZES) {
      for (int columns : SIZES) {
        for (int slack : new int[] {0, 3}) {
          sizes.call(new Random(1000L * rows + columns), rows, columns, slack);
        }
      }
    }
  }

  private static void forEachSoftmaxMatrix(Sizes sizes) {
    forEachMatrix(
        (random, rows, columns, slack) -> {
          if (columns > 0) {
            sizes.call(random, rows, columns, slack);
          }
        });
    for (int[] size : SEVERAL_TASKS) {
      sizes.call(new Random(size[0]), size[0], size[1], 7);
    }
  }

  static void forEachMaxPool(Consumer<KernelCall> calls) {
    forEachPool(
        (g, random, slack) -> {
          int outputs = g.n() * g.c() * g.positions();
          for (boolean special : new boolean[] {false, true}) {
            int size = g.n() * g.imageSize();
            float[] numbers =
                special ? RandomArrays.special(random, size) : RandomArrays.integers(random, size);
            float[] x = RandomArrays.before(slack, numbers);
            float[] y = RandomArrays.before(slack, RandomArrays.integers(random, outputs));
            int[] argMax = new int[outputs + slack];
            calls.accept(KernelCall.of("maxPool", g, x, y, argMax));
            calls.accept(KernelCall.of("maxPool", g, x, y, null));
          }
        });
  }

  static void forEachMaxPoolBackward(Consumer<KernelCall> calls) {
    forEachPool(
        (g, random, slack) -> {
          int outputs = g.n() * g.c() * g.positions();
          float[] x = RandomArrays.integers(random, g.n() * g.imageSize());
          int[] argMax = new int[outputs + slack];
          new NaiveKernels().maxPool(g, x, new float[outputs], argMax);
          float[] dy = RandomArrays.before(slack, RandomArrays.rarelyInfinite(random, outputs));
          float[] dx = RandomArrays.before(slack, RandomArrays.integers(random, x.length));
          calls.accept(KernelCall.of("maxPoolBackward", g, dy, argMax, dx));
        });
  }

  static void forEachAveragePool(Consumer<KernelCall> calls) {
    forEachAverage(
        (g, random, slack, countIncludePad) -> {
          int outputs = g.n() * g.c() * g.positions();
          int size = g.n() * g.imageSize();
          float[] x = RandomArrays.before(slack, RandomArrays.rarelyInfinite(random, size));
          float[] y = RandomArrays.before(slack, RandomArrays.integers(random, outputs));
          calls.accept(KernelCall.of("averagePool", g, countIncludePad, x, y).within(1e-6));
        });
  }

  static void forEachAveragePoolBackward(Consumer<KernelCall> calls) {
    forEachAverage(
        (g, random, slack, countIncludePad) -> {
          int outputs = g.n() * g.c() * g.positions();
          int size = g.n() * g.imageSize();
          float[] dy = RandomArrays.before(slack, RandomArrays.rarelyInfinite(random, outputs));
          float[] dx = RandomArrays.before(slack, RandomArrays.integers(random, size));
          calls.accept(
              KernelCall.of("averagePoolBackward", g, countIncludePad, dy, dx)
                  .within(1e-5)); // sums of up to 20 shares
        });
  }

  private interface Average {
    void call(ConvGeometry g, Random random, int slack, boolean countIncludePad);
  }

  private static void forEachAverage(Average average) {
    forEachPool(
        (g, random, slack) -> {
          average.call(g, random, slack, true);
          average.call(g, random, slack, false);
        });
  }

  private interface Pool {
    void call(ConvGeometry g, Random random, int slack);
  }

  private static void forEachPool(Pool pool) {
    for (int[] row : POOLS) {
      for (int n : new int[] {0, 1, 3, 9}) {
        for (int slack : new int[] {0, 3}) {
          boolean bySide = row.length > 10;
          Window window =
              new Window(row[3], row[4])
                  .stride(row[5], row[6])
                  .pad(row[7], row[8], row[bySide ? 10 : 7], row[bySide ? 11 : 8])
                  .ceil(row.length > 9 && row[9] == 1);
          ConvGeometry g = new ConvGeometry(n, row[0], row[1], row[2], window);
          pool.call(g, new Random(n + 31L * slack), slack);
        }
      }
    }
  }
}
