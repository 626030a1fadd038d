package io.github.purenet.nn;

/** The share of logits on the side of 0 on which their target is of 0.5. */
final class BinaryAccuracy extends ElementMetric {
  static final BinaryAccuracy INSTANCE = new BinaryAccuracy();

  private BinaryAccuracy() {
    super(ElementTargets.PROBABILITIES);
  }

  @Override
  public String name() {
    return "binary accuracy";
  }

  @Override
  public boolean isLargerBetter() {
    return true;
  }

  @Override
  double of(float y, float t) {
    return !Float.isNaN(y) && y > 0 == t > 0.5f ? 1 : 0;
  }
}
