package io.github.purenet.plot;

import io.github.purenet.nn.Metric;
import io.github.purenet.train.CsvLog;
import io.github.purenet.train.Epoch;
import io.github.purenet.train.History;
import io.github.purenet.train.TrainingRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;

/**
 * The numbers of one training run, from which {@link LearningCurves} are drawn: the loss and the
 * learning rate of each step as far as they are known, and the results of each epoch.
 */
public final class Run {
  private static final Pattern HEADER =
      Pattern.compile("epoch,loss,train_([^,]+),test_\\1,learning_rate,seconds");

  private final String metric;
  private final boolean largerBetter;
  private final double[] stepLosses;
  private final double[] stepRates;
  private final double[][] epochs;

  /** The columns of the results of an epoch, as in the files of {@link CsvLog}. */
  private enum Column {
    EPOCH,
    LOSS,
    TRAIN,
    TEST,
    RATE,
    SECONDS
  }

  private Run(
      String metric,
      boolean largerBetter,
      double[] stepLosses,
      double[] stepRates,
      double[][] epochs) {
    this.metric = metric;
    this.largerBetter = largerBetter;
    this.stepLosses = stepLosses;
    this.stepRates = stepRates;
    this.epochs = epochs;
  }

  /**
   * Returns the numbers of a history. It has the losses of all steps, but the learning rates of
   * epochs only; {@link TrainingRecord} has both.
   *
   * @param history the results of a training run
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
            .map(
                e ->
                    new double[] {
                      e.number(),
                      e.loss(),
                      e.trainMetric(),
                      e.testMetric(),
                      e.learningRate(),
                      e.seconds()
                    })
            .toArray(double[][]::new));
  }

  /**
   * Reads a file that {@link CsvLog} wrote. It has the results of each epoch, and none of steps.
   *
   * @param file the file
   * @return the run
   * @throws IOException if the file cannot be read or is none of those; the message names the file
   *     and the line
   */
  public static Run read(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    Matcher header = HEADER.matcher(lines.isEmpty() ? "" : lines.get(0));
    if (!header.matches()) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "%s: expected a first line such as"
                  + " epoch,loss,train_accuracy,test_accuracy,learning_rate,seconds, got %s",
              file,
              lines.isEmpty() ? "an empty file" : lines.get(0)));
    }
    double[][] epochs = new double[lines.size() - 1][];
    for (int i = 0; i < epochs.length; i++) {
      epochs[i] = numbers(file, i + 2, lines.get(i + 1));
    }
    String metric = header.group(1).replace('_', ' ');
    boolean largerBetter = metric.endsWith("accuracy");
    return new Run(metric, largerBetter, new double[0], new double[0], epochs);
  }

  private static double[] numbers(Path file, int line, String text) throws IOException {
    String[] cells = text.split(",", -1);
    try {
      if (cells.length == Column.values().length) {
        return Arrays.stream(cells)
            .mapToDouble(cell -> cell.isEmpty() ? Double.NaN : Double.parseDouble(cell))
            .toArray();
      }
    } catch (NumberFormatException e) {
      // is said below
    }
    throw new IOException(
        String.format(Locale.ROOT, "%s: line %d: expected 6 numbers, got %s", file, line, text));
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
    return column(Column.TRAIN);
  }

  /** Returns the metric of test samples after each epoch; NaN without them. */
  double[] test() {
    return column(Column.TEST);
  }

  /** Returns the mean loss of each epoch. */
  double[] epochLosses() {
    return column(Column.LOSS);
  }

  /** Returns the learning rate after each epoch. */
  double[] epochRates() {
    return column(Column.RATE);
  }

  /** Returns the loss of each step; empty if it is not known. */
  double[] stepLosses() {
    return stepLosses;
  }

  /** Returns the learning rate of each step; empty if it is not known. */
  double[] stepRates() {
    return stepRates;
  }

  private double[] column(Column column) {
    ToDoubleFunction<double[]> number = epoch -> epoch[column.ordinal()];
    return Arrays.stream(epochs).mapToDouble(number).toArray();
  }
}
