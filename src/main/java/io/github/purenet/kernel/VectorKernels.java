package io.github.purenet.kernel;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Explicit SIMD: the inner product keeps 8 rows by 2 vectors of C in registers; B is packed into
 * panels two vectors wide, A into panels of 8 rows. Reaches 90 % of the FMA peak on a Zen 4 core
 * with 512-bit vectors, on JDK 17 and 25.
 */
final class VectorKernels extends BlockedKernels {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int VL = S.length();
  private static final int MR = 8;
  private static final int NR = 2 * VL;

  VectorKernels(Workers workers) {
    super(workers);
    if (VL < 4) {
      throw new UnsupportedOperationException(
          "the widest vectors have " + S.vectorBitSize() + " bits");
    }
  }

  @Override
  public String name() {
    return "vector";
  }

  @Override
  int leftSize(int m, int k) {
    return roundUp(m, MR) * k;
  }

  @Override
  void beginC(Block block, int m, int n) {
    block.c(roundUp(m, MR), n, true);
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
        for (int p = 0; p < k; p++) {
          System.arraycopy(a, from + p * columnStride, left, to + p * MR, MR);
        }
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
    block.row(n);
  }

  @Override
  float[] rightRow(Block block, int p) {
    return block.row;
  }

  @Override
  void rightDone(Block block, int p, int k, int n) {
    Arrays.fill(block.row, n, roundUp(n, VL), 0f);
    toPanels(block.row, 0, block.panels, p, 0, k, n);
  }

  /** Writes columns from..n of row p, the last of them with whatever follows in the array. */
  private static void toPanels(
      float[] row, int rowOffset, float[] panels, int p, int from, int k, int n) {
    int j = from;
    for (; j + VL < n; j += NR) {
      int to = j * k + p * NR;
      FloatVector.fromArray(S, row, rowOffset + j).intoArray(panels, to);
      FloatVector.fromArray(S, row, rowOffset + j + VL).intoArray(panels, to + VL);
    }
    if (j < n) {
      FloatVector.fromArray(S, row, rowOffset + j).intoArray(panels, j * k + p * VL);
    }
  }

