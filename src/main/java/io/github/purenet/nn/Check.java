package io.github.purenet.nn;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.util.Arrays;
import java.util.Locale;

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

  /** Returns the shape of an output, which one array must be able to hold. */
  static Shape output(String layer, Shape input, int... dimensions) {
    return shape(layer, "an output", input, dimensions);
  }

  /** Returns the shape of a weight, which one array must be able to hold. */
  static Shape weight(String layer, Shape input, int... dimensions) {
    return shape(layer, "a weight", input, dimensions);
  }

  private static Shape shape(String layer, String what, Shape input, int... dimensions) {
    long size = 1; // zeros left out, as in Shape
    for (int dimension : dimensions) {
      size *= Math.max(dimension, 1);
      if (size > Integer.MAX_VALUE) {
        String text = Arrays.toString(dimensions);
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "%s: expected %s of at most %d numbers, got (%s) for %s",
                layer,
                what,
                Integer.MAX_VALUE,
                text.substring(1, text.length() - 1),
                input));
      }
    }
    return Shape.of(dimensions);
  }

  /** Returns the text of a number and, if it is another, that of the float that it becomes. */
  static String number(double value) {
    String number = String.valueOf(value);
    String rounded = String.valueOf((float) value);
    return rounded.equals(number) ? number : number + " (" + rounded + " as a float)";
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
