package io.github.purenet.optim;

/** The ranges of settings; the texts name the optimizer or schedule, the setting and its value. */
final class Require {

  private Require() {}

  static double aboveZero(String who, String what, double got) {
    return require(got > 0 && Double.isFinite(got), who, what + " above 0", got);
  }

  static double atLeastZero(String who, String what, double got) {
    return require(got >= 0 && Double.isFinite(got), who, what + " of at least 0", got);
  }

  /** At least 0 and below 1, as the decay of a running mean is. */
  static double belowOne(String who, String what, double got) {
    return require(got >= 0 && got < 1, who, what + " in [0, 1)", got);
  }

  static long atLeastOne(String who, String what, long got) {
    if (got < 1) {
      throw new IllegalArgumentException(who + ": expected " + what + " of at least 1, got " + got);
    }
    return got;
  }

  private static double require(boolean ok, String who, String expected, double got) {
    if (!ok) {
      throw new IllegalArgumentException(who + ": expected " + expected + ", got " + got);
    }
    return got;
  }
}
