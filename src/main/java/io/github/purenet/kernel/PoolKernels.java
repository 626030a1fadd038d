package io.github.purenet.kernel;

import java.util.Arrays;

/**
 * Pooling, a task a plane. A row of windows goes through its loops together, one place of the
 * window after the other: loops over single windows would be too short.
 */
abstract class PoolKernels extends ElementKernels {

  PoolKernels(Workers workers) {
    super(workers);
  }

  @Override
  public final void maxPool(ConvGeometry g, float[] x, float[] y, int[] argMax) {
    workers.run(
        g.n() * g.c(),
        plane -> {
          int from = plane * g.h() * g.w();
          maxPlane(g, x, from, y, argMax, plane * g.positions());
        });
  }

  /**
   * Max pooling of one plane.
   *
   * @param from where the plane begins in x
   * @param argMax where the maxima stand, or null if not wanted
   * @param at where the plane's outputs begin in y and argMax
   */
  void maxPlane(ConvGeometry g, float[] x, int from, float[] y, int[] argMax, int at) {
    int ow = g.ow();
    // What lies in the padding for all windows of a row is left out.
    int fx0 = Math.max(0, g.padLeft() - (ow - 1) * g.strideW());
    int fx1 = Math.min(g.fw(), g.padLeft() + g.w());
    Block block = Block.take();
    float[] max = block.row(ow);
    long[] keys = block.keys(ow);
    for (int oy = 0; oy < g.oh(); oy++) {
      int y0 = begin(oy, g.strideH(), g.padTop());
      int y1 = end(oy, g.strideH(), g.padTop(), g.fh(), g.h());
      Arrays.fill(max, 0, ow, Float.NEGATIVE_INFINITY);
      Arrays.fill(keys, 0, ow, Long.MIN_VALUE);
      for (int row = y0; row < y1; row++) {
        for (int fx = fx0; fx < fx1; fx++) {
          int first = firstInside(g, fx);
          int count = lastInside(g, fx) - first;
          int i = row * g.w() + first * g.strideW() + fx - g.padLeft();
          if (argMax == null) {
            maximum(count, x, from + i, g.strideW(), max, first);
          } else {
            maximum(count, x, from, i, g.strideW(), keys, first);
          }
        }
      }
      for (int ox = 0; ox < ow; ox++) {
        int to = at + oy * ow + ox;
        if (argMax == null) {
          y[to] = max[ox] + 0f;
        } else {
          int place = ~(int) keys[ox];
          y[to] = x[from + place] + 0f;
          argMax[to] = place;
        }
      }
    }
    block.release();
  }

  private static void maximum(int count, float[] x, int from, int stride, float[] max, int to) {
    for (int j = 0; j < count; j++) {
      max[to + j] = Math.max(max[to + j], x[from + j * stride]);
    }
  }

  /**
   * Without branches: the bits of a float, made to sort like the float, and the place in one long,
   * whose maximum is the first of the largest numbers.
   */
  private static void maximum(
      int count, float[] x, int from, int place, int stride, long[] keys, int to) {
    for (int j = 0; j < count; j++) {
      int i = place + j * stride;
      int bits = Float.floatToIntBits(x[from + i] + 0f); // one NaN, one zero
      long key = bits ^ ((bits >> 31) & Integer.MAX_VALUE);
      keys[to + j] = Math.max(keys[to + j], (key << 32) | (~i & 0xffff_ffffL));
    }
  }

  /** The first row or column of the image under window {@code i}. */
  private static int begin(int i, int stride, int pad) {
    return Math.max(0, i * stride - pad);
  }

  /** One past the last row or column of the image under window {@code i}. */
  private static int end(int i, int stride, int pad, int extent, int size) {
    int begin = i * stride - pad;
    return begin + Math.min(extent, size - begin); // begin + extent may be more than an int
  }

  @Override
  public final void maxPoolBackward(ConvGeometry g, float[] dy, int[] argMax, float[] dx) {
    int positions = g.positions();
    int size = g.h() * g.w();
    workers.run(
        g.n() * g.c(),
        plane -> {
          int to = plane * size;
          if (isLong(g)) {
            double[] totals = new double[size];
            for (int i = plane * positions; i < (plane + 1) * positions; i++) {
              totals[argMax[i]] += dy[i];
            }
            Sums.round(totals, 0, dx, to, size);
            return;
          }
          Arrays.fill(dx, to, to + size, 0f);
          for (int i = plane * positions; i < (plane + 1) * positions; i++) {
            dx[to + argMax[i]] += dy[i];
          }
        });
  }

  /** Whether the windows over one number may be too many for one sum in float. */
  private static boolean isLong(ConvGeometry g) {
    long cover = (long) Tasks.ceilDiv(g.fh(), g.strideH()) * Tasks.ceilDiv(g.fw(), g.strideW());
    return Math.min(cover, g.positions()) > Sums.LONGEST;
  }

