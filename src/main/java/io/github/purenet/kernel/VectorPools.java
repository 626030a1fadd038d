package io.github.purenet.kernel;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Max pooling in vectors. What stands under each place of the window is first laid out in a row, a
 * number for each window, so that the maximum over windows side by side is that over rows, whatever
 * the stride.
 */
final class VectorPools {
  private static final VectorSpecies<Float> S = VectorTiles.S;
  private static final VectorSpecies<Integer> INTS = S.withLanes(int.class);
  private static final int VL = VectorTiles.VL;

  /** Numbers laid out at a time, so that they stay in an L1 cache's 32 KiB. */
  private static final int BAND = 1 << 13;

  private VectorPools() {}

  static void maxPlane(
      ConvGeometry g, float[] x, int from, float[] y, int yo, int[] argMax, int at) {
    int k = g.fh() * g.fw();
    int ow = g.ow();
    int band = Math.max(1, Math.min(g.oh(), BAND / (k * ow)));
    Block block = Block.take();
    float[] rows = block.image(k * band * ow);
    float[] max = block.row(band * ow);
    block.at(band * ow, k);
    for (int r0 = 0; r0 < g.oh(); r0 += band) {
      int count = Math.min(band, g.oh() - r0);
      int n = count * ow;
      for (int p = 0; p < k; p++) {
        layOut(g, x, from, p, r0, count, rows, p * n);
        block.steps[p] = p / g.fw() * g.w() + p % g.fw();
      }
      if (argMax == null) {
        maximum(n, k, rows, max);
      } else {
        begins(g, r0, count, block.bases, block.at);
        boolean nan = maximumAndPlace(n, k, rows, max, block.bases, block.steps, block.at);
        System.arraycopy(block.at, 0, argMax, at + r0 * ow, n);
        for (int i = 0; i < n && nan; i++) {
          if (Float.isNaN(max[i])) {
            argMax[at + r0 * ow + i] = PoolKernels.place(g, x, from, r0 + i / ow, i % ow);
          }
        }
      }
      System.arraycopy(max, 0, y, yo + r0 * ow, n);
    }
    block.release();
  }

  /** What stands under place {@code p} of the windows of some rows; padding loses to all. */
  private static void layOut(
      ConvGeometry g, float[] x, int from, int p, int r0, int count, float[] row, int at) {
    int ow = g.ow();
    int stride = g.strideW();
    int left = p % g.fw() - g.padW();
    int first = Math.min(ow, Math.max(0, BlockedKernels.ceilDiv(-left, stride)));
    int last = Math.max(first, Math.min(ow, BlockedKernels.ceilDiv(g.w() - left, stride)));
    for (int r = 0; r < count; r++) {
      int y = (r0 + r) * g.strideH() - g.padH() + p / g.fw();
      int to = at + r * ow;
      if (y < 0 || y >= g.h()) {
        Arrays.fill(row, to, to + ow, Float.NEGATIVE_INFINITY);
        continue;
      }
      Arrays.fill(row, to, to + first, Float.NEGATIVE_INFINITY);
      Arrays.fill(row, to + last, to + ow, Float.NEGATIVE_INFINITY);
      copy(x, from + y * g.w() + left + first * stride, stride, row, to + first, last - first);
    }
  }

  private static void copy(float[] x, int from, int stride, float[] row, int to, int count) {
    if (stride == 1) {
      System.arraycopy(x, from, row, to, count);
      return;
    }
    for (int i = 0; i < count; i++) {
      row[to + i] = x[from + i * stride];
    }
  }

  /** Where each window begins in the plane, padding and all, and where what it has of the image. */
  private static void begins(ConvGeometry g, int r0, int count, int[] bases, int[] at) {
    int i = 0;
    for (int oy = r0; oy < r0 + count; oy++) {
      int y = oy * g.strideH() - g.padH();
      for (int ox = 0; ox < g.ow(); ox++, i++) {
        int x = ox * g.strideW() - g.padW();
        bases[i] = y * g.w() + x;
        at[i] = Math.max(0, y) * g.w() + Math.max(0, x);
      }
    }
  }

  private static void maximum(int n, int k, float[] rows, float[] max) {
    for (int j = 0; j < n; j += VL) { // runs into the slack
      FloatVector best = FloatVector.fromArray(S, rows, j);
      for (int p = 1; p < k; p++) {
        best = best.max(FloatVector.fromArray(S, rows, p * n + j));
      }
      best.intoArray(max, j);
    }
  }

  /**
   * The maxima and where they stand.
   *
   * @param at where the windows begin in the image, which the places replace; arbitrary where the
   *     maximum is NaN
   * @return whether there is a NaN
   */
  private static boolean maximumAndPlace(
      int n, int k, float[] rows, float[] max, int[] bases, int[] steps, int[] at) {
    boolean nan = false;
    for (int j = 0; j < n; j += VL) { // runs into the slack
      IntVector base = IntVector.fromArray(INTS, bases, j);
      IntVector place = IntVector.fromArray(INTS, at, j);
      FloatVector best = FloatVector.broadcast(S, Float.NEGATIVE_INFINITY);
      for (int p = 0; p < k; p++) {
        FloatVector v = FloatVector.fromArray(S, rows, p * n + j);
        VectorMask<Integer> above = v.compare(VectorOperators.GT, best).cast(INTS);
        place = place.blend(base.add(steps[p]), above);
        best = best.max(v);
      }
      place.intoArray(at, j);
      best.intoArray(max, j);
      nan |= best.compare(VectorOperators.NE, best).anyTrue();
    }
    return nan;
  }
}