  @Override
  void packRight(
      Block block, int k, int n, float[] b, int bOffset, int rowStride, int columnStride) {
    float[] panels = block.panels;
    if (columnStride == 1) {
      int whole = n / NR * NR;
      float[] row = block.row;
      for (int p = 0; p < k; p++) {
        int from = bOffset + p * rowStride;
        toPanels(b, from, panels, p, 0, k, whole);
        if (whole < n) {
          System.arraycopy(b, from + whole, row, whole, n - whole);
          Arrays.fill(row, n, roundUp(n, VL), 0f);
          toPanels(row, 0, panels, p, whole, k, n);
        }
      }
      return;
    }
    for (int j = 0; j < n; j += NR) {
      int width = n - j > VL ? NR : VL;
      int columns = Math.min(width, n - j);
      int to = j * k;
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
    int ldc = block.cStep;
    float[] panels = block.panels;
    float[] tile = block.tile(MR * NR);
    for (int j = 0; j < n; j += NR) {
      boolean wide = n - j > VL;
      for (int i = 0; i < m; i += MR) {
        float[] to = accumulate ? tile : c;
        int at = accumulate ? 0 : i * ldc + j;
        int ld = accumulate ? NR : ldc;
        if (wide) {
          tile2(k, left, leftOffset + i * k, panels, j * k, to, at, ld);
        } else {
          tile1(k, left, leftOffset + i * k, panels, j * k, to, at, ld);
        }
        if (accumulate) {
          addTile(tile, wide, c, i * ldc + j, ldc);
        }
      }
    }
  }

  /** 8 rows of 2 vectors of C = A B over k. */
  private static void tile2(
      int k, float[] a, int ao, float[] b, int bo, float[] c, int co, int ldc) {
    FloatVector c00 = FloatVector.zero(S);
    FloatVector c01 = FloatVector.zero(S);
    FloatVector c10 = FloatVector.zero(S);
    FloatVector c11 = FloatVector.zero(S);
    FloatVector c20 = FloatVector.zero(S);
    FloatVector c21 = FloatVector.zero(S);
    FloatVector c30 = FloatVector.zero(S);
    FloatVector c31 = FloatVector.zero(S);
    FloatVector c40 = FloatVector.zero(S);
    FloatVector c41 = FloatVector.zero(S);
    FloatVector c50 = FloatVector.zero(S);
    FloatVector c51 = FloatVector.zero(S);
    FloatVector c60 = FloatVector.zero(S);
    FloatVector c61 = FloatVector.zero(S);
    FloatVector c70 = FloatVector.zero(S);
    FloatVector c71 = FloatVector.zero(S);
    for (int p = 0; p < k; p++) {
      FloatVector b0 = FloatVector.fromArray(S, b, bo + p * NR);
      FloatVector b1 = FloatVector.fromArray(S, b, bo + p * NR + VL);
      int at = ao + p * MR;
      FloatVector a0 = FloatVector.broadcast(S, a[at]);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      FloatVector a1 = FloatVector.broadcast(S, a[at + 1]);
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      FloatVector a2 = FloatVector.broadcast(S, a[at + 2]);
      c20 = a2.fma(b0, c20);
      c21 = a2.fma(b1, c21);
      FloatVector a3 = FloatVector.broadcast(S, a[at + 3]);
      c30 = a3.fma(b0, c30);
      c31 = a3.fma(b1, c31);
      FloatVector a4 = FloatVector.broadcast(S, a[at + 4]);
      c40 = a4.fma(b0, c40);
      c41 = a4.fma(b1, c41);
      FloatVector a5 = FloatVector.broadcast(S, a[at + 5]);
      c50 = a5.fma(b0, c50);
      c51 = a5.fma(b1, c51);
      FloatVector a6 = FloatVector.broadcast(S, a[at + 6]);
      c60 = a6.fma(b0, c60);
      c61 = a6.fma(b1, c61);
      FloatVector a7 = FloatVector.broadcast(S, a[at + 7]);
      c70 = a7.fma(b0, c70);
      c71 = a7.fma(b1, c71);
    }
    c00.intoArray(c, co);
    c01.intoArray(c, co + VL);
    c10.intoArray(c, co + ldc);
    c11.intoArray(c, co + ldc + VL);
    c20.intoArray(c, co + 2 * ldc);
    c21.intoArray(c, co + 2 * ldc + VL);
    c30.intoArray(c, co + 3 * ldc);
    c31.intoArray(c, co + 3 * ldc + VL);
    c40.intoArray(c, co + 4 * ldc);
    c41.intoArray(c, co + 4 * ldc + VL);
    c50.intoArray(c, co + 5 * ldc);
    c51.intoArray(c, co + 5 * ldc + VL);
    c60.intoArray(c, co + 6 * ldc);
    c61.intoArray(c, co + 6 * ldc + VL);
    c70.intoArray(c, co + 7 * ldc);
    c71.intoArray(c, co + 7 * ldc + VL);
  }

  /** 8 rows of 1 vector of C = A B over k. */
  private static void tile1(
      int k, float[] a, int ao, float[] b, int bo, float[] c, int co, int ldc) {
    FloatVector c0 = FloatVector.zero(S);
    FloatVector c1 = FloatVector.zero(S);
    FloatVector c2 = FloatVector.zero(S);
    FloatVector c3 = FloatVector.zero(S);
    FloatVector c4 = FloatVector.zero(S);
    FloatVector c5 = FloatVector.zero(S);
    FloatVector c6 = FloatVector.zero(S);
    FloatVector c7 = FloatVector.zero(S);
    for (int p = 0; p < k; p++) {
      FloatVector b0 = FloatVector.fromArray(S, b, bo + p * VL);
      int at = ao + p * MR;
      c0 = FloatVector.broadcast(S, a[at]).fma(b0, c0);
      c1 = FloatVector.broadcast(S, a[at + 1]).fma(b0, c1);
      c2 = FloatVector.broadcast(S, a[at + 2]).fma(b0, c2);
      c3 = FloatVector.broadcast(S, a[at + 3]).fma(b0, c3);
      c4 = FloatVector.broadcast(S, a[at + 4]).fma(b0, c4);
      c5 = FloatVector.broadcast(S, a[at + 5]).fma(b0, c5);
      c6 = FloatVector.broadcast(S, a[at + 6]).fma(b0, c6);
      c7 = FloatVector.broadcast(S, a[at + 7]).fma(b0, c7);
    }
    c0.intoArray(c, co);
    c1.intoArray(c, co + ldc);
    c2.intoArray(c, co + 2 * ldc);
    c3.intoArray(c, co + 3 * ldc);
    c4.intoArray(c, co + 4 * ldc);
    c5.intoArray(c, co + 5 * ldc);
    c6.intoArray(c, co + 6 * ldc);
    c7.intoArray(c, co + 7 * ldc);
  }

  /** Adds a tile to C. Apart from the tile's loop: together they are too large for C2 to inline. */
  private static void addTile(float[] tile, boolean wide, float[] c, int co, int ldc) {
    for (int r = 0; r < MR; r++) {
      int at = co + r * ldc;
      FloatVector v = FloatVector.fromArray(S, tile, r * NR);
      FloatVector.fromArray(S, c, at).add(v).intoArray(c, at);
      if (wide) {
        FloatVector w = FloatVector.fromArray(S, tile, r * NR + VL);
        FloatVector.fromArray(S, c, at + VL).add(w).intoArray(c, at + VL);
      }
    }
  }

  @Override
  void thin(int n, int k, float[] a, int ao, float[] b, int bo, int ldb, float[] c) {
    if (n < VL) {
      for (int j = 0; j < n; j++) {
        float sum = 0f;
        for (int p = 0; p < k; p++) {
          sum = Math.fma(a[ao + p], b[bo + p * ldb + j], sum);
        }
        c[j] = sum;
      }
      return;
    }
    int last = n - VL; // vectors at the end overlap: they compute the same numbers
    for (int j = 0; j < n; j += 4 * VL) {
      int j1 = Math.min(j + VL, last);
      int j2 = Math.min(j + 2 * VL, last);
      int j3 = Math.min(j + 3 * VL, last);
      thin4(k, a, ao, b, bo, ldb, Math.min(j, last), j1, j2, j3, c);
    }
  }

  private static void thin4(
      int k,
      float[] a,
      int ao,
      float[] b,
      int bo,
      int ldb,
      int j0,
      int j1,
      int j2,
      int j3,
      float[] c) {
    FloatVector c0 = FloatVector.zero(S);
    FloatVector c1 = FloatVector.zero(S);
    FloatVector c2 = FloatVector.zero(S);
    FloatVector c3 = FloatVector.zero(S);
    for (int p = 0; p < k; p++) {
      int at = bo + p * ldb;
      FloatVector x = FloatVector.broadcast(S, a[ao + p]);
      c0 = x.fma(FloatVector.fromArray(S, b, at + j0), c0);
      c1 = x.fma(FloatVector.fromArray(S, b, at + j1), c1);
      c2 = x.fma(FloatVector.fromArray(S, b, at + j2), c2);
      c3 = x.fma(FloatVector.fromArray(S, b, at + j3), c3);
    }
    c0.intoArray(c, j0);
    c1.intoArray(c, j1);
    c2.intoArray(c, j2);
    c3.intoArray(c, j3);
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
  void copyRows(
      float[] from, int fromOffset, int distance, int rows, int width, float[] to, int toOffset) {
    int last = fromOffset + (rows - 1) * distance;
    int vectors = (width + VL - 1) / VL;
    if (vectors > 2
        || last + vectors * VL > from.length
        || toOffset + (rows - 1) * width + vectors * VL > to.length) {
      for (int r = 0; r < rows; r++) {
        System.arraycopy(from, fromOffset + r * distance, to, toOffset + r * width, width);
      }
    } else if (vectors == 2) {
      for (int r = 0; r < rows; r++) {
        int source = fromOffset + r * distance;
        FloatVector.fromArray(S, from, source).intoArray(to, toOffset + r * width);
        FloatVector.fromArray(S, from, source + VL).intoArray(to, toOffset + r * width + VL);
      }
    } else {
      for (int r = 0; r < rows; r++) {
        FloatVector.fromArray(S, from, fromOffset + r * distance)
            .intoArray(to, toOffset + r * width);
      }
    }
  }

  @Override
  void addBias(Block block, int i, int n, float bias, boolean relu) {
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
  void poolPhases(Block block, int i, int n, ConvTail tail, float bias, boolean which) {
    float[] row = block.c[i];
    int from = i * block.cStep;
    if (which) {
      maximumAndPhase(row, from, n, tail, bias, block.row, block.phases);
    } else {
      maximum(row, from, n, tail, bias, block.row);
    }
  }

  private static void maximum(
      float[] row, int from, int n, ConvTail tail, float bias, float[] max) {
    FloatVector zero = FloatVector.zero(S);
    int end = tail.phases() * n;
    for (int j = 0; j < n; j += VL) { // runs into the slack
      FloatVector best = FloatVector.fromArray(S, row, from + j).add(bias);
      for (int p = n; p < end; p += n) {
        best = best.max(FloatVector.fromArray(S, row, from + p + j).add(bias));
      }
      (tail.relu() ? best.max(zero) : best).intoArray(max, j);
    }
  }

  private static void maximumAndPhase(
      float[] row, int from, int n, ConvTail tail, float bias, float[] max, float[] phase) {
    FloatVector zero = FloatVector.zero(S);
    int phases = tail.phases();
    for (int j = 0; j < n; j += VL) { // runs into the slack
      FloatVector best = FloatVector.fromArray(S, row, from + j).add(bias);
      FloatVector winner = zero;
      for (int p = 1; p < phases; p++) {
        FloatVector v = FloatVector.fromArray(S, row, from + p * n + j).add(bias);
        winner = winner.blend((float) p, v.compare(VectorOperators.GT, best));
        best = best.max(v);
      }
      (tail.relu() ? best.max(zero) : best).intoArray(max, j);
      winner.intoArray(phase, j);
    }
  }

  /** Laying windows out costs more than it saves where they have few rows. */
  @Override
  boolean needsWindows(ConvGeometry g) {
    return g.c() * g.fh() > 8 || g.fw() > VL;
  }

  @Override
  void addWindows(
      Block block,
      ConvGeometry g,
      int count,
      float[] d,
      int[] at,
      float[] source,
      int[] offsets,
      float[] sums,
      int sumsOffset) {
    if (needsWindows(g)) {
      for (int j = 0; j < g.windowSize(); j += NR) {
        if (g.windowSize() - j > VL) {
          addWindows2(count, d, at, source, j, sums, sumsOffset + j);
        } else {
          addWindows1(count, d, at, source, j, sums, sumsOffset + j);
        }
      }
      return;
    }
    int fw = g.fw();
    float[] lanes = block.tile(MR * NR);
    int rows = g.c() * g.fh();
    int r = 0;
    for (; r + 5 <= rows; r += 5) {
      int o = r * fw;
      addRows5(
          count,
          d,
          at,
          source,
          offsets[o],
          offsets[o + fw],
          offsets[o + 2 * fw],
          offsets[o + 3 * fw],
          offsets[o + 4 * fw],
          lanes);
      for (int row = 0; row < 5; row++) {
        addLanes(lanes, row * VL, fw, sums, sumsOffset + o + row * fw);
      }
    }
    for (; r < rows; r++) {
      addRow(count, d, at, source, offsets[r * fw], lanes);
      addLanes(lanes, 0, fw, sums, sumsOffset + r * fw);
    }
  }

  private static void addLanes(float[] lanes, int from, int count, float[] sums, int to) {
    for (int i = 0; i < count; i++) {
      sums[to + i] += lanes[from + i];
    }
  }

  /** Five rows of windows, straight from the image; lanes beyond the window are garbage. */
  private static void addRows5(
      int count,
      float[] d,
      int[] at,
      float[] x,
      int o0,
      int o1,
      int o2,
      int o3,
      int o4,
      float[] lanes) {
    FloatVector a0 = FloatVector.zero(S);
    FloatVector a1 = FloatVector.zero(S);
    FloatVector a2 = FloatVector.zero(S);
    FloatVector a3 = FloatVector.zero(S);
    FloatVector a4 = FloatVector.zero(S);
    for (int i = 0; i < count; i++) {
      int p = at[i];
      FloatVector v = FloatVector.broadcast(S, d[i]);
      a0 = v.fma(FloatVector.fromArray(S, x, p + o0), a0);
      a1 = v.fma(FloatVector.fromArray(S, x, p + o1), a1);
      a2 = v.fma(FloatVector.fromArray(S, x, p + o2), a2);
      a3 = v.fma(FloatVector.fromArray(S, x, p + o3), a3);
      a4 = v.fma(FloatVector.fromArray(S, x, p + o4), a4);
    }
    a0.intoArray(lanes, 0);
    a1.intoArray(lanes, VL);
    a2.intoArray(lanes, 2 * VL);
    a3.intoArray(lanes, 3 * VL);
    a4.intoArray(lanes, 4 * VL);
  }

  private static void addRow(int count, float[] d, int[] at, float[] x, int o, float[] lanes) {
    FloatVector a = FloatVector.zero(S);
    for (int i = 0; i < count; i++) {
      FloatVector row = FloatVector.fromArray(S, x, at[i] + o);
      a = FloatVector.broadcast(S, d[i]).fma(row, a);
    }
    a.intoArray(lanes, 0);
  }

  private static void addWindows2(
      int count, float[] d, int[] at, float[] w, int j, float[] sums, int to) {
    FloatVector a0 = FloatVector.zero(S);
    FloatVector a1 = FloatVector.zero(S);
    FloatVector b0 = FloatVector.zero(S);
    FloatVector b1 = FloatVector.zero(S);
    int i = 0;
    for (; i + 1 < count; i += 2) {
      int p = at[i] + j;
      int q = at[i + 1] + j;
      FloatVector dp = FloatVector.broadcast(S, d[i]);
      FloatVector dq = FloatVector.broadcast(S, d[i + 1]);
      a0 = dp.fma(FloatVector.fromArray(S, w, p), a0);
      a1 = dp.fma(FloatVector.fromArray(S, w, p + VL), a1);
      b0 = dq.fma(FloatVector.fromArray(S, w, q), b0);
      b1 = dq.fma(FloatVector.fromArray(S, w, q + VL), b1);
    }
    if (i < count) {
      int p = at[i] + j;
      FloatVector dp = FloatVector.broadcast(S, d[i]);
      a0 = dp.fma(FloatVector.fromArray(S, w, p), a0);
      a1 = dp.fma(FloatVector.fromArray(S, w, p + VL), a1);
    }
    FloatVector.fromArray(S, sums, to).add(a0.add(b0)).intoArray(sums, to);
    FloatVector.fromArray(S, sums, to + VL).add(a1.add(b1)).intoArray(sums, to + VL);
  }

  private static void addWindows1(
      int count, float[] d, int[] at, float[] w, int j, float[] sums, int to) {
    FloatVector a0 = FloatVector.zero(S);
    FloatVector b0 = FloatVector.zero(S);
    int i = 0;
    for (; i + 1 < count; i += 2) {
      FloatVector p = FloatVector.fromArray(S, w, at[i] + j);
      FloatVector q = FloatVector.fromArray(S, w, at[i + 1] + j);
      a0 = FloatVector.broadcast(S, d[i]).fma(p, a0);
      b0 = FloatVector.broadcast(S, d[i + 1]).fma(q, b0);
    }
    if (i < count) {
      FloatVector p = FloatVector.fromArray(S, w, at[i] + j);
      a0 = FloatVector.broadcast(S, d[i]).fma(p, a0);
    }
    FloatVector.fromArray(S, sums, to).add(a0.add(b0)).intoArray(sums, to);
  }

  @Override
  void reluRange(float[] x, int xo, float[] y, int yo, int count) {
    FloatVector zero = FloatVector.zero(S);
    int j = 0;
    for (; j + VL <= count; j += VL) {
      FloatVector.fromArray(S, x, xo + j).max(zero).intoArray(y, yo + j);
    }
    for (; j < count; j++) {
      y[yo + j] = Math.max(x[xo + j], 0f);
    }
  }

  @Override
  void reluBackwardRange(float[] y, int yo, float[] dy, int dyo, float[] dx, int dxo, int count) {
    int j = 0;
    for (; j + VL <= count; j += VL) {
      VectorMask<Float> off = FloatVector.fromArray(S, y, yo + j).compare(VectorOperators.LE, 0f);
      FloatVector.fromArray(S, dy, dyo + j).blend(0f, off).intoArray(dx, dxo + j);
    }
    for (; j < count; j++) {
      dx[dxo + j] = y[yo + j] <= 0f ? 0f : dy[dyo + j];
    }
  }

  @Override
  void adamRange(
      int from,
      int to,
      float[] g,
      int go,
      float[] m,
      float[] v,
      float[] value,
      int vo,
      float beta1,
      float beta2,
      float rate,
      float scale,
      float epsilon) {
    int i = from;
    for (; i + VL <= to; i += VL) {
      FloatVector gradient = FloatVector.fromArray(S, g, go + i);
      FloatVector m1 = FloatVector.fromArray(S, m, i).mul(beta1).add(gradient.mul(1 - beta1));
      FloatVector v1 =
          FloatVector.fromArray(S, v, i).mul(beta2).add(gradient.mul(gradient).mul(1 - beta2));
      m1.intoArray(m, i);
      v1.intoArray(v, i);
      FloatVector step =
          m1.mul(rate).div(v1.lanewise(VectorOperators.SQRT).mul(scale).add(epsilon));
      FloatVector.fromArray(S, value, vo + i).sub(step).intoArray(value, vo + i);
    }
    for (; i < to; i++) {
      adamOne(i, g, go, m, v, value, vo, beta1, beta2, rate, scale, epsilon);
    }
  }

  private static int roundUp(int n, int multiple) {
    return (n + multiple - 1) / multiple * multiple;
  }
}
