package io.github.purenet.kernel;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Explicit SIMD: the inner product keeps 8 rows by 2 vectors of C in registers; B is packed into
 * panels two vectors wide, A into panels of 8 rows.
 */
final class VectorKernels extends BlockedKernels {
  private static final VectorSpecies<Float> S = VectorTiles.S;
  private static final VectorSpecies<Integer> INTS = S.withLanes(int.class);
  private static final int VL = VectorTiles.VL;
  private static final int MR = VectorTiles.MR;
  private static final int NR = VectorTiles.NR;

  /** Floats of an operand that is packed as a whole: 16 MiB. */
  private static final int SHARED = 1 << 22;

  /** Columns from which B is read row by row, not vector by vector: each row is another page. */
  private static final int LONG_ROW = 256;

  /** Up to so many multiply-adds for each zero behind a Relu, it is not sorted out. */
  private static final int LITTLE_WORK = 150;

  VectorKernels(Workers workers) {
    super(workers);
    if (VL < 4) {
      throw new UnsupportedOperationException(
          "the widest vectors have " + S.vectorBitSize() + " bits");
    }
    // Fails at once where a security manager hides the property that the API reads with arrays.
    float[] numbers = new float[VL];
    FloatVector.fromArray(S, numbers, 0).intoArray(numbers, 0);
  }

  @Override
  public String name() {
    return "vector";
  }

  /** Returns the width of a vector. */
  int bits() {
    return S.vectorBitSize();
  }

  @Override
  int leftSize(int m, int k) {
    return roundUp(m, MR) * k;
  }

  @Override
  void beginC(Block block, int m, int n) {
    block.c(roundUp(m, MR), n, true);
  }

  /** Many slices: each is summed apart before it is added to C. */
  @Override
  int stretch() {
    return Sums.LONGEST;
  }

  @Override
  void packLeft(
      int m,
      int k,
      float[] a,
      int aOffset,
      int rowStride,
      int columnStride,
      float[] left,
      int leftOffset) {
    for (int i = 0; i < m; i += MR) {
      int to = leftOffset + i * k;
      int from = aOffset + i * rowStride;
      if (m - i >= MR && rowStride == 1) {
        packEightColumns(k, a, from, columnStride, left, to);
      } else if (m - i >= MR) {
        packEightRows(k, a, from, rowStride, columnStride, left, to, MR);
      } else {
        Arrays.fill(left, to, to + MR * k, 0f);
        for (int r = 0; r < m - i; r++) {
          for (int p = 0; p < k; p++) {
            left[to + p * MR + r] = a[from + r * rowStride + p * columnStride];
          }
        }
      }
    }
  }

  /** Copies eight numbers that stand side by side for each p. */
  private static void packEightColumns(
      int k, float[] a, int from, int columnStride, float[] left, int to) {
    int vectors = Math.max(1, MR / VL);
    // A vector may write over the end of eight numbers, where those of the next p will stand.
    int safe = from + (k - 1) * columnStride + vectors * VL <= a.length ? k - 1 : 0;
    for (int v = 0; v < MR; v += VL) {
      for (int p = 0; p < safe; p++) {
        FloatVector.fromArray(S, a, from + p * columnStride + v).intoArray(left, to + p * MR + v);
      }
    }
    for (int p = safe; p < k; p++) {
      System.arraycopy(a, from + p * columnStride, left, to + p * MR, MR);
    }
  }

  /** Transposes eight rows: number p of each goes to {@code to + p * step}. */
  private static void packEightRows(
      int k, float[] a, int from, int rowStride, int columnStride, float[] left, int to, int step) {
    int at = from;
    int r2 = 2 * rowStride;
    int r4 = 4 * rowStride;
    for (int p = 0; p < k; p++, at += columnStride, to += step) {
      left[to] = a[at];
      left[to + 1] = a[at + rowStride];
      left[to + 2] = a[at + r2];
      left[to + 3] = a[at + r2 + rowStride];
      left[to + 4] = a[at + r4];
      left[to + 5] = a[at + r4 + rowStride];
      left[to + 6] = a[at + r4 + r2];
      left[to + 7] = a[at + r4 + r2 + rowStride];
    }
  }

