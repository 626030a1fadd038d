package io.github.purenet.kernel;

import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * Products and convolutions cut into blocks: how the work is divided, what is copied where, and in
 * which order partial sums are added. What happens inside a block, {@link #multiply}, is the
 * subclass's.
 *
 * <p>A block of C (some hundred rows and columns) belongs to one task. It goes through the inner
 * dimension in slices of {@link #DEPTH}; for each slice the left operand is packed and the right
 * one laid out in rows or panels that stay in the cache. A convolution lays its windows out
 * directly from the image, so the matrix of im2col never exists.
 *
 * <p>C is summed in float over at most {@link Sums#LONGEST} of the inner dimension. If that is
 * longer, C is added to totals in double after each {@link #stretch}.
 *
 * <p>The division depends on the sizes alone, so the same numbers give the same bits with any
 * number of threads.
 */
abstract class BlockedKernels extends PoolKernels {
  /** Slice of the inner dimension: 256 rows of a panel of 32 floats are 32 KiB, one L1 cache. */
  static final int DEPTH = 256;

  /** Rows and columns of a task's block; 256 by 512 floats of C and its operands fill an L2. */
  static final int BLOCK_M = 256;

  static final int BLOCK_N = 512;

  /** A long inner dimension is cut into pieces of this length where C is only one block. */
  private static final int PIECE = 512;

  /** Pieces of a very long one, each of several of these lengths. */
  private static final int MOST_PIECES = 32;

  /** A shorter one of a product of one row is cut into so many pieces, no shorter than this. */
  private static final int PIECES_OF_ROW = 8;

  private static final int SHORT_PIECE = 64;

  /** Columns of one row of C up to which each piece has such a row: 64 MiB. */
  private static final int LONGEST_ROW = 1 << 24;

  /** Tasks of a convolution below which filters are shared among more, and the fewest of these. */
  private static final int TASKS = 8;

  private static final int FILTERS_OF_TASK = 48;

  /** Pieces of the batch whose weight gradients are summed apart. */
  private static final int PIECES_OF_BATCH = 8;

  BlockedKernels(Workers workers) {
    super(workers);
  }

  /** Floats that {@link #packLeft} writes. */
  abstract int leftSize(int m, int k);

  /** Packs m by k numbers of the left operand in the order that {@link #multiply} reads. */
  abstract void packLeft(
      int m,
      int k,
      float[] a,
      int aOffset,
      int rowStride,
      int columnStride,
      float[] left,
      int leftOffset);

  /** Makes room for k rows of n numbers of the right operand. */
  abstract void beginRight(Block block, int k, int n);

  /**
   * Lays {@code depth} rows out as the right operand, after {@link #beginRight}: piece i of row p
   * stands at {@code pieceAt(i, first + p)} of the block's source. Vectors may read over the end of
   * a piece, by less than {@link Block#SLACK}.
   */
  abstract void layRows(Block block, int first, int depth);

  /** Lays k by n numbers of a matrix out as the right operand, after {@link #beginRight}. */
  abstract void packRight(
      Block block, int k, int n, float[] b, int bOffset, int rowStride, int columnStride);

  /** Makes room for m by n numbers of C; content is arbitrary. */
  abstract void beginC(Block block, int m, int n);

  /** C = left (m by k) times right (k by n) in the block, or C += that. */
  abstract void multiply(
      Block block, int m, int n, int k, float[] left, int leftOffset, boolean accumulate);

  /**
   * How much of a long inner dimension {@link #multiply} may go through before C is added to the
   * totals: a number of slices after which more sums in C would be less exact.
   */
  abstract int stretch();

  /** c[0..n) = a (1 by k) times B (k by n). */
  abstract void gemv(int n, int k, float[] a, int ao, float[] b, int bo, int ldb, float[] c);

  /** to += a from. */
  abstract void addScaled(
      float a, float[] from, int fromOffset, float[] to, int toOffset, int count);

  /** Adds a bias to row i of C in place, and rectifies it if asked. */
  abstract void biasAndRelu(Block block, int i, int n, float bias, boolean relu);

  /**
   * Maximum over the phases that follow one another in row i of C, n numbers each: into {@code
   * block.row}, and which won into {@code block.phases} if asked.
   */
  abstract void poolPhases(Block block, int i, int n, Epilogue epilogue, float bias, boolean which);

  /** d[at..) = dy[from..) where y[from..) is above 0 or NaN, 0 elsewhere. */
  abstract void passRelu(float[] y, float[] dy, int from, float[] d, int at, int count);

  /**
   * For n maxima of a pool: into {@code block.row} the gradients that pass, into {@code block.at}
   * where their windows begin. Some of those that do not pass may be left, as zeros.
   *
   * @param bases where a window begins whose maximum stood at phase 0
   * @param steps how much later it begins for each phase
   * @param work numbers that each of them will be multiplied with
   * @param from where the outputs begin in y, phases and dy
   * @return how many there are
   */
  int maxima(
      Block block,
      int n,
      int[] bases,
      int[] steps,
      int work,
      Epilogue epilogue,
      float[] y,
      float[] phases,
      float[] dy,
      int from) {
    float[] d = block.row;
    int[] at = block.at;
    int always = epilogue.relu() ? 0 : 1;
    int count = 0;
    for (int i = 0; i < n; i++) {
      d[count] = dy[from + i];
      at[count] = bases[i] + steps[(int) phases[from + i]]; // NaN counts as 0
      int bits = Float.floatToRawIntBits(y[from + i]); // of 0, a positive number or NaN
      count += ((bits | -bits) >>> 31) | always;
    }
    return count;
  }

  /**
   * sums += d[i] times the window that begins at at[i] + shift, for all i below count.
   *
   * @param source strips of the image, in which the numbers of a window follow one another
   */
  abstract void addWindows(
      int count,
      float[] d,
      int[] at,
      float[] source,
      int shift,
      int windowSize,
      float[] sums,
      int sumsOffset);

  /**
   * image[at[i] + begins[r] ..] += d[i] times the r-th run of weights, for all i below count.
   *
   * @param width numbers of a run, whole vectors
   */
  void addRuns(
      int count,
      float[] d,
      int[] at,
      float[] weights,
      int from,
      int width,
      int[] begins,
      float[] image) {
    for (int i = 0; i < count; i++) {
      for (int r = 0; r < begins.length; r++) {
        addScaled(d[i], weights, from + r * width, image, at[i] + begins[r], width);
      }
    }
  }

  @Override
  public final void gemm(Matrix a, Matrix b, float[] c, boolean accumulate) {
    Product p = new Product(a, b);
    if (p.m == 0 || p.n == 0) {
      return;
    }
    if (p.k == 0) {
      if (!accumulate) {
        Arrays.fill(c, 0, p.m * p.n, 0f);
      }
    } else if (p.m == 1 && p.bColumn == 1 && p.n <= LONGEST_ROW) {
      int length = Math.max(SHORT_PIECE, Math.min(PIECE, Tasks.ceilDiv(p.k, PIECES_OF_ROW)));
      sumPieces(p, p.k > Sums.LONGEST ? lengthOfLong(p.k) : length, c, accumulate);
    } else if (p.m <= BLOCK_M && p.n <= BLOCK_N && p.k >= 2 * PIECE) {
      sumPieces(p, p.k > Sums.LONGEST ? lengthOfLong(p.k) : PIECE, c, accumulate);
    } else {
      multiplyAll(p, c, accumulate);
    }
  }

  private static int lengthOfLong(int k) {
    return Tasks.ceilDiv(Tasks.ceilDiv(k, MOST_PIECES), PIECE) * PIECE;
  }

  /** How much of an inner dimension of k may be summed in C: all of it, if it is not long. */
  final int stretch(int k) {
    return k > Sums.LONGEST ? stretch() : k;
  }

  /** After a slice of an inner dimension of k: adds C to the totals where a stretch ends. */
  static void endSlice(Block block, int m, int n, int end, int k, int stretch) {
    if (stretch < k && (end == k || end % stretch == 0)) {
      addToTotals(block, m, n);
    }
  }

  /** Adds C to the totals, row after row. */
  private static void addToTotals(Block block, int m, int n) {
    for (int i = 0; i < m; i++) {
      Sums.add(block.c[i], i * block.cStep, block.totals, i * n, n);
    }
  }

  /** Sets C to the totals. */
  static void roundTotals(Block block, int m, int n) {
    for (int i = 0; i < m; i++) {
      Sums.round(block.totals, i * n, block.c[i], i * block.cStep, n);
    }
  }

  /** A product in blocks of C, or added to it. */
  void multiplyAll(Product p, float[] c, boolean accumulate) {
    forEachBlock(
        p,
        (block, i, rows, j, columns) -> {
          int to = i * p.n + j;
          beginC(block, rows, columns);
          for (int row = 0; row < rows && accumulate; row++) {
            System.arraycopy(c, to + row * p.n, block.c[row], row * block.cStep, columns);
          }
          multiply(block, p, i, rows, j, columns, 0, p.k, accumulate);
          for (int row = 0; row < rows; row++) {
            System.arraycopy(block.c[row], row * block.cStep, c, to + row * p.n, columns);
          }
        });
  }

  /** What computes rows i.. and columns j.. of a product. */
  interface BlockTask {
    void run(Block block, int i, int rows, int j, int columns);
  }

  final void forEachBlock(Product p, BlockTask work) {
    int tasksN = Tasks.ceilDiv(p.n, BLOCK_N);
    int tasks = Tasks.ceilDiv(p.m, BLOCK_M) * tasksN;
    run(
        tasks,
        (long) p.m * p.n * p.k / tasks,
        task -> {
          int i = task / tasksN * BLOCK_M;
          int j = task % tasksN * BLOCK_N;
          Block block = Block.take();
          work.run(block, i, Math.min(BLOCK_M, p.m - i), j, Math.min(BLOCK_N, p.n - j));
          block.release();
        });
  }

  final void run(int tasks, long multiplyAddsOfTask, IntConsumer task) {
    Tasks.run(workers, tasks, multiplyAddsOfTask, task);
  }

  /** The operands of one product, with a stride for each axis. */
  static final class Product {
    final int m;
    final int n;
    final int k;
    final float[] a;
    final int aRow;
    final int aColumn;
    final float[] b;
    final int bRow;
    final int bColumn;

    Product(Matrix left, Matrix right) {
      assert left.columns() == right.rows();
      m = left.rows();
      n = right.columns();
      k = left.columns();
      a = left.data();
      aRow = left.rowStride();
      aColumn = left.columnStride();
      b = right.data();
      bRow = right.rowStride();
      bColumn = right.columnStride();
    }
  }

  /** Rows i.. columns j.. of the product over inner indices from..to, into the block's C. */
  private void multiply(
      Block block,
      Product p,
      int i,
      int rows,
      int j,
      int columns,
      int from,
      int to,
      boolean accumulate) {
    int k = to - from;
    int stretch = Math.min(k, stretch(p.k));
    boolean isLong = stretch < k;
    if (isLong) {
      block.zeroTotals(rows * columns);
      if (accumulate) {
        addToTotals(block, rows, columns);
      }
    }
    for (int k0 = from; k0 < to; k0 += DEPTH) {
      int depth = Math.min(DEPTH, to - k0);
      float[] left = block.left(leftSize(rows, depth));
      packLeft(rows, depth, p.a, i * p.aRow + k0 * p.aColumn, p.aRow, p.aColumn, left, 0);
      beginRight(block, depth, columns);
      packRight(block, depth, columns, p.b, k0 * p.bRow + j * p.bColumn, p.bRow, p.bColumn);
      boolean add = (accumulate && !isLong) || (k0 - from) % stretch > 0;
      multiply(block, rows, columns, depth, left, 0, add);
      endSlice(block, rows, columns, k0 + depth - from, k, stretch);
    }
    if (isLong) {
      roundTotals(block, rows, columns);
    }
  }

  /** c[0..n) of the block = the part from..to of a product of one row. */
  private void gemv(Block block, Product p, int from, int to) {
    if (to - from <= PIECE) {
      gemv(p.n, to - from, p.a, from, p.b, from * p.bRow, p.bRow, block.c[0]);
      return;
    }
    block.zeroTotals(p.n);
    for (int k0 = from; k0 < to; k0 += PIECE) {
      int k = Math.min(PIECE, to - k0);
      gemv(p.n, k, p.a, k0, p.b, k0 * p.bRow, p.bRow, block.c[0]);
      addToTotals(block, 1, p.n);
    }
    roundTotals(block, 1, p.n);
  }

  /**
   * A product whose C is one block or one row: pieces of the inner dimension apart, then their sum.
   * For one row nothing is packed, since each number of B is read once, in the order of memory.
   */
  private void sumPieces(Product p, int length, float[] c, boolean accumulate) {
    boolean oneRow = p.m == 1 && p.bColumn == 1;
    int pieces = Tasks.ceilDiv(p.k, length);
    Block[] blocks = new Block[pieces];
    run(
        pieces,
        (long) p.m * p.n * p.k / pieces,
        piece -> {
          int from = piece * length;
          int to = from + Math.min(p.k - from, length);
          Block block = Block.take();
          if (oneRow) {
            block.c(1, p.n, true);
            gemv(block, p, from, to);
          } else {
            beginC(block, p.m, p.n);
            multiply(block, p, 0, p.m, 0, p.n, from, to, false);
          }
          blocks[piece] = block;
        });
    for (int row = 0; row < p.m; row++) {
      int to = row * p.n;
      if (!accumulate) {
        Arrays.fill(c, to, to + p.n, 0f);
      }
      for (Block block : blocks) {
        add(block.c[row], row * block.cStep, c, to, p.n);
      }
    }
    for (Block block : blocks) {
      block.release();
    }
  }

  @Override
  public final void convolve(
      ConvGeometry g,
      float[] x,
      float[] weight,
      float[] bias,
      Epilogue epilogue,
      float[] y,
      float[] phases) {
    if (UnfoldedConvolution.isNeeded(g, epilogue)) {
      assert epilogue.phases() == 1;
      new UnfoldedConvolution(this, g).convolve(x, weight, bias, epilogue.relu(), y);
      return;
    }
    ConvGeometry one = g.group();
    int groups = g.groups();
    int filters = one.fn();
    Unfolding u = Unfolding.rows(one, epilogue);
    int k = g.windowSize();
    int atMost = u.rowsPerTask(filters);
    int rowsPerTask =
        Math.max(1, Tasks.ceilDiv(u.rows(), Tasks.ceilDiv(Math.max(1, u.rows()), atMost)));
    int tasksPerImage = Tasks.ceilDiv(u.rows(), rowsPerTask);
    int shares = shares(filters, g.n() * groups * tasksPerImage);
    int some = filters / shares;
    boolean depthWise = groups > 1 && filters == 1 && one.c() == 1;
    Block shared = Block.take();
    float[] left =
        depthWise ? weight : packAll(shared, groups * shares, some, k, weight, some * k, k, 1);
    run(
        g.n() * groups * shares * tasksPerImage,
        (long) some * k * g.positions() / Math.max(1, tasksPerImage),
        task -> {
          int share = task / tasksPerImage; // some filters of a group, on an image
          int image = share / shares; // the channels of a group of an image
          int ofWeight = share % (groups * shares);
          int r0 = task % tasksPerImage * rowsPerTask;
          int rows = Math.min(rowsPerTask, u.rows() - r0);
          int count = rows * u.columns();
          int columns = count * epilogue.phases();
          Block block = Block.take();
          beginC(block, some, columns);
          u.load(block, x, image * one.imageSize(), r0, rows);
          u.pieces(block, rows);
          if (depthWise) {
            addWeighted(block, k, columns, weight, ofWeight * k);
          } else {
            multiply(block, some, columns, k, left, ofWeight * leftSize(some, k));
          }
          int to = share * some * u.size() + r0 * u.columns();
          for (int f = 0; f < some; f++, to += u.size()) {
            float b = bias == null ? 0f : bias[ofWeight * some + f];
            if (epilogue.phases() == 1) {
              biasAndRelu(block, f, columns, b, epilogue.relu());
              System.arraycopy(block.c[f], f * block.cStep, y, to, count);
            } else {
              block.row(count);
              block.phases(count);
              poolPhases(block, f, count, epilogue, b, phases != null);
              System.arraycopy(block.row, 0, y, to, count);
              if (phases != null) {
                System.arraycopy(block.phases, 0, phases, to, count);
              }
            }
          }
          block.release();
        });
    shared.release();
  }

  /** Into how many equal shares filters are cut where there would be few tasks otherwise. */
  private static int shares(int filters, int tasks) {
    int shares = Math.min(Tasks.ceilDiv(TASKS, Math.max(1, tasks)), filters / FILTERS_OF_TASK);
    while (shares > 1 && filters % shares != 0) {
      shares--;
    }
    return Math.max(1, shares);
  }

  /** C = left (m by k) times the pieces that were described (k by n). */
  final void multiply(Block block, int m, int n, int k, float[] left, int leftOffset) {
    int stretch = stretch(k);
    if (stretch < k) {
      block.zeroTotals(m * n);
    }
    for (int k0 = 0; k0 < k; k0 += DEPTH) {
      int depth = Math.min(DEPTH, k - k0);
      beginRight(block, depth, n);
      layRows(block, k0, depth);
      multiply(block, m, n, depth, left, leftOffset + leftSize(m, 1) * k0, k0 % stretch > 0);
      endSlice(block, m, n, k0 + depth, k, stretch);
    }
    if (stretch < k) {
      roundTotals(block, m, n);
    }
  }

  /** C (1 row) = the rows of the unfolded matrix, each times its weight: no product is needed. */
  private void addWeighted(Block block, int k, int columns, float[] weight, int weightOffset) {
    float[] c = block.c[0];
    int run = k > Sums.LONGEST ? Sums.RUN : k;
    if (run < k) {
      block.zeroTotals(columns);
    }
    for (int p = 0; p < k; p++) {
      if (p % run == 0) {
        Arrays.fill(c, 0, columns, 0f);
      }
      int to = 0;
      for (int i = 0; i < block.pieces; i++) {
        int count = block.pieceEnd[i] - to;
        addScaled(weight[weightOffset + p], block.source, block.pieceAt(i, p), c, to, count);
        to = block.pieceEnd[i];
      }
      endSlice(block, 1, columns, p + 1, k, run);
    }
    if (run < k) {
      roundTotals(block, 1, columns);
    }
  }

  /** Packs whole left operands one by one, each slice after slice of the inner dimension. */
  private float[] packAll(
      Block block, int count, int m, int k, float[] a, int step, int rowStride, int columnStride) {
    int unit = leftSize(m, 1);
    float[] left = block.left(count * unit * k);
    int slices = Tasks.ceilDiv(k, DEPTH);
    run(
        count * slices,
        (long) m * k / Math.max(1, slices),
        task -> {
          int i = task / slices;
          int k0 = task % slices * DEPTH;
          int depth = Math.min(DEPTH, k - k0);
          int from = i * step + k0 * columnStride;
          packLeft(m, depth, a, from, rowStride, columnStride, left, unit * (i * k + k0));
        });
    return left;
  }

  @Override
  public final void convolveBackward(
      ConvGeometry g,
      float[] x,
      float[] weight,
      Epilogue epilogue,
      float[] y,
      float[] phases,
      float[] dy,
      float[] dw,
      float[] db,
      float[] dx) {
    if (UnfoldedConvolution.isNeededBackward(g, epilogue)) {
      assert epilogue.phases() == 1;
      new UnfoldedConvolution(this, g)
          .convolveBackward(x, weight, epilogue.relu(), y, dy, dw, db, dx);
      return;
    }
    ConvBackward job = new ConvBackward(this, g, x, epilogue, y, phases, dy, dw != null, dx);
    int fn = g.fn();
    int k = g.windowSize();
    Block shared = Block.take();
    if (dx != null) {
      int groups = g.groups();
      int filters = fn / groups;
      int c = g.c() / groups;
      int taps = g.fh() * g.fw();
      if (epilogue.phases() > 1) {
        job.scatter = new Scatter(g.group(), fn, weight, shared);
      } else if (job.turned == null) { // W^T
        job.left = packAll(shared, groups, k, filters, weight, filters * k, 1, k);
      } else {
        float[] w = shared.image(fn * k);
        turn(groups, filters, c, taps, weight, w);
        job.left = packAll(shared, groups, c, filters * taps, w, filters * k, filters * taps, 1);
      }
    }
    int imagesPerPiece = Tasks.ceilDiv(g.n(), PIECES_OF_BATCH);
    int pieces = Tasks.ceilDiv(g.n(), Math.max(1, imagesPerPiece));
    Block[] blocks = new Block[pieces];
    run(
        pieces,
        (long) fn * k * g.positions() * imagesPerPiece,
        piece -> {
          Block block = Block.take();
          int from = piece * imagesPerPiece;
          job.run(block, from, Math.min(g.n(), from + imagesPerPiece));
          blocks[piece] = block;
        });
    int[] order = new int[k];
    for (int i = 0; i < k; i++) {
      order[i] = job.unfolding.inStrip(i);
    }
    for (Block block : blocks) {
      for (int f = 0; f < fn && dw != null; f++) {
        for (int i = 0; i < k; i++) {
          dw[f * k + i] += block.sums[f * job.sumsStride + order[i]];
        }
        if (db != null) {
          db[f] += block.biasSums[f];
        }
      }
      block.release();
    }
    shared.release();
  }

  /** (C, filters, taps) of each group from (filters, C, taps), the taps in reverse order. */
  private static void turn(
      int groups, int filters, int c, int taps, float[] weight, float[] turned) {
    int to = 0;
    for (int group = 0; group < groups; group++) {
      for (int i = 0; i < c; i++) {
        for (int f = 0; f < filters; f++) {
          int last = ((group * filters + f) * c + i + 1) * taps - 1;
          for (int t = 0; t < taps; t++) {
            turned[to++] = weight[last - t];
          }
        }
      }
    }
  }
}
