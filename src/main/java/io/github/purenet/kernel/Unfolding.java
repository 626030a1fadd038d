package io.github.purenet.kernel;

import java.util.Arrays;

/**
 * Lays the windows of one image out as the right operand of a product: row {@code (c, fy, fx)}
 * holds what stands under that place of the filter, for each output position.
 *
 * <p>Where a pool follows, positions are ordered by their place in the pool's window (the phase)
 * first, so that the pool is a maximum over runs of equal length. An image with padding, or whose
 * neighbours in a row are not neighbours in the image, is first copied with its padding and with
 * columns of equal remainder side by side; after that every row is made of whole runs. For whole
 * windows with dilation the remainder is that by the dilation, so that the columns of a window are
 * neighbours.
 */
final class Unfolding {
  /** Floats of a block of C, of an L2 cache's 256 Ki. */
  private static final int BLOCK_SIZE = 1 << 16;

  private final ConvGeometry g;
  private final ConvTail tail;
  private final int rows;
  private final int columns;

  /** Distance in the image between neighbours in a run. */
  private final int step;

  private final boolean direct;

  /** Width of one remainder's columns in the copy, and of a whole row of it. */
  private final int lane;

  private final int stride;

  /**
   * For {@link #row} and {@link #addRow}: the right operand that gives a convolution and its tail.
   */
  static Unfolding rows(ConvGeometry g, ConvTail tail) {
    return new Unfolding(g, tail, tail.poolW() * g.strideW());
  }

  /** For whole windows: all positions of a convolution in their order. */
  static Unfolding windows(ConvGeometry g) {
    return new Unfolding(g, ConvTail.NONE, g.dilationW());
  }

  private Unfolding(ConvGeometry g, ConvTail tail, int step) {
    this.g = g;
    this.tail = tail;
    this.step = step;
    rows = g.oh() / tail.poolH();
    columns = g.ow() / tail.poolW();
    direct = step == 1 && g.padH() == 0 && g.padW() == 0;
    lane = BlockedKernels.ceilDiv(g.w() + 2 * g.padW(), step);
    stride = direct ? g.w() : lane * step;
  }

  /** Rows of the output, after the pool. */
  int rows() {
    return rows;
  }

  /** Columns of the output, after the pool. */
  int columns() {
    return columns;
  }

  /** Numbers of one channel of the output. */
  int size() {
    return rows * columns;
  }

  /** Output rows of one task, so that its block of C stays in the cache. */
  int rowsPerTask(int fn) {
    long perRow = (long) fn * tail.phases() * Math.max(1, columns);
    return (int) Math.max(1, Math.min(rows, BLOCK_SIZE / Math.max(1, perRow)));
  }

  private int inputRows(int count) {
    return (count * tail.poolH() - 1) * g.strideH() + g.window().extentH();
  }

  /** Prepares output rows r0 to r0 + count - 1 of an image. */
  void load(Block block, float[] x, int xOffset, int r0, int count) {
    int first = r0 * tail.poolH() * g.strideH() - g.padH();
    boolean end = xOffset + g.imageSize() + Block.SLACK > x.length;
    if (direct && !end) {
      block.source = x;
      block.sourceOffset = xOffset + first * g.w();
      block.channelStride = g.h() * g.w();
      return;
    }
    int height = inputRows(count);
    float[] to = block.image(g.c() * height * stride);
    for (int c = 0; c < g.c(); c++) {
      for (int i = 0; i < height; i++) {
        int y = first + i;
        int at = (c * height + i) * stride;
        Arrays.fill(to, at, at + stride, 0f);
        if (y >= 0 && y < g.h()) {
          copyRow(x, xOffset + (c * g.h() + y) * g.w(), to, at);
        }
      }
    }
    block.source = to;
    block.sourceOffset = 0;
    block.channelStride = height * stride;
  }

  private void copyRow(float[] x, int from, float[] to, int at) {
    if (step == 1) {
      System.arraycopy(x, from, to, at + g.padW(), g.w());
      return;
    }
    for (int r = 0; r < step; r++) {
      // Column r + step i of the padded row is column r + step i - padW of the image.
      int first = Math.max(0, BlockedKernels.ceilDiv(g.padW() - r, step));
      int last = Math.min(lane, BlockedKernels.ceilDiv(g.w() + g.padW() - r, step));
      int source = from + r - g.padW();
      int target = at + r * lane;
      for (int i = first; i < last; i++) {
        to[target + i] = x[source + i * step];
      }
    }
  }

