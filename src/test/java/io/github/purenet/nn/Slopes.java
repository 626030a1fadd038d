package io.github.purenet.nn;

import io.github.purenet.ndarray.NDArray;
import java.util.function.DoubleSupplier;

/** Gradients held against central differences. */
final class Slopes {
  /** A power of two, so that it is exact in float beside numbers of a similar size. */
  private static final float STEP = 1f / 128;

  private Slopes() {}

  /**
   * Asserts that {@code gradient} holds the slopes of a function by each number of {@code
   * variable}, which is as before afterwards.
   *
   * @param tolerance of the difference, for a slope of 1 twice as much
   */
  static void assertGradient(
      String what, NDArray gradient, NDArray variable, DoubleSupplier function, double tolerance) {
    NDArray flat = variable.reshape(variable.size()); // a view
    float[] slopes = gradient.toArray();
    for (int i = 0; i < slopes.length; i++) {
      float value = flat.get(i);
      flat.set(value + STEP, i);
      double above = function.getAsDouble();
      flat.set(value - STEP, i);
      double below = function.getAsDouble();
      flat.set(value, i);
      double slope = (above - below) / ((double) (value + STEP) - (value - STEP));
      if (!(Math.abs(slopes[i] - slope) <= tolerance * (1 + Math.abs(slope)))) {
        throw new AssertionError(
            String.format(
                "%s[%d]: expected the slope %s within %s (1 + |slope|), got %s in %s",
                what, i, slope, tolerance, slopes[i], gradient.shape()));
      }
    }
  }
}
