package io.github.purenet.plot;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** A number by step or epoch, of one run or of several: their mean, and how far they are apart. */
final class Curve {
  private final double[] mean;
  private final double[] low;
  private final double[] high;

  private Curve(double[] mean, double[] low, double[] high) {
    this.mean = mean;
    this.low = low;
    this.high = high;
  }

  /** Returns the curve of one run. */
  static Curve of(double[] numbers) {
    return new Curve(numbers, numbers, numbers);
  }

  /** Returns the curve of several runs, which may end at different places. */
  static Curve of(List<double[]> runs, Spread spread) {
    if (runs.size() == 1) {
      return of(runs.get(0));
    }
    int n = runs.stream().mapToInt(run -> run.length).max().orElse(0);
    double[] mean = new double[n];
    double[] low = new double[n];
    double[] high = new double[n];
    for (int i = 0; i < n; i++) {
      int at = i;
      double[] here =
          runs.stream()
              .filter(run -> at < run.length)
              .mapToDouble(run -> run[at])
              .filter(Double::isFinite)
              .toArray();
      mean[i] = DoubleStream.of(here).average().orElse(Double.NaN);
      low[i] = spread.low(here, mean[i]);
      high[i] = spread.high(here, mean[i]);
    }
    return new Curve(mean, low, high);
  }

  /**
   * Returns the mean around each number, over up to {@code reach} on either side. What is not
   * finite is left out, and is NaN where it is.
   */
  static double[] smooth(double[] numbers, int reach) {
    int n = numbers.length;
    double[] sums = new double[n + 1];
    int[] counts = new int[n + 1];
    for (int i = 0; i < n; i++) {
      boolean finite = Double.isFinite(numbers[i]);
      sums[i + 1] = sums[i] + (finite ? numbers[i] : 0);
      counts[i + 1] = counts[i] + (finite ? 1 : 0);
    }
    return IntStream.range(0, n)
        .mapToDouble(
            i -> {
              int from = Math.max(0, i - reach);
              int to = Math.min(n, i + reach + 1);
              return Double.isFinite(numbers[i])
                  ? (sums[to] - sums[from]) / (counts[to] - counts[from])
                  : Double.NaN;
            })
        .toArray();
  }

  /** Returns places 1, 2 and so on for each number. */
  static double[] places(double[] numbers) {
    return IntStream.rangeClosed(1, numbers.length).asDoubleStream().toArray();
  }

  /**
   * Returns the indices of the smallest and the largest of each run of numbers, about as many as
   * wanted, so that there are few but a line through them looks the same.
   */
  static int[] outline(double[] numbers, int wanted) {
    int n = numbers.length;
    int length = Math.max(1, (2 * n + wanted - 1) / wanted);
    if (length <= 2) {
      return IntStream.range(0, n).toArray();
    }
    return IntStream.iterate(0, from -> from < n, from -> from + length)
        .flatMap(from -> extremes(numbers, from, Math.min(n, from + length)))
        .toArray();
  }

  /** Returns the indices of the smallest and the largest number and of a gap, in their order. */
  private static IntStream extremes(double[] numbers, int from, int to) {
    int min = -1;
    int max = -1;
    int gap = -1;
    for (int i = from; i < to; i++) {
      if (Double.isNaN(numbers[i])) {
        gap = i;
      } else {
        min = min < 0 || numbers[i] < numbers[min] ? i : min;
        max = max < 0 || numbers[i] > numbers[max] ? i : max;
      }
    }
    return IntStream.of(min, max, gap).filter(i -> i >= 0).sorted().distinct();
  }

  /** Returns the numbers at some indices. */
  static double[] pick(double[] numbers, int[] indices) {
    return Arrays.stream(indices).mapToDouble(i -> numbers[i]).toArray();
  }

  /** Returns the length of the longest of some curves, or 1. */
  static int longest(List<Curve> curves) {
    return curves.stream().mapToInt(curve -> curve.mean().length).max().orElse(1);
  }

  /** Returns the smallest finite number of some curves, or 0. */
  static double min(List<Curve> curves) {
    return curves.stream().flatMapToDouble(c -> finite(c.low())).min().orElse(0);
  }

  /** Returns the smallest finite number above 0, or 0.1. */
  static double minPositive(List<Curve> curves) {
    return curves.stream()
        .flatMapToDouble(c -> finite(c.low()))
        .filter(v -> v > 0)
        .min()
        .orElse(0.1);
  }

  /** Returns the largest finite number of some curves, or 1. */
  static double max(List<Curve> curves) {
    return curves.stream().flatMapToDouble(c -> finite(c.high())).max().orElse(1);
  }

  private static DoubleStream finite(double[] numbers) {
    return DoubleStream.of(numbers).filter(Double::isFinite);
  }

  /** Returns the number, or the mean of those of several runs that are finite. */
  double[] mean() {
    return mean;
  }

  /** Returns where the band of several runs begins; of one run, the number. */
  double[] low() {
    return low;
  }

  /** Returns where the band of several runs ends; of one run, the number. */
  double[] high() {
    return high;
  }
}
