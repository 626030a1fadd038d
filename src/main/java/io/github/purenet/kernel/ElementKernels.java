package io.github.purenet.kernel;

import java.util.Arrays;

/** The kernels that visit each number once: cut into tasks here, looped below. */
abstract class ElementKernels implements Kernels {
  final Workers workers;

  ElementKernels(Workers workers) {
    this.workers = workers;
  }

  abstract void reluRange(float[] x, float[] y, int from, int to);

  abstract void reluBackwardRange(float[] y, float[] dy, float[] dx, int from, int to);

  abstract void adamRange(
      float[] gradient, float[] m, float[] v, float[] value, int from, int to, AdamStep step);

  /** Adds one range to another. */
  abstract void add(float[] from, int fromOffset, float[] to, int toOffset, int count);

  @Override
  public final void im2col(ConvGeometry g, float[] x, float[] columns) {
    int rows = g.c() * g.fh() * g.fw();
    for (int index = 0; index < g.n() * rows; index++) {
      unfoldRow(g, index % rows, x, index / rows * g.imageSize(), columns, index * g.positions());
    }
  }

  /** Writes one row of the unfolded matrix of the image that begins at {@code image}. */
  static void unfoldRow(
      ConvGeometry g, int index, float[] x, int image, float[] row, int rowOffset) {
    int fx = index % g.fw() * g.dilationW();
    int fy = index / g.fw() % g.fh() * g.dilationH();
    int c = index / (g.fw() * g.fh());
    int first = firstInside(g, fx);
    int last = lastInside(g, fx);
    for (int oy = 0; oy < g.oh(); oy++) {
      int to = rowOffset + oy * g.ow();
      Arrays.fill(row, to, to + g.ow(), 0f);
      int y = oy * g.strideH() + fy - g.padTop();
      if (y >= 0 && y < g.h()) {
        int from = image + (c * g.h() + y) * g.w() + fx - g.padLeft();
        for (int ox = first; ox < last; ox++) {
          row[to + ox] = x[from + ox * g.strideW()];
        }
      }
    }
  }

  @Override
  public final void col2im(ConvGeometry g, float[] columns, float[] x) {
    float[][] rows = new float[g.c() * g.fh() * g.fw()][];
    Arrays.fill(rows, columns);
    for (int image = 0; image < g.n(); image++) {
      int from = image * rows.length * g.positions();
      fold(g, rows, from, g.positions(), x, image * g.imageSize());
    }
  }

  /**
   * Adds the rows of an unfolded matrix back to the image that begins at {@code image}: row i
   * begins at {@code first + i * step} of its array.
   */
  final void fold(ConvGeometry g, float[][] rows, int first, int step, float[] x, int image) {
    int count = g.c() * g.fh() * g.fw();
    boolean isLong =
        Math.min((long) g.fh() * g.fw(), g.positions()) > Sums.RUN; // each a sum already
    double[] totals = isLong ? new double[g.imageSize()] : null;
    for (int row = 0; row < count; row++) {
      foldRow(g, row, rows[row], first + row * step, x, image);
      if (isLong && ((row + 1) % Sums.RUN == 0 || row + 1 == count)) {
        Sums.move(x, image, totals, 0, totals.length);
      }
    }
    if (isLong) {
      Sums.round(totals, 0, x, image, totals.length);
    }
  }

