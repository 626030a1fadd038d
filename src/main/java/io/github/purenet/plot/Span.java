package io.github.purenet.plot;

import io.github.purenet.ndarray.NDArray;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/**
 * The span of numbers that colors stand for: {@code low} is the first color, {@code high} the last
 * one.
 */
record Span(double low, double high) {

  /** Creates a span, which must be finite and not empty. */
  Span {
    if (!(low < high) || Double.isInfinite(high - low)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "span: expected finite numbers low < high, got %s and %s", low, high));
    }
  }

  /**
   * Returns the span from the least to the greatest finite number of arrays, or {@code (0, 1)}
   * without any, or if all are 0. Where all numbers are equal and not 0, they are in the middle.
   */
  static Span of(Iterable<NDArray> arrays) {
    double[] range = range(arrays);
    double low = range[0];
    double high = range[1];
    if (low == high && low != 0) {
      double least = Math.max(1e-30, Math.ulp((float) Math.abs(low)));
      return new Span(low - least, high + least);
    }
    return low < high ? new Span(low, high) : new Span(0, 1);
  }

  /** Returns (0, 1) if all finite numbers are in it, and else the span of them. */
  static Span ofPixels(Iterable<NDArray> images) {
    double[] range = range(images);
    return range[0] >= 0 && range[1] <= 1 ? new Span(0, 1) : of(images);
  }

  /** Returns the least and the greatest finite number; infinity and its negative without any. */
  private static double[] range(Iterable<NDArray> arrays) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (NDArray array : arrays) {
      for (int i = 0; i < array.size(); i++) {
        float v = array.data()[i];
        if (Float.isFinite(v)) {
          low = Math.min(low, v);
          high = Math.max(high, v);
        }
      }
    }
    return new double[] {low, high};
  }

  /** Returns the smallest span around 0 that holds this one. */
  Span symmetric() {
    double most = Math.max(Math.abs(low), Math.abs(high));
    return new Span(-most, most);
  }

  /** Returns where a number lies, 0 at low and 1 at high; NaN for NaN. */
  double place(double value) {
    return (value - low) / (high - low);
  }

  /** Returns a number as a person reads it, of three digits unless it is larger. */
  static String number(double v) {
    double size = Math.abs(v);
    if (size != 0 && (size >= 1e4 || size < 1e-3)) {
      return String.format(Locale.ROOT, "%.1e", v);
    }
    if (Double.isNaN(v) || size >= 100) {
      return String.format(Locale.ROOT, "%.0f", v);
    }
    BigDecimal rounded = new BigDecimal(v).round(new MathContext(3));
    return rounded.stripTrailingZeros().toPlainString();
  }
}
