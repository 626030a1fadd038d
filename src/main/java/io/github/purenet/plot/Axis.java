package io.github.purenet.plot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** One axis of a chart: what it measures, from where to where, and its ticks. */
final class Axis {
  /** As many ticks as are easily read. */
  private static final int TICKS = 6;

  /** What a mark on the edge needs to be seen as a whole. */
  private static final double MARGIN = 0.025;

  private final String title;
  private final double min;
  private final double max;
  private final boolean logarithmic;
  private final double[] ticks;
  private final List<String> labels;

  private Axis(
      String title,
      double min,
      double max,
      boolean logarithmic,
      double[] ticks,
      List<String> labels) {
    this.title = title;
    this.min = min;
    this.max = max;
    this.logarithmic = logarithmic;
    this.ticks = ticks;
    this.labels = labels;
  }

  /** Returns the place of a value: 0 at the beginning of the axis, 1 at its end. */
  double at(double value) {
    return logarithmic ? Math.log(value / min) / Math.log(max / min) : (value - min) / (max - min);
  }

  /** Returns an axis from 0 to 1, with room for marks at 1. */
  static Axis share(String title) {
    return linear(title, 0, 1 + MARGIN, ticks(0, 1));
  }

  /** Returns an axis from 0 to 1, without room beyond. */
  static Axis unit(String title) {
    return linear(title, 0, 1, ticks(0, 1));
  }

  /** Returns an axis from 0, or below if there are such values, to the largest value. */
  static Axis fromZero(String title, double min, double max) {
    double low = Math.min(0, min);
    double high = max > low ? max : low + 1;
    double[] ticks = ticks(low, high);
    double room = MARGIN * (high - low);
    return linear(title, low < 0 ? low - room : 0, high + room, ticks);
  }

  /** Returns an axis from 0 to a number of things. */
  static Axis count(String title, double max) {
    double high = Math.max(1, max);
    double[] ticks = ticks(0, Math.max(TICKS, high)); // at least 1 apart
    return linear(title, 0, high, Arrays.stream(ticks).filter(tick -> tick <= high).toArray());
  }

  /** Returns an axis of numbers of which 0 is none in particular. */
  static Axis around(String title, double min, double max) {
    double high = max > min ? max : min + 1;
    double low = max > min ? min : min - 1;
    double room = MARGIN * (high - low);
    return linear(title, low - room, high + room, ticks(low, high));
  }

  /** Returns an axis of whole numbers, such as steps or epochs. */
  static Axis whole(String title, int from, int to) {
    int last = Math.max(from, to);
    double[] ticks =
        Arrays.stream(ticks(from, Math.max(last, from + 1)))
            .filter(tick -> tick == Math.rint(tick) && tick <= last)
            .toArray();
    double room = last > from ? MARGIN * (last - from) : 0.5;
    return linear(title, from - room, last + room, ticks);
  }

  /** Returns an axis of names, at 0, 1, 2 and so on from its beginning to its end. */
  static Axis names(String title, List<String> names) {
    double[] ticks = IntStream.range(0, names.size()).asDoubleStream().toArray();
    return new Axis(title, -0.5, names.size() - 0.5, false, ticks, names);
  }

  /** Returns an axis with ticks at powers of ten. */
  static Axis logarithmic(String title, double min, double max) {
    int from = (int) Math.floor(Math.log10(min) + 1e-9);
    int to = Math.max(from + 1, (int) Math.ceil(Math.log10(max) - 1e-9));
    int step = (to - from + TICKS) / (TICKS + 1);
    List<Double> ticks = new ArrayList<>();
    List<String> labels = new ArrayList<>();
    for (int i = from; i <= to; i += step) {
      ticks.add(Math.pow(10, i));
      labels.add(i < -4 || i > 5 ? "1e" + i : decimal(Math.pow(10, i), Math.max(0, -i)));
    }
    double[] values = ticks.stream().mapToDouble(Double::doubleValue).toArray();
    double low = Math.max(Math.pow(10, from), min / 1.2);
    double high = Math.min(Math.pow(10, to), max * 1.2);
    int[] inside =
        IntStream.range(0, values.length)
            .filter(i -> values[i] >= low * 0.999 && values[i] <= high * 1.001)
            .toArray();
    if (inside.length < 2) {
      return new Axis(title, Math.pow(10, from), Math.pow(10, to), true, values, labels);
    }
    return new Axis(
        title,
        low,
        high,
        true,
        IntStream.of(inside).mapToDouble(i -> values[i]).toArray(),
        IntStream.of(inside).mapToObj(labels::get).toList());
  }

  private static Axis linear(String title, double min, double max, double[] ticks) {
    double step = ticks.length > 1 ? ticks[1] - ticks[0] : 1;
    double largest = Arrays.stream(ticks).map(Math::abs).max().orElse(0);
    int decimals = Math.max(0, (int) -Math.floor(Math.log10(step) + 1e-9));
    List<String> labels =
        Arrays.stream(ticks)
            .mapToObj(
                tick ->
                    largest >= 1e7 || decimals > 5
                        ? String.format(Locale.ROOT, "%.1e", tick)
                        : decimal(tick, decimals))
            .toList();
    return new Axis(title, min, max, false, ticks, labels);
  }

  private static String decimal(double value, int decimals) {
    return String.format(Locale.ROOT, "%,." + decimals + "f", value);
  }

  /** Returns multiples of 1, 2 or 5 times a power of ten. */
  private static double[] ticks(double min, double max) {
    double rough = (max - min) / TICKS;
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    double significand = rough / power;
    double step = (significand <= 1 ? 1 : significand <= 2 ? 2 : significand <= 5 ? 5 : 10) * power;
    long from = (long) Math.ceil(min / step - 1e-6);
    long to = (long) Math.floor(max / step + 1e-6);
    return IntStream.rangeClosed(0, (int) (to - from))
        .mapToDouble(i -> (from + i) * step)
        .toArray();
  }

  /** Returns what is measured, with its unit. */
  String title() {
    return title;
  }

  /** Returns where the axis begins. */
  double min() {
    return min;
  }

  /** Returns where the axis ends, above where it begins. */
  double max() {
    return max;
  }

  /** Returns whether equal lengths are equal ratios; all is above 0 then. */
  boolean isLogarithmic() {
    return logarithmic;
  }

  /** Returns the values that have a mark. */
  double[] ticks() {
    return ticks;
  }

  /** Returns the text of each tick. */
  List<String> labels() {
    return labels;
  }
}
