package io.github.purenet.ndarray;

import java.util.Locale;

/**
 * A format of floats as NumPy 2.4 prints them: positional or scientific, all numbers of an array
 * equally wide.
 *
 * <p>Positional numbers show at most 8 digits after the point, scientific ones as many as the
 * longest needs; see {@link Decimal} for which digits those are.
 */
final class FloatFormat {
  private static final int MAX_FRACTION = 8;

  /**
   * From this magnitude on, numbers are scientific: 10 to the number of reliable digits of the
   * type, 6 for float32, as in NumPy after 2.2 (before, 1e8).
   */
  private static final float SCIENTIFIC_FROM = 1e6f;

  private static final float SCIENTIFIC_BELOW = 1e-4f;
  private static final float SCIENTIFIC_RATIO = 1000f;

  private final boolean scientific;
  private final int left; // characters before the point
  private final int fraction; // digits after the point
  private final int width;

  private FloatFormat(boolean scientific, int left, int fraction, int width) {
    this.scientific = scientific;
    this.left = left;
    this.fraction = fraction;
    this.width = width;
  }

  /** Returns the format that the given numbers share. */
  static FloatFormat forColumn(float[] values) {
    boolean scientific = scientific(values);
    int left = 0;
    int fraction = 0;
    int right = 0; // characters after the point
    int special = 0; // characters of the longest of nan, inf and -inf
    for (float value : values) {
      if (Float.isFinite(value)) {
        String text = scientific ? scientific(value, 0) : positional(value);
        int point = text.indexOf('.');
        int exponent = scientific ? text.indexOf('e') : text.length();
        left = Math.max(left, point);
        fraction = Math.max(fraction, exponent - point - 1);
        right = Math.max(right, fraction + (scientific ? text.length() - exponent : 0));
      } else {
        special = Math.max(special, special(value).length());
      }
    }
    left = Math.max(left, special - right - 1);
    return new FloatFormat(scientific, left, fraction, left + 1 + right);
  }

  /** Returns one number, padded to the width of the column. */
  String format(float value) {
    if (!Float.isFinite(value)) {
      return " ".repeat(width - special(value).length()) + special(value);
    }
    String text = scientific ? scientific(value, fraction) : positional(value);
    String padded = " ".repeat(left - text.indexOf('.')) + text;
    return padded + " ".repeat(width - padded.length());
  }

  /** Returns a number on its own, in the fewest digits that distinguish it from its neighbors. */
  static String single(float value) {
    if (!Float.isFinite(value)) {
      return special(value);
    }
    float magnitude = Math.abs(value);
    // NumPy compares a single number in double, where 1e-4f is a little less than 1e-4.
    if (magnitude != 0 && (magnitude < 1e-4 || magnitude >= SCIENTIFIC_FROM)) {
      return scientific(value, 0).replace(".e", "e");
    }
    String text = positional(Decimal.shortest(value), value);
    return text.endsWith(".") ? text + "0" : text;
  }

  private static boolean scientific(float[] values) {
    float min = Float.POSITIVE_INFINITY;
    float max = 0;
    for (float value : values) {
      if (Float.isFinite(value) && value != 0) {
        min = Math.min(min, Math.abs(value));
        max = Math.max(max, Math.abs(value));
      }
    }
    return max >= SCIENTIFIC_FROM || min < SCIENTIFIC_BELOW || max / min > SCIENTIFIC_RATIO;
  }

  private static String positional(float value) {
    return positional(Decimal.rounded(value, MAX_FRACTION), value);
  }

  /** Returns digits such as 12.5, 0.125 or 12. without zeros at the end of the fraction. */
  private static String positional(Decimal decimal, float value) {
    String digits = decimal.digits();
    int whole = decimal.exponent() + 1; // digits before the point
    if (whole <= 0) {
      digits = "0".repeat(1 - whole) + digits;
      whole = 1;
    }
    digits += "0".repeat(Math.max(0, whole - digits.length()));
    String fraction = digits.substring(whole);
    return sign(value) + digits.substring(0, whole) + "." + fraction.replaceAll("0+$", "");
  }

  /** Returns digits such as 1.25e+01, at least {@code minFraction} of them after the point. */
  private static String scientific(float value, int minFraction) {
    Decimal decimal = Decimal.shortest(value, minFraction + 1);
    String digits = decimal.digits();
    String fraction =
        digits.substring(1) + "0".repeat(Math.max(0, minFraction + 1 - digits.length()));
    return String.format(
        Locale.ROOT, "%s%s.%se%+03d", sign(value), digits.charAt(0), fraction, decimal.exponent());
  }

  private static String sign(float value) {
    return Float.floatToRawIntBits(value) < 0 ? "-" : "";
  }

  private static String special(float value) {
    return Float.isNaN(value) ? "nan" : value < 0 ? "-inf" : "inf";
  }
}
