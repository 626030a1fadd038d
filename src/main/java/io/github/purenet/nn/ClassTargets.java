package io.github.purenet.nn;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.util.Locale;

/**
 * The targets of a classifier with outputs (N, K): class indices (N), or rows of probabilities (N,
 * K). Error messages begin with the name of the loss or metric that reads them.
 */
final class ClassTargets {

  private ClassTargets() {}

  /** Returns true for class indices, and false for rows of probabilities. */
  static boolean areIndices(String who, Shape y, Shape t) {
    Shape indices = Shape.of(y.dimension(0));
    if (t.equals(indices)) {
      return true;
    }
    if (!t.equals(y)) {
      throw new IllegalArgumentException(
          who + ": expected t of " + indices + " or " + y + ", got " + t);
    }
    return false;
  }

  /** Returns the class index of sample i, from 0 to k - 1. */
  static int label(String who, NDArray t, int i, int k) {
    float label = t.data()[i];
    if (!(label >= 0 && label < k && label == (int) label)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s: expected a class index from 0 to %d in t, got %s at %d in %s",
              who,
              k - 1,
              label,
              i,
              t.shape()));
    }
    return (int) label;
  }

  /** Checks that row i holds probabilities that sum to 1. */
  static void checkRow(String who, NDArray t, int i) {
    int k = t.dimension(1);
    double sum = 0;
    for (int j = 0; j < k; j++) {
      float probability = t.data()[i * k + j];
      if (!(probability >= 0)) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "%s: expected probabilities in t, got %s at (%d, %d) in %s",
                who,
                probability,
                i,
                j,
                t.shape()));
      }
      sum += probability;
    }
    if (Math.abs(sum - 1) > 1e-4) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s: expected probabilities that sum to 1 in t, got a sum of %s in row %d of %s",
              who,
              sum,
              i,
              t.shape()));
    }
  }
}
