package io.github.purenet.nn;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.util.Locale;

/** A loss that is the mean, over all numbers of the batch, of a loss of each number. */
abstract class ElementLoss implements Loss {
  private final float low;
  private final float high;

  /** Creates a loss for targets from {@code low} to {@code high}, both inclusive. */
  ElementLoss(float low, float high) {
    this.low = low;
    this.high = high;
  }

  /** Computes the loss of one number. */
  abstract double loss(double y, double t);

  /** Computes the derivative of the loss of one number with respect to y. */
  abstract double slope(double y, double t);

  @Override
  public final void check(Shape y) {
    if (y.rank() < 1) {
      throw new IllegalArgumentException(name() + ": expected y of (N, ...), got a scalar");
    }
  }

  @Override
  public final double forward(NDArray y, NDArray t, Pass pass) {
    check(y.shape());
    int size = Check.atLeastOne(name(), "a count of numbers", y.size());
    Check.sameShape(name(), "t", y.shape(), t.shape());
    NDArray dy = pass.gradient(this, y.shape());
    double sum = 0;
    for (int i = 0; i < size; i++) {
      float output = y.data()[i];
      float target = t.data()[i];
      if (target < low || target > high) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "%s: expected numbers from %s to %s in t, got %s at %d in %s",
                name(),
                low,
                high,
                target,
                i,
                t.shape()));
      }
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
