package io.github.purenet.nn;

/**
 * Sigmoid and binary cross entropy in one loss, the mean over all numbers of {@code -t
 * log(sigmoid(y)) - (1 - t) log(1 - sigmoid(y))}, for two classes or for labels of which any number
 * may apply to a sample.
 *
 * <p>Shapes: y, logits, and t, numbers from 0 to 1, have the same shape (N, ...). dy = (sigmoid(y)
 * - t) / size, where size is that of y.
 *
 * <p>The loss is computed as {@code max(y, 0) - y t + log(1 + exp(-|y|))}, which is finite for
 * every finite y.
 *
 * <p>Source: Bishop 2006, <i>Pattern Recognition and Machine Learning</i>, section 4.3.2, equation
 * 4.90; the mean is that of PyTorch's {@code BCEWithLogitsLoss}.
 */
public final class SigmoidWithLoss extends ElementLoss {

  /** Creates the loss. */
  public SigmoidWithLoss() {
    super(ElementTargets.PROBABILITIES);
  }

  /** Returns {@link Metric#binaryAccuracy}. */
  @Override
  public Metric metric() {
    return Metric.binaryAccuracy();
  }

  @Override
  double loss(double y, double t) {
    return Math.max(y, 0) - y * t + Math.log1p(Math.exp(-Math.abs(y)));
  }

  @Override
  double slope(double y, double t) {
    return 1 / (1 + Math.exp(-y)) - t; // exp(-y) may be infinite: the sigmoid is then 0
  }
}
