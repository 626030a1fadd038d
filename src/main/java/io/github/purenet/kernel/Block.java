package io.github.purenet.kernel;

import java.lang.ref.SoftReference;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The memory of one worker on one block of a product C = left right: the rows of C, the right
 * operand of one slice of the inner dimension, the packed left one, and room for what is unfolded.
 * Blocks are pooled, and their size follows from the blocking, not from the batch.
 */
final class Block {
  /** As many as may be in use at once without waste; a caller beyond that makes its own. */
  private static final AtomicReferenceArray<Block> POOL = new AtomicReferenceArray<>(64);

  private static final AtomicReference<SoftReference<Block>> LARGE = new AtomicReference<>();

  /** What a row is longer than asked for, so that vectors may run over its end. */
  static final int SLACK = 32;

  /** Floats of the widest vector. */
  static final int WIDEST = 16;

  float[][] c = new float[0][];
  int cStep;
  private float[][] apart = new float[0][];
  private float[][] sameArray = new float[0][];
  private float[] flat = new float[0];
  float[][] right = new float[0][];
  float[] panels = new float[0];
  float[] left = new float[0];
  float[] image = new float[0];
  float[] strips = new float[0];
  float[] row = new float[0];
  float[] phases = new float[0];
  float[] tile = new float[0];

  float[] sums = new float[0];
  float[] biasSums = new float[0];

  /** Sums of runs of a long sum: those of C or of an image, and those of weight and bias. */
  double[] totals = new double[0];

  double[] weightTotals = new double[0];
  int[] offsets = new int[0];

  /** Where the windows at the maxima begin: the first phase of each, the phases, the sum. */
  int[] bases = new int[0];

  int[] steps = new int[0];

  long[] keys = new long[0];

  /** The distance of each position where distances cannot be added. */
  int[] distances = new int[0];

  int[] at = new int[0];

  /** The same in the image whose gradient is wanted. */
  int[] dxBases = new int[0];

  int[] dxSteps = new int[0];

  /**
   * The right operand as pieces of its rows: where a piece ends in the row, where it begins in the
   * source, and which part of {@link #taps} has the distances of the rows.
   */
  int[] pieceEnd = new int[0];

  int[] pieceFrom = new int[0];
  int[] pieceTable = new int[0];
  int pieces;
  int[] taps = new int[0];

  /** Pieces of a panel: from, table and where to. */
  int[] cuts = new int[0];

  /**
   * What pieces are read from: an image, its copy in {@link #image}, or another of these arrays.
   */
  float[] source;

  int sourceOffset;
  int channelStride;

  private Block() {}

  /** A block from the pool, or a new one. */
  static Block take() {
    for (int i = 0; i < POOL.length(); i++) {
      if (POOL.getPlain(i) != null) {
        Block block = POOL.getAndSet(i, null);
        if (block != null) {
          return block;
        }
      }
    }
    return new Block();
  }

  /** A block for whole operands. One is kept, as long as nobody needs its memory. */
  static Block takeLarge() {
    SoftReference<Block> kept = LARGE.getAndSet(null);
    Block block = kept == null ? null : kept.get();
    return block == null ? new Block() : block;
  }

  void releaseLarge() {
    LARGE.set(new SoftReference<>(this));
  }

  /** Gives the block back; its content is lost. */
  void release() {
    source = null; // it may be the caller's
    for (int i = 0; i < POOL.length(); i++) {
      if (POOL.getPlain(i) == null && POOL.compareAndSet(i, null, this)) {
        return;
      }
    }
  }

  /**
   * Rows of C for m by n numbers; content is arbitrary. Row i begins at {@code c[i][i * cStep]}:
   * arrays of their own, or one array for all.
   */
  void c(int m, int n, boolean oneArray) {
    if (!oneArray) {
      apart = rows(apart, m, n + SLACK);
      c = apart;
      cStep = 0;
      return;
    }
    cStep = n + SLACK;
    flat = atLeast(flat, m * cStep + SLACK);
    if (sameArray.length < m || sameArray[0] != flat) {
      sameArray = new float[Math.max(m, sameArray.length)][];
      Arrays.fill(sameArray, flat);
    }
    c = sameArray;
  }

