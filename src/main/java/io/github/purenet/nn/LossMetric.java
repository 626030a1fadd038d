package io.github.purenet.nn;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;

/** A loss as a metric, for losses of which nothing else is known. */
record LossMetric(Loss loss) implements Metric {

  @Override
  public String name() {
    return "loss";
  }

  @Override
  public boolean isLargerBetter() {
    return false;
  }

  /** Checks what the loss can tell without targets. */
  @Override
  public void check(Shape y, Shape t) {
    loss.check(y);
  }

  @Override
  public double sum(NDArray y, NDArray t) {
    return loss.forward(y, t, Pass.inference()) * y.dimension(0);
  }
}
