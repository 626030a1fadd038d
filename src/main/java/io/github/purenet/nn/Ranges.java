package io.github.purenet.nn;

import io.github.purenet.kernel.Kernels;

/** Loops over many numbers, cut into ranges for the worker threads. */
final class Ranges {
  /** Numbers of one range: some 40 microseconds of exponentials, or 1 of what vectorises. Even. */
  private static final int NUMBERS = 1 << 12;

  private Ranges() {}

  /** The body of a loop. */
  @FunctionalInterface
  interface Body {
    /** Works on {@code from, ..., from + count - 1} only. */
    void run(int from, int count);
  }

  /** Runs the body on ranges that cover 0 to {@code size - 1}; they follow from the size alone. */
  static void parallel(int size, Body body) {
    parallel(size, 1, body);
  }

  /** Runs the body on ranges of rows; they follow from the sizes alone. */
  static void parallel(int rows, int columns, Body body) {
    int each = Math.max(1, NUMBERS / columns);
    Kernels.parallel(rows, each, (from, to) -> body.run(from, to - from));
  }
}
