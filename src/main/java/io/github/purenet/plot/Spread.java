package io.github.purenet.plot;

import java.util.stream.DoubleStream;

/** What the band around the mean of several runs shows. */
public enum Spread {
  /** From the smallest to the largest number. */
  RANGE("range"),

  /** One standard deviation on either side, of the sample (N - 1). */
  STANDARD_DEVIATION("standard deviation");

  private final String word;

  Spread(String word) {
    this.word = word;
  }

  double low(double[] numbers, double mean) {
    return this == RANGE
        ? DoubleStream.of(numbers).min().orElse(Double.NaN)
        : mean - deviation(numbers, mean);
  }

  double high(double[] numbers, double mean) {
    return this == RANGE
        ? DoubleStream.of(numbers).max().orElse(Double.NaN)
        : mean + deviation(numbers, mean);
  }

  private static double deviation(double[] numbers, double mean) {
    double squares = DoubleStream.of(numbers).map(v -> (v - mean) * (v - mean)).sum();
    return Math.sqrt(squares / Math.max(1, numbers.length - 1));
  }

  @Override
  public String toString() {
    return word;
  }
}
