package io.github.purenet.kernel;

import java.util.Arrays;

/**
 * dx of a convolution behind a pool, from the maxima alone: where the window of each stood, the
 * filter's weights times its gradient are added. Meanwhile the image has its padding around it and
 * its channels last, so that a row of a window is one run of numbers.
 */
final class Scatter {
  /** Windows of a run; after each, the whole image is added to the totals. */
  private static final int RUN = 4 * Sums.RUN;

  private final ConvGeometry g;

  /** Numbers of a row of the padded image. */
  private final int stride;

  /** Where the runs of a window begin in the image: one a row or, with dilation, one a place. */
  private final int[] begins;

  /** Numbers of a run, and with the zeros behind it that make it whole vectors. */
  private final int run;

  private final int width;

  /** The weights of each filter, run after run. */
  private final float[] weights;

  /** The most windows of one filter that cover a number of the image. */
  private final int cover;

  /** Filters after which the image is added to the totals, if windows of all are too many. */
  private final int filtersOfRun;

  private final boolean isLong;

  /**
   * Rearranges the weights.
   *
   * @param g one group
   * @param fn filters of all groups
   * @param block its image keeps the weights until it is released
   */
  Scatter(ConvGeometry g, int fn, float[] weight, Block block) {
    this.g = g;
    stride = g.paddedW() * g.c();
    int runsInRow = g.dilationW() == 1 ? 1 : g.fw();
    begins = new int[g.fh() * runsInRow];
    for (int i = 0; i < begins.length; i++) {
      int across = i % runsInRow * g.dilationW() * g.c();
      begins[i] = i / runsInRow * g.dilationH() * stride + across;
    }
    run = g.windowSize() / begins.length;
    width = Tasks.ceilDiv(run, Block.WIDEST) * Block.WIDEST;
    weights = block.image(fn * begins.length * width);
    Arrays.fill(weights, 0, fn * begins.length * width, 0f);
    int taps = g.fh() * g.fw();
    cover = Math.min(taps, g.positions());
    isLong = (long) g.fn() * cover > Sums.LONGEST;
    filtersOfRun = Math.max(1, RUN / cover);
    for (int i = 0; i < fn * g.windowSize(); i++) {
      int f = i / g.windowSize();
      int place = i % taps * g.c() + i / taps % g.c(); // in the window, channels last
      int to = (f * begins.length + place / run) * width + place % run;
      weights[to] = weight[i];
    }
  }

  /** Where in the image the window at a row and a column of the convolution's output begins. */
  int begin(int row, int column) {
    return row * g.strideH() * stride + column * g.strideW() * g.c();
  }

  private int size() {
    return g.paddedH() * stride;
  }

  void clear(Block block) {
    Arrays.fill(block.image(size()), 0, size(), 0f);
    if (isLong) {
      block.zeroTotals(size());
    }
  }

  /** Adds a filter's windows: those that begin at {@code block.at}, times {@code block.row}. */
  void add(BlockedKernels kernels, Block block, int count, int filter) {
    int most = cover > Sums.LONGEST ? Sums.LONGEST : count;
    addRun(kernels, block, Math.min(count, most), filter);
    for (int from = most; from < count; from += most) {
      move(block);
      int run = Math.min(most, count - from);
      System.arraycopy(block.row, from, block.row, 0, run);
      System.arraycopy(block.at, from, block.at, 0, run);
      addRun(kernels, block, run, filter);
    }
    if (isLong && (filter % g.fn() + 1) % filtersOfRun == 0) {
      move(block);
    }
  }

  /** Adds the image to the totals, and clears it. */
  private void move(Block block) {
    Sums.move(block.image, 0, block.totals, 0, size());
  }

  private void addRun(BlockedKernels kernels, Block block, int count, int filter) {
    int from = filter * begins.length * width;
    if (Float.isFinite(ElementKernels.sum(block.row, 0, count))) {
      kernels.addRuns(count, block.row, block.at, weights, from, width, begins, block.image);
      return;
    }
    // The zeros behind a run times infinity are not 0.
    for (int i = 0; i < count; i++) {
      for (int r = 0; r < begins.length; r++) {
        int to = block.at[i] + begins[r];
        kernels.addScaled(block.row[i], weights, from + r * width, block.image, to, run);
      }
    }
  }

  /** Writes the image without its padding, channels first, to where {@code image} begins in dx. */
  void copyTo(Block block, float[] dx, int image) {
    if (isLong) {
      move(block);
      Sums.round(block.totals, 0, block.image, 0, size());
    }
    int c = g.c();
    for (int y = 0; y < g.h(); y++) {
      int from = (y + g.padTop()) * stride + g.padLeft() * c;
      for (int i = 0; i < c; i++) {
        int to = image + (i * g.h() + y) * g.w();
        for (int x = 0; x < g.w(); x++) {
          dx[to + x] = block.image[from + x * c + i];
        }
      }
    }
  }
}
