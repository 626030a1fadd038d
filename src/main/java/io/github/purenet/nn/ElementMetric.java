package io.github.purenet.nn;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;

/** A metric that is the mean, over all numbers of a sample, of a number for each of them. */
abstract class ElementMetric implements Metric {
  private final ElementTargets targets;

  ElementMetric(ElementTargets targets) {
    this.targets = targets;
  }

  /** Returns what one number contributes. */
  abstract double of(float y, float t);

  @Override
  public final void check(Shape y, Shape t) {
    targets.check(name(), y, t);
  }

  @Override
  public final double sum(NDArray y, NDArray t) {
    check(y.shape(), t.shape());
    double sum = 0;
    for (int i = 0; i < y.size(); i++) {
      sum += of(y.data()[i], targets.get(name(), t, i));
    }
    return y.size() == 0 ? 0 : sum / y.size() * y.dimension(0);
  }
}
