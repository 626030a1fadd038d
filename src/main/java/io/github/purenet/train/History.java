package io.github.purenet.train;

import io.github.purenet.nn.Metric;
import java.util.List;

/**
 * The results of a training run: the loss of each step, and a metric of training and test samples
 * for each epoch.
 */
public final class History {
  private final double[] losses;
  private final List<Epoch> epochs;
  private final Metric metric;
  private final double testMetric;
  private final Ending ending;

  History(double[] losses, List<Epoch> epochs, Metric metric, double testMetric, Ending ending) {
    this.losses = losses;
    this.epochs = List.copyOf(epochs);
    this.metric = metric;
    this.testMetric = testMetric;
    this.ending = ending;
  }

  /**
   * Returns the loss of each step's batch, before the step.
   *
   * @return a copy, one number per step
   */
  public double[] trainLosses() {
    return losses.clone();
  }

  /**
   * Returns the results of each epoch.
   *
   * @return an unmodifiable list, in the order of the epochs
   */
  public List<Epoch> epochs() {
    return epochs;
  }

  /**
   * Returns what the numbers of {@link #trainMetrics} and {@link #testMetrics} are.
   *
   * @return the metric, for example an accuracy
   */
  public Metric metric() {
    return metric;
  }

  /**
   * Returns the metric of the first training samples after each epoch.
   *
   * @return a copy, one number per epoch
   */
  public double[] trainMetrics() {
    return epochs.stream().mapToDouble(Epoch::trainMetric).toArray();
  }

  /**
   * Returns the metric of the first test samples after each epoch.
   *
   * @return a copy, one number per epoch; NaN without test samples
   */
  public double[] testMetrics() {
    return epochs.stream().mapToDouble(Epoch::testMetric).toArray();
  }

  /**
   * Returns the metric of all test samples after the last epoch.
   *
   * @return the value; NaN without test samples, or if the run ended within an epoch
   */
  public double testMetric() {
    return testMetric;
  }

  /**
   * Returns how the run ended. If it ended early, the epochs are those that were complete, and the
   * losses those of all steps.
   *
   * @return the way it ended
   */
  public Ending ending() {
    return ending;
  }
}
