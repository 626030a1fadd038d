package io.github.purenet.nn;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;

/** Checks of arguments that several layers make, with their error messages. */
final class Check {

  private Check() {}

  static void sameShape(String layer, String what, Shape expected, Shape got) {
    if (!expected.equals(got)) {
      throw new IllegalArgumentException(
          layer + ": expected " + what + " of " + expected + ", got " + got);
    }
  }

  static void rank(String layer, String what, int rank, String letters, Shape got) {
    if (got.rank() != rank) {
      throw new IllegalArgumentException(
          layer + ": expected " + what + " of " + letters + ", got " + got);
    }
  }

  /** Returns a copy of what an initializer created: it may be memory that others have, too. */
  static NDArray initial(String layer, Shape shape, NDArray created) {
    sameShape(layer, "an initial weight", shape, created.shape());
    return created.copy();
  }

  static double positive(String layer, String what, double value) {
    if (!((float) value > 0 && Float.isFinite((float) value))) {
      throw new IllegalArgumentException(
          layer + ": expected " + what + " above 0 and finite, got " + value);
    }
    return value;
  }

  static int atLeastOne(String layer, String what, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(
          layer + ": expected " + what + " of at least 1, got " + value);
    }
    return value;
  }

  static double notNegative(String layer, String what, double value) {
    if (!(value >= 0 && Float.isFinite((float) value))) {
      throw new IllegalArgumentException(
          layer + ": expected " + what + " of at least 0 and finite, got " + value);
    }
    return value;
  }
}
