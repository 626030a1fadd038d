package io.github.purenet.kernel;

import java.util.Arrays;

/**
 * The gradients of a convolution, image by image: what {@code dy} is at each position of the
 * convolution, the windows it met there, and their products.
 *
 * <p>Behind a pool all but one position of each window have no gradient; the weight gradient then
 * adds only the windows at the maxima. Otherwise it is a dense product.
 */
final class ConvBackward {
  /** Columns of the weight gradient, or rows of the inner dimension, at a time. */
  private static final int SLICE = 256;

  private final BlockedKernels kernels;

  /** Sizes and filters of one group. */
  private final ConvGeometry g;

  private final int fn;
  private final int groups;
  private final float[] x;
  private final int xOffset;
  private final ConvTail tail;
  private final float[] y;
  private final int yOffset;
  private final float[] phases;
  private final float[] dy;
  private final int dyOffset;
  private final float[] dx;
  private final int dxOffset;
  private final Unfolding unfolding;

  /** Whether windows are read from strips or straight from the image. */
  private final boolean strips;

  /** Numbers of one channel of the output. */
  private final int size;

  /** Distance from one filter's sums to the next, so that two vectors of any width fit. */
  final int sumsStride;

  /** Whether the gradients of weight and bias are wanted. */
  private final boolean wantsDw;

  /** The transposed weight of each group, packed; needed where dx is wanted. */
  float[] left;

  ConvBackward(
      BlockedKernels kernels,
      ConvGeometry whole,
      int filters,
      float[] x,
      int xOffset,
      ConvTail tail,
      float[] y,
      int yOffset,
      float[] phases,
      float[] dy,
      int dyOffset,
      boolean wantsDw,
      float[] dx,
      int dxOffset) {
    this.kernels = kernels;
    g = whole.group();
    groups = whole.groups();
    fn = filters / groups;
    this.wantsDw = wantsDw;
    this.x = x;
    this.xOffset = xOffset;
    this.tail = tail;
    this.y = y;
    this.yOffset = yOffset;
    this.phases = phases;
    this.dy = dy;
    this.dyOffset = dyOffset;
    this.dx = dx;
    this.dxOffset = dxOffset;
    unfolding = Unfolding.windows(g);
    strips = kernels.readsStrips();
    size = g.oh() / tail.poolH() * (g.ow() / tail.poolW());
    sumsStride = BlockedKernels.ceilDiv(g.windowSize(), 32) * 32;
  }

  /**
   * Images from..to: dx of each, and the sums of their dW and db in the block, those of dW in the
   * order of {@link Unfolding#inStrip}.
   */
  void run(Block block, int from, int to) {
    block.zeroSums(groups * fn * sumsStride);
    block.zeroBiasSums(groups * fn);
    block.offsets(g.windowSize());
    if (wantsDw && tail.phases() > 1) {
      prepareMaxima(block);
    }
    for (int n = from; n < to; n++) {
      for (int group = 0; group < groups; group++) {
        addImage(block, n, group);
      }
    }
  }

  private void addImage(Block block, int n, int group) {
    boolean pooled = tail.phases() > 1;
    if (wantsDw) {
      unfolding.load(block, x, xOffset + channels(n, group), 0, g.oh());
      if (!pooled || strips) {
        unfolding.writeStrips(block, block.strips(unfolding.stripsSize()));
      }
      if (pooled) {
        addMaxima(block, n, group);
      }
    }
    if (dx != null || !pooled) {
      spread(block, n, group);
    }
    if (wantsDw && !pooled) {
      addDense(block, group);
    }
    if (dx != null) {
      inputGradient(block, n, group);
    }
  }

  /** Where the group's channels of an image begin. */
  private int channels(int n, int group) {
    return (n * groups + group) * g.imageSize();
  }

  /** Where the outputs of the group's filter begin. */
  private int outputs(int n, int group, int f) {
    return ((n * groups + group) * fn + f) * size;
  }

  private int sums(int group, int f) {
    return (group * fn + f) * sumsStride;
  }

  /** Where the windows of a pool begin: distances where they can be added, positions otherwise. */
  private void prepareMaxima(Block block) {
    boolean linear = unfolding.isLinear();
    block.at(size, tail.phases());
    for (int i = 0; i < size; i++) {
      int position = position(i, 0);
      block.bases[i] = linear ? distance(position) : position;
    }
    for (int phase = 0; phase < tail.phases(); phase++) {
      int position = position(0, phase);
      block.steps[phase] = linear ? distance(position) : position;
    }
    if (!linear) {
      int[] distances = block.distances(g.positions());
      for (int position = 0; position < g.positions(); position++) {
        distances[position] = distance(position);
      }
    }
  }

