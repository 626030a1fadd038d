package io.github.purenet.kernel;

import java.util.Arrays;

/**
 * Lays the windows of one image out as the right operand of a product: row {@code (c, fy, fx)}
 * holds what stands under that place of the filter, for each output position.
 *
 * <p>Where a pool follows, positions are ordered by their place in the pool's window (the phase)
 * first, so that the pool is a maximum over runs of equal length. An image with padding, or whose
 * neighbors in a row are not neighbors in the image, is first copied with its padding and with
 * columns of equal remainder side by side; after that every row is made of whole runs. For whole
 * windows with dilation the remainder is that by the dilation, so that the columns of a window are
 * neighbors.
 */
final class Unfolding {
  /** Floats of a block of C, of an L2 cache's 256 Ki. */
  static final int BLOCK_SIZE = 1 << 16;

  private final ConvGeometry g;
  private final Epilogue epilogue;
  private final int rows;
  private final int columns;

  /** Distance in the image between neighbors in a run. */
  private final int step;

  private final boolean direct;

  /** Width of one remainder's columns in the copy, and of a whole row of it. */
  private final int lane;

  private final int stride;

  /** Image rows of a strip: those under a window, or one. */
  private final int stripHeight;

  /** For {@link #pieces}: the right operand that gives a convolution and its epilogue. */
  static Unfolding rows(ConvGeometry g, Epilogue epilogue) {
    return new Unfolding(g, epilogue, (long) epilogue.poolW() * g.strideW());
  }

  /** For whole windows: all positions of a convolution in their order. */
  static Unfolding windows(ConvGeometry g) {
    return new Unfolding(g, Epilogue.NONE, g.dilationW());
  }

  private Unfolding(ConvGeometry g, Epilogue epilogue, long wanted) {
    this.g = g;
    this.epilogue = epilogue;
    step = wanted < g.paddedW() ? (int) wanted : 1; // a run of one column has no neighbors
    rows = g.oh() / epilogue.poolH();
    columns = g.ow() / epilogue.poolW();
    direct = step == 1 && g.window().pad().isNone();
    lane = Tasks.ceilDiv(g.paddedW(), step);
    stride = direct ? g.w() : lane * step;
    stripHeight = g.c() * g.fw() % Block.WIDEST == 0 ? 1 : g.fh();
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
    long perRow = (long) fn * epilogue.phases() * Math.max(1, columns);
    return (int) Math.max(1, Math.min(rows, BLOCK_SIZE / Math.max(1, perRow)));
  }

  private int inputRows(int count) {
    return (count * epilogue.poolH() - 1) * g.strideH() + g.window().extentH();
  }

  /** Prepares output rows r0 to r0 + count - 1 of an image. */
  void load(Block block, float[] x, int xOffset, int r0, int count) {
    int first = r0 * epilogue.poolH() * g.strideH() - g.padTop();
    boolean end = x.length - xOffset - g.imageSize() < Block.SLACK;
    if (direct && !end) {
      block.source = x;
      block.sourceOffset = xOffset + first * g.w();
      block.channelStride = g.h() * g.w();
      return;
    }
    int height = inputRows(count);
    float[] to = block.image(g.c() * height * stride);
    if (step > 1 || !g.window().pad().isNone()) {
      Arrays.fill(to, 0, g.c() * height * stride, 0f);
    }
    int begin = Math.max(0, -first);
    int past = Math.min(height, g.h() - first);
    for (int r = 0; r < step; r++) {
      // Column r + step i of the padded row is column r + step i - padLeft of the image.
      int skip = Math.max(0, Tasks.ceilDiv(g.padLeft() - r, step));
      int width = Math.min(lane, Tasks.ceilDiv(g.w() + g.padLeft() - r, step)) - skip;
      for (int c = 0; c < g.c() && width > 0; c++) {
        int source = xOffset + (c * g.h() + first) * g.w() + r - g.padLeft() + skip * step;
        int target = c * height * stride + r * lane + skip;
        for (int i = begin; i < past; i++) {
          copyEvery(step, width, x, source + i * g.w(), to, target + i * stride);
        }
      }
    }
    block.source = to;
    block.sourceOffset = 0;
    block.channelStride = height * stride;
  }

  /** Four at a time: rows are too short for the compiler's own unrolling. */
  private static void copyEvery(int step, int count, float[] x, int from, float[] to, int at) {
    if (step == 1) {
      System.arraycopy(x, from, to, at, count);
      return;
    }
    int i = 0;
    int source = from;
    for (; i + 3 < count; i += 4, source += 4 * step) {
      to[at + i] = x[source];
      to[at + i + 1] = x[source + step];
      to[at + i + 2] = x[source + 2 * step];
      to[at + i + 3] = x[source + 3 * step];
    }
    for (; i < count; i++, source += step) {
      to[at + i] = x[source];
    }
  }

