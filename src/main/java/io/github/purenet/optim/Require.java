package io.github.purenet.optim;

import java.util.Locale;

/**
 * Checks the ranges of settings; the messages name the optimizer or schedule, the setting and the
 * number. A number that is used as a float must be in range as a float, too: 1e-50 is above 0, but
 * rounds to 0.
 */
final class Require {

  /** Some gradient whose square is just not 0 as a float, times a share of 0.001. */
  private static final double SMALLEST_EPSILON = 1e-20;

  private Require() {}

  static double aboveZero(String who, String what, double got) {
    if (!(got > 0 && Double.isFinite(got))) {
      throw error(who, what + " above 0", String.valueOf(got));
    }
    return got;
  }

  static double floatAboveZero(String who, String what, double got) {
    if (!((float) got > 0 && Float.isFinite((float) got))) {
      throw floatError(who, what + " above 0", got);
    }
    return got;
  }

  /**
   * At least {@link #SMALLEST_EPSILON}. The smallest epsilon bounds the step where a gradient is so
   * small that its square is 0.
   */
  static float epsilon(String who, double got) {
    floatAboveZero(who, "epsilon", got);
    if (got < SMALLEST_EPSILON) {
      throw error(who, "epsilon of at least " + SMALLEST_EPSILON, String.valueOf(got));
    }
    return (float) got;
  }

  static double floatAtLeastZero(String who, String what, double got) {
    if (!isFloatAtLeastZero(got)) {
      throw floatError(who, what + " of at least 0", got);
    }
    return got;
  }

  static boolean isFloatAtLeastZero(double number) {
    return number >= 0 && Float.isFinite((float) number);
  }

  /** At least 0 and below 1, as a share is. */
  static double belowOne(String who, String what, double got) {
    if (!(got >= 0 && got < 1)) {
      throw error(who, what + " in [0, 1)", String.valueOf(got));
    }
    return got;
  }

  /** At least 0 and below 1, as the decay of a running mean is. */
  static double floatBelowOne(String who, String what, double got) {
    if (!(got >= 0 && (float) got < 1)) {
      throw floatError(who, what + " in [0, 1)", got);
    }
    return got;
  }

  static long atLeastOne(String who, String what, long got) {
    if (got < 1) {
      throw error(who, what + " of at least 1", String.valueOf(got));
    }
    return got;
  }

  /** Returns the error for a number that is out of range, perhaps only as a float. */
  static IllegalArgumentException floatError(String who, String expected, double got) {
    String number = String.valueOf(got);
    String rounded = String.valueOf((float) got);
    return error(
        who,
        expected,
        rounded.equals(number)
            ? number
            : String.format(Locale.ROOT, "%s (%s as a float)", number, rounded));
  }

  private static IllegalArgumentException error(String who, String expected, String got) {
    return new IllegalArgumentException(
        String.format(Locale.ROOT, "%s: expected %s, got %s", who, expected, got));
  }
}
