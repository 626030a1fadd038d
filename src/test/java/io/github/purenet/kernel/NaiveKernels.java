package io.github.purenet.kernel;

import java.util.Arrays;

/**
 * The reference: each kernel as its definition says, number by number, summed in double. Fused
 * kernels are their parts, one after the other.
 */
final class NaiveKernels implements Kernels {

  @Override
  public String name() {
    return "naive";
  }

  @Override
  public void gemm(
      boolean transA,
      boolean transB,
      int m,
      int n,
      int k,
      float[] a,
      int aOffset,
      int lda,
      float[] b,
      int bOffset,
      int ldb,
      float[] c,
      int cOffset,
      int ldc,
      boolean accumulate) {
    int aRow = transA ? 1 : lda;
    int aColumn = transA ? lda : 1;
    int bRow = transB ? 1 : ldb;
    int bColumn = transB ? ldb : 1;
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        double sum = 0;
        for (int p = 0; p < k; p++) {
          double left = a[aOffset + i * aRow + p * aColumn];
          sum += left * b[bOffset + p * bRow + j * bColumn];
        }
        int at = cOffset + i * ldc + j;
        c[at] = (float) (accumulate ? c[at] + sum : sum);
      }
    }
  }

  /** Index in an image of what stands under place p of the window at (oy, ox), or -1: padding. */
  private static int place(ConvGeometry g, int p, int oy, int ox) {
    int c = p / (g.fh() * g.fw());
    int y = oy * g.strideH() - g.padH() + p / g.fw() % g.fh() * g.dilationH();
    int x = ox * g.strideW() - g.padW() + p % g.fw() * g.dilationW();
    boolean inside = y >= 0 && y < g.h() && x >= 0 && x < g.w();
    return inside ? (c * g.h() + y) * g.w() + x : -1;
  }

  @Override
  public void im2col(ConvGeometry g, float[] x, int xOffset, float[] columns, int columnsOffset) {
    int to = columnsOffset;
    for (int p = 0; p < g.c() * g.fh() * g.fw(); p++) {
      for (int oy = 0; oy < g.oh(); oy++) {
        for (int ox = 0; ox < g.ow(); ox++) {
          int from = place(g, p, oy, ox);
          columns[to++] = from < 0 ? 0f : x[xOffset + from];
        }
      }
    }
  }

  @Override
  public void col2im(ConvGeometry g, float[] columns, int columnsOffset, float[] x, int xOffset) {
    double[] sums = new double[g.imageSize()];
    int from = columnsOffset;
    for (int p = 0; p < g.c() * g.fh() * g.fw(); p++) {
      for (int oy = 0; oy < g.oh(); oy++) {
        for (int ox = 0; ox < g.ow(); ox++, from++) {
          int to = place(g, p, oy, ox);
          if (to >= 0) {
            sums[to] += columns[from];
          }
        }
      }
    }
    addSums(sums, x, xOffset);
  }

  private static void addSums(double[] sums, float[] to, int offset) {
    for (int i = 0; i < sums.length; i++) {
      to[offset + i] = (float) (to[offset + i] + sums[i]);
    }
  }

  @Override
  public void convolve(
      ConvGeometry g,
      int fn,
      float[] x,
      int xOffset,
      float[] weight,
      int weightOffset,
      float[] bias,
      int biasOffset,
      ConvTail tail,
      float[] y,
      int yOffset,
      float[] phases) {
    int rows = g.oh() / tail.poolH();
    int columns = g.ow() / tail.poolW();
    int to = 0;
    for (int n = 0; n < g.n(); n++) {
      for (int f = 0; f < fn; f++) {
        int image = xOffset + n * g.imageSize() + groupOffset(g, fn, f);
        int filter = weightOffset + f * g.windowSize();
        for (int i = 0; i < rows * columns; i++, to++) {
          float max = 0f;
          int phase = -1;
          for (int p = 0; p < tail.phases(); p++) {
            int oy = i / columns * tail.poolH() + p / tail.poolW();
            int ox = i % columns * tail.poolW() + p % tail.poolW();
            float v = at(g, x, image, weight, filter, bias[biasOffset + f], oy, ox);
            if (phase < 0 || beats(v, max)) {
              max = v;
              phase = p;
            }
          }
          y[yOffset + to] = tail.relu() ? Math.max(max, 0f) : max;
          if (phases != null) {
            phases[to] = phase;
          }
        }
      }
    }
  }

  /** From the first channel of an image to the first that a filter sees. */
  private static int groupOffset(ConvGeometry g, int fn, int filter) {
    int group = filter / (fn / g.groups());
    return group * g.imageSize() / g.groups();
  }

  /** One number of a convolution. */
  private static float at(
      ConvGeometry g, float[] x, int image, float[] w, int filter, float bias, int oy, int ox) {
    double sum = bias;
    for (int p = 0; p < g.windowSize(); p++) {
      int from = place(g, p, oy, ox);
      sum += (double) w[filter + p] * (from < 0 ? 0f : x[image + from]);
    }
    return (float) sum;
  }

  /** Whether v replaces a maximum that stands before it. */
  private static boolean beats(float v, float max) {
    return v > max || (Float.isNaN(v) && !Float.isNaN(max));
  }

  @Override
  public void convolveBackward(
      ConvGeometry g,
      int fn,
      float[] x,
      int xOffset,
      float[] weight,
      int weightOffset,
      ConvTail tail,
      float[] y,
      int yOffset,
      float[] phases,
      float[] dy,
      int dyOffset,
      float[] dw,
      int dwOffset,
      float[] db,
      int dbOffset,
      float[] dx,
      int dxOffset) {
    int columns = g.ow() / tail.poolW();
    int size = g.oh() / tail.poolH() * columns;
    double[] dws = new double[fn * g.windowSize()];
    double[] dbs = new double[fn];
    double[] dxs = new double[g.n() * g.imageSize()];
    for (int index = 0; index < g.n() * fn * size; index++) {
      int n = index / (fn * size);
      int f = index / size % fn;
      int i = index % size;
      if (tail.relu() && y[yOffset + index] <= 0f) {
        continue;
      }
      double gradient = dy[dyOffset + index];
      int phase = tail.phases() == 1 ? 0 : (int) phases[index];
      int oy = i / columns * tail.poolH() + phase / tail.poolW();
      int ox = i % columns * tail.poolW() + phase % tail.poolW();
      dbs[f] += gradient;
      int image = n * g.imageSize() + groupOffset(g, fn, f);
      for (int p = 0; p < g.windowSize(); p++) {
        int from = place(g, p, oy, ox);
        int w = f * g.windowSize() + p;
        dws[w] += gradient * (from < 0 ? 0f : x[xOffset + image + from]);
        if (from >= 0) {
          dxs[image + from] += gradient * weight[weightOffset + w];
        }
      }
    }
    if (dw != null) {
      addSums(dws, dw, dwOffset);
      addSums(dbs, db, dbOffset);
    }
    if (dx != null) {
      Arrays.fill(dx, dxOffset, dxOffset + dxs.length, 0f);
      addSums(dxs, dx, dxOffset);
    }
  }

  @Override
  public void addToColumns(
      int rows, int columns, float[] bias, int biasOffset, float[] y, int yOffset) {
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        y[yOffset + i * columns + j] += bias[biasOffset + j];
      }
    }
  }

  @Override
  public void sumColumns(
      int rows, int columns, float[] x, int xOffset, float[] sums, int sumsOffset) {
    double[] added = new double[columns];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        added[j] += x[xOffset + i * columns + j];
      }
    }
    addSums(added, sums, sumsOffset);
  }

  @Override
  public void relu(int size, float[] x, int xOffset, float[] y, int yOffset) {
    for (int i = 0; i < size; i++) {
      y[yOffset + i] = Math.max(x[xOffset + i], 0f);
    }
  }

  @Override
  public void reluBackward(
      int size, float[] y, int yOffset, float[] dy, int dyOffset, float[] dx, int dxOffset) {
    for (int i = 0; i < size; i++) {
      dx[dxOffset + i] = y[yOffset + i] <= 0f ? 0f : dy[dyOffset + i];
    }
  }

  @Override
  public void maxPool(ConvGeometry g, float[] x, int xOffset, float[] y, int yOffset, int[] best) {
    int to = 0;
    for (int plane = 0; plane < g.n() * g.c(); plane++) {
      int image = xOffset + plane * g.h() * g.w();
      for (int oy = 0; oy < g.oh(); oy++) {
        for (int ox = 0; ox < g.ow(); ox++, to++) {
          int first = -1;
          float max = Float.NEGATIVE_INFINITY;
          for (int p = 0; p < g.fh() * g.fw(); p++) {
            int from = place(g, p, oy, ox);
            if (from >= 0) {
              first = first < 0 || beats(x[image + from], x[image + first]) ? from : first;
              max = Math.max(max, x[image + from]);
            }
          }
          y[yOffset + to] = max + 0f; // no -0
          if (best != null) {
            best[to] = first;
          }
        }
      }
    }
  }

  @Override
  public void maxPoolBackward(
      ConvGeometry g, float[] dy, int dyOffset, int[] argMax, float[] dx, int dxOffset) {
    double[] sums = new double[g.n() * g.imageSize()];
    for (int i = 0; i < g.n() * g.c() * g.positions(); i++) {
      sums[i / g.positions() * g.h() * g.w() + argMax[i]] += dy[dyOffset + i];
    }
    Arrays.fill(dx, dxOffset, dxOffset + sums.length, 0f);
    addSums(sums, dx, dxOffset);
  }

  /** By what the sum of a window is divided. */
  private static int counted(ConvGeometry g, int oy, int ox, boolean countPadding) {
    int count = 0;
    for (int p = 0; p < g.fh() * g.fw(); p++) {
      int y = oy * g.strideH() + p / g.fw(); // in the padded image
      int x = ox * g.strideW() + p % g.fw();
      boolean padded = y < g.h() + 2 * g.padH() && x < g.w() + 2 * g.padW();
      count += (countPadding ? padded : place(g, p, oy, ox) >= 0) ? 1 : 0;
    }
    return count;
  }

  @Override
  public void averagePool(
      ConvGeometry g, boolean countPadding, float[] x, int xOffset, float[] y, int yOffset) {
    for (int i = 0; i < g.n() * g.c() * g.positions(); i++) {
      int oy = i % g.positions() / g.ow();
      int ox = i % g.ow();
      double sum = 0;
      for (int p = 0; p < g.fh() * g.fw(); p++) {
        int from = place(g, p, oy, ox);
        sum += from < 0 ? 0 : x[xOffset + i / g.positions() * g.h() * g.w() + from];
      }
      y[yOffset + i] = (float) (sum / counted(g, oy, ox, countPadding));
    }
  }

  @Override
  public void averagePoolBackward(
      ConvGeometry g, boolean countPadding, float[] dy, int dyOffset, float[] dx, int dxOffset) {
    double[] sums = new double[g.n() * g.imageSize()];
    for (int i = 0; i < g.n() * g.c() * g.positions(); i++) {
      int oy = i % g.positions() / g.ow();
      int ox = i % g.ow();
      for (int p = 0; p < g.fh() * g.fw(); p++) {
        int to = place(g, p, oy, ox);
        if (to >= 0) {
          sums[i / g.positions() * g.h() * g.w() + to] +=
              (double) dy[dyOffset + i] / counted(g, oy, ox, countPadding);
        }
      }
    }
    Arrays.fill(dx, dxOffset, dxOffset + sums.length, 0f);
    addSums(sums, dx, dxOffset);
  }

  @Override
  public void softmax(
      int rows, int columns, float[] x, int xOffset, float[] y, int yOffset, double[] logSums) {
    for (int i = 0; i < rows; i++) {
      double max = Double.NEGATIVE_INFINITY;
      for (int j = 0; j < columns; j++) {
        max = Math.max(max, x[xOffset + i * columns + j]);
      }
      double sum = 0;
      for (int j = 0; j < columns; j++) {
        sum += Math.exp(x[xOffset + i * columns + j] - max);
      }
      for (int j = 0; j < columns; j++) {
        int at = i * columns + j;
        y[yOffset + at] = (float) (Math.exp(x[xOffset + at] - max) / sum);
      }
      logSums[i] = max + Math.log(sum);
    }
  }

  @Override
  public void adam(
      int size,
      float[] gradient,
      int gradientOffset,
      float[] m,
      float[] v,
      float[] value,
      int valueOffset,
      AdamStep step) {
    for (int i = 0; i < size; i++) {
      int at = valueOffset + i;
      double x = value[at];
      double g = step.gradientScale() * (double) gradient[gradientOffset + i] + step.decay() * x;
      double m1 = step.beta1() * (double) m[i] + (1.0 - step.beta1()) * g;
      double v1 = step.beta2() * (double) v[i] + (1.0 - step.beta2()) * g * g;
      m[i] = (float) m1;
      v[i] = (float) v1;
      double root = Math.sqrt(v1) * step.rootScale();
      value[at] = (float) (x - step.rate() * m1 / (root + step.epsilon()) - step.shrink() * x);
    }
  }
}
