package io.github.purenet.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Products at the sizes where blocks, tiles and vectors end: 8 rows and 4, 8, 16 or 32 columns of a
 * tile, 256 of the inner dimension and 256 by 512 of a block, 512 of a piece, 9,216 of a sum in
 * float.
 */
final class GemmCalls {
  private static final int[] M = {
    1, 2, 3, 4, 5, 6, 7, 8, 9, 13, 15, 16, 17, 31, 33, 100, 207, 255, 257
  };
  private static final int[] N = {
    1, 3, 4, 5, 7, 8, 9, 13, 15, 16, 17, 31, 32, 33, 47, 63, 65, 100, 127, 207, 511, 513
  };
  private static final int[] K = {
    0, 1, 2, 3, 4, 5, 7, 25, 100, 255, 256, 257, 512, 1023, 1024, 1025
  };
  private static final int[] TINY = {1, 2, 3, 5, 8, 9, 17};

  /** A call of the reference above this takes more than a millisecond. */
  private static final long LARGE = 700_000;

  private final Consumer<KernelCall> calls;
  private int count;

  private GemmCalls(Consumer<KernelCall> calls) {
    this.calls = calls;
  }

  static void forEach(Consumer<KernelCall> calls) {
    GemmCalls gemm = new GemmCalls(calls);
    gemm.tiny();
    gemm.pairs();
    gemm.large();
    gemm.veryLong();
    gemm.withNothingInIt();
    gemm.withInfinities();
  }

  /** Products of several tasks, thin ones and long ones, on numbers whose sums depend on order. */
  static List<KernelCall> whoseOrderShows() {
    List<KernelCall> found = new ArrayList<>();
    GemmCalls gemm = new GemmCalls(found::add);
    for (int flags = 0; flags < 8; flags++) {
      gemm.count = flags + 8; // memory that is longer
      gemm.add(100, 100, 432, flags, Kind.NORMAL);
    }
    gemm.add(600, 1100, 70, 0, Kind.NORMAL);
    gemm.add(1, 100, 4320, 0, Kind.NORMAL);
    gemm.add(1, 1000, 4320, 4, Kind.NORMAL);
    gemm.add(1, 512, 1025, 0, Kind.NORMAL);
    gemm.add(100, 10, 4320, 2, Kind.NORMAL);
    gemm.add(4320, 100, 100, 5, Kind.NORMAL);
    gemm.add(3, 5, 50_000, 0, Kind.NORMAL);
    gemm.add(1, 5, 50_000, 0, Kind.NORMAL);
    gemm.add(257, 3, 20_000, 4, Kind.NORMAL);
    gemm.add(257, 513, 1025, 3, Kind.NORMAL);
    return found;
  }

  /** Every size with every flag. */
  private void tiny() {
    for (int m : TINY) {
      for (int n : TINY) {
        for (int k : TINY) {
          for (int flags = 0; flags < 8; flags++) {
            add(m, n, k, flags, Kind.INTEGERS);
          }
        }
      }
    }
  }

  /** Every pair of two sizes; the third and the flags take turns. */
  private void pairs() {
    for (int m : M) {
      for (int n : N) {
        addSmall(m, n, K[count % K.length]);
      }
    }
    for (int m : M) {
      for (int k : K) {
        addSmall(m, N[count % N.length], k);
      }
    }
    for (int n : N) {
      for (int k : K) {
        addSmall(M[count % M.length], n, k);
      }
    }
  }

  /** The product, with fewer rows if the reference would take long. */
  private void addSmall(int m, int n, int k) {
    int rows = (int) Math.max(1, Math.min(m, LARGE / (n * Math.max(1L, k))));
    add(rows, n, k, count * 5 % 8, count % 3 == 0 ? Kind.NORMAL : Kind.INTEGERS);
  }

  /** More than one block in each direction, for each way to store the operands. */
  private void large() {
    for (int flags = 0; flags < 8; flags++) {
      add(257, 513, 7 + flags, flags, Kind.INTEGERS);
      add(260 + flags, 30, 257, flags, Kind.INTEGERS);
      add(9, 1030 + flags, 100, flags, Kind.INTEGERS);
      add(1, 1030, 1025, flags, Kind.INTEGERS);
      add(17, 33, 1025 + flags, flags, Kind.INTEGERS);
    }
    add(257, 513, 1025, 0, Kind.NORMAL);
  }

  /** Sums of runs, in one row, one block and several. */
  private void veryLong() {
    for (int flags = 0; flags < 8; flags++) {
      add(1, 3, 9215 + flags, flags, Kind.INTEGERS);
      add(1, 33, 18_431 + flags, flags, Kind.INTEGERS);
      add(2, 5, 9215 + flags, flags, Kind.INTEGERS);
      add(9, 17, 18_431 + flags, flags, Kind.INTEGERS);
    }
    for (int flags : new int[] {0, 3, 5, 6}) {
      add(257, 1, 9216 + flags, flags, Kind.INTEGERS);
      add(2, 513, 9216 + flags, flags, Kind.INTEGERS);
    }
    add(3, 5, 20_000, 0, Kind.NORMAL);
  }

  /** An empty sum is 0, or leaves C as it is; an empty C is left alone. */
  private void withNothingInIt() {
    for (int flags = 0; flags < 8; flags++) {
      for (int m : new int[] {0, 1, 2, 33}) {
        for (int n : new int[] {0, 1, 2, 33, 513}) {
          add(m, n, 0, flags, Kind.INTEGERS);
          if (m == 0 || n == 0) {
            add(m, n, 13, flags, Kind.INTEGERS);
          }
        }
      }
    }
  }

  /** NaN and infinities reach the sums that they belong to, and no other. */
  private void withInfinities() {
    for (int flags = 0; flags < 8; flags++) {
      for (int size : new int[] {1, 3, 7, 13, 31, 33, 100}) {
        add(size, size, 7, flags, Kind.INFINITE);
        add(1, size, 33, flags, Kind.INFINITE);
        add(9, 5, size, flags, Kind.INFINITE);
      }
    }
  }

  private enum Kind {
    INTEGERS,
    NORMAL,
    INFINITE
  }

  /**
   * One product.
   *
   * @param flags 1 if A is transposed, 2 if B is, 4 if C is added to
   */
  private void add(int m, int n, int k, int flags, Kind kind) {
    Random random = new Random(count);
    boolean transA = (flags & 1) != 0;
    boolean transB = (flags & 2) != 0;
    boolean accumulate = (flags & 4) != 0;
    int slack = count / 8 % 2 == 0 ? 0 : 40;
    count++;
    float[] a = RandomArrays.before(slack, numbers(random, m * k, kind));
    float[] b = RandomArrays.before(slack, numbers(random, k * n, kind));
    float[] c = RandomArrays.before(slack, RandomArrays.integers(random, m * n));
    KernelCall call =
        KernelCall.of(
            "gemm", new Matrix(a, m, k, transA), new Matrix(b, k, n, transB), c, accumulate);
    // Products of size 1: rounding of a sum of k grows like k at the most.
    calls.accept(kind == Kind.NORMAL ? call.within(1e-6 + 6e-7 * k) : call);
  }

  private static float[] numbers(Random random, int size, Kind kind) {
    return switch (kind) {
      case INTEGERS -> RandomArrays.integers(random, size);
      case NORMAL -> RandomArrays.normal(random, size);
      case INFINITE -> RandomArrays.rarelyInfinite(random, size);
    };
  }
}
