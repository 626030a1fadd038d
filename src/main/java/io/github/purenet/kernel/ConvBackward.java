package io.github.purenet.kernel;

import java.util.Arrays;

/**
 * The gradients of a convolution, image by image: what {@code dy} is at each position of the
 * convolution, the windows it met there, and their products.
 *
 * <p>Behind a pool all but one position of each window have no gradient: dW then adds only the
 * windows at the maxima, and dx the weights where these windows stood. Otherwise both are dense
 * products.
 */
final class ConvBackward {
  /** Columns of the weight gradient, or rows of the inner dimension, at a time. */
  private static final int SLICE = 256;

  /** Images whose gradients are added in float; those of more are then added in double. */
  private static final int IMAGES = 256;

  private final BlockedKernels kernels;

  /** One group. */
  private final ConvGeometry g;

  private final int groups;
  private final float[] x;
  private final Epilogue epilogue;
  private final float[] y;
  private final float[] phases;
  private final float[] dy;
  private final float[] dx;
  final Unfolding unfolding;

  /** Numbers of one channel of the output. */
  private final int size;

  /** Distance from one filter's sums to the next, so that two vectors of any width fit. */
  final int sumsStride;

  /** Whether the gradients of weight and bias are wanted. */
  private final boolean wantsDw;

  /** What adds dx behind a pool; set where dx is wanted and there is one. */
  Scatter scatter;

  /**
   * The convolution that gives dx without a pool: of d with the filters turned around, or null
   * where the stride or a large part of d at the edge makes {@code fold(W^T d)} cheaper.
   */
  final Unfolding turned;

  /** The turned or transposed weight of each group, packed; set where {@link #scatter} is not. */
  float[] left;

  ConvBackward(
      BlockedKernels kernels,
      ConvGeometry whole,
      float[] x,
      Epilogue epilogue,
      float[] y,
      float[] phases,
      float[] dy,
      boolean wantsDw,
      float[] dx) {
    this.kernels = kernels;
    g = whole.group();
    groups = whole.groups();
    this.wantsDw = wantsDw;
    this.x = x;
    this.epilogue = epilogue;
    this.y = y;
    this.phases = phases;
    this.dy = dy;
    this.dx = dx;
    unfolding = Unfolding.windows(g);
    turned = turned(g);
    size = g.oh() / epilogue.poolH() * (g.ow() / epilogue.poolW());
    sumsStride = Tasks.ceilDiv(g.windowSize(), 32) * 32;
  }

  /** Whether dx is computed by {@link #turned}. */
  static boolean turns(ConvGeometry g) {
    Pad pad = g.window().pad();
    return g.strideH() == 1
        && g.strideW() == 1
        && Math.max(pad.top(), pad.bottom()) < g.window().extentH()
        && Math.max(pad.left(), pad.right()) < g.window().extentW()
        && 2L * g.h() * g.w() <= 3L * g.oh() * g.ow();
  }

  private static Unfolding turned(ConvGeometry g) {
    if (!turns(g)) {
      return null;
    }
    Window window = g.window();
    int lastRow = window.extentH() - 1;
    int lastColumn = window.extentW() - 1;
    Pad pad = window.pad();
    Window turned =
        window.pad(
            lastRow - pad.top(),
            lastColumn - pad.left(),
            lastRow - pad.bottom(),
            lastColumn - pad.right());
    ConvGeometry of = new ConvGeometry(g.n(), g.fn(), g.oh(), g.ow(), turned, g.c(), 1);
    return Unfolding.rows(of, Epilogue.NONE);
  }

  /**
   * Images from..to: dx of each, and the sums of their dW and db in the block, those of dW in the
   * order of {@link Unfolding#inStrip}.
   */
  void run(Block block, int from, int to) {
    block.zeroSums(groups * g.fn() * sumsStride);
    block.zeroBiasSums(groups * g.fn());
    boolean isLong = to - from > IMAGES || g.positions() > Sums.LONGEST;
    if (isLong) {
      block.zeroWeightTotals(groups * g.fn() * (sumsStride + 1));
    }
    if (epilogue.phases() > 1) {
      prepareMaxima(block);
    }
    for (int n = from; n < to; n++) {
      for (int group = 0; group < groups; group++) {
        addImage(block, n, group);
      }
      if (isLong && ((n - from + 1) % IMAGES == 0 || n + 1 == to)) {
        moveSums(block, 0, groups * g.fn());
      }
    }
    if (isLong) {
      int weights = groups * g.fn() * sumsStride;
      Sums.round(block.weightTotals, 0, block.sums, 0, weights);
      Sums.round(block.weightTotals, weights, block.biasSums, 0, groups * g.fn());
    }
  }