  @Override
  void beginRight(Block block, int k, int n) {
    block.panels(roundUp(n, VL) * k);
  }

  /** Panel by panel: its pieces are cut into vectors once, then copied for each row. */
  @Override
  void layRows(Block block, int first, int depth) {
    int n = block.pieceEnd[block.pieces - 1];
    int[] cuts = block.cuts(3 * Math.max(4, NR));
    int piece = 0;
    for (int j = 0; j < n; j += NR) {
      int width = n - j > VL ? NR : VL;
      int end = Math.min(n, j + width);
      int count = 0;
      for (int column = j; column < end; ) {
        while (block.pieceEnd[piece] <= column) {
          piece++;
        }
        int begin = piece == 0 ? 0 : block.pieceEnd[piece - 1];
        cuts[count] = block.sourceOffset + block.pieceFrom[piece] + column - begin;
        cuts[count + 1] = block.pieceTable[piece] + first;
        cuts[count + 2] = column - j;
        count += 3;
        column = Math.min(column + VL, Math.min(end, block.pieceEnd[piece]));
      }
      VectorPanels.lay(
          depth, cuts, count, block.taps, block.source, block.panels, j * depth, width);
    }
  }

  /**
   * Writes the first {@code whole} of row p's n columns, a number of whole vectors. The last panel
   * is one vector wide if no more columns are left for it.
   */
  private static void toPanels(
      float[] row,
      int rowOffset,
      float[] panels,
      int panelsOffset,
      int p,
      int k,
      int whole,
      int n) {
    int j = 0;
    for (; j + NR <= whole; j += NR) {
      int to = panelsOffset + j * k + p * NR;
      FloatVector.fromArray(S, row, rowOffset + j).intoArray(panels, to);
      FloatVector.fromArray(S, row, rowOffset + j + VL).intoArray(panels, to + VL);
    }
    if (j < whole) {
      int width = n - j > VL ? NR : VL;
      FloatVector.fromArray(S, row, rowOffset + j)
          .intoArray(panels, panelsOffset + j * k + p * width);
    }
  }

  @Override
  void packRight(
      Block block, int k, int n, float[] b, int bOffset, int rowStride, int columnStride) {
    packRight(k, n, b, bOffset, rowStride, columnStride, block.panels, 0);
  }

  private static void packRight(
      int k,
      int n,
      float[] b,
      int bOffset,
      int rowStride,
      int columnStride,
      float[] panels,
      int panelsOffset) {
    if (columnStride == 1) {
      int whole = n / VL * VL;
      for (int p = 0; p < k; p++) {
        toPanels(b, bOffset + p * rowStride, panels, panelsOffset, p, k, whole, n);
      }
      if (whole < n) {
        boolean second = whole % NR != 0;
        int step = second ? NR : VL;
        int to = panelsOffset + whole / NR * NR * k + (second ? VL : 0);
        for (int p = 0; p < k; p++, to += step) {
          System.arraycopy(b, bOffset + p * rowStride + whole, panels, to, n - whole);
          Arrays.fill(panels, to + n - whole, to + VL, 0f);
        }
      }
      return;
    }
    for (int j = 0; j < n; j += NR) {
      int width = n - j > VL ? NR : VL;
      int columns = Math.min(width, n - j);
      int to = panelsOffset + j * k;
      int c = 0;
      for (; c + MR <= columns; c += MR) {
        int from = bOffset + (j + c) * columnStride;
        packEightRows(
            k,
            b,
            from,
            /* rowStride= */ columnStride,
            /* columnStride= */ rowStride,
            panels,
            to + c,
            width);
      }
      for (; c < width; c++) {
        int from = bOffset + (j + c) * columnStride;
        for (int p = 0; p < k; p++) {
          panels[to + p * width + c] = c < columns ? b[from + p * rowStride] : 0f;
        }
      }
    }
  }

  @Override
  void multiply(
      Block block, int m, int n, int k, float[] left, int leftOffset, boolean accumulate) {
    float[] c = block.c[0];
    tiles(block, m, n, k, left, leftOffset, block.panels, 0, c, 0, block.cStep, false, accumulate);
  }

