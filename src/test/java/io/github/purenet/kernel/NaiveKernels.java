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
  public void gemm(Matrix a, Matrix b, float[] c, boolean accumulate) {
    for (int i = 0; i < a.rows(); i++) {
      for (int j = 0; j < b.columns(); j++) {
        double sum = 0;
        for (int p = 0; p < a.columns(); p++) {
          sum += at(a, i, p) * at(b, p, j);
        }
        int at = i * b.columns() + j;
        c[at] = (float) (accumulate ? c[at] + sum : sum);
      }
    }
  }

  private static double at(Matrix x, int i, int j) {
    return x.data()[x.transposed() ? j * x.rows() + i : i * x.columns() + j];
  }

  /** Index in an image of what stands under place p of the window at (oy, ox), or -1: padding. */
  private static int place(ConvGeometry g, int p, int oy, int ox) {
    int c = p / (g.fh() * g.fw());
    int y = oy * g.strideH() - g.padTop() + p / g.fw() % g.fh() * g.dilationH();
    int x = ox * g.strideW() - g.padLeft() + p % g.fw() * g.dilationW();
    boolean inside = y >= 0 && y < g.h() && x >= 0 && x < g.w();
    return inside ? (c * g.h() + y) * g.w() + x : -1;
  }

  @Override
  public void im2col(ConvGeometry g, float[] x, float[] columns) {
    int to = 0;
    for (int n = 0; n < g.n(); n++) {
      for (int p = 0; p < g.c() * g.fh() * g.fw(); p++) {
        for (int oy = 0; oy < g.oh(); oy++) {
          for (int ox = 0; ox < g.ow(); ox++) {
            int from = place(g, p, oy, ox);
            columns[to++] = from < 0 ? 0f : x[n * g.imageSize() + from];
          }
        }
      }
    }
  }

  @Override
  public void col2im(ConvGeometry g, float[] columns, float[] x) {
    double[] sums = new double[g.n() * g.imageSize()];
    int from = 0;
    for (int n = 0; n < g.n(); n++) {
      for (int p = 0; p < g.c() * g.fh() * g.fw(); p++) {
        for (int oy = 0; oy < g.oh(); oy++) {
          for (int ox = 0; ox < g.ow(); ox++, from++) {
            int to = place(g, p, oy, ox);
            if (to >= 0) {
              sums[n * g.imageSize() + to] += columns[from];
            }
          }
        }
      }
    }
    addSums(sums, x);
  }

  private static void addSums(double[] sums, float[] to) {
    for (int i = 0; i < sums.length; i++) {
      to[i] = (float) (to[i] + sums[i]);
    }
  }

  @Override
  public void convolve(
      ConvGeometry g,
      float[] x,
      float[] weight,
      float[] bias,
      Epilogue epilogue,
      float[] y,
      float[] phases) {
    int rows = g.oh() / epilogue.poolH();
    int columns = g.ow() / epilogue.poolW();
    int to = 0;
    for (int n = 0; n < g.n(); n++) {
      for (int f = 0; f < g.fn(); f++) {
        int image = n * g.imageSize() + groupOffset(g, f);
        int filter = f * g.windowSize();
        for (int i = 0; i < rows * columns; i++, to++) {
          float max = 0f;
          int phase = -1;
          for (int p = 0; p < epilogue.phases(); p++) {
            int oy = i / columns * epilogue.poolH() + p / epilogue.poolW();
            int ox = i % columns * epilogue.poolW() + p % epilogue.poolW();
            float v = at(g, x, image, weight, filter, bias == null ? 0f : bias[f], oy, ox);
            if (phase < 0 || beats(v, max)) {
              max = v;
              phase = p;
            }
          }
          y[to] = epilogue.relu() ? Math.max(max, 0f) : max;
          if (phases != null) {
            phases[to] = phase;
          }
        }
      }
    }
  }

  /** From the first channel of an image to the first that a filter sees. */
  private static int groupOffset(ConvGeometry g, int filter) {
    int group = filter / (g.fn() / g.groups());
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
      float[] x,
      float[] weight,
      Epilogue epilogue,
      float[] y,
      float[] phases,
      float[] dy,
      float[] dw,
      float[] db,
      float[] dx) {
    int columns = g.ow() / epilogue.poolW();
    int size = g.oh() / epilogue.poolH() * columns;
    int fn = g.fn();
    double[] dws = new double[fn * g.windowSize()];
    double[] dbs = new double[fn];
    double[] dxs = new double[g.n() * g.imageSize()];
    for (int index = 0; index < g.n() * fn * size; index++) {
      int n = index / (fn * size);
      int f = index / size % fn;
      int i = index % size;
      if (epilogue.relu() && y[index] <= 0f) {
        continue;
      }
      double gradient = dy[index];
      int phase = epilogue.phases() == 1 ? 0 : (int) phases[index];
      int oy = i / columns * epilogue.poolH() + phase / epilogue.poolW();
      int ox = i % columns * epilogue.poolW() + phase % epilogue.poolW();
      dbs[f] += gradient;
      int image = n * g.imageSize() + groupOffset(g, f);
      for (int p = 0; p < g.windowSize(); p++) {
        int from = place(g, p, oy, ox);
        int w = f * g.windowSize() + p;
        dws[w] += gradient * (from < 0 ? 0f : x[image + from]);
        if (from >= 0) {
          dxs[image + from] += gradient * weight[w];
        }
      }
    }
    if (dw != null) {
      addSums(dws, dw);
    }
    if (db != null) {
      addSums(dbs, db);
    }
    if (dx != null) {
      Arrays.fill(dx, 0, dxs.length, 0f);
      addSums(dxs, dx);
    }
  }

  @Override
  public void addBias(int rows, int columns, float[] bias, float[] y) {
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        y[i * columns + j] += bias[j];
      }
    }
  }

  @Override
  public void sumColumns(int rows, int columns, float[] x, float[] sums) {
    double[] added = new double[columns];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        added[j] += x[i * columns + j];
      }
    }
    addSums(added, sums);
  }

  @Override
  public void add(int size, float[] a, float[] b, float[] sum) {
    for (int i = 0; i < size; i++) {
      sum[i] = a[i] + b[i];
    }
  }

  @Override
  public void relu(int size, float[] x, float[] y) {
    for (int i = 0; i < size; i++) {
      y[i] = Math.max(x[i], 0f);
    }
  }

  @Override
  public void reluBackward(int size, float[] y, float[] dy, float[] dx) {
    for (int i = 0; i < size; i++) {
      dx[i] = y[i] <= 0f ? 0f : dy[i];
    }
  }

  @Override
  public void maxPool(ConvGeometry g, float[] x, float[] y, int[] best) {
    int to = 0;
    for (int plane = 0; plane < g.n() * g.c(); plane++) {
      int image = plane * g.h() * g.w();
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
          y[to] = max + 0f; // no -0
          if (best != null) {
            best[to] = first;
          }
        }
      }
    }
  }

  @Override
  public void maxPoolBackward(ConvGeometry g, float[] dy, int[] argMax, float[] dx) {
    double[] sums = new double[g.n() * g.imageSize()];
    for (int i = 0; i < g.n() * g.c() * g.positions(); i++) {
      sums[i / g.positions() * g.h() * g.w() + argMax[i]] += dy[i];
    }
    Arrays.fill(dx, 0, sums.length, 0f);
    addSums(sums, dx);
  }

  /** By what the sum of a window is divided. */
  private static int counted(ConvGeometry g, int oy, int ox, boolean countIncludePad) {
    int count = 0;
    for (int p = 0; p < g.fh() * g.fw(); p++) {
      int y = oy * g.strideH() + p / g.fw(); // in the padded image
      int x = ox * g.strideW() + p % g.fw();
      boolean padded = y < g.paddedH() && x < g.paddedW();
      count += (countIncludePad ? padded : place(g, p, oy, ox) >= 0) ? 1 : 0;
    }
    return count;
  }

  @Override
  public void averagePool(ConvGeometry g, boolean countIncludePad, float[] x, float[] y) {
    for (int i = 0; i < g.n() * g.c() * g.positions(); i++) {
      int oy = i % g.positions() / g.ow();
      int ox = i % g.ow();
      double sum = 0;
      for (int p = 0; p < g.fh() * g.fw(); p++) {
        int from = place(g, p, oy, ox);
        sum += from < 0 ? 0 : x[i / g.positions() * g.h() * g.w() + from];
      }
      y[i] = (float) (sum / counted(g, oy, ox, countIncludePad));
    }
  }

  @Override
  public void averagePoolBackward(ConvGeometry g, boolean countIncludePad, float[] dy, float[] dx) {
    double[] sums = new double[g.n() * g.imageSize()];
    for (int i = 0; i < g.n() * g.c() * g.positions(); i++) {
      int oy = i % g.positions() / g.ow();
      int ox = i % g.ow();
      for (int p = 0; p < g.fh() * g.fw(); p++) {
        int to = place(g, p, oy, ox);
        if (to >= 0) {
          sums[i / g.positions() * g.h() * g.w() + to] +=
              (double) dy[i] / counted(g, oy, ox, countIncludePad);
        }
      }
    }
    Arrays.fill(dx, 0, sums.length, 0f);
    addSums(sums, dx);
  }

  @Override
  public void softmax(int rows, int columns, float[] x, float[] y, double[] logSums) {
    for (int i = 0; i < rows; i++) {
      double max = Double.NEGATIVE_INFINITY;
      for (int j = 0; j < columns; j++) {
        max = Math.max(max, x[i * columns + j]);
      }
      double sum = 0;
      for (int j = 0; j < columns; j++) {
        sum += Math.exp(x[i * columns + j] - max);
      }
      for (int j = 0; j < columns; j++) {
        int at = i * columns + j;
        y[at] = (float) (Math.exp(x[at] - max) / sum);
      }
      if (logSums != null) {
        logSums[i] = max + Math.log(sum);
      }
    }
  }

  @Override
  public void softmaxBackward(int rows, int columns, float[] y, float[] dy, float[] dx) {
    for (int i = 0; i < rows; i++) {
      double sum = 0;
      for (int at = i * columns; at < (i + 1) * columns; at++) {
        sum += (double) y[at] * dy[at];
      }
      for (int at = i * columns; at < (i + 1) * columns; at++) {
        dx[at] = (float) (y[at] * (dy[at] - sum));
      }
    }
  }

  @Override
  public void adam(int size, float[] gradient, float[] m, float[] v, float[] value, AdamStep step) {
    for (int i = 0; i < size; i++) {
      double x = value[i];
      double g = step.gradientScale() * (double) gradient[i] + step.decay() * x;
      double m1 = step.beta1() * (double) m[i] + (1.0 - step.beta1()) * g;
      double v1 = step.beta2() * (double) v[i] + (1.0 - step.beta2()) * g * g;
      m[i] = (float) m1;
      v[i] = (float) v1;
      double root = Math.sqrt(v1) * step.rootScale();
      value[i] = (float) (x - step.rate() * m1 / (root + step.epsilon()) - step.shrink() * x);
    }
  }
}
