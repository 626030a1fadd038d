package io.github.purenet.nn;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;

/** A loss that is the mean, over all numbers of the batch, of a loss of each number. */
abstract class ElementLoss implements Loss {
  private final ElementTargets targets;

  ElementLoss(ElementTargets targets) {
    this.targets = targets;
  }

  /** Computes the loss of one number. */
  abstract double loss(double y, double t);

  /** Computes the derivative of the loss of one number with respect to y. */
  abstract double slope(double y, double t);

  @Override
  public final void check(Shape y) {
    targets.check(name(), y);
  }

  @Override
  public final double forward(NDArray y, NDArray t, Pass pass) {
    check(y.shape());
    int size = Check.atLeastOne(name(), "a count of numbers", y.size());
    targets.check(name(), y.shape(), t.shape());
    NDArray dy = pass.gradient(this, y.shape());
    double sum = 0;
    for (int i = 0; i < size; i++) {
      float output = y.data()[i];
      float target = targets.get(name(), t, i);
      sum += loss(output, target);
      dy.data()[i] = (float) (slope(output, target) / size);
    }
    pass.keep(this, dy);
    return sum / size;
  }

  @Override
  public final NDArray backward(Pass pass) {
    return pass.kept(this);
  }
}