  /** Adds the sums of some filters of all groups to the totals, and sets them to 0. */
  private void moveSums(Block block, int filter, int count) {
    int weights = groups * g.fn() * sumsStride;
    Sums.move(
        block.sums,
        filter * sumsStride,
        block.weightTotals,
        filter * sumsStride,
        count * sumsStride);
    Sums.move(block.biasSums, filter, block.weightTotals, weights + filter, count);
  }

  private void addImage(Block block, int n, int group) {
    boolean pooled = epilogue.phases() > 1;
    if (wantsDw) {
      unfolding.load(block, x, channels(n, group), 0, g.oh());
      unfolding.writeStrips(block, block.strips(unfolding.stripsSize()));
      if (pooled) {
        addMaxima(block, n, group);
      }
    }
    if (!pooled) {
      pass(block, n, group);
      if (wantsDw) {
        addDense(block, group);
      }
    }
    if (dx != null) {
      int to = channels(n, group);
      if (pooled) {
        scatterMaxima(block, n, group, to);
      } else if (turned != null) {
        convolve(block, group, to);
      } else {
        fold(block, group, to);
      }
    }
  }

  /** Where the group's channels of an image begin. */
  private int channels(int n, int group) {
    return (n * groups + group) * g.imageSize();
  }

  /** Where the outputs of the group's filter begin. */
  private int outputs(int n, int group, int f) {
    return ((n * groups + group) * g.fn() + f) * size;
  }

  private int sums(int group, int f) {
    return (group * g.fn() + f) * sumsStride;
  }

  /**
   * Where the windows of a pool's outputs begin: distances where they can be added, positions
   * otherwise.
   */
  private void prepareMaxima(Block block) {
    boolean linear = unfolding.isLinear();
    block.at(size, epilogue.phases());
    for (int i = 0; i < size; i++) {
      prepareMaximum(i, 0, linear, i, block.bases, block.dxBases);
    }
    for (int phase = 0; phase < epilogue.phases(); phase++) {
      prepareMaximum(0, phase, linear, phase, block.steps, block.dxSteps);
    }
    if (!linear) {
      int[] distances = block.distances(g.positions());
      for (int position = 0; position < g.positions(); position++) {
        distances[position] = unfolding.distanceInStrips(position);
      }
    }
  }

  /** The window of the i-th output of a channel, if its maximum stood at that phase. */
  private void prepareMaximum(
      int i, int phase, boolean linear, int at, int[] begins, int[] dxBegins) {
    int columns = g.ow() / epilogue.poolW();
    int row = i / columns * epilogue.poolH() + phase / epilogue.poolW();
    int column = i % columns * epilogue.poolW() + phase % epilogue.poolW();
    int position = row * g.ow() + column;
    begins[at] = linear ? unfolding.distanceInStrips(position) : position;
    if (scatter != null) {
      dxBegins[at] = scatter.begin(row, column);
    }
  }

  /** The gradients that pass the pool and the Relu, and where their windows begin. */
  private int maxima(Block block, int i, int[] bases, int[] steps, int work) {
    return kernels.maxima(block, size, bases, steps, work, epilogue, y, phases, dy, i);
  }

  /** dx of an image, from the weights at the maxima. */
  private void scatterMaxima(Block block, int n, int group, int to) {
    block.row(size);
    scatter.clear(block);
    for (int f = 0; f < g.fn(); f++) {
      int work = 2 * g.windowSize(); // sums are loaded and stored each time
      int count = maxima(block, outputs(n, group, f), block.dxBases, block.dxSteps, work);
      scatter.add(kernels, block, count, group * g.fn() + f);
    }
    scatter.copyTo(block, dx, to);
  }

  /** Adds the windows at the maxima, each times its dy. */
  private void addMaxima(Block block, int n, int group) {
    float[] d = block.row(size);
    int most = size > Sums.LONGEST ? Sums.RUN : size;
    for (int f = 0; f < g.fn(); f++) {
      int i = outputs(n, group, f);
      int count = maxima(block, i, block.bases, block.steps, g.windowSize());
      block.biasSums[group * g.fn() + f] += ElementKernels.sum(d, 0, count);
      if (!unfolding.isLinear()) {
        for (int j = 0; j < count; j++) {
          block.at[j] = block.distances[block.at[j]];
        }
      }
      addWindows(block, Math.min(count, most), group, f);
      for (int from = most; from < count; from += most) {
        moveSums(block, group * g.fn() + f, 1);
        int run = Math.min(most, count - from);
        System.arraycopy(d, from, d, 0, run);
        System.arraycopy(block.at, from, block.at, 0, run);
        addWindows(block, run, group, f);
      }
    }
  }

