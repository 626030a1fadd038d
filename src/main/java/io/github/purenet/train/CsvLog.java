package io.github.purenet.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/**
 * A listener that writes a CSV file with a line for each epoch: its number, the loss, the metric of
 * training and test samples, the learning rate and the seconds. In a run that is resumed, it writes
 * the epochs from before again. A number that there is none of is left empty.
 *
 * <p>A file that cannot be written ends the training with an {@link UncheckedIOException}.
 */
public final class CsvLog implements Listener {
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
    StringBuilder text = new StringBuilder();
    String metric = training.metric().name().replace(' ', '_');
    text.append(
        String.format(
            Locale.ROOT, "epoch,loss,train_%s,test_%s,learning_rate,seconds\n", metric, metric));
    training.history().epochs().forEach(epoch -> text.append(line(epoch)));
    write(text.toString());
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
