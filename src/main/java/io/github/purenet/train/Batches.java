package io.github.purenet.train;

import java.util.Locale;

/** How an epoch of samples is cut into batches. */
final class Batches {
  private final int samples;
  private final int size;
  private final int count;
  private final boolean merged;

  /**
   * Cuts samples into batches of the given size.
   *
   * @param smallest the number of samples that a layer needs in every batch
   * @param layer the name of that layer, for messages
   */
  Batches(int samples, int size, Remainder remainder, int smallest, String layer) {
    int full = samples / size;
    int left = samples % size;
    boolean tooFew = left > 0 && left < smallest;
    this.samples = samples;
    this.size = size;
    this.merged = remainder == Remainder.MERGE && tooFew && full > 0;
    this.count = left == 0 || merged || remainder == Remainder.DROP ? full : full + 1;
    if (count == 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "train: expected at least %d samples for one batch, got %d, and the remainder is"
                  + " dropped",
              size,
              samples));
    }
    int last = to(count - 1) - from(count - 1);
    if (last < smallest) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "train: expected at least %d samples in every batch, which %s needs, got a last batch"
                  + " of %d (%d samples in batches of %d); drop or merge the remainder, or take"
                  + " another batch size",
              smallest,
              layer,
              last,
              samples,
              size));
    }
  }

  /**
   * Checks that each part of a batch has as many samples as a layer needs.
   *
   * @param atOnce the largest number of samples in a part
   */
  void requireParts(int atOnce, int smallest, String layer) {
    for (int batch : new int[] {0, count - 1}) {
      int samples = to(batch) - from(batch);
      int least = samples / parts(samples, atOnce);
      if (least < smallest) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "train: expected at least %d samples at once, which %s needs, got parts of %d (%d"
                    + " samples, at most %d at once)",
                smallest,
                layer,
                least,
                samples,
                atOnce));
      }
    }
  }

  /** Returns in how many parts of at most so many samples a batch is computed. */
  static int parts(int samples, int atOnce) {
    return 1 + (samples - 1) / atOnce;
  }

  /** Returns the number of batches, at least 1. */
  int count() {
    return count;
  }

  /** Returns the number of samples of the largest batch. */
  int largest() {
    return Math.max(to(0), to(count - 1) - from(count - 1));
  }

  int from(int batch) {
    return batch * size;
  }

  int to(int batch) {
    int from = from(batch);
    return merged && batch == count - 1 ? samples : from + Math.min(samples - from, size);
  }
}
