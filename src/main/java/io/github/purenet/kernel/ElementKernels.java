package io.github.purenet.kernel;

import java.util.Arrays;

/** The kernels that visit each number once: cut into tasks here, looped below. */
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
    for (int index = 0; index < g.c() * g.fh() * g.fw(); index++) {
      int fx = index % g.fw() * g.dilationW();
      int fy = index / g.fw() % g.fh() * g.dilationH();
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
    for (int index = 0; index < g.c() * g.fh() * g.fw(); index++) {
      foldRow(g, index, columns, columnsOffset + index * g.positions(), x, xOffset);
    }
  }

  /** Adds one row of the unfolded matrix back to the image. */
  final void foldRow(ConvGeometry g, int index, float[] row, int from, float[] x, int xOffset) {
    int fx = index % g.fw() * g.dilationW();
    int fy = index / g.fw() % g.fh() * g.dilationH();
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

  /**
   * The first output column whose window, {@code fx} to the right, is at or after the left edge.
   */
  static int firstInside(ConvGeometry g, int fx) {
    int first = BlockedKernels.ceilDiv(g.padW() - fx, g.strideW());
    return Math.min(g.ow(), Math.max(0, first));
  }

  /** One past the last output column whose window, {@code fx} to the right, is inside the image. */
  static int lastInside(ConvGeometry g, int fx) {
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
        size, CHUNK, (from, to) -> reluRange(x, xOffset + from, y, yOffset + from, to - from));
  }

  @Override
  public final void reluBackward(
      int size, float[] y, int yOffset, float[] dy, int dyOffset, float[] dx, int dxOffset) {
    workers.run(
        size,
        CHUNK,
        (from, to) ->
            reluBackwardRange(
                y, yOffset + from, dy, dyOffset + from, dx, dxOffset + from, to - from));
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
        size,
        CHUNK,
        (from, to) ->
            adamRange(from, to, gradient, gradientOffset, m, v, value, valueOffset, step));
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

  /** Four sums at a time: one waits for each addition. */
  static float sum(float[] x, int from, int count) {
    float s0 = 0f;
    float s1 = 0f;
    float s2 = 0f;
    float s3 = 0f;
    int i = from;
    int end = from + count;
    for (; i + 3 < end; i += 4) {
      s0 += x[i];
      s1 += x[i + 1];
      s2 += x[i + 2];
      s3 += x[i + 3];
    }
    for (; i < end; i++) {
      s0 += x[i];
    }
    return s0 + s1 + (s2 + s3);
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
