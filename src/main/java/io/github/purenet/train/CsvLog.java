package io.github.purenet.train;

import io.github.purenet.nn.Metric;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A listener that writes a CSV file with a line for each epoch: its number, the loss, the metric of
 * training and test samples, the learning rate and the seconds. In a run that is resumed, it writes
 * the epochs from before again. A number that there is none of is left empty.
 *
 * <p>{@link History#read} reads such a file. A file that cannot be written ends the training with
 * an {@link UncheckedIOException}.
 */
public final class CsvLog implements Listener {
  private static final int COLUMNS = 6;

  private final Path file;

  /**
   * Creates a listener.
   *
   * @param file the file, which is created or replaced when training starts
   */
  public CsvLog(Path file) {
    this.file = file;
  }

  @Override
  public void trainingStarted(Training training) {
    StringBuilder text = new StringBuilder(header(training.metric())).append('\n');
    training.history().epochs().forEach(epoch -> text.append(line(epoch)));
    write(text.toString());
  }

  private static String header(Metric metric) {
    String name = metric.name().replace(' ', '_');
    return String.format(
        Locale.ROOT, "epoch,loss,train_%s,test_%s,learning_rate,seconds", name, name);
  }

  /** Reads what such a listener wrote. */
  static History read(Path file, Metric metric) throws IOException {
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (CharacterCodingException e) {
      throw new IOException(file + ": expected the log of a training, got no text", e);
    }
    String first = lines.isEmpty() ? "nothing" : lines.get(0);
    if (!first.equals(header(metric))) {
      throw new IOException(
          String.format(
              Locale.ROOT, "%s: line 1: expected %s, got %s", file, header(metric), first));
    }
    List<Epoch> epochs = new ArrayList<>();
    for (int i = 1; i < lines.size(); i++) {
      double[] numbers = numbers(lines.get(i));
      if (numbers.length != COLUMNS || numbers[0] != i) {
        throw new IOException(
            String.format(
                Locale.ROOT,
                "%s: line %d: expected epoch %d and %d more numbers, got %s",
                file,
                i + 1,
                i,
                COLUMNS - 1,
                lines.get(i)));
      }
      epochs.add(
          new Epoch(
              i,
              lines.size() - 1,
              numbers[1],
              metric,
              numbers[2],
              numbers[3],
              numbers[4],
              numbers[5]));
    }
    return new History(new double[0], epochs, metric, Double.NaN, Ending.COMPLETE, Map.of());
  }

  /** Returns the numbers of a line, NaN for an empty one; none if it has anything else. */
  private static double[] numbers(String line) {
    String[] fields = line.split(",", -1);
    double[] numbers = new double[fields.length];
    try {
      Arrays.setAll(numbers, i -> fields[i].isEmpty() ? Double.NaN : Double.parseDouble(fields[i]));
    } catch (NumberFormatException e) {
      return new double[0];
    }
    return numbers;
  }

  @Override
  public void epochEnded(Epoch epoch) {
    write(line(epoch), StandardOpenOption.APPEND);
  }

  private static String line(Epoch epoch) {
    return String.format(
        Locale.ROOT,
        "%d,%s,%s,%s,%s,%.3f\n",
        epoch.number(),
        number(epoch.loss()),
        number(epoch.trainMetric()),
        number(epoch.testMetric()),
        number(epoch.learningRate()),
        epoch.seconds());
  }

  private static String number(double value) {
    return Double.isNaN(value) ? "" : String.valueOf(value);
  }

  private void write(String text, OpenOption... options) {
    try {
      Files.writeString(file, text, options);
    } catch (IOException e) {
      throw new UncheckedIOException(
          String.format(Locale.ROOT, "%s: cannot write the log: %s", file, e.getMessage()), e);
    }
  }
}
