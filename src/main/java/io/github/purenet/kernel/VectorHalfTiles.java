package io.github.purenet.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The tile of {@link VectorTiles} in two halves, 4 rows by 2 vectors each, for processors with 16
 * vector registers: 8 sums, 2 vectors of B and 4 numbers of A.
 *
 * <p>Measured on a Zen 3 core with 256-bit vectors and a peak of 95 GFLOP/s, k = 256: this tile
 * reaches 75 to 85 on JDK 17 and 94 on 25. All 8 rows at once reach 55 on both, and 5 or 6 rows 40
 * on 25, since sums are kept in memory; 12 rows of 1 vector reach 81 and 84. Two products at a time
 * are as fast on some runs of JDK 17 and half as fast on others.
 */
final class VectorHalfTiles {
  private static final VectorSpecies<Float> S = VectorTiles.S;
  private static final int VL = VectorTiles.VL;
  private static final int MR = VectorTiles.MR;
  private static final int NR = VectorTiles.NR;
  private static final int HALF = MR / 2;

  /** With 32 registers a whole tile is faster: AVX-512 and ARM have them. */
  static final boolean WANTED = VL < 16 && !System.getProperty("os.arch").equals("aarch64");

  private VectorHalfTiles() {}

  /** 8 rows of 2 vectors of C = A B over k. */
  static void tile2(int k, float[] a, int ao, float[] b, int bo, float[] c, int co, int ldc) {
    half(k, a, ao, b, bo, c, co, ldc);
    half(k, a, ao + HALF, b, bo, c, co + HALF * ldc, ldc);
  }

  private static void half(
      int k, float[] a, int ao, float[] b, int bo, float[] c, int co, int ldc) {
    FloatVector c00 = FloatVector.zero(S);
    FloatVector c01 = FloatVector.zero(S);
    FloatVector c10 = FloatVector.zero(S);
    FloatVector c11 = FloatVector.zero(S);
    FloatVector c20 = FloatVector.zero(S);
    FloatVector c21 = FloatVector.zero(S);
    FloatVector c30 = FloatVector.zero(S);
    FloatVector c31 = FloatVector.zero(S);
    for (int p = 0; p < k; p++) {
      int at = ao + p * MR;
      int right = bo + p * NR;
      FloatVector b0 = FloatVector.fromArray(S, b, right);
      FloatVector b1 = FloatVector.fromArray(S, b, right + VL);
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
    }
    c00.intoArray(c, co);
    c01.intoArray(c, co + VL);
    c10.intoArray(c, co + ldc);
    c11.intoArray(c, co + ldc + VL);
    c20.intoArray(c, co + 2 * ldc);
    c21.intoArray(c, co + 2 * ldc + VL);
    c30.intoArray(c, co + 3 * ldc);
    c31.intoArray(c, co + 3 * ldc + VL);
  }
}
