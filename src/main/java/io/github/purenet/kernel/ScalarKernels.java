package io.github.purenet.kernel;

import java.util.Arrays;

/**
 * Plain loops in the shapes that C2 turns into SIMD: separate arrays, each read and written from
 * index 0. The inner product takes two rows of C and three of B at a time.
 */
final class ScalarKernels extends BlockedKernels {

  ScalarKernels(Workers workers) {
    super(workers);
  }

  @Override
  public String name() {
    return "scalar";
  }

  @Override
  int leftSize(int m, int k) {
    return m * k;
  }

  @Override
  void beginC(Block block, int m, int n) {
    block.c(m, n, false);
  }

  /** One slice: the sums of the next would begin where this one ends. */
  @Override
  int stretch() {
    return DEPTH;
  }

  /** Row by row: multiply reads single numbers. */
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
    for (int i = 0; i < m; i++) {
      int from = aOffset + i * rowStride;
      int to = leftOffset + i * k;
      if (columnStride == 1) {
        System.arraycopy(a, from, left, to, k);
      } else {
        for (int p = 0; p < k; p++) {
          left[to + p] = a[from + p * columnStride];
        }
      }
    }
  }

  @Override
  void beginRight(Block block, int k, int n) {
    block.right(k, n);
  }

  @Override
  void layRows(Block block, int first, int depth) {
    for (int p = 0; p < depth; p++) {
      float[] row = block.right[p];
      int to = 0;
      for (int i = 0; i < block.pieces; i++) {
        int count = block.pieceEnd[i] - to;
        System.arraycopy(block.source, block.pieceAt(i, first + p), row, to, count);
        to = block.pieceEnd[i];
      }
    }
  }

  @Override
  void packRight(
      Block block, int k, int n, float[] b, int bOffset, int rowStride, int columnStride) {
    for (int p = 0; p < k; p++) {
      float[] row = block.right[p];
      int from = bOffset + p * rowStride;
      if (columnStride == 1) {
        System.arraycopy(b, from, row, 0, n);
      } else {
        for (int j = 0; j < n; j++) {
          row[j] = b[from + j * columnStride];
        }
      }
    }
  }

  @Override
  void multiply(
      Block block, int m, int n, int k, float[] left, int leftOffset, boolean accumulate) {
    float[][] c = block.c;
    for (int i = 0; i < m && !accumulate; i++) {
      Arrays.fill(c[i], 0, n, 0f);
    }
    for (int i = 0; i < m; i += 2) {
      for (int p = 0; p < k; p += 3) {
        int at = leftOffset + i * k + p;
        pass(
            n,
            Math.min(3, k - p),
            left,
            at,
            at + k,
            block.right,
            p,
            c[i],
            i + 1 < m ? c[i + 1] : null);
      }
    }
  }

  /**
   * Adds up to three rows of B to one or two rows of C.
   *
   * <p>All cases stand in one method to make it larger than C2 inlines (325 bytecodes): inlined,
   * JDK 17 no longer vectorizes the loops, which then take five times as long.
   */
  private static void pass(
      int n,
      int depth,
      float[] left,
      int at0,
      int at1,
      float[][] b,
      int p,
      float[] c0,
      float[] c1) {
    float[] b0 = b[p];
    if (depth == 3) {
      float[] b1 = b[p + 1];
      float[] b2 = b[p + 2];
      float a00 = left[at0];
      float a01 = left[at0 + 1];
      float a02 = left[at0 + 2];
      if (c1 != null) {
        float a10 = left[at1];
        float a11 = left[at1 + 1];
        float a12 = left[at1 + 2];
        for (int j = 0; j < n; j++) {
          float x0 = b0[j];
          float x1 = b1[j];
          float x2 = b2[j];
          c0[j] = madd(a02, x2, madd(a01, x1, madd(a00, x0, c0[j])));
          c1[j] = madd(a12, x2, madd(a11, x1, madd(a10, x0, c1[j])));
        }
      } else {
        for (int j = 0; j < n; j++) {
          c0[j] = madd(a02, b2[j], madd(a01, b1[j], madd(a00, b0[j], c0[j])));
        }
      }
    } else if (depth == 2) {
      float[] b1 = b[p + 1];
      float a00 = left[at0];
      float a01 = left[at0 + 1];
      if (c1 != null) {
        float a10 = left[at1];
        float a11 = left[at1 + 1];
        for (int j = 0; j < n; j++) {
          float x0 = b0[j];
          float x1 = b1[j];
          c0[j] = madd(a01, x1, madd(a00, x0, c0[j]));
          c1[j] = madd(a11, x1, madd(a10, x0, c1[j]));
        }
      } else {
        for (int j = 0; j < n; j++) {
          c0[j] = madd(a01, b1[j], madd(a00, b0[j], c0[j]));
        }
      }
    } else {
      axpy(n, left[at0], b0, c0);
      if (c1 != null) {
        axpy(n, left[at1], b0, c1);
      }
    }
  }

  private static void axpy(int n, float a, float[] b, float[] c) {
    for (int j = 0; j < n; j++) {
      c[j] = madd(a, b[j], c[j]);
    }
  }

  /** a x + c: fused where that is one instruction. */
  private static float madd(float a, float x, float c) {
    return Hardware.FMA ? Math.fma(a, x, c) : a * x + c;
  }

  @Override
  void gemv(int n, int k, float[] a, int ao, float[] b, int bo, int ldb, float[] c) {
    Block block = Block.take();
    float[][] rows = block.right(4, n);
    Arrays.fill(c, 0, n, 0f);
    int p = 0;
    for (; p + 3 < k; p += 4) {
      for (int q = 0; q < 4; q++) {
        System.arraycopy(b, bo + (p + q) * ldb, rows[q], 0, n);
      }
      int at = ao + p;
      fourRows(n, a[at], a[at + 1], a[at + 2], a[at + 3], rows[0], rows[1], rows[2], rows[3], c);
    }
    for (; p < k; p++) {
      System.arraycopy(b, bo + p * ldb, rows[0], 0, n);
      axpy(n, a[ao + p], rows[0], c);
    }
    block.release();
  }

  private static void fourRows(
      int n,
      float a0,
      float a1,
      float a2,
      float a3,
      float[] b0,
      float[] b1,
      float[] b2,
      float[] b3,
      float[] c) {
    for (int j = 0; j < n; j++) {
      c[j] = madd(a3, b3[j], madd(a2, b2[j], madd(a1, b1[j], madd(a0, b0[j], c[j]))));
    }
  }

  @Override
  void add(float[] from, int fromOffset, float[] to, int toOffset, int count) {
    for (int j = 0; j < count; j++) {
      to[toOffset + j] += from[fromOffset + j];
    }
  }

  @Override
  void addScaled(float a, float[] from, int fromOffset, float[] to, int toOffset, int count) {
    for (int j = 0; j < count; j++) {
      to[toOffset + j] = madd(a, from[fromOffset + j], to[toOffset + j]);
    }
  }

  @Override
  void biasAndRelu(Block block, int i, int n, float bias, boolean relu) {
    biasAndRelu(block.c[i], n, bias, relu);
  }

  private static void biasAndRelu(float[] row, int n, float bias, boolean relu) {
    if (relu) {
      for (int j = 0; j < n; j++) {
        row[j] = Math.max(row[j] + bias, 0f);
      }
    } else {
      for (int j = 0; j < n; j++) {
        row[j] += bias;
      }
    }
  }

  @Override
  void poolPhases(Block block, int i, int n, Epilogue epilogue, float bias, boolean which) {
    float[] row = block.c[i];
    float[] max = block.row;
    float[] v = block.image(n);
    if (which) { // rounding may make equal what differs before the bias is added
      biasAndRelu(row, epilogue.phases() * n, bias, false);
      Arrays.fill(block.phases, 0, n, 0f);
    }
    System.arraycopy(row, 0, max, 0, n);
    for (int p = 1; p < epilogue.phases(); p++) {
      System.arraycopy(row, p * n, v, 0, n);
      if (which) {
        choose(n, p, v, max, block.phases);
      }
      max(n, v, max);
    }
    biasAndRelu(max, n, which ? 0f : bias, epilogue.relu());
  }

  /**
   * phase = p where v is above max. In arithmetic, since C2 vectorizes no choice: a difference
   * times 1e38 twice is at least 1 for any two floats that differ.
   */
  private static void choose(int n, float p, float[] v, float[] max, float[] phase) {
    for (int j = 0; j < n; j++) {
      float above = Math.min(Math.max((v[j] - max[j]) * 1e38f * 1e38f, 0f), 1f);
      phase[j] += above * (p - phase[j]);
    }
  }

  private static void max(int n, float[] v, float[] max) {
    for (int j = 0; j < n; j++) {
      max[j] = Math.max(max[j], v[j]);
    }
  }

  /** Eight sums at a time, in local variables: a loop over one window is too short for SIMD. */
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
    int j = 0;
    for (; j + 7 < windowSize; j += 8) {
      addEight(count, d, at, source, shift + j, sums, sumsOffset + j);
    }
    for (; j < windowSize; j++) {
      float sum = 0f;
      for (int i = 0; i < count; i++) {
        sum = madd(d[i], source[at[i] + shift + j], sum);
      }
      sums[sumsOffset + j] += sum;
    }
  }

  private static void addEight(
      int count, float[] d, int[] at, float[] x, int shift, float[] sums, int to) {
    float s0 = 0f;
    float s1 = 0f;
    float s2 = 0f;
    float s3 = 0f;
    float s4 = 0f;
    float s5 = 0f;
    float s6 = 0f;
    float s7 = 0f;
    for (int i = 0; i < count; i++) {
      float a = d[i];
      int p = at[i] + shift;
      s0 = madd(a, x[p], s0);
      s1 = madd(a, x[p + 1], s1);
      s2 = madd(a, x[p + 2], s2);
      s3 = madd(a, x[p + 3], s3);
      s4 = madd(a, x[p + 4], s4);
      s5 = madd(a, x[p + 5], s5);
      s6 = madd(a, x[p + 6], s6);
      s7 = madd(a, x[p + 7], s7);
    }
    sums[to] += s0;
    sums[to + 1] += s1;
    sums[to + 2] += s2;
    sums[to + 3] += s3;
    sums[to + 4] += s4;
    sums[to + 5] += s5;
    sums[to + 6] += s6;
    sums[to + 7] += s7;
  }

  @Override
  void reluRange(float[] x, float[] y, int from, int to) {
    for (int i = from; i < to; i++) {
      y[i] = Math.max(x[i], 0f); // Math.max keeps NaN
    }
  }

  @Override
  void reluBackwardRange(float[] y, float[] dy, float[] dx, int from, int to) {
    for (int i = from; i < to; i++) {
      dx[i] = y[i] <= 0f ? 0f : dy[i];
    }
  }

  @Override
  void passRelu(float[] y, float[] dy, int from, float[] d, int at, int count) {
    for (int i = 0; i < count; i++) {
      d[at + i] = y[from + i] <= 0f ? 0f : dy[from + i];
    }
  }

  @Override
  void adamRange(
      float[] gradient, float[] m, float[] v, float[] value, int from, int to, AdamStep step) {
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
    for (int i = from; i < to; i++) {
      float x = value[i];
      float g = gradientScale * gradient[i] + decay * x;
      float m1 = kept1 * m[i] + added1 * g;
      float v1 = kept2 * v[i] + added2 * (g * g);
      m[i] = m1;
      v[i] = v1;
      value[i] = x - (rate * m1 / ((float) Math.sqrt(v1) * rootScale + epsilon) + shrink * x);
    }
  }
}
