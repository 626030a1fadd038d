package io.github.purenet.plot;

import io.github.purenet.nn.Metric;
import io.github.purenet.train.Epoch;
import io.github.purenet.train.History;
import io.github.purenet.train.TrainingRecord;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/**
 * The numbers of one training run, from which {@link LearningCurves} are drawn: the loss and the
 * learning rate of each step as far as they are known, and the results of each epoch.
 */
public final class Run {
  private final String metric;
  private final boolean largerBetter;
  private final double[] stepLosses;
  private final double[] stepRates;
  private final List<Row> epochs;

  /** The results of an epoch. */
  private record Row(double loss, double train, double test, double learningRate) {}

  private Run(
      String metric,
      boolean largerBetter,
      double[] stepLosses,
      double[] stepRates,
      List<Row> epochs) {
    this.metric = metric;
    this.largerBetter = largerBetter;
    this.stepLosses = stepLosses;
    this.stepRates = stepRates;
    this.epochs = epochs;
  }

  /**
   * Returns the numbers of a history. It has the losses of all steps, but the learning rates of
   * epochs only; {@link TrainingRecord} has both. One that was read from a CSV file has no step.
   *
   * @param history the results of a training run, or what {@link History#read} returns
   * @return the run
   */
  public static Run of(History history) {
    return of(history.metric(), history.trainLosses(), new double[0], history.epochs());
  }

  /**
   * Returns the numbers that a listener has noted up to now.
   *
   * @param training the listener
   * @return the run
   */
  public static Run of(TrainingRecord training) {
    List<Epoch> epochs = training.epochs();
    Metric metric = epochs.isEmpty() ? null : epochs.get(0).metric();
    return of(metric, training.losses(), training.learningRates(), epochs);
  }

  private static Run of(Metric metric, double[] losses, double[] rates, List<Epoch> epochs) {
    return new Run(
        metric == null ? "metric" : metric.name(),
        metric != null && metric.isLargerBetter(),
        losses,
        rates,
        epochs.stream()
            .map(e -> new Row(e.loss(), e.trainMetric(), e.testMetric(), e.learningRate()))
            .toList());
  }

  /** Returns the name of the metric. */
  String metric() {
    return metric;
  }

  /** Returns whether the metric is a share, from 0 to 1. */
  boolean isShare() {
    return largerBetter
        && DoubleStream.concat(Arrays.stream(train()), Arrays.stream(test()))
            .allMatch(v -> Double.isNaN(v) || (v >= 0 && v <= 1));
  }

  /** Returns the metric of training samples after each epoch. */
  double[] train() {
    return column(Row::train);
  }

  /** Returns the metric of test samples after each epoch; NaN without them. */
  double[] test() {
    return column(Row::test);
  }

  /** Returns the mean loss of each epoch. */
  double[] epochLosses() {
    return column(Row::loss);
  }

  /** Returns the learning rate after each epoch. */
  double[] epochRates() {
    return column(Row::learningRate);
  }

  /** Returns the loss of each step; empty if it is not known. */
  double[] stepLosses() {
    return stepLosses;
  }

  /** Returns the learning rate of each step; empty if it is not known. */
  double[] stepRates() {
    return stepRates;
  }

  private double[] column(ToDoubleFunction<Row> number) {
    return epochs.stream().mapToDouble(number).toArray();
  }
}
