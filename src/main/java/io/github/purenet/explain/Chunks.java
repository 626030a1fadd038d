package io.github.purenet.explain;

import io.github.purenet.ndarray.Shape;

/** How many samples are computed at once where there are many. */
final class Chunks {
  /** Enough to fill the kernels with small images, and few enough for the cache. */
  private static final int MOST = 128;

  /** The most numbers of input, so that the activations of large images fit in memory. */
  private static final int NUMBERS = 1 << 19;

  private Chunks() {}

  /** Returns the number of samples of the given shape, at least 1. */
  static int rows(Shape sample) {
    return Math.max(1, Math.min(MOST, NUMBERS / Math.max(1, sample.size())));
  }
}