  /**
   * Writes row {@code index} of the unfolded matrix for the {@code count} rows that were loaded.
   */
  void row(BlockedKernels kernels, Block block, int index, int count, float[] row) {
    int to = 0;
    int next = distanceOfRows();
    boolean whole = isWhole();
    for (int phase = 0; phase < tail.phases(); phase++) {
      int from = first(block, index, phase);
      kernels.copyRows(
          block.source, from, next, whole ? 1 : count, whole ? count * columns : columns, row, to);
      to += count * columns;
    }
  }

  /** Adds {@code a} times what {@link #row} would write. */
  void addRow(BlockedKernels kernels, Block block, int index, int count, float a, float[] sums) {
    int to = 0;
    int next = distanceOfRows();
    boolean whole = isWhole();
    for (int phase = 0; phase < tail.phases(); phase++) {
      int from = first(block, index, phase);
      int width = whole ? count * columns : columns;
      for (int r = 0; r < (whole ? 1 : count); r++, to += width) {
        kernels.addScaled(a, block.source, from + r * next, sums, to, width);
      }
    }
  }

  /** Where in the source the first number of a row and phase stands. */
  private int first(Block block, int index, int phase) {
    int fx = index % g.fw();
    int fy = index / g.fw() % g.fh();
    int c = index / (g.fw() * g.fh());
    int y = phase / tail.poolW() * g.strideH() + fy * g.dilationH();
    int x = phase % tail.poolW() * g.strideW() + fx * g.dilationW();
    return block.sourceOffset + c * block.channelStride + y * stride + slot(x);
  }

  /** From the run of one output row, after the pool, to that of the next. */
  private int distanceOfRows() {
    return tail.poolH() * g.strideH() * stride;
  }

  /** Whether the runs follow one another without a gap. */
  private boolean isWhole() {
    return columns == stride && distanceOfRows() == stride;
  }

  /** Where in a row of the source a column of the padded image stands. */
  private int slot(int x) {
    return x % step * lane + x / step;
  }

  /** From the beginning of an image to that of the window at a position; for {@link #windows}. */
  int distance(int position) {
    return position / columns * g.strideH() * stride + slot(position % columns * g.strideW());
  }

  /** The same in what {@link #writeStrips} writes. */
  int distanceInStrips(int position) {
    int column = g.c() * g.fh();
    return (position / columns * stride + slot(position % columns * g.strideW())) * column;
  }

  /** Whether the distance of a sum of positions is the sum of their distances. */
  boolean isLinear() {
    return step == 1;
  }

  /**
   * Where in the image the numbers of a window stand, from its beginning, in the order of {@link
   * #inStrip}; for {@link #windows}.
   */
  void offsets(Block block, int[] offsets) {
    for (int i = 0; i < g.windowSize(); i++) {
      int c = i / (g.fw() * g.fh());
      int fy = i / g.fw() % g.fh();
      offsets[inStrip(g, i)] = c * block.channelStride + fy * g.dilationH() * stride + i % g.fw();
    }
  }

  /** The place of number (c, fy, fx) of a window where columns come first: (fx, c, fy). */
  static int inStrip(ConvGeometry g, int index) {
    return index % g.fw() * g.c() * g.fh() + index / g.fw();
  }

  /** Numbers that {@link #writeStrips} writes. */
  int stripsSize() {
    return rows * stride * g.c() * g.fh();
  }

  /**
   * For each output row the image rows under its windows, column by column: number (c, fy) of
   * column x stands at {@code x C FH + c FH + fy}. So every window of the row lies in one piece,
   * and windows share what they have in common.
   */
  void writeStrips(Block block, float[] strips) {
    int column = g.c() * g.fh();
    for (int oy = 0; oy < rows; oy++) {
      for (int i = 0; i < column; i++) {
        int from =
            block.sourceOffset
                + i / g.fh() * block.channelStride
                + (oy * g.strideH() + i % g.fh() * g.dilationH()) * stride;
        int to = oy * stride * column + i;
        for (int x = 0; x < stride; x++) {
          strips[to + x * column] = block.source[from + x];
        }
      }
    }
  }
}
