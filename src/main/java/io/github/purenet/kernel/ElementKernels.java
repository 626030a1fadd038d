package io.github.purenet.kernel;

import java.util.Arrays;

/** The kernels that visit each number once, and pooling: cut into tasks here, looped below. */
abstract class ElementKernels implements Kernels {
  /** Numbers of one task: some 10 microseconds of work. */
  private static final int CHUNK = 1 << 15;

  final Workers workers;

  ElementKernels(Workers workers) {
    this.workers = workers;
  }

  abstract void reluRange(float[] x, int xo, float[] y, int yo, int count);

  abstract void reluBackwardRange(
      float[] y, int yo, float[] dy, int dyo, float[] dx, int dxo, int count);

  abstract void adamRange(
      int from,
      int to,
      float[] gradient,
      int go,
      float[] m,
      float[] v,
      float[] value,
      int vo,
      AdamStep step);

  /** Adds one range to another. */
  abstract void add(float[] from, int fromOffset, float[] to, int toOffset, int count);

  @Override
  public final void im2col(
      ConvGeometry g, float[] x, int xOffset, float[] columns, int columnsOffset) {
    int ow = g.ow();
    for (int index = 0; index < g.windowSize(); index++) {
      int fx = index % g.fw();
      int fy = index / g.fw() % g.fh();
      int c = index / (g.fw() * g.fh());
      int first = firstInside(g, fx);
      int last = lastInside(g, fx);
      for (int oy = 0; oy < g.oh(); oy++) {
        int to = columnsOffset + (index * g.oh() + oy) * ow;
        Arrays.fill(columns, to, to + ow, 0f);
        int y = oy * g.strideH() + fy - g.padH();
        if (y >= 0 && y < g.h()) {
          int from = xOffset + (c * g.h() + y) * g.w() + fx - g.padW();
          for (int ox = first; ox < last; ox++) {
            columns[to + ox] = x[from + ox * g.strideW()];
          }
        }
      }
    }
  }

  @Override
  public final void col2im(
      ConvGeometry g, float[] columns, int columnsOffset, float[] x, int xOffset) {
    for (int index = 0; index < g.windowSize(); index++) {
      foldRow(g, index, columns, columnsOffset + index * g.positions(), x, xOffset);
    }
  }

  /** Adds one row of the unfolded matrix back to the image. */
  final void foldRow(ConvGeometry g, int index, float[] row, int from, float[] x, int xOffset) {
    int fx = index % g.fw();
    int fy = index / g.fw() % g.fh();
    int c = index / (g.fw() * g.fh());
    int first = firstInside(g, fx);
    int last = lastInside(g, fx);
    for (int oy = 0; oy < g.oh(); oy++) {
      int y = oy * g.strideH() + fy - g.padH();
      if (y < 0 || y >= g.h()) {
        continue;
      }
      int source = from + oy * g.ow();
      int to = xOffset + (c * g.h() + y) * g.w() + fx - g.padW();
      if (g.strideW() == 1) {
        add(row, source + first, x, to + first, last - first);
      } else {
        for (int ox = first; ox < last; ox++) {
          x[to + ox * g.strideW()] += row[source + ox];
        }
      }
    }
  }

  /** The first output column whose window puts its column {@code fx} at or after the left edge. */
  private static int firstInside(ConvGeometry g, int fx) {
    int first = BlockedKernels.ceilDiv(g.padW() - fx, g.strideW());
    return Math.min(g.ow(), Math.max(0, first));
  }

  /** One past the last output column whose window puts its column {@code fx} inside the image. */
  private static int lastInside(ConvGeometry g, int fx) {
    int last = BlockedKernels.ceilDiv(g.w() + g.padW() - fx, g.strideW());
    return Math.max(firstInside(g, fx), Math.min(g.ow(), last));
  }

  @Override
  public final void addToColumns(
      int rows, int columns, float[] bias, int biasOffset, float[] y, int yOffset) {
    for (int i = 0; i < rows; i++) {
      add(bias, biasOffset, y, yOffset + i * columns, columns);
    }
  }

  @Override
  public final void sumColumns(
      int rows, int columns, float[] x, int xOffset, float[] sums, int sumsOffset) {
    for (int i = 0; i < rows; i++) {
      add(x, xOffset + i * columns, sums, sumsOffset, columns);
    }
  }

  @Override
  public final void relu(int size, float[] x, int xOffset, float[] y, int yOffset) {
    workers.run(
        chunks(size),
        chunk -> {
          int from = chunk * CHUNK;
          reluRange(x, xOffset + from, y, yOffset + from, Math.min(CHUNK, size - from));
        });
  }

