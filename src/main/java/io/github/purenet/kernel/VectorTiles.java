package io.github.purenet.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The loops of {@link VectorKernels} that keep their sums in registers: accumulate and store,
 * nothing else, because C2 stops inlining in larger methods and then every vector becomes an
 * object.
 *
 * <p>Measured on a Zen 4 core with 512-bit vectors, JDK 17 and 25: 100 of 113 GFLOP/s for a block
 * of 8 by 32 sums over 25 to 256 products; 12 rows are no better, 6 by 4 vectors are worse on 25.
 */
final class VectorTiles {
  static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  static final int VL = S.length();

  /** Rows and columns of a tile. */
  static final int MR = 8;

  static final int NR = 2 * VL;

  private VectorTiles() {}

  /** 8 rows of 2 vectors of C = A B over k. */
  static void tile2(int k, float[] a, int ao, float[] b, int bo, float[] c, int co, int ldc) {
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
  static void tile1(int k, float[] a, int ao, float[] b, int bo, float[] c, int co, int ldc) {
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
  static void addTile(float[] tile, boolean wide, float[] c, int co, int ldc) {
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

  static void gemv4(
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

  /** c[0..n) += a (1 by 8) times 8 rows of B; n is a number of whole vectors. */
  static void addEightRows(int n, float[] a, int ao, float[] b, int bo, int ldb, float[] c) {
    FloatVector a0 = FloatVector.broadcast(S, a[ao]);
    FloatVector a1 = FloatVector.broadcast(S, a[ao + 1]);
    FloatVector a2 = FloatVector.broadcast(S, a[ao + 2]);
    FloatVector a3 = FloatVector.broadcast(S, a[ao + 3]);
    FloatVector a4 = FloatVector.broadcast(S, a[ao + 4]);
    FloatVector a5 = FloatVector.broadcast(S, a[ao + 5]);
    FloatVector a6 = FloatVector.broadcast(S, a[ao + 6]);
    FloatVector a7 = FloatVector.broadcast(S, a[ao + 7]);
    for (int j = 0; j < n; j += VL) {
      int at = bo + j;
      FloatVector sum = FloatVector.fromArray(S, c, j);
      sum = a0.fma(FloatVector.fromArray(S, b, at), sum);
      sum = a1.fma(FloatVector.fromArray(S, b, at + ldb), sum);
      sum = a2.fma(FloatVector.fromArray(S, b, at + 2 * ldb), sum);
      sum = a3.fma(FloatVector.fromArray(S, b, at + 3 * ldb), sum);
      sum = a4.fma(FloatVector.fromArray(S, b, at + 4 * ldb), sum);
      sum = a5.fma(FloatVector.fromArray(S, b, at + 5 * ldb), sum);
      sum = a6.fma(FloatVector.fromArray(S, b, at + 6 * ldb), sum);
      sum = a7.fma(FloatVector.fromArray(S, b, at + 7 * ldb), sum);
      sum.intoArray(c, j);
    }
  }

  static void addWindows2(int count, float[] d, int[] at, float[] w, int j, float[] sums, int to) {
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

  static void addWindows1(int count, float[] d, int[] at, float[] w, int j, float[] sums, int to) {
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

  static void addRuns(
      int count,
      float[] d,
      int[] at,
      float[] weights,
      int from,
      int width,
      int[] begins,
      float[] image) {
    for (int i = 0; i < count; i++) {
      FloatVector scale = FloatVector.broadcast(S, d[i]);
      int w = from;
      for (int r = 0; r < begins.length; r++) {
        int to = at[i] + begins[r];
        for (int j = 0; j < width; j += VL, w += VL) {
          FloatVector sum = FloatVector.fromArray(S, image, to + j);
          scale.fma(FloatVector.fromArray(S, weights, w), sum).intoArray(image, to + j);
        }
      }
    }
  }

  /** The same where a run is two vectors long. */
  static void addRuns2(
      int count, float[] d, int[] at, float[] weights, int from, int[] begins, float[] image) {
    for (int i = 0; i < count; i++) {
      FloatVector scale = FloatVector.broadcast(S, d[i]);
      int w = from;
      for (int r = 0; r < begins.length; r++, w += NR) {
        int to = at[i] + begins[r];
        FloatVector s0 = FloatVector.fromArray(S, image, to);
        FloatVector s1 = FloatVector.fromArray(S, image, to + VL);
        scale.fma(FloatVector.fromArray(S, weights, w), s0).intoArray(image, to);
        scale.fma(FloatVector.fromArray(S, weights, w + VL), s1).intoArray(image, to + VL);
      }
    }
  }
}