  /**
   * Describes the unfolded matrix for the {@code count} rows that were loaded, for {@link
   * BlockedKernels#layRows}: a piece for each run of columns, and for each row of the matrix, the
   * place (c, fy, fx) of the filter, where it stands in the source; that table is given for each
   * column of the pool's window.
   */
  void pieces(Block block, int count) {
    int next = distanceOfRows();
    int runs = isWhole() ? 1 : count;
    int width = isWhole() ? count * columns : columns;
    int k = g.windowSize();
    block.pieces(epilogue.phases() * runs);
    for (int phase = 0; phase < epilogue.phases(); phase++) {
      int from = phase / epilogue.poolW() * g.strideH() * stride;
      for (int r = 0; r < runs; r++) {
        block.piece(from + r * next, phase % epilogue.poolW() * k, width);
      }
    }
    int[] taps = block.taps(epilogue.poolW() * k);
    int i = 0;
    for (int phase = 0; phase < epilogue.poolW(); phase++) {
      for (int c = 0; c < g.c(); c++) {
        for (int fy = 0; fy < g.fh(); fy++) {
          int row = c * block.channelStride + fy * g.dilationH() * stride;
          for (int fx = 0; fx < g.fw(); fx++) {
            taps[i++] = row + slot(phase * g.strideW() + fx * g.dilationW());
          }
        }
      }
    }
  }

  /** From the run of one output row, after the pool, to that of the next. */
  private int distanceOfRows() {
    return epilogue.poolH() * g.strideH() * stride;
  }

  /** Whether the runs follow one another without a gap. */
  private boolean isWhole() {
    return columns == stride && distanceOfRows() == stride;
  }

  /** Where in a row of the source a column of the padded image stands. */
  private int slot(int x) {
    return x % step * lane + x / step;
  }

  /**
   * From the beginning of what {@link #writeStrips} writes to the window at a position; for {@link
   * #windows}.
   */
  int distanceInStrips(int position) {
    int row = position / columns * (stripHeight == 1 ? g.strideH() : 1);
    return (row * stride + slot(position % columns * g.strideW())) * g.c() * stripHeight;
  }

  /** The strips' windows as rows: where each begins. {@link #piecesOfStrips} has their columns. */
  void rowsOfStrips(Block block) {
    block.source = block.strips;
    block.sourceOffset = 0;
    int[] taps = block.taps(g.positions());
    for (int position = 0; position < g.positions(); position++) {
      taps[position] = distanceInStrips(position);
    }
  }

  /** Describes the columns {@code j} to {@code j + count - 1} of the strips' windows. */
  void piecesOfStrips(Block block, int j, int count) {
    int width = g.windowSize() / stripPieces();
    block.pieces(stripPieces());
    for (int i = j; i < j + count; ) {
      int end = Math.min(j + count, (i / width + 1) * width);
      block.piece(i / width * stripDistance() + i % width, 0, end - i);
      i = end;
    }
  }

  /** Into how many pieces of equal length a window in the strips falls. */
  int stripPieces() {
    return g.fh() / stripHeight;
  }

  /** From one piece of a window to the next. */
  int stripDistance() {
    return g.dilationH() * stride * g.c();
  }

  /** Whether the distance of a sum of positions is the sum of their distances. */
  boolean isLinear() {
    return step == 1;
  }

  /**
   * The place of number (c, fy, fx) of a window in the strips: (fx, c, fy), or (fy, fx, c) where
   * each row of the image is a strip.
   */
  int inStrip(int index) {
    int c = index / (g.fw() * g.fh());
    int fy = index / g.fw() % g.fh();
    int fx = index % g.fw();
    return stripHeight == 1 ? (fy * g.fw() + fx) * g.c() + c : (fx * g.c() + c) * g.fh() + fy;
  }

  /** Numbers that {@link #writeStrips} writes. */
  int stripsSize() {
    return stripRows() * stride * g.c() * stripHeight;
  }

  private int stripRows() {
    return stripHeight == 1 ? inputRows(rows) : rows;
  }

  /**
   * For each output row the image rows under its windows, column by column: number (c, fy) of
   * column x stands at {@code x C FH + c FH + fy}. So every window of the row lies in one piece,
   * and windows share what they have in common. Where the columns of a row of a window fill whole
   * vectors, each image row is a strip, and a window has a piece in each of its rows.
   */
  void writeStrips(Block block, float[] strips) {
    int column = g.c() * stripHeight;
    int[] from = block.taps(column);
    for (int row = 0; row < stripRows(); row++) {
      int top = stripHeight == 1 ? row : row * g.strideH();
      for (int i = 0; i < column; i++) {
        int y = top + i % stripHeight * g.dilationH();
        from[i] = block.sourceOffset + i / stripHeight * block.channelStride + y * stride;
      }
      writeStrip(block.source, from, column, strips, row * stride * column);
    }
  }

  /** Eight numbers of a column at a time. */
  private void writeStrip(float[] x, int[] from, int column, float[] strips, int strip) {
    int i = 0;
    for (; i + 7 < column; i += 8) {
      int f0 = from[i];
      int f1 = from[i + 1];
      int f2 = from[i + 2];
      int f3 = from[i + 3];
      int f4 = from[i + 4];
      int f5 = from[i + 5];
      int f6 = from[i + 6];
      int f7 = from[i + 7];
      int to = strip + i;
      for (int j = 0; j < stride; j++, to += column) {
        strips[to] = x[f0 + j];
        strips[to + 1] = x[f1 + j];
        strips[to + 2] = x[f2 + j];
        strips[to + 3] = x[f3 + j];
        strips[to + 4] = x[f4 + j];
        strips[to + 5] = x[f5 + j];
        strips[to + 6] = x[f6 + j];
        strips[to + 7] = x[f7 + j];
      }
    }
    for (; i < column; i++) {
      for (int j = 0; j < stride; j++) {
        strips[strip + j * column + i] = x[from[i] + j];
      }
    }
  }
}