  /** What a sum is divided by: of the area of a window, what counts. */
  private static float divisor(ConvGeometry g, int oy, int ox, boolean countIncludePad) {
    if (countIncludePad) {
      return (float) Math.min(g.fh(), g.paddedH() - oy * g.strideH())
          * Math.min(g.fw(), g.paddedW() - ox * g.strideW());
    }
    int y = end(oy, g.strideH(), g.padTop(), g.fh(), g.h()) - begin(oy, g.strideH(), g.padTop());
    int x = end(ox, g.strideW(), g.padLeft(), g.fw(), g.w()) - begin(ox, g.strideW(), g.padLeft());
    return (float) y * x;
  }

  @Override
  public final void averagePool(ConvGeometry g, boolean countIncludePad, float[] x, float[] y) {
    workers.run(
        g.n() * g.c(),
        plane -> {
          int from = plane * g.h() * g.w();
          int to = plane * g.positions();
          for (int oy = 0; oy < g.oh(); oy++) {
            int y0 = begin(oy, g.strideH(), g.padTop());
            int y1 = end(oy, g.strideH(), g.padTop(), g.fh(), g.h());
            for (int ox = 0; ox < g.ow(); ox++, to++) {
              int x0 = begin(ox, g.strideW(), g.padLeft());
              int x1 = end(ox, g.strideW(), g.padLeft(), g.fw(), g.w());
              float divisor = divisor(g, oy, ox, countIncludePad);
              if ((long) (y1 - y0) * (x1 - x0) > Sums.LONGEST) {
                y[to] = (float) (sumLong(g, x, from, y0, y1, x0, x1) / divisor);
                continue;
              }
              float sum = 0f;
              for (int row = y0; row < y1; row++) {
                sum += sum(x, from + row * g.w() + x0, x1 - x0);
              }
              y[to] = sum / divisor;
            }
          }
        });
  }

  /** The sum of a plane's numbers in rows y0 to y1 - 1 and columns x0 to x1 - 1. */
  private static double sumLong(
      ConvGeometry g, float[] x, int plane, int y0, int y1, int x0, int x1) {
    double sum = 0;
    for (int row = y0; row < y1; row++) {
      sum += Sums.sum(x, plane + row * g.w() + x0, plane + row * g.w() + x1);
    }
    return sum;
  }

  @Override
  public final void averagePoolBackward(
      ConvGeometry g, boolean countIncludePad, float[] dy, float[] dx) {
    int size = g.h() * g.w();
    workers.run(
        g.n() * g.c(),
        plane -> {
          int to = plane * size;
          int from = plane * g.positions();
          if (isLong(g)) {
            averageLongBackward(g, countIncludePad, dy, from, dx, to);
            return;
          }
          Arrays.fill(dx, to, to + size, 0f);
          for (int oy = 0; oy < g.oh(); oy++) {
            int y0 = begin(oy, g.strideH(), g.padTop());
            int y1 = end(oy, g.strideH(), g.padTop(), g.fh(), g.h());
            for (int ox = 0; ox < g.ow(); ox++, from++) {
              int x0 = begin(ox, g.strideW(), g.padLeft());
              int x1 = end(ox, g.strideW(), g.padLeft(), g.fw(), g.w());
              float share = dy[from] / divisor(g, oy, ox, countIncludePad);
              for (int row = y0; row < y1; row++) {
                int end = to + row * g.w() + x1;
                for (int i = to + row * g.w() + x0; i < end; i++) {
                  dx[i] += share;
                }
              }
            }
          }
        });
  }

  /** The gradient of one plane row by row, each from all windows that cover the row. */
  private static void averageLongBackward(
      ConvGeometry g, boolean countIncludePad, float[] dy, int from, float[] dx, int to) {
    double[] totals = new double[g.w()];
    for (int row = 0; row < g.h(); row++) {
      Arrays.fill(totals, 0);
      int first = Math.max(0, Tasks.ceilDiv(row + g.padTop() - g.fh() + 1, g.strideH()));
      int last = Math.min(g.oh() - 1, (row + g.padTop()) / g.strideH());
      for (int oy = first; oy <= last; oy++) {
        for (int ox = 0; ox < g.ow(); ox++) {
          float share = dy[from + oy * g.ow() + ox] / divisor(g, oy, ox, countIncludePad);
          int end = end(ox, g.strideW(), g.padLeft(), g.fw(), g.w());
          for (int i = begin(ox, g.strideW(), g.padLeft()); i < end; i++) {
            totals[i] += share;
          }
        }
      }
      Sums.round(totals, 0, dx, to + row * g.w(), totals.length);
    }
  }
}
