package io.github.purenet.optim;

import io.github.purenet.kernel.Tasks;
import io.github.purenet.ndarray.NDArray;

/** A loop over a range of a parameter's numbers, at the same index in all of its arrays. */
@FunctionalInterface
interface Loop {

  /** Updates the numbers from {@code from}, inclusive, to {@code to}, exclusive. */
  void run(float[] gradient, float[] value, int from, int to);

  /** Runs a loop over all numbers of a parameter on the worker threads. */
  static void overAll(NDArray gradient, NDArray value, Loop loop) {
    Tasks.parallel(
        value.size(), Tasks.CHEAP, (from, to) -> loop.run(gradient.data(), value.data(), from, to));
  }
}
