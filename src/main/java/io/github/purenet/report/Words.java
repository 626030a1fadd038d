package io.github.purenet.report;

import java.util.Locale;

/** Numbers as a reader of a report wants them. */
final class Words {
  /** What stands where there is no number. */
  static final String NONE = "\u2013";

  private Words() {}

  /** Returns a share in percent, for example {@code 98.70 %}. */
  static String percent(double share) {
    return Double.isFinite(share) ? format("%.2f\u00a0%%", 100 * share) : NONE;
  }

  /** Returns a share in percent, in which only 0 and 1 are 0 and 100 %. */
  static String shortPercent(double share) {
    if (share > 0.9995 && share < 1) {
      return "> 99.9\u00a0%";
    }
    return share > 0 && share < 0.0005
        ? "< 0.1\u00a0%"
        : Double.isFinite(share) ? format("%.1f\u00a0%%", 100 * share) : NONE;
  }

  /** Returns a number with four digits behind the point. */
  static String decimal(double value) {
    return Double.isFinite(value) ? format("%.4f", value) : NONE;
  }

  /** Returns a count, for example {@code 433,890}. */
  static String count(long count) {
    return format("%,d", count);
  }

  /** Returns for example {@code 12 of 35 samples}, or {@code The 12 samples} if that is all. */
  static String part(int count, int all, String of) {
    return count == all
        ? format("The %s %s", count(all), of)
        : format("%s of %s %s", count(count), count(all), of);
  }

  /** Returns a time, for example {@code 6.82 s}, {@code 12 min 30 s} or {@code 1 h 02 min}. */
  static String time(double seconds) {
    if (!Double.isFinite(seconds)) {
      return NONE;
    }
    if (seconds < 60) {
      return seconds < 1 ? rounded(1000 * seconds) + "\u00a0ms" : rounded(seconds) + "\u00a0s";
    }
    long whole = Math.round(seconds);
    return whole < 3600
        ? format("%d\u00a0min %02d\u00a0s", whole / 60, whole % 60)
        : format("%d\u00a0h %02d\u00a0min", whole / 3600, whole / 60 % 60);
  }

  /** Returns a number of at least 0 with three digits or so. */
  private static String rounded(double value) {
    if (value >= 100) {
      return format("%.0f", value);
    }
    return value >= 10 ? format("%.1f", value) : format(value >= 1 ? "%.2f" : "%.3f", value);
  }

  /** Returns a difference with its sign, in a form whose last argument is the number. */
  static String difference(String form, double value) {
    if (!Double.isFinite(value)) {
      return NONE;
    }
    String text = format(form, Math.abs(value));
    boolean zero = text.chars().noneMatch(c -> c >= '1' && c <= '9');
    return zero ? text : (value < 0 ? "\u2212" : "+") + text;
  }

  /** Returns a text formatted as on every machine. */
  static String format(String form, Object... arguments) {
    return String.format(Locale.ROOT, form, arguments);
  }
}
