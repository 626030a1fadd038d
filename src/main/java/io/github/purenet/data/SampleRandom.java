package io.github.purenet.data;

import java.util.random.RandomGenerator;

/**
 * The random numbers of one sample in one epoch: SplitMix64 (Steele, Lea and Flood 2014, section
 * 5), which starts from a hash of seed, epoch and index.
 */
final class SampleRandom implements RandomGenerator {
  /** 2^64 divided by the golden ratio. */
  private static final long GOLDEN = 0x9e3779b97f4a7c15L;

  private long state;

  SampleRandom(long seed, long epoch, long index) {
    state = mix(mix(mix(seed) + epoch) + index);
  }

  @Override
  public long nextLong() {
    state += GOLDEN;
    return mix(state);
  }

  private static long mix(long z) {
    long x = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    x = (x ^ (x >>> 27)) * 0x94d049bb133111ebL;
    return x ^ (x >>> 31);
  }
}
