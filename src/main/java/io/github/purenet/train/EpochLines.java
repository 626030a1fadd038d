package io.github.purenet.train;

import java.util.Locale;
import java.util.function.Consumer;

/** A listener that writes a line after each epoch, and one if training ends early. */
record EpochLines(Consumer<String> out) implements Listener {

  @Override
  public void epochEnded(Epoch epoch) {
    out.accept(line(epoch));
  }

  static String line(Epoch epoch) {
    String metric = epoch.metric().name();
    String line =
        String.format(
            Locale.ROOT,
            "epoch %d/%d  %.1f s  loss %.4f  train %s %.4f",
            epoch.number(),
            epoch.epochs(),
            epoch.seconds(),
            epoch.loss(),
            metric,
            epoch.trainMetric());
    return Double.isNaN(epoch.testMetric())
        ? line
        : String.format(Locale.ROOT, "%s  test %s %.4f", line, metric, epoch.testMetric());
  }

  @Override
  public void trainingEnded(History history) {
    if (history.ending() != Ending.COMPLETE) {
      out.accept(
          String.format(
              Locale.ROOT,
              "%s after %d steps, %d whole epochs",
              history.ending(),
              history.trainLosses().length,
              history.epochs().size()));
    }
  }
}