  /** Packs an operand once for all blocks that read it, and writes straight into C. */
  @Override
  void multiplyAll(Product p, float[] c, boolean accumulate) {
    int leftUnit = roundUp(p.m, MR);
    int rightUnit = roundUp(p.n, VL);
    boolean sharesLeft = p.n > BLOCK_N && (long) leftUnit * p.k <= SHARED;
    boolean sharesRight = p.m > BLOCK_M && (long) rightUnit * p.k <= SHARED;
    Block shared = sharesLeft || sharesRight ? Block.takeLarge() : null;
    if (sharesLeft) {
      float[] left = shared.left(leftUnit * p.k);
      forEachPiece(
          p.k,
          p.m,
          BLOCK_M,
          (k0, depth, i, rows) -> packLeft(p, i, rows, k0, depth, left, leftUnit * k0 + i * depth));
    }
    if (sharesRight) {
      float[] right = shared.panels(rightUnit * p.k);
      forEachPiece(
          p.k,
          p.n,
          BLOCK_N,
          (k0, depth, j, columns) ->
              packRight(p, j, columns, k0, depth, right, rightUnit * k0 + j * depth));
    }
    forEachBlock(
        p,
        (block, i, rows, j, columns) -> {
          int to = i * p.n + j;
          int stretch = stretch(p.k);
          boolean isLong = stretch < p.k;
          if (isLong) {
            beginC(block, rows, columns);
            block.zeroTotals(rows * columns);
            for (int row = 0; row < rows && accumulate; row++) {
              Sums.add(c, to + row * p.n, block.totals, row * columns, columns);
            }
          }
          float[] sums = isLong ? block.c[0] : c;
          int at = isLong ? 0 : to;
          int step = isLong ? block.cStep : p.n;
          for (int k0 = 0; k0 < p.k; k0 += DEPTH) {
            int depth = Math.min(DEPTH, p.k - k0);
            float[] left = sharesLeft ? shared.left : block.left(leftSize(rows, depth));
            int lo = sharesLeft ? leftUnit * k0 + i * depth : 0;
            if (!sharesLeft) {
              packLeft(p, i, rows, k0, depth, left, 0);
            }
            float[] right =
                sharesRight ? shared.panels : block.panels(roundUp(columns, VL) * depth);
            int ro = sharesRight ? rightUnit * k0 + j * depth : 0;
            if (!sharesRight) {
              packRight(p, j, columns, k0, depth, right, 0);
            }
            boolean add = (accumulate && !isLong) || k0 % stretch > 0;
            tiles(block, rows, columns, depth, left, lo, right, ro, sums, at, step, !isLong, add);
            endSlice(block, rows, columns, k0 + depth, p.k, stretch);
          }
          for (int row = 0; row < rows && isLong; row++) {
            Sums.round(block.totals, row * columns, c, to + row * p.n, columns);
          }
        });
    if (shared != null) {
      shared.releaseLarge();
    }
  }

  /** What packs {@code count} rows or columns from {@code at} of one slice of an operand. */
  private interface Packing {
    void run(int k0, int depth, int at, int count);
  }

  private void forEachPiece(int k, int size, int step, Packing work) {
    int pieces = Tasks.ceilDiv(size, step);
    int tasks = pieces * Tasks.ceilDiv(k, DEPTH);
    run(
        tasks,
        (long) k * size / tasks,
        task -> {
          int k0 = task / pieces * DEPTH;
          int at = task % pieces * step;
          work.run(k0, Math.min(DEPTH, k - k0), at, Math.min(step, size - at));
        });
  }

  private void packLeft(Product p, int i, int rows, int k0, int depth, float[] left, int to) {
    int from = i * p.aRow + k0 * p.aColumn;
    packLeft(rows, depth, p.a, from, p.aRow, p.aColumn, left, to);
  }

  private static void packRight(
      Product p, int j, int columns, int k0, int depth, float[] right, int to) {
    int from = k0 * p.bRow + j * p.bColumn;
    packRight(depth, columns, p.b, from, p.bRow, p.bColumn, right, to);
  }