  /** Adds one row of the unfolded matrix back to the image that begins at {@code image}. */
  final void foldRow(ConvGeometry g, int index, float[] row, int from, float[] x, int image) {
    int fx = index % g.fw() * g.dilationW();
    int fy = index / g.fw() % g.fh() * g.dilationH();
    int c = index / (g.fw() * g.fh());
    int first = firstInside(g, fx);
    int last = lastInside(g, fx);
    for (int oy = 0; oy < g.oh(); oy++) {
      int y = oy * g.strideH() + fy - g.padTop();
      if (y < 0 || y >= g.h()) {
        continue;
      }
      int source = from + oy * g.ow();
      int to = image + (c * g.h() + y) * g.w() + fx - g.padLeft();
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
    int first = Tasks.ceilDiv(g.padLeft() - fx, g.strideW());
    return Math.min(g.ow(), Math.max(0, first));
  }

  /** One past the last output column whose window, {@code fx} to the right, is inside the image. */
  static int lastInside(ConvGeometry g, int fx) {
    int last = Tasks.ceilDiv(g.w() + g.padLeft() - fx, g.strideW());
    return Math.max(firstInside(g, fx), Math.min(g.ow(), last));
  }

  @Override
  public final void addBias(int rows, int columns, float[] bias, float[] y) {
    for (int i = 0; i < rows; i++) {
      add(bias, 0, y, i * columns, columns);
    }
  }

  @Override
  public final void sumColumns(int rows, int columns, float[] x, float[] sums) {
    if (rows > Sums.LONGEST) {
      sumLongColumns(rows, columns, x, sums);
      return;
    }
    for (int i = 0; i < rows; i++) {
      add(x, i * columns, sums, 0, columns);
    }
  }

  private void sumLongColumns(int rows, int columns, float[] x, float[] sums) {
    double[] totals = new double[columns];
    for (int i = 0; i < rows; i++) {
      if (i % Sums.RUN == 0) {
        Sums.move(sums, 0, totals, 0, columns);
      }
      add(x, i * columns, sums, 0, columns);
    }
    Sums.add(sums, 0, totals, 0, columns);
    Sums.round(totals, 0, sums, 0, columns);
  }

  @Override
  public final void add(int size, float[] a, float[] b, float[] sum) {
    Tasks.ranges(workers, size, Tasks.CHEAP, (from, to) -> addRange(a, b, sum, from, to));
  }

  private static void addRange(float[] a, float[] b, float[] sum, int from, int to) {
    for (int i = from; i < to; i++) {
      sum[i] = a[i] + b[i];
    }
  }

  @Override
  public final void relu(int size, float[] x, float[] y) {
    Tasks.ranges(workers, size, Tasks.CHEAP, (from, to) -> reluRange(x, y, from, to));
  }

  @Override
  public final void reluBackward(int size, float[] y, float[] dy, float[] dx) {
    Tasks.ranges(workers, size, Tasks.CHEAP, (from, to) -> reluBackwardRange(y, dy, dx, from, to));
  }

  @Override
  public final void adam(
      int size, float[] gradient, float[] m, float[] v, float[] value, AdamStep step) {
    Tasks.ranges(
        workers, size, Tasks.CHEAP, (from, to) -> adamRange(gradient, m, v, value, from, to, step));
  }

  /** Four sums at a time: one waits for each addition. */
  static float sum(float[] x, int from, int count) {
    if (count > Sums.LONGEST) {
      return (float) Sums.sum(x, from, from + count);
    }
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
  public final void softmax(int rows, int columns, float[] x, float[] y, double[] logSums) {
    Tasks.rows(
        workers,
        rows,
        columns,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            double logSum = softmaxRow(x, y, i * columns, (i + 1) * columns);
            if (logSums != null) {
              logSums[i] = logSum;
            }
          }
        });
  }

  private static double softmaxRow(float[] x, float[] y, int from, int to) {
    float max = x[from];
    for (int j = from + 1; j < to; j++) {
      max = Math.max(max, x[j]);
    }
    double sum = 0;
    for (int j = from; j < to; j++) {
      double e = Math.exp(x[j] - max);
      sum += e;
      y[j] = (float) e;
    }
    float scale = (float) (1 / sum);
    for (int j = from; j < to; j++) {
      y[j] *= scale;
    }
    return max + Math.log(sum);
  }

  @Override
  public final void softmaxBackward(int rows, int columns, float[] y, float[] dy, float[] dx) {
    Tasks.rows(
        workers,
        rows,
        columns,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            softmaxBackwardRow(y, dy, dx, i * columns, (i + 1) * columns);
          }
        });
  }

  private static void softmaxBackwardRow(float[] y, float[] dy, float[] dx, int from, int to) {
    double sum = 0;
    for (int j = from; j < to; j++) {
      sum += (double) y[j] * dy[j];
    }
    for (int j = from; j < to; j++) {
      dx[j] = (float) (y[j] * (dy[j] - sum));
    }
  }
}