  @Override
  public final void reluBackward(
      int size, float[] y, int yOffset, float[] dy, int dyOffset, float[] dx, int dxOffset) {
    workers.run(
        chunks(size),
        chunk -> {
          int from = chunk * CHUNK;
          int count = Math.min(CHUNK, size - from);
          reluBackwardRange(y, yOffset + from, dy, dyOffset + from, dx, dxOffset + from, count);
        });
  }

  @Override
  public final void adam(
      int size,
      float[] gradient,
      int gradientOffset,
      float[] m,
      float[] v,
      float[] value,
      int valueOffset,
      AdamStep step) {
    workers.run(
        chunks(size),
        chunk -> {
          int from = chunk * CHUNK;
          adamRange(
              from,
              Math.min(size, from + CHUNK),
              gradient,
              gradientOffset,
              m,
              v,
              value,
              valueOffset,
              step);
        });
  }

  static void adamOne(
      int i, float[] gradient, int go, float[] m, float[] v, float[] value, int vo, AdamStep step) {
    float x = value[vo + i];
    float g = step.gradientScale() * gradient[go + i] + step.decay() * x;
    m[i] = step.beta1() * m[i] + (1 - step.beta1()) * g;
    v[i] = step.beta2() * v[i] + (1 - step.beta2()) * (g * g);
    float root = (float) Math.sqrt(v[i]) * step.rootScale();
    value[vo + i] = x - (step.rate() * m[i] / (root + step.epsilon()) + step.shrink() * x);
  }

  private static int chunks(int size) {
    return BlockedKernels.ceilDiv(size, CHUNK);
  }

  /**
   * Without branches: the bits of a float, made to sort like the float, and the place in one long,
   * whose maximum is the first of the largest numbers.
   */
  @Override
  public final void maxPool(
      ConvGeometry g, float[] x, int xOffset, float[] y, int yOffset, int[] argMax) {
    workers.run(
        g.n() * g.c(),
        plane -> {
          int from = xOffset + plane * g.h() * g.w();
          int to = plane * g.positions();
          for (int oy = 0; oy < g.oh(); oy++) {
            int y0 = Math.max(0, oy * g.strideH() - g.padH());
            int y1 = Math.min(g.h(), oy * g.strideH() - g.padH() + g.fh());
            for (int ox = 0; ox < g.ow(); ox++, to++) {
              int x0 = Math.max(0, ox * g.strideW() - g.padW());
              int x1 = Math.min(g.w(), ox * g.strideW() - g.padW() + g.fw());
              int best = maximum(g.w(), x, from, y0, y1, x0, x1);
              y[yOffset + to] = x[from + best];
              argMax[to] = best;
            }
          }
        });
  }

  private static int maximum(int w, float[] x, int from, int y0, int y1, int x0, int x1) {
    long best = Long.MIN_VALUE;
    for (int row = y0; row < y1; row++) {
      for (int i = row * w + x0; i < row * w + x1; i++) {
        int bits = Float.floatToIntBits(x[from + i] + 0f); // one NaN, one zero
        long key = bits ^ ((bits >> 31) & Integer.MAX_VALUE);
        best = Math.max(best, (key << 32) | (~i & 0xffff_ffffL));
      }
    }
    return ~(int) best;
  }

  @Override
  public final void maxPoolBackward(
      ConvGeometry g, float[] dy, int dyOffset, int[] argMax, float[] dx, int dxOffset) {
    int positions = g.positions();
    int size = g.h() * g.w();
    workers.run(
        g.n() * g.c(),
        plane -> {
          int to = dxOffset + plane * size;
          Arrays.fill(dx, to, to + size, 0f);
          for (int i = plane * positions; i < (plane + 1) * positions; i++) {
            dx[to + argMax[i]] += dy[dyOffset + i];
          }
        });
  }

  @Override
  public final void softmax(
      int rows, int columns, float[] x, int xOffset, float[] y, int yOffset, double[] logSums) {
    for (int i = 0; i < rows; i++) {
      int from = xOffset + i * columns;
      int to = yOffset + i * columns;
      float max = x[from];
      for (int j = 1; j < columns; j++) {
        max = Math.max(max, x[from + j]);
      }
      double sum = 0;
      for (int j = 0; j < columns; j++) {
        double e = Math.exp(x[from + j] - max);
        sum += e;
        y[to + j] = (float) e;
      }
      if (logSums != null) {
        logSums[i] = max + Math.log(sum);
      }
      float scale = (float) (1 / sum);
      for (int j = 0; j < columns; j++) {
        y[to + j] *= scale;
      }
    }
  }
}
