package io.github.purenet.kernel;

import java.util.Arrays;

/** Plain loops, in the shapes that C2 turns into SIMD where that costs no clarity. */
final class ScalarKernels implements Kernels {

  static final Kernels INSTANCE = new ScalarKernels();

  private ScalarKernels() {}

  @Override
  public String name() {
    return "scalar";
  }

  /**
   * Row by row in axpy form, four rows of B at a time; B's rows are copied out once for all rows of
   * C because C2 vectorises only loops whose arrays all start at index 0.
   */
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
    if (!accumulate) {
      for (int i = 0; i < m; i++) {
        Arrays.fill(c, cOffset + i * ldc, cOffset + i * ldc + n, 0f);
      }
    }
    float[][] rows = new float[4][n];
    float[] row = new float[n];
    int aRow = transA ? 1 : lda;
    int aColumn = transA ? lda : 1;
    for (int p = 0; p < k; p += 4) {
      int count = Math.min(4, k - p);
      for (int q = 0; q < 4; q++) {
        copyRow(transB, n, b, bOffset, ldb, p + q, q < count, rows[q]);
      }
      for (int i = 0; i < m; i++) {
        int at = aOffset + i * aRow + p * aColumn;
        float a0 = a[at];
        float a1 = count > 1 ? a[at + aColumn] : 0f;
        float a2 = count > 2 ? a[at + 2 * aColumn] : 0f;
        float a3 = count > 3 ? a[at + 3 * aColumn] : 0f;
        System.arraycopy(c, cOffset + i * ldc, row, 0, n);
        addFourRows(n, a0, rows[0], a1, rows[1], a2, rows[2], a3, rows[3], row);
        System.arraycopy(row, 0, c, cOffset + i * ldc, n);
      }
    }
  }

  private static void copyRow(
      boolean trans, int n, float[] b, int bOffset, int ldb, int p, boolean exists, float[] row) {
    if (!exists) {
      Arrays.fill(row, 0f);
    } else if (trans) {
      for (int j = 0; j < n; j++) {
        row[j] = b[bOffset + j * ldb + p];
      }
    } else {
      System.arraycopy(b, bOffset + p * ldb, row, 0, n);
    }
  }

  private static void addFourRows(
      int n,
      float a0,
      float[] b0,
      float a1,
      float[] b1,
      float a2,
      float[] b2,
      float a3,
      float[] b3,
      float[] c) {
    for (int j = 0; j < n; j++) {
      c[j] = c[j] + a0 * b0[j] + a1 * b1[j] + a2 * b2[j] + a3 * b3[j];
    }
  }

  @Override
  public void im2col(ConvGeometry g, float[] x, int xOffset, float[] columns, int columnsOffset) {
    int oh = g.oh();
    int ow = g.ow();
    int to = columnsOffset;
    for (int c = 0; c < g.c(); c++) {
      for (int fy = 0; fy < g.fh(); fy++) {
        for (int fx = 0; fx < g.fw(); fx++) {
          int first = firstInside(g.padW(), fx, g.strideW(), ow);
          int last = lastInside(g.padW(), fx, g.strideW(), g.w(), ow);
          for (int oy = 0; oy < oh; oy++, to += ow) {
            int y = oy * g.strideH() + fy - g.padH();
            if (y < 0 || y >= g.h() || first >= last) {
              Arrays.fill(columns, to, to + ow, 0f);
              continue;
            }
            Arrays.fill(columns, to, to + first, 0f);
            int from = xOffset + (c * g.h() + y) * g.w() + fx - g.padW();
            if (g.strideW() == 1) {
              System.arraycopy(x, from + first, columns, to + first, last - first);
            } else {
              for (int ox = first; ox < last; ox++) {
                columns[to + ox] = x[from + ox * g.strideW()];
              }
            }
            Arrays.fill(columns, to + last, to + ow, 0f);
          }
        }
      }
    }
  }

  @Override
  public void col2im(ConvGeometry g, float[] columns, int columnsOffset, float[] x, int xOffset) {
    int oh = g.oh();
    int ow = g.ow();
    int from = columnsOffset;
    for (int c = 0; c < g.c(); c++) {
      for (int fy = 0; fy < g.fh(); fy++) {
        for (int fx = 0; fx < g.fw(); fx++) {
          int first = firstInside(g.padW(), fx, g.strideW(), ow);
          int last = lastInside(g.padW(), fx, g.strideW(), g.w(), ow);
          for (int oy = 0; oy < oh; oy++, from += ow) {
            int y = oy * g.strideH() + fy - g.padH();
            if (y < 0 || y >= g.h()) {
              continue;
            }
            int to = xOffset + (c * g.h() + y) * g.w() + fx - g.padW();
            for (int ox = first; ox < last; ox++) {
              x[to + ox * g.strideW()] += columns[from + ox];
            }
          }
        }
      }
    }
  }

  /** The first output column whose window puts its column {@code fx} at or after the left edge. */
  private static int firstInside(int pad, int fx, int stride, int outputs) {
    return Math.min(outputs, Math.max(0, ceilDiv(pad - fx, stride)));
  }

  /** One past the last output column whose window puts its column {@code fx} inside the image. */
  private static int lastInside(int pad, int fx, int stride, int width, int outputs) {
    return Math.min(outputs, Math.max(0, ceilDiv(width + pad - fx, stride)));
  }

  private static int ceilDiv(int a, int b) {
    return -Math.floorDiv(-a, b);
  }

  @Override
  public void addToRows(
      int rows, int columns, float[] bias, int biasOffset, float[] y, int yOffset) {
    for (int i = 0; i < rows; i++) {
      float value = bias[biasOffset + i];
      int from = yOffset + i * columns;
      for (int j = from; j < from + columns; j++) {
        y[j] += value;
      }
    }
  }

  @Override
  public void addToColumns(
      int rows, int columns, float[] bias, int biasOffset, float[] y, int yOffset) {
    for (int i = 0; i < rows; i++) {
      int from = yOffset + i * columns;
      for (int j = 0; j < columns; j++) {
        y[from + j] += bias[biasOffset + j];
      }
    }
  }

  @Override
  public void sumRows(int rows, int columns, float[] x, int xOffset, float[] sums, int sumsOffset) {
    for (int i = 0; i < rows; i++) {
      int from = xOffset + i * columns;
      float sum = 0f;
      for (int j = from; j < from + columns; j++) {
        sum += x[j];
      }
      sums[sumsOffset + i] += sum;
    }
  }

  @Override
  public void sumColumns(
      int rows, int columns, float[] x, int xOffset, float[] sums, int sumsOffset) {
    for (int i = 0; i < rows; i++) {
      int from = xOffset + i * columns;
      for (int j = 0; j < columns; j++) {
        sums[sumsOffset + j] += x[from + j];
      }
    }
  }

  @Override
  public void relu(int size, float[] x, int xOffset, float[] y, int yOffset) {
    for (int i = 0; i < size; i++) {
      y[yOffset + i] = Math.max(x[xOffset + i], 0f); // Math.max keeps NaN
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
  public void maxPool(
      ConvGeometry g, float[] x, int xOffset, float[] y, int yOffset, int[] argMax) {
    int oh = g.oh();
    int ow = g.ow();
    int to = 0;
    for (int plane = 0; plane < g.n() * g.c(); plane++) {
      int from = xOffset + plane * g.h() * g.w();
      for (int oy = 0; oy < oh; oy++) {
        int y0 = Math.max(0, oy * g.strideH() - g.padH());
        int y1 = Math.min(g.h(), oy * g.strideH() - g.padH() + g.fh());
        for (int ox = 0; ox < ow; ox++, to++) {
          int x0 = Math.max(0, ox * g.strideW() - g.padW());
          int x1 = Math.min(g.w(), ox * g.strideW() - g.padW() + g.fw());
          int best = y0 * g.w() + x0;
          for (int row = y0; row < y1; row++) {
            for (int i = row * g.w() + x0; i < row * g.w() + x1; i++) {
              float value = x[from + i];
              // A NaN in hand stays; a NaN that comes is taken.
              if (value > x[from + best] || (Float.isNaN(value) && !Float.isNaN(x[from + best]))) {
                best = i;
              }
            }
          }
          y[yOffset + to] = x[from + best];
          argMax[to] = best;
        }
      }
    }
  }

  @Override
  public void maxPoolBackward(
      ConvGeometry g, float[] dy, int dyOffset, int[] argMax, float[] dx, int dxOffset) {
    int positions = g.positions();
    for (int plane = 0; plane < g.n() * g.c(); plane++) {
      int to = dxOffset + plane * g.h() * g.w();
      for (int i = plane * positions; i < (plane + 1) * positions; i++) {
        dx[to + argMax[i]] += dy[dyOffset + i];
      }
    }
  }

  @Override
  public void softmax(
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
      logSums[i] = max + Math.log(sum);
      float scale = (float) (1 / sum);
      for (int j = 0; j < columns; j++) {
        y[to + j] *= scale;
      }
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
      float beta1,
      float beta2,
      float rate,
      float scale,
      float epsilon) {
    for (int i = 0; i < size; i++) {
      float g = gradient[gradientOffset + i];
      m[i] = beta1 * m[i] + (1 - beta1) * g;
      v[i] = beta2 * v[i] + (1 - beta2) * g * g;
      value[valueOffset + i] -= rate * m[i] / ((float) Math.sqrt(v[i]) * scale + epsilon);
    }
  }
}
