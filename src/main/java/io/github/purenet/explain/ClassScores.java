package io.github.purenet.explain;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.util.Locale;

/** The outputs of a classifier for one class of each sample. */
final class ClassScores {
  private ClassScores() {}

  /**
   * Returns the classes that are explained.
   *
   * @param y the outputs (N, K)
   * @param given the class of each sample, or none for those of the largest outputs
   * @return N classes from 0 to K - 1
   * @throws IllegalArgumentException if the outputs are no rows, or the classes do not fit
   */
  static int[] classes(NDArray y, int... given) {
    requireRows(y.shape().dropFirst());
    int n = y.dimension(0);
    int k = y.dimension(1);
    if (given.length == 0) {
      int[] predicted = new int[n];
      for (int i = 0; i < n; i++) {
        predicted[i] = y.at(i).argmax();
      }
      return predicted;
    }
    if (given.length != n) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "classes: expected one for each of %d samples, or none, got %d",
              n,
              given.length));
    }
    for (int i = 0; i < n; i++) {
      requireClass(k, given[i], " for sample " + i);
    }
    return given;
  }

  /** Checks that the output for one sample is a number for each class. */
  static void requireRows(Shape output) {
    if (output.rank() != 1) {
      throw new IllegalArgumentException(
          "network: expected a classifier, with outputs (K), got " + output);
    }
  }

  /** Checks that there is such a class; the message ends with where it was met. */
  static void requireClass(int k, int given, String where) {
    if (given < 0 || given >= k) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "class: expected 0 to %d, got %d%s", k - 1, given, where));
    }
  }

  /** Returns the gradient of the sum of the scores by the outputs: 1 for the class, 0 elsewhere. */
  static NDArray oneHot(Shape outputs, int[] classes) {
    NDArray dy = NDArray.zeros(outputs);
    for (int i = 0; i < classes.length; i++) {
      dy.set(1, i, classes[i]);
    }
    return dy;
  }
}