  private boolean passes(int i) {
    return !tail.relu() || !(y[yOffset + i] <= 0f);
  }

  /** Where in the convolution's plane the i-th output of a channel came from. */
  private int position(int i, int phase) {
    int columns = g.ow() / tail.poolW();
    int row = i / columns * tail.poolH() + phase / tail.poolW();
    return row * g.ow() + i % columns * tail.poolW() + phase % tail.poolW();
  }

  /** Adds the windows at the maxima, each times its dy. */
  private void addMaxima(Block block, int n, int group) {
    unfolding.offsets(block, block.offsets);
    float[] d = block.row(size);
    int shift = strips ? 0 : block.sourceOffset;
    float[] source = strips ? block.strips : block.source;
    for (int f = 0; f < fn; f++) {
      int i = outputs(n, group, f);
      int count =
          kernels.maxima(
              block, size, g.windowSize(), tail, y, yOffset + i, phases, i, dy, dyOffset + i);
      block.biasSums[group * fn + f] += ElementKernels.sum(d, 0, count);
      if (!unfolding.isLinear()) {
        for (int j = 0; j < count; j++) {
          block.at[j] = block.distances[block.at[j]];
        }
      }
      kernels.addWindows(
          count,
          d,
          block.at,
          source,
          shift,
          block.offsets,
          g.windowSize(),
          block.sums,
          sums(group, f));
    }
  }

  /** Where the window at a position begins in what addWindows reads. */
  private int distance(int position) {
    return strips ? unfolding.distanceInStrips(position) : unfolding.distance(position);
  }

  /** Writes dy into rows of the convolution's positions, 0 where none arrives. */
  private void spread(Block block, int n, int group) {
    int positions = g.positions();
    float[] d = block.phases(fn * positions);
    boolean pooled = tail.phases() > 1;
    if (pooled) {
      Arrays.fill(d, 0, fn * positions, 0f);
    }
    for (int f = 0; f < fn; f++) {
      int base = outputs(n, group, f);
      float sum = 0f;
      for (int i = 0; i < size; i++) {
        float gradient = passes(base + i) ? dy[dyOffset + base + i] : 0f;
        d[f * positions + (pooled ? position(i, (int) phases[base + i]) : i)] = gradient;
        sum += gradient;
      }
      if (!pooled) {
        block.biasSums[group * fn + f] += sum;
      }
    }
  }

  /** sums += d (FN by positions) times the windows (positions by window size). */
  private void addDense(Block block, int group) {
    int positions = g.positions();
    for (int j = 0; j < g.windowSize(); j += SLICE) {
      int columns = Math.min(SLICE, g.windowSize() - j);
      kernels.beginC(block, fn, columns);
      for (int p0 = 0; p0 < positions; p0 += SLICE) {
        int depth = Math.min(SLICE, positions - p0);
        float[] packed = block.left(kernels.leftSize(fn, depth));
        kernels.packLeft(fn, depth, block.phases, p0, positions, 1, packed, 0);
        kernels.beginRight(block, depth, columns);
        for (int p = 0; p < depth; p++) {
          float[] row = kernels.rightRow(block, p);
          int from = unfolding.distanceInStrips(p0 + p) + j;
          System.arraycopy(block.strips, from, row, 0, columns);
          kernels.rightDone(block, p, depth, columns);
        }
        kernels.multiply(block, fn, columns, depth, packed, 0, p0 > 0);
      }
      for (int f = 0; f < fn; f++) {
        kernels.add(block.c[f], f * block.cStep, block.sums, sums(group, f) + j, columns);
      }
    }
  }

  /** dx_n = fold(W^T d). */
  private void inputGradient(Block block, int n, int group) {
    int positions = g.positions();
    int k = g.windowSize();
    kernels.beginC(block, k, positions);
    for (int f0 = 0; f0 < fn; f0 += SLICE) {
      int depth = Math.min(SLICE, fn - f0);
      kernels.beginRight(block, depth, positions);
      for (int f = 0; f < depth; f++) {
        float[] row = kernels.rightRow(block, f);
        System.arraycopy(block.phases, (f0 + f) * positions, row, 0, positions);
        kernels.rightDone(block, f, depth, positions);
      }
      int at = kernels.leftSize(k, 1) * (group * fn + f0);
      kernels.multiply(block, k, positions, depth, left, at, f0 > 0);
    }
    int to = dxOffset + channels(n, group);
    Arrays.fill(dx, to, to + g.imageSize(), 0f);
    for (int row = 0; row < k; row++) {
      kernels.foldRow(g, row, block.c[row], row * block.cStep, dx, to);
    }
  }
}
