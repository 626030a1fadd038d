package io.github.purenet.nn;

/** The mean of |y - t|. */
final class MeanAbsoluteError extends ElementMetric {
  static final MeanAbsoluteError INSTANCE = new MeanAbsoluteError();

  private MeanAbsoluteError() {
    super(ElementTargets.FINITE);
  }

  @Override
  public String name() {
    return "mean absolute error";
  }

  @Override
  public boolean isLargerBetter() {
    return false;
  }

  @Override
  double of(float y, float t) {
    return Math.abs((double) y - t);
  }
}
