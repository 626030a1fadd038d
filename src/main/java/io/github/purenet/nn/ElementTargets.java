package io.github.purenet.nn;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.util.Arrays;
import java.util.Locale;

/**
 * Targets of the shape of the outputs (N, ...), each a number of its own in a range. Error messages
 * begin with the name of the loss or metric that reads them.
 */
enum ElementTargets {
  FINITE("finite numbers", -Float.MAX_VALUE, Float.MAX_VALUE),
  PROBABILITIES("numbers from 0.0 to 1.0", 0, 1);

  private final String what;
  private final float low;
  private final float high;

  ElementTargets(String what, float low, float high) {
    this.what = what;
    this.low = low;
    this.high = high;
  }

  /** Checks that y can have such targets. */
  void check(String who, Shape y) {
    if (y.rank() < 1) {
      throw new IllegalArgumentException(who + ": expected y of (N, ...), got a scalar");
    }
  }

  /** Checks that y can have the targets t. */
  void check(String who, Shape y, Shape t) {
    check(who, y);
    Check.sameShape(who, "t", y, t);
  }

  /** Returns the target at an index of {@code t.data()}. */
  float get(String who, NDArray t, int index) {
    float target = t.data()[index];
    if (!(target >= low && target <= high)) { // neither for NaN
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s: expected %s in t, got %s %s of %s",
              who,
              what,
              target,
              place(index, t.shape()),
              t.shape()));
    }
    return target;
  }

  /** Returns the place in t, unless it is that of the sample, and the sample. */
  private static String place(int index, Shape shape) {
    int[] place = new int[shape.rank()];
    int rest = index;
    for (int axis = shape.rank() - 1; axis >= 0; axis--) {
      place[axis] = rest % shape.dimension(axis);
      rest /= shape.dimension(axis);
    }
    String sample = "in sample " + place[0];
    String numbers = Arrays.toString(place);
    return place.length == 1
        ? sample
        : "at (" + numbers.substring(1, numbers.length() - 1) + "), " + sample;
  }
}