  /** Adds the windows at the first maxima of a filter. */
  private void addWindows(Block block, int count, int group, int f) {
    int pieces = unfolding.stripPieces();
    int width = g.windowSize() / pieces;
    for (int piece = 0; piece < pieces; piece++) {
      kernels.addWindows(
          count,
          block.row,
          block.at,
          block.strips,
          piece * unfolding.stripDistance(),
          width,
          block.sums,
          sums(group, f) + piece * width);
    }
  }

  /** Writes the gradients that pass the Relu, if there is one, and adds those of the bias. */
  private void pass(Block block, int n, int group) {
    float[] d = block.phases(g.fn() * size);
    for (int f = 0; f < g.fn(); f++) {
      int from = outputs(n, group, f);
      if (epilogue.relu()) {
        kernels.passRelu(y, dy, from, d, f * size, size);
      } else {
        System.arraycopy(dy, from, d, f * size, size);
      }
      block.biasSums[group * g.fn() + f] += ElementKernels.sum(d, f * size, size);
    }
  }

  /** sums += d (FN by positions) times the windows (positions by window size). */
  private void addDense(Block block, int group) {
    int positions = g.positions();
    int stretch = kernels.stretch(positions);
    unfolding.rowsOfStrips(block);
    for (int j = 0; j < g.windowSize(); j += SLICE) {
      int columns = Math.min(SLICE, g.windowSize() - j);
      unfolding.piecesOfStrips(block, j, columns);
      kernels.beginC(block, g.fn(), columns);
      if (stretch < positions) {
        block.zeroTotals(g.fn() * columns);
      }
      for (int p0 = 0; p0 < positions; p0 += SLICE) {
        int depth = Math.min(SLICE, positions - p0);
        float[] packed = block.left(kernels.leftSize(g.fn(), depth));
        kernels.packLeft(g.fn(), depth, block.phases, p0, positions, 1, packed, 0);
        kernels.beginRight(block, depth, columns);
        kernels.layRows(block, p0, depth);
        kernels.multiply(block, g.fn(), columns, depth, packed, 0, p0 % stretch > 0);
        BlockedKernels.endSlice(block, g.fn(), columns, p0 + depth, positions, stretch);
      }
      if (stretch < positions) {
        BlockedKernels.roundTotals(block, g.fn(), columns);
      }
      for (int f = 0; f < g.fn(); f++) {
        kernels.add(block.c[f], f * block.cStep, block.sums, sums(group, f) + j, columns);
      }
    }
  }

  /** dx of an image as a convolution of d. */
  private void convolve(Block block, int group, int to) {
    int k = g.fn() * g.fh() * g.fw();
    int step = turned.rowsPerTask(g.c());
    for (int row = 0; row < g.h(); row += step) {
      int rows = Math.min(step, g.h() - row);
      kernels.beginC(block, g.c(), rows * g.w());
      turned.load(block, block.phases, 0, row, rows);
      turned.pieces(block, rows);
      int at = kernels.leftSize(g.c(), k) * group;
      kernels.multiply(block, g.c(), rows * g.w(), k, left, at);
      for (int c = 0; c < g.c(); c++) {
        int first = to + (c * g.h() + row) * g.w();
        System.arraycopy(block.c[c], c * block.cStep, dx, first, rows * g.w());
      }
    }
  }

  /** dx_n = fold(W^T d). */
  private void fold(Block block, int group, int to) {
    int positions = g.positions();
    int k = g.windowSize();
    kernels.beginC(block, k, positions);
    block.pieces(1);
    block.piece(0, 0, positions);
    int[] taps = block.taps(g.fn());
    for (int f = 0; f < g.fn(); f++) {
      taps[f] = f * positions;
    }
    block.source = block.phases;
    block.sourceOffset = 0;
    kernels.multiply(block, k, positions, g.fn(), left, kernels.leftSize(k, 1) * group * g.fn());
    Arrays.fill(dx, to, to + g.imageSize(), 0f);
    kernels.fold(g, block.c, 0, block.cStep, dx, to);
  }
}
