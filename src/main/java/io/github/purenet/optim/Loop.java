package io.github.purenet.optim;

import io.github.purenet.kernel.Kernels;
import io.github.purenet.ndarray.NDArray;

/**
 * A loop over a range of a parameter's numbers. Its arrays all begin at 0: C2 makes SIMD of such
 * loops, and not of those whose arrays each begin elsewhere.
 */
@FunctionalInterface
interface Loop {
  /** Numbers of one task, as in the kernels that visit each number once. */
  int CHUNK = 1 << 15;

  void run(float[] gradient, float[] value, int from, int to);

  /** Runs a loop over all numbers of a parameter on the worker threads. */
  static void overAll(NDArray gradient, NDArray value, Loop loop) {
    float[] g = gradient.offset() == 0 ? gradient.data() : gradient.toArray();
    float[] x = value.offset() == 0 ? value.data() : value.toArray();
    Kernels.parallel(value.size(), CHUNK, (from, to) -> loop.run(g, x, from, to));
    if (value.offset() != 0) { // x is a copy
      System.arraycopy(x, 0, value.data(), value.offset(), value.size());
    }
  }

  /** Returns the number of tasks for {@code size} numbers. */
  static int chunks(int size) {
    return (size + CHUNK - 1) / CHUNK;
  }
}
