package io.github.purenet.kernel;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Max pooling in vectors, a number a window. The plane is first copied with its padding left and
 * right, a plane for each remainder of a column by the stride; then what neighboring windows have
 * at one place stands side by side, whatever the stride.
 */
final class VectorPools {
  private static final VectorSpecies<Float> S = VectorTiles.S;
  private static final VectorSpecies<Integer> INTS = S.withLanes(int.class);
  private static final int VL = VectorTiles.VL;

  /** Numbers of the copies that need no reason, and those for each number of the planes. */
  private static final long ALWAYS = 1 << 18;

  private static final long EACH = 16;

  private VectorPools() {}

  /** Returns whether the copies are in proportion to a plane: no window or stride is far larger. */
  static boolean fits(ConvGeometry g) {
    long fair = ALWAYS + EACH * ((long) g.h() * g.w() + g.positions());
    long most = Math.min(Integer.MAX_VALUE / 2, fair);
    long width = covered(g) + g.strideW();
    return (long) g.fh() * g.fw() <= most && width <= most && g.h() * width <= most;
  }

  /** Columns from the first of the padded image to the last under a window. */
  private static long covered(ConvGeometry g) {
    return Math.max(g.w() + g.padLeft(), (g.ow() - 1L) * g.strideW() + g.fw());
  }

  /** See {@link PoolKernels#maxPlane}. */
  static void maxPlane(ConvGeometry g, float[] x, int from, float[] y, int[] argMax, int at) {
    int ow = g.ow();
    int stride = g.strideW();
    int width = Tasks.ceilDiv((int) covered(g), stride);
    Block block = Block.take();
    float[] lanes = block.image(g.h() * width * stride);
    for (int r = 0; r < stride; r++) {
      copyLane(g, x, from, r, lanes, r * g.h() * width, width);
    }
    float[] max = block.row(g.positions());
    block.at(Math.max(ow, g.positions()), g.fh() * g.fw());
    int[] offsets = block.offsets(g.fh() * g.fw());
    for (int p = 0; p < g.fh() * g.fw(); p++) {
      int fy = p / g.fw();
      int fx = p % g.fw();
      offsets[p] = (fx % stride * g.h() + fy) * width + fx / stride;
      block.steps[p] = fy * g.w() + fx;
    }
    for (int ox = 0; ox < ow; ox++) {
      block.bases[ox] = ox * stride - g.padLeft();
    }
    for (int oy = 0; oy < g.oh(); oy++) {
      int y0 = oy * g.strideH() - g.padTop();
      int p0 = Math.max(0, -y0) * g.fw();
      int p1 = Math.min(g.fh(), g.h() - y0) * g.fw();
      int to = oy * ow;
      if (argMax == null) {
        maximum(ow, p0, p1, lanes, y0 * width, offsets, max, to);
      } else if (maximumAndPlace(ow, p0, p1, y0 * g.w(), y0 * width, block, to)) {
        for (int i = to; i < to + ow; i++) {
          if (Float.isNaN(max[i])) {
            block.at[i] = firstNan(g, x, from, y0, block.bases[i - to]);
          }
        }
      }
    }
    System.arraycopy(max, 0, y, at, g.positions());
    if (argMax != null) {
      System.arraycopy(block.at, 0, argMax, at, g.positions());
    }
    block.release();
  }

  /** The columns of one remainder, with their padding, which loses to all numbers. */
  private static void copyLane(
      ConvGeometry g, float[] x, int from, int r, float[] lanes, int at, int width) {
    int stride = g.strideW();
    if (g.padLeft() == 0 && g.w() == width * stride) { // rows follow one another
      copy(x, from + r, stride, lanes, at, g.h() * width);
      return;
    }
    // Column r + stride i of the padded row is column r + stride i - padLeft of the image.
    int first = Math.min(width, Math.max(0, Tasks.ceilDiv(g.padLeft() - r, stride)));
    int last = Tasks.ceilDiv(g.w() + g.padLeft() - r, stride);
    last = Math.max(first, Math.min(width, last));
    for (int row = 0; row < g.h(); row++) {
      int to = at + row * width;
      int source = from + row * g.w() + r - g.padLeft() + first * stride;
      Arrays.fill(lanes, to, to + first, Float.NEGATIVE_INFINITY);
      Arrays.fill(lanes, to + last, to + width, Float.NEGATIVE_INFINITY);
      copy(x, source, stride, lanes, to + first, last - first);
    }
  }

  private static void copy(float[] x, int from, int stride, float[] to, int at, int count) {
    if (stride == 1) {
      System.arraycopy(x, from, to, at, count);
    } else if (stride == 2) {
      copyEverySecond(x, from, to, at, count);
    } else {
      for (int i = 0; i < count; i++) {
        to[at + i] = x[from + i * stride];
      }
    }
  }

  /** Apart, with a constant stride: C2 then unrolls the loop and checks bounds once. */
  private static void copyEverySecond(float[] x, int from, float[] to, int at, int count) {
    for (int i = 0; i < count; i++) {
      to[at + i] = x[from + 2 * i];
    }
  }

  private static void maximum(
      int ow, int p0, int p1, float[] lanes, int from, int[] offsets, float[] max, int to) {
    for (int j = 0; j < ow; j += VL) { // runs into the slack, or what is computed later
      FloatVector best = FloatVector.fromArray(S, lanes, from + offsets[p0] + j);
      for (int p = p0 + 1; p < p1; p++) {
        best = best.max(FloatVector.fromArray(S, lanes, from + offsets[p] + j));
      }
      best.add(0f).intoArray(max, to + j);
    }
  }

  /**
   * The maxima of a row of windows and where they stand; places are arbitrary where it is NaN.
   *
   * @return whether there is a NaN
   */
  private static boolean maximumAndPlace(
      int ow, int p0, int p1, int plane, int from, Block block, int to) {
    float[] lanes = block.image;
    int[] offsets = block.offsets;
    int[] steps = block.steps;
    boolean nan = false;
    for (int j = 0; j < ow; j += VL) {
      IntVector base = IntVector.fromArray(INTS, block.bases, j);
      // A window of -infinity has its maximum where its part of the image begins.
      IntVector place = base.max(0).add(plane + steps[p0]);
      FloatVector best = FloatVector.broadcast(S, Float.NEGATIVE_INFINITY);
      for (int p = p0; p < p1; p++) {
        FloatVector v = FloatVector.fromArray(S, lanes, from + offsets[p] + j);
        VectorMask<Integer> above = v.compare(VectorOperators.GT, best).cast(INTS);
        place = place.blend(base.add(plane + steps[p]), above);
        best = best.max(v);
      }
      place.intoArray(block.at, to + j);
      best.add(0f).intoArray(block.row, to + j);
      nan |= best.compare(VectorOperators.NE, best).anyTrue();
    }
    return nan;
  }

  private static int firstNan(ConvGeometry g, float[] x, int from, int y0, int x0) {
    for (int row = Math.max(0, y0); ; row++) {
      for (int i = Math.max(0, x0); i < Math.min(g.w(), x0 + g.fw()); i++) {
        if (Float.isNaN(x[from + row * g.w() + i])) {
          return row * g.w() + i;
        }
      }
    }
  }
}
