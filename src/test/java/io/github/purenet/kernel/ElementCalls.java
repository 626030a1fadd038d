package io.github.purenet.kernel;

import java.util.Random;
import java.util.function.Consumer;

/** The kernels that visit each number once, and pooling. */
final class ElementCalls {
  private static final int[] SIZES = {0, 1, 3, 7, 8, 13, 16, 31, 33, 100, 207};

  /** Around a task's share. */
  private static final int[] CHUNKS = {32_767, 32_768, 32_769, 65_537};

  /** C, H, W, window, stride, pad; then 1 if the last step is rounded up. */
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
  };

  private static final AdamStep PLAIN = new AdamStep(0.9f, 0.999f, 0.01f, 1.5f, 1e-8f, 1f, 0f, 0f);

  /** Epsilon is large because the decay may cancel a gradient; its rounding is left then. */
  private static final AdamStep EVERY_OPTION =
      new AdamStep(0.8f, 0.99f, 0.01f, 1.5f, 0.1f, 0.3f, 0.1f, 0.05f);

  private ElementCalls() {}

  static void forEachRelu(Consumer<KernelCall> calls) {
    forEachSize(
        (random, size, offset, slack) -> {
          float[] x = RandomArrays.special(random, size + offset + slack);
          float[] y = RandomArrays.integers(random, size + 2 * offset + slack);
          calls.accept(KernelCall.of("relu", size, x, offset, y, 2 * offset));
        });
  }

  static void forEachReluBackward(Consumer<KernelCall> calls) {
    forEachSize(
        (random, size, offset, slack) -> {
          float[] y = RandomArrays.special(random, size + 2 * offset + slack);
          float[] dy = RandomArrays.special(random, size + offset + slack);
          float[] dx = RandomArrays.integers(random, size + 3 * offset + slack);
          calls.accept(
              KernelCall.of("reluBackward", size, y, 2 * offset, dy, offset, dx, 3 * offset));
        });
  }

  static void forEachAdam(Consumer<KernelCall> calls) {
    forEachSize(
        (random, size, offset, slack) -> {
          float[] gradient = RandomArrays.normal(random, size + offset + slack);
          for (int i = 0; i < size; i += 50) { // spoils its own number and no other
            gradient[offset + i] = i % 100 == 0 ? Float.NaN : Float.POSITIVE_INFINITY;
          }
          float[] m = RandomArrays.normal(random, size + slack);
          float[] v = RandomArrays.normal(random, size + slack);
          for (int i = 0; i < v.length; i++) {
            v[i] *= v[i];
          }
          float[] value = RandomArrays.normal(random, size + 2 * offset + slack);
          calls.accept(
              KernelCall.of(
                      "adam",
                      size,
                      gradient,
                      offset,
                      m,
                      v,
                      value,
                      2 * offset,
                      size % 2 == 0 ? PLAIN : EVERY_OPTION)
                  .within(2e-6)); // rounding of numbers up to 16
        });
  }

  private interface Sized {
    void call(Random random, int size, int offset, int slack);
  }

  private static void forEachSize(Sized sized) {
    for (int size : SIZES) {
      for (int offset : new int[] {0, 1, 3}) {
        for (int slack : new int[] {0, 33}) {
          sized.call(new Random(size), size, offset, slack);
        }
      }
    }
    for (int size : CHUNKS) {
      for (int offset : new int[] {0, 5}) {
        sized.call(new Random(size), size, offset, offset);
      }
    }
  }

  static void forEachAddToColumns(Consumer<KernelCall> calls) {
    forEachMatrix(
        (random, rows, columns, offset) -> {
          float[] bias = RandomArrays.special(random, columns + offset);
          float[] y = RandomArrays.special(random, rows * columns + 2 * offset);
          calls.accept(KernelCall.of("addToColumns", rows, columns, bias, offset, y, offset));
        });
  }

  static void forEachSumColumns(Consumer<KernelCall> calls) {
    forEachMatrix(
        (random, rows, columns, offset) -> {
          float[] sums = RandomArrays.integers(random, columns + 2 * offset);
          float[] x = RandomArrays.rarelyInfinite(random, rows * columns + offset);
          calls.accept(KernelCall.of("sumColumns", rows, columns, x, offset, sums, offset));
          float[] normal = RandomArrays.normal(random, rows * columns + offset);
          calls.accept(
              KernelCall.of("sumColumns", rows, columns, normal, offset, sums, offset)
                  .within(1e-6 + 1e-6 * rows));
        });
  }

  static void forEachSoftmax(Consumer<KernelCall> calls) {
    forEachMatrix(
        (random, rows, columns, offset) -> {
          if (columns == 0) {
            return;
          }
          float[] x = RandomArrays.normal(random, rows * columns + offset);
          float[] far = x.clone();
          for (int i = 0; i < far.length; i++) {
            far[i] *= i % 3 == 0 ? 40f : 1e30f; // any finite numbers
          }
          float[] infinite = RandomArrays.rarelyInfinite(random, x.length);
          for (float[] logits : new float[][] {x, far, infinite}) {
            float[] y = RandomArrays.integers(random, rows * columns + 2 * offset);
            double[] logSums = new double[rows + offset];
            calls.accept(
                KernelCall.of("softmax", rows, columns, logits, offset, y, offset, logSums)
                    .within(2e-6));
          }
        });
  }

  private interface Matrix {
    void call(Random random, int rows, int columns, int offset);
  }

  private static void forEachMatrix(Matrix matrix) {
    for (int rows : SIZES) {
      for (int columns : SIZES) {
        for (int offset : new int[] {0, 3}) {
          matrix.call(new Random(1000L * rows + columns), rows, columns, offset);
        }
      }
    }
  }

  static void forEachMaxPool(Consumer<KernelCall> calls) {
    forEachPool(
        (g, random, offset) -> {
          int outputs = g.n() * g.c() * g.positions();
          for (boolean special : new boolean[] {false, true}) {
            int size = g.n() * g.imageSize() + offset;
            float[] x =
                special ? RandomArrays.special(random, size) : RandomArrays.integers(random, size);
            float[] y = RandomArrays.integers(random, outputs + 2 * offset);
            int[] argMax = new int[outputs + offset];
            calls.accept(KernelCall.of("maxPool", g, x, offset, y, 2 * offset, argMax));
            calls.accept(KernelCall.of("maxPool", g, x, offset, y, 2 * offset, null));
          }
        });
  }

  static void forEachMaxPoolBackward(Consumer<KernelCall> calls) {
    forEachPool(
        (g, random, offset) -> {
          int outputs = g.n() * g.c() * g.positions();
          float[] x = RandomArrays.integers(random, g.n() * g.imageSize());
          int[] argMax = new int[outputs + offset];
          new NaiveKernels().maxPool(g, x, 0, new float[outputs], 0, argMax);
          float[] dy = RandomArrays.rarelyInfinite(random, outputs + offset);
          float[] dx = RandomArrays.integers(random, x.length + 2 * offset);
          calls.accept(KernelCall.of("maxPoolBackward", g, dy, offset, argMax, dx, offset));
        });
  }

  static void forEachAveragePool(Consumer<KernelCall> calls) {
    forEachAverage(
        (g, random, offset, countPadding) -> {
          float[] x = RandomArrays.rarelyInfinite(random, g.n() * g.imageSize() + offset);
          float[] y = RandomArrays.integers(random, g.n() * g.c() * g.positions() + 2 * offset);
          calls.accept(
              KernelCall.of("averagePool", g, countPadding, x, offset, y, 2 * offset).within(1e-6));
        });
  }

  static void forEachAveragePoolBackward(Consumer<KernelCall> calls) {
    forEachAverage(
        (g, random, offset, countPadding) -> {
          int outputs = g.n() * g.c() * g.positions();
          float[] dy = RandomArrays.rarelyInfinite(random, outputs + offset);
          float[] dx = RandomArrays.integers(random, g.n() * g.imageSize() + 2 * offset);
          calls.accept(
              KernelCall.of("averagePoolBackward", g, countPadding, dy, offset, dx, 2 * offset)
                  .within(1e-5)); // sums of up to 20 shares
        });
  }

  private interface Average {
    void call(ConvGeometry g, Random random, int offset, boolean countPadding);
  }

  private static void forEachAverage(Average average) {
    forEachPool(
        (g, random, offset) -> {
          average.call(g, random, offset, true);
          average.call(g, random, offset, false);
        });
  }

  private interface Pool {
    void call(ConvGeometry g, Random random, int offset);
  }

  private static void forEachPool(Pool pool) {
    for (int[] row : POOLS) {
      for (int n : new int[] {0, 1, 3, 9}) {
        for (int offset : new int[] {0, 3}) {
          Window window =
              new Window(row[3], row[4])
                  .stride(row[5], row[6])
                  .pad(row[7], row[8])
                  .ceil(row.length > 9);
          ConvGeometry g = new ConvGeometry(n, row[0], row[1], row[2], window, 1);
          pool.call(g, new Random(n + 31L * offset), offset);
        }
      }
    }
  }
}
