package io.github.purenet.train;

import io.github.purenet.nn.Metric;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

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
  private final Map<String, String> settings;

  History(
      double[] losses,
      List<Epoch> epochs,
      Metric metric,
      double testMetric,
      Ending ending,
      Map<String, String> settings) {
    this.losses = losses;
    this.epochs = List.copyOf(epochs);
    this.metric = metric;
    this.testMetric = testMetric;
    this.ending = ending;
    this.settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
  }

  /**
   * Reads the history of a run from a checkpoint, as {@link Checkpoints} writes it, or from the CSV
   * file of a {@link CsvLog}. A checkpoint has the epochs up to it, with the losses of all steps
   * and the settings; a CSV file has neither of these two. The test metric of the whole run is in
   * none of them, and NaN.
   *
   * @param file the file; one whose name ends with {@code .csv} is a log
   * @param metric what the run was evaluated by, as {@link Trainer.Builder#metric} has set it or as
   *     the loss of the network tells
   * @return the results of the run
   * @throws IOException if the file cannot be read or is neither of the two, or has another metric;
   *     the message names the file, and the line of a log
   */
  public static History read(Path file, Metric metric) throws IOException {
    return String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT).endsWith(".csv")
        ? CsvLog.read(file, metric)
        : Checkpoint.read(file).history(metric);
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

  /**
   * Returns how the run was set up, in words for people: optimizer, batch size, epochs, seed and
   * what else was told to the trainer.
   *
   * @return an unmodifiable map in a fixed order, empty if they are not known
   */
  public Map<String, String> settings() {
    return settings;
  }
}
