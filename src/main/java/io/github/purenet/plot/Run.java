package io.github.purenet.plot;

import io.github.purenet.nn.Metric;
import io.github.purenet.train.CsvLog;
import io.github.purenet.train.Epoch;
import io.github.purenet.train.History;
import io.github.purenet.train.TrainingRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
            .map(e -> new Row(e.loss(), e.trainMetric(), e.testMetric(), e.learningRate()))
            .toList());
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
    List<Row> epochs = new ArrayList<>();
    for (int i = 1; i < lines.size(); i++) {
      epochs.add(row(file, i + 1, lines.get(i)));
    }
    String metric = header.group(1).replace('_', ' ');
    boolean largerBetter = metric.endsWith("accuracy");
    return new Run(metric, largerBetter, new double[0], new double[0], epochs);
  }

  private static Row row(Path file, int line, String text) throws IOException {
    String[] cells = text.split(",", -1);
    try {
      if (cells.length == 6) {
        return new Row(number(cells[1]), number(cells[2]), number(cells[3]), number(cells[4]));
      }
    } catch (NumberFormatException e) {
      // is said below
    }
    throw new IOException(
        String.format(Locale.ROOT, "%s: line %d: expected 6 numbers, got %s", file, line, text));
  }

  private static double number(String cell) {
    return cell.isEmpty() ? Double.NaN : Double.parseDouble(cell);
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