  /**
   * All tiles of a product.
   *
   * @param exact whether nothing may be written beside the m by n numbers
   */
  private static void tiles(
      Block block,
      int m,
      int n,
      int k,
      float[] left,
      int leftOffset,
      float[] panels,
      int panelsOffset,
      float[] c,
      int cOffset,
      int ldc,
      boolean exact,
      boolean accumulate) {
    float[] tile = block.tile(MR * NR);
    for (int j = 0; j < n; j += NR) {
      boolean wide = n - j > VL;
      int width = wide ? NR : VL;
      int panel = panelsOffset + j * k;
      for (int i = 0; i < m; i += MR) {
        int at = cOffset + i * ldc + j;
        boolean cut = exact && (m - i < MR || n - j < width);
        boolean apart = accumulate || cut;
        float[] to = apart ? tile : c;
        int o = apart ? 0 : at;
        int ld = apart ? NR : ldc;
        if (wide && VectorHalfTiles.WANTED) {
          VectorHalfTiles.tile2(k, left, leftOffset + i * k, panels, panel, to, o, ld);
        } else if (wide) {
          VectorTiles.tile2(k, left, leftOffset + i * k, panels, panel, to, o, ld);
        } else {
          VectorTiles.tile1(k, left, leftOffset + i * k, panels, panel, to, o, ld);
        }
        if (cut) {
          storeCut(Math.min(MR, m - i), Math.min(width, n - j), tile, c, at, ldc, accumulate);
        } else if (accumulate) {
          VectorTiles.addTile(tile, wide, c, at, ldc);
        }
      }
    }
  }

  private static void storeCut(
      int rows, int columns, float[] tile, float[] c, int at, int ldc, boolean accumulate) {
    for (int r = 0; r < rows; r++) {
      for (int j = 0; j < columns; j++) {
        int to = at + r * ldc + j;
        c[to] = accumulate ? c[to] + tile[r * NR + j] : tile[r * NR + j];
      }
    }
  }

  @Override
  void gemv(int n, int k, float[] a, int ao, float[] b, int bo, int ldb, float[] c) {
    if (n < VL) {
      for (int j = 0; j < n; j++) {
        c[j] = gemvOne(k, a, ao, b, bo + j, ldb);
      }
      return;
    }
    if (n >= LONG_ROW) {
      int whole = n / VL * VL;
      Arrays.fill(c, 0, whole, 0f);
      int p = 0;
      for (; p + MR <= k; p += MR) {
        VectorTiles.addEightRows(whole, a, ao + p, b, bo + p * ldb, ldb, c);
      }
      for (; p < k; p++) {
        addScaled(a[ao + p], b, bo + p * ldb, c, 0, whole);
      }
      for (int j = whole; j < n; j++) {
        c[j] = gemvOne(k, a, ao, b, bo + j, ldb);
      }
      return;
    }
    int last = n - VL; // vectors at the end overlap: they compute the same numbers
    for (int j = 0; j < n; j += 4 * VL) {
      int j1 = Math.min(j + VL, last);
      int j2 = Math.min(j + 2 * VL, last);
      int j3 = Math.min(j + 3 * VL, last);
      VectorTiles.gemv4(k, a, ao, b, bo, ldb, Math.min(j, last), j1, j2, j3, c);
    }
  }

  private static float gemvOne(int k, float[] a, int ao, float[] b, int bo, int ldb) {
    float sum = 0f;
    for (int p = 0; p < k; p++) {
      sum = Math.fma(a[ao + p], b[bo + p * ldb], sum);
    }
    return sum;
  }

  @Override
  void add(float[] from, int fromOffset, float[] to, int toOffset, int count) {
    int j = 0;
    for (; j + VL <= count; j += VL) {
      FloatVector.fromArray(S, to, toOffset + j)
          .add(FloatVector.fromArray(S, from, fromOffset + j))
          .intoArray(to, toOffset + j);
    }
    for (; j < count; j++) {
      to[toOffset + j] += from[fromOffset + j];
    }
  }