  /** Rows of the right operand; content is arbitrary. */
  float[][] right(int k, int n) {
    right = rows(right, k, n + SLACK);
    return right;
  }

  float[] panels(int size) {
    panels = atLeast(panels, size + SLACK);
    return panels;
  }

  float[] left(int size) {
    left = atLeast(left, size + SLACK);
    return left;
  }

  float[] image(int size) {
    image = atLeast(image, size + SLACK);
    return image;
  }

  float[] strips(int size) {
    strips = atLeast(strips, size + SLACK);
    return strips;
  }

  float[] row(int size) {
    row = atLeast(row, size + SLACK);
    return row;
  }

  float[] tile(int size) {
    tile = atLeast(tile, size);
    return tile;
  }

  float[] phases(int size) {
    phases = atLeast(phases, size + SLACK);
    return phases;
  }

  float[] zeroSums(int size) {
    sums = atLeast(sums, size + SLACK);
    Arrays.fill(sums, 0, size, 0f);
    return sums;
  }

  float[] zeroBiasSums(int size) {
    biasSums = atLeast(biasSums, size);
    Arrays.fill(biasSums, 0, size, 0f);
    return biasSums;
  }

  double[] zeroTotals(int size) {
    totals = zeros(totals, size);
    return totals;
  }

  double[] zeroWeightTotals(int size) {
    weightTotals = zeros(weightTotals, size);
    return weightTotals;
  }

  int[] offsets(int size) {
    offsets = atLeast(offsets, size);
    return offsets;
  }

  long[] keys(int size) {
    if (keys.length < size) {
      keys = new long[size];
    }
    return keys;
  }

  int[] distances(int size) {
    distances = atLeast(distances, size);
    return distances;
  }

  void at(int size, int phases) {
    bases = atLeast(bases, size + SLACK);
    dxBases = atLeast(dxBases, size + SLACK);
    at = atLeast(at, size + SLACK);
    steps = atLeast(steps, phases);
    dxSteps = atLeast(dxSteps, phases);
  }

  /** Forgets all pieces and makes room for so many. */
  void pieces(int count) {
    pieceEnd = atLeast(pieceEnd, count);
    pieceFrom = atLeast(pieceFrom, count);
    pieceTable = atLeast(pieceTable, count);
    pieces = 0;
  }

  /** The next {@code width} columns. */
  void piece(int from, int table, int width) {
    pieceEnd[pieces] = pieces == 0 ? width : pieceEnd[pieces - 1] + width;
    pieceFrom[pieces] = from;
    pieceTable[pieces] = table;
    pieces++;
  }

  /** Where piece {@code i} of a row begins in {@link #source}. */
  int pieceAt(int i, int row) {
    return sourceOffset + pieceFrom[i] + taps[pieceTable[i] + row];
  }

  int[] taps(int size) {
    taps = atLeast(taps, size);
    return taps;
  }

  int[] cuts(int size) {
    cuts = atLeast(cuts, size);
    return cuts;
  }

  /** Each row as long as it has to be: many short ones and a few long ones share the memory. */
  private static float[][] rows(float[][] rows, int count, int length) {
    float[][] all = rows.length >= count ? rows : Arrays.copyOf(rows, count);
    for (int i = 0; i < count; i++) {
      if (all[i] == null || all[i].length < length) {
        all[i] = new float[length];
      }
    }
    return all;
  }

  private static float[] atLeast(float[] array, int size) {
    return array.length >= size ? array : new float[size];
  }

  private static double[] zeros(double[] array, int size) {
    if (array.length < size) {
      return new double[size];
    }
    Arrays.fill(array, 0, size, 0);
    return array;
  }

  private static int[] atLeast(int[] array, int size) {
    return array.length >= size ? array : new int[size];
  }
}
