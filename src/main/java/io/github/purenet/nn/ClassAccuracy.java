package io.github.purenet.nn;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;

/** The share of samples whose largest output is that of their class. */
final class ClassAccuracy implements Metric {
  static final ClassAccuracy INSTANCE = new ClassAccuracy();

  private ClassAccuracy() {}

  @Override
  public String name() {
    return "accuracy";
  }

  @Override
  public boolean isLargerBetter() {
    return true;
  }

  @Override
  public void check(Shape y, Shape t) {
    if (y.rank() != 2 || y.dimension(1) < 2) {
      throw new IllegalArgumentException(
          "accuracy: expected y of (N, K) for at least 2 classes, got " + y);
    }
    ClassTargets.areIndices(name(), y, t);
  }

  @Override
  public double sum(NDArray y, NDArray t) {
    check(y.shape(), t.shape());
    int n = y.dimension(0);
    int k = y.dimension(1);
    boolean indices = ClassTargets.areIndices(name(), y.shape(), t.shape());
    if (!indices) {
      for (int i = 0; i < n; i++) {
        ClassTargets.checkRow(name(), t, i);
      }
    }
    NDArray predicted = y.argmax(1); // NaN before all others
    NDArray expected = indices ? t : t.argmax(1);
    int correct = 0;
    for (int i = 0; i < n; i++) {
      int label = indices ? ClassTargets.label(name(), t, i, k) : (int) expected.get(i);
      int largest = (int) predicted.get(i);
      correct += largest == label && !Float.isNaN(y.get(i, largest)) ? 1 : 0;
    }
    return correct;
  }
}
