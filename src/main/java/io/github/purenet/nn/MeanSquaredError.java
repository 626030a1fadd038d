package io.github.purenet.nn;

/**
 * The mean squared error, the mean of {@code (y - t)²} over all numbers, for regression.
 *
 * <p>Shapes: y and t, finite numbers, have the same shape (N, ...). dy = 2 (y - t) / size, where
 * size is that of y.
 *
 * <p>The mean is that of PyTorch's {@code MSELoss}. It differs from the sum of squares in Saitoh,
 * <i>Deep Learning from Scratch</i>, section 4.2.1, which is {@code sum((y - t)²) / 2}.
 */
public final class MeanSquaredError extends ElementLoss {

  /** Creates the loss. */
  public MeanSquaredError() {
    super(ElementTargets.FINITE);
  }

  /** Returns {@link Metric#meanAbsoluteError}. */
  @Override
  public Metric metric() {
    return Metric.meanAbsoluteError();
  }

  @Override
  double loss(double y, double t) {
    return (y - t) * (y - t);
  }

  @Override
  double slope(double y, double t) {
    return 2 * (y - t);
  }
}