  @Override
  void addScaled(float a, float[] from, int fromOffset, float[] to, int toOffset, int count) {
    FloatVector scale = FloatVector.broadcast(S, a);
    int j = 0;
    for (; j + VL <= count; j += VL) {
      FloatVector sum = FloatVector.fromArray(S, to, toOffset + j);
      scale.fma(FloatVector.fromArray(S, from, fromOffset + j), sum).intoArray(to, toOffset + j);
    }
    for (; j < count; j++) {
      to[toOffset + j] = Math.fma(a, from[fromOffset + j], to[toOffset + j]);
    }
  }

  @Override
  void biasAndRelu(Block block, int i, int n, float bias, boolean relu) {
    float[] row = block.c[i];
    int from = i * block.cStep;
    FloatVector b = FloatVector.broadcast(S, bias);
    FloatVector zero = FloatVector.zero(S);
    for (int j = 0; j < n; j += VL) { // runs into the slack
      FloatVector v = FloatVector.fromArray(S, row, from + j).add(b);
      (relu ? v.max(zero) : v).intoArray(row, from + j);
    }
  }

  @Override
  void poolPhases(Block block, int i, int n, Epilogue epilogue, float bias, boolean which) {
    float[] row = block.c[i];
    int from = i * block.cStep;
    if (which) {
      maximumAndPhase(row, from, n, epilogue, bias, block.row, block.phases);
    } else {
      maximum(row, from, n, epilogue, bias, block.row);
    }
  }

  private static void maximum(
      float[] row, int from, int n, Epilogue epilogue, float bias, float[] max) {
    FloatVector zero = FloatVector.zero(S);
    int end = epilogue.phases() * n;
    for (int j = 0; j < n; j += VL) { // runs into the slack
      FloatVector best = FloatVector.fromArray(S, row, from + j).add(bias);
      for (int p = n; p < end; p += n) {
        best = best.max(FloatVector.fromArray(S, row, from + p + j).add(bias));
      }
      (epilogue.relu() ? best.max(zero) : best).intoArray(max, j);
    }
  }

  private static void maximumAndPhase(
      float[] row, int from, int n, Epilogue epilogue, float bias, float[] max, float[] phase) {
    FloatVector zero = FloatVector.zero(S);
    int phases = epilogue.phases();
    for (int j = 0; j < n; j += VL) { // runs into the slack
      FloatVector best = FloatVector.fromArray(S, row, from + j).add(bias);
      FloatVector winner = zero;
      for (int p = 1; p < phases; p++) {
        FloatVector v = FloatVector.fromArray(S, row, from + p * n + j).add(bias);
        winner = winner.blend((float) p, v.compare(VectorOperators.GT, best));
        best = best.max(v);
      }
      (epilogue.relu() ? best.max(zero) : best).intoArray(max, j);
      winner.intoArray(phase, j);
    }
  }

