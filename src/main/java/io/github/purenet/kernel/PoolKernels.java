package io.github.purenet.kernel;

import java.util.Arrays;

/**
 * Pooling, a task a plane. Windows are cut to what they cover of the image; the maximum comes
 * first, with {@link Math#max}, and its place, which only backward needs, is then counted without a
 * branch.
 */
abstract class PoolKernels extends ElementKernels {

  PoolKernels(Workers workers) {
    super(workers);
  }

  @Override
  public final void maxPool(
      ConvGeometry g, float[] x, int xOffset, float[] y, int yOffset, int[] argMax) {
    workers.run(
        g.n() * g.c(),
        plane -> {
          int from = xOffset + plane * g.h() * g.w();
          int to = plane * g.positions();
          maxPlane(g, x, from, y, yOffset + to, argMax, to);
        });
  }

  /**
   * Max pooling of one plane.
   *
   * @param argMax where the maxima stand, from index {@code at}, or null if nobody will ask
   */
  void maxPlane(ConvGeometry g, float[] x, int from, float[] y, int yo, int[] argMax, int at) {
    int i = 0;
    for (int oy = 0; oy < g.oh(); oy++) {
      int y0 = begin(oy, g.strideH(), g.padH());
      int y1 = end(oy, g.strideH(), g.padH(), g.fh(), g.h());
      for (int ox = 0; ox < g.ow(); ox++, i++) {
        int x0 = begin(ox, g.strideW(), g.padW());
        int x1 = end(ox, g.strideW(), g.padW(), g.fw(), g.w());
        float max = maximum(g.w(), x, from, y0, y1, x0, x1);
        y[yo + i] = max;
        if (argMax != null) {
          argMax[at + i] = place(g.w(), x, from, y0, y1, x0, x1, max);
        }
      }
    }
  }

  /** The first row or column of the image under window {@code i}. */
  private static int begin(int i, int stride, int pad) {
    return Math.max(0, i * stride - pad);
  }

  /** One past the last row or column of the image under window {@code i}. */
  private static int end(int i, int stride, int pad, int extent, int size) {
    return Math.min(size, i * stride - pad + extent);
  }

  private static float maximum(int w, float[] x, int from, int y0, int y1, int x0, int x1) {
    float max = Float.NEGATIVE_INFINITY;
    for (int row = y0; row < y1; row++) {
      int end = from + row * w + x1;
      for (int i = from + row * w + x0; i < end; i++) {
        max = Math.max(max, x[i]);
      }
    }
    return max;
  }

  /** Where in its plane the first number of a window stands that equals its maximum. */
  static int place(int w, float[] x, int from, int y0, int y1, int x0, int x1, float max) {
    int wanted = Float.floatToIntBits(max + 0f); // one NaN, one zero
    int before = 0;
    int open = 1; // until the maximum is met
    for (int row = y0; row < y1; row++) {
      int end = from + row * w + x1;
      for (int i = from + row * w + x0; i < end; i++) {
        int differs = Float.floatToIntBits(x[i] + 0f) ^ wanted;
        open &= (differs | -differs) >>> 31;
        before += open;
      }
    }
    int width = x1 - x0;
    return (y0 + before / width) * w + x0 + before % width;
  }

  /** Where in its plane the maximum of one window stands. */
  static int place(ConvGeometry g, float[] x, int from, int oy, int ox) {
    int y0 = begin(oy, g.strideH(), g.padH());
    int y1 = end(oy, g.strideH(), g.padH(), g.fh(), g.h());
    int x0 = begin(ox, g.strideW(), g.padW());
    int x1 = end(ox, g.strideW(), g.padW(), g.fw(), g.w());
    return place(g.w(), x, from, y0, y1, x0, x1, maximum(g.w(), x, from, y0, y1, x0, x1));
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

  /** What a sum is divided by: the length of a window along one axis, or what counts of it. */
  private static int counted(
      int i, int stride, int pad, int extent, int size, boolean countPadding) {
    int begin = i * stride - pad;
    return countPadding
        ? Math.min(begin + extent, size + pad) - begin
        : end(i, stride, pad, extent, size) - begin(i, stride, pad);
  }

  private static float divisor(ConvGeometry g, int oy, int ox, boolean countPadding) {
    return (float) counted(oy, g.strideH(), g.padH(), g.fh(), g.h(), countPadding)
        * counted(ox, g.strideW(), g.padW(), g.fw(), g.w(), countPadding);
  }

  @Override
  public final void averagePool(
      ConvGeometry g, boolean countPadding, float[] x, int xOffset, float[] y, int yOffset) {
    workers.run(
        g.n() * g.c(),
        plane -> {
          int from = xOffset + plane * g.h() * g.w();
          int to = yOffset + plane * g.positions();
          for (int oy = 0; oy < g.oh(); oy++) {
            int y0 = begin(oy, g.strideH(), g.padH());
            int y1 = end(oy, g.strideH(), g.padH(), g.fh(), g.h());
            for (int ox = 0; ox < g.ow(); ox++, to++) {
              int x0 = begin(ox, g.strideW(), g.padW());
              int x1 = end(ox, g.strideW(), g.padW(), g.fw(), g.w());
              float sum = 0f;
              for (int row = y0; row < y1; row++) {
                sum += sum(x, from + row * g.w() + x0, x1 - x0);
              }
              y[to] = sum / divisor(g, oy, ox, countPadding);
            }
          }
        });
  }

  @Override
  public final void averagePoolBackward(
      ConvGeometry g, boolean countPadding, float[] dy, int dyOffset, float[] dx, int dxOffset) {
    int size = g.h() * g.w();
    workers.run(
        g.n() * g.c(),
        plane -> {
          int to = dxOffset + plane * size;
          int from = dyOffset + plane * g.positions();
          Arrays.fill(dx, to, to + size, 0f);
          for (int oy = 0; oy < g.oh(); oy++) {
            int y0 = begin(oy, g.strideH(), g.padH());
            int y1 = end(oy, g.strideH(), g.padH(), g.fh(), g.h());
            for (int ox = 0; ox < g.ow(); ox++, from++) {
              int x0 = begin(ox, g.strideW(), g.padW());
              int x1 = end(ox, g.strideW(), g.padW(), g.fw(), g.w());
              float share = dy[from] / divisor(g, oy, ox, countPadding);
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
}
