package io.github.purenet.optim;

import io.github.purenet.kernel.Tasks;
import io.github.purenet.ndarray.NDArray;

/**
 * A loop over a range of a parameter's numbers. Its arrays all begin at 0: C2 makes SIMD of such
 * loops, and not of those whose arrays each begin elsewhere.
 */
@FunctionalInterface
interface Loop {
  /** Numbers of one task, as in the kernels that visit each number once. */
  int CHUNK = Tasks.NUMBERS;

  void run(float[] gradient, float[] value, int from, int to);

  /** Runs a loop over all numbers of a parameter on the worker threads. */
  static void overAll(NDArray gradient, NDArray value, Loop loop) {
    Tasks.parallel(
        value.size(), CHUNK, (from, to) -> loop.run(gradient.data(), value.data(), from, to));
  }

  /** Returns the number of tasks for {@code size} numbers. */
  static int chunks(int size) {
    return Tasks.count(size, CHUNK);
  }
}