  /** Keeps the zeros where to sort them out takes longer than to add them. */
  @Override
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
    if (n < VL || (epilogue.relu() && work > LITTLE_WORK)) {
      return super.maxima(block, n, bases, steps, work, epilogue, y, phases, dy, from);
    }
    if (epilogue.relu()) {
      passRelu(y, dy, from, block.row, 0, n);
    } else {
      System.arraycopy(dy, from, block.row, 0, n);
    }
    begins(n, phases, from, epilogue.phases(), bases, steps, block.at);
    return n;
  }

  private static void begins(
      int n, float[] phases, int po, int count, int[] bases, int[] steps, int[] at) {
    for (int j = 0; j < n; j += VL) {
      int i = Math.min(j, n - VL);
      FloatVector phase = FloatVector.fromArray(S, phases, po + i);
      IntVector begin = IntVector.fromArray(INTS, bases, i);
      IntVector to = begin;
      for (int p = 1; p < count; p++) {
        to = to.blend(begin.add(steps[p]), phase.compare(VectorOperators.EQ, (float) p).cast(INTS));
      }
      to.intoArray(at, i);
    }
  }

  @Override
  void addWindows(
      int count,
      float[] d,
      int[] at,
      float[] source,
      int shift,
      int windowSize,
      float[] sums,
      int sumsOffset) {
    for (int j = 0; j < windowSize; j += NR) {
      if (windowSize - j > VL) {
        VectorTiles.addWindows2(count, d, at, source, shift + j, sums, sumsOffset + j);
      } else {
        VectorTiles.addWindows1(count, d, at, source, shift + j, sums, sumsOffset + j);
      }
    }
  }

  @Override
  void addRuns(
      int count,
      float[] d,
      int[] at,
      float[] weights,
      int from,
      int width,
      int[] begins,
      float[] image) {
    if (width == 2 * VL) {
      VectorTiles.addRuns2(count, d, at, weights, from, begins, image);
    } else {
      VectorTiles.addRuns(count, d, at, weights, from, width, begins, image);
    }
  }

  @Override
  void maxPlane(ConvGeometry g, float[] x, int from, float[] y, int[] argMax, int at) {
    if (VectorPools.fits(g)) {
      VectorPools.maxPlane(g, x, from, y, argMax, at);
    } else {
      super.maxPlane(g, x, from, y, argMax, at);
    }
  }

  @Override
  void reluRange(float[] x, float[] y, int from, int to) {
    FloatVector zero = FloatVector.zero(S);
    int i = from;
    for (; i <= to - VL; i += VL) {
      FloatVector.fromArray(S, x, i).max(zero).intoArray(y, i);
    }
    for (; i < to; i++) {
      y[i] = Math.max(x[i], 0f);
    }
  }

  @Override
  void reluBackwardRange(float[] y, float[] dy, float[] dx, int from, int to) {
    passRelu(y, dy, from, dx, from, to - from);
  }

  @Override
  void passRelu(float[] y, float[] dy, int from, float[] d, int at, int count) {
    int i = 0;
    for (; i <= count - VL; i += VL) {
      VectorMask<Float> off = FloatVector.fromArray(S, y, from + i).compare(VectorOperators.LE, 0f);
      FloatVector.fromArray(S, dy, from + i).blend(0f, off).intoArray(d, at + i);
    }
    for (; i < count; i++) {
      d[at + i] = y[from + i] <= 0f ? 0f : dy[from + i];
    }
  }

  @Override
  void adamRange(float[] g, float[] m, float[] v, float[] value, int from, int to, AdamStep step) {
    float kept1 = step.kept1();
    float added1 = step.added1();
    float kept2 = step.kept2();
    float added2 = step.added2();
    float rate = step.rate();
    float rootScale = step.rootScale();
    float epsilon = step.epsilon();
    float gradientScale = step.gradientScale();
    float decay = step.decay();
    float shrink = step.shrink();
    int i = from;
    for (; i + VL <= to; i += VL) {
      FloatVector x = FloatVector.fromArray(S, value, i);
      FloatVector gradient = FloatVector.fromArray(S, g, i).mul(gradientScale).add(x.mul(decay));
      FloatVector m1 = FloatVector.fromArray(S, m, i).mul(kept1).add(gradient.mul(added1));
      FloatVector v1 =
          FloatVector.fromArray(S, v, i).mul(kept2).add(gradient.mul(gradient).mul(added2));
      m1.intoArray(m, i);
      v1.intoArray(v, i);
      FloatVector root = v1.lanewise(VectorOperators.SQRT).mul(rootScale);
      x.sub(m1.mul(rate).div(root.add(epsilon)).add(x.mul(shrink))).intoArray(value, i);
    }
    for (; i < to; i++) {
      adamOne(i, g, m, v, value, step);
    }
  }

  private static void adamOne(
      int i, float[] gradient, float[] m, float[] v, float[] value, AdamStep step) {
    float x = value[i];
    float g = step.gradientScale() * gradient[i] + step.decay() * x;
    m[i] = step.kept1() * m[i] + step.added1() * g;
    v[i] = step.kept2() * v[i] + step.added2() * (g * g);
    float root = (float) Math.sqrt(v[i]) * step.rootScale();
    value[i] = x - (step.rate() * m[i] / (root + step.epsilon()) + step.shrink() * x);
  }

  private static int roundUp(int n, int multiple) {
    return (n + multiple - 1) / multiple * multiple;
  }
}
