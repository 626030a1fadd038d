package io.github.purenet.nn;

/**
 * Sigmoid and binary cross entropy in one, the mean over all numbers: {@code -t log(sigmoid(y)) -
 * (1 - t) log(1 - sigmoid(y))}. For two classes, or for labels of which any number may hold.
 *
 * <p>Shapes: y (N, ...) logits and t in the same shape, each number from 0 to 1. dy = (sigmoid(y) -
 * t) / size, where size counts the numbers of y. A NaN in t makes the loss NaN.
 *
 * <p>Computed as {@code max(y, 0) - y t + log(1 + exp(-|y|))}, which is finite for every finite y.
 *
 * <p>Source: Bishop, <i>Pattern Recognition and Machine Learning</i>, 2006, section 4.3.2, equation
 * 4.90; the mean is that of PyTorch's {@code BCEWithLogitsLoss}.
 */
public final class SigmoidWithLoss extends ElementLoss {

  /** The loss. */
  public SigmoidWithLoss() {
    super(0, 1);
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
