package io.github.purenet.nn;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;

/**
 * A metric, a number that tells people how well the outputs of a network fit their targets: the
 * mean over samples of a number for each sample. Training minimizes a {@link Loss} and reports its
 * {@link Loss#metric}.
 */
public interface Metric {

  /**
   * Returns the name of this metric, which stands before its value in reports.
   *
   * @return the name, for example {@code accuracy}
   */
  String name();

  /**
   * Returns whether a larger value is a better one.
   *
   * @return true for an accuracy, false for an error
   */
  boolean isLargerBetter();

  /**
   * Checks that outputs and targets of the given shapes can be measured.
   *
   * @param y the shape of the outputs (N, ...)
   * @param t the shape of the targets (N, ...)
   * @throws IllegalArgumentException if a shape does not fit; the message names the metric and the
   *     shape
   */
  void check(Shape y, Shape t);

  /**
   * Returns the sum of the numbers of some samples. Divided by the number of samples, it is the
   * value of the metric.
   *
   * @param y the outputs (N, ...). Not modified.
   * @param t the targets (N, ...). Not modified.
   * @return the sum over the N samples
   * @throws IllegalArgumentException if y and t do not fit, or t holds what is no target; the
   *     message names the metric, the number and its place
   */
  double sum(NDArray y, NDArray t);

  /**
   * Returns the accuracy of a classifier: the share of samples whose largest output is that of
   * their class.
   *
   * <p>Shapes: y (N, K), for at least 2 classes; t either (N), class indices, or (N, K), a row of
   * probabilities for each sample, of which the largest tells the class. A sample with NaN among
   * its outputs counts as wrong; of equal outputs, the first one is taken as the largest.
   *
   * @return the metric {@code accuracy}, from 0 to 1
   */
  static Metric accuracy() {
    return ClassAccuracy.INSTANCE;
  }

  /**
   * Returns the accuracy of labels of which any number may apply to a sample: the share of outputs
   * that are on the side of their target. A logit above 0, which is a probability above 0.5, says
   * that the label applies, and so does a target above 0.5. Every label of every sample counts
   * alike; NaN counts as wrong.
   *
   * <p>Shapes: y, logits, and t, numbers from 0 to 1, have the same shape (N, ...).
   *
   * @return the metric {@code binary accuracy}, from 0 to 1
   */
  static Metric binaryAccuracy() {
    return BinaryAccuracy.INSTANCE;
  }

  /**
   * Returns the mean absolute error, the mean of {@code |y - t|} over all numbers.
   *
   * <p>Shapes: y and t have the same shape (N, ...).
   *
   * @return the metric {@code mean absolute error}, at least 0
   */
  static Metric meanAbsoluteError() {
    return MeanAbsoluteError.INSTANCE;
  }

  /**
   * Returns a loss as a metric.
   *
   * @param loss the loss, a mean over the batch
   * @return the metric {@code loss}
   */
  static Metric of(Loss loss) {
    return new LossMetric(loss);
  }
}
