package io.github.purenet.train;

import io.github.purenet.nn.Metric;

/**
 * The results of one epoch of a training run.
 *
 * @param number the number of the epoch, from 1
 * @param epochs the number of epochs of the run
 * @param loss the mean of the losses of the epoch's steps
 * @param metric what the next two numbers are, for example an accuracy
 * @param trainMetric the metric of the first training samples after the epoch
 * @param testMetric the metric of the first test samples after the epoch; NaN without test samples
 * @param learningRate the learning rate of the step that follows; NaN if the optimizer has none
 * @param seconds the wall time of training and evaluation, in seconds; in an epoch that was
 *     resumed, since then
 */
public record Epoch(
    int number,
    int epochs,
    double loss,
    Metric metric,
    double trainMetric,
    double testMetric,
    double learningRate,
    double seconds) {

  /**
   * Returns whether the network was better after this epoch than after another: by the metric of
   * the test samples, or, without test samples, by the loss. NaN is worse than any number.
   *
   * @param other another epoch of the same run
   * @return true if this one is better, not if they are equal
   */
  public boolean isBetterThan(Epoch other) {
    return gainOver(other) > 0;
  }

  /** Returns by how much this epoch is better than another, less than 0 if it is worse. */
  double gainOver(Epoch other) {
    boolean tested = !Double.isNaN(testMetric) || !Double.isNaN(other.testMetric);
    double gain = tested ? testMetric - other.testMetric : other.loss - loss;
    if (tested && !metric.isLargerBetter()) {
      gain = -gain;
    }
    if (Double.isNaN(gain)) {
      double here = tested ? testMetric : loss;
      return Double.isNaN(here) ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    return gain;
  }
}
