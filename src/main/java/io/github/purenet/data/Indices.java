package io.github.purenet.data;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

/** Choices of samples at random, which are the same on every machine. */
final class Indices {

  private Indices() {}

  /** Returns 0 to {@code size - 1} in a random order, by the method of Fisher and Yates. */
  static int[] shuffled(int size, long seed) {
    int[] order = IntStream.range(0, size).toArray();
    shuffle(order, new Random(seed));
    return order;
  }

  private static void shuffle(int[] order, Random random) {
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swap = order[i];
      order[i] = order[j];
      order[j] = swap;
    }
  }

  static Split split(Dataset dataset, double share, long seed) {
    requireShare("split", share);
    int[] order = shuffled(dataset.size(), seed);
    int count = (int) Math.round(share * order.length);
    return new Split(
        Subset.of(dataset, Arrays.copyOf(order, count)),
        Subset.of(dataset, Arrays.copyOfRange(order, count, order.length)));
  }

  static Split stratifiedSplit(Dataset dataset, double share, long seed) {
    requireShare("stratifiedSplit", share);
    int[] classes = Classes.of("stratifiedSplit", dataset);
    int[] left = Classes.counts(classes);
    for (int k = 0; k < left.length; k++) {
      left[k] = (int) Math.round(share * left[k]);
    }
    int[] order = shuffled(classes.length, seed);
    boolean[] isFirst = new boolean[order.length];
    for (int i = 0; i < order.length; i++) {
      isFirst[i] = left[classes[order[i]]]-- > 0;
    }
    return new Split(
        Subset.of(dataset, choose(order, isFirst, true)),
        Subset.of(dataset, choose(order, isFirst, false)));
  }

  private static int[] choose(int[] order, boolean[] isFirst, boolean first) {
    return IntStream.range(0, order.length)
        .filter(i -> isFirst[i] == first)
        .map(i -> order[i])
        .toArray();
  }

  private static void requireShare(String who, double share) {
    if (!(share > 0 && share < 1)) {
      throw new IllegalArgumentException(
          who + ": expected a share above 0 and below 1, got " + share);
    }
  }
}
