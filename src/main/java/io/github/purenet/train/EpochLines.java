package io.github.purenet.train;

import java.util.Locale;
import java.util.function.Consumer;

/** A listener that writes a line after each epoch, and one if training is interrupted. */
record EpochLines(Consumer<String> out) implements Listener {

  @Override
  public void epochEnded(Epoch epoch) {
    String metric = epoch.metric().name();
    out.accept(
        String.format(
            Locale.ROOT,
            "epoch %d/%d  %.1f s  loss %.4f  train %s %.4f  test %s %.4f",
            epoch.number(),
            epoch.epochs(),
            epoch.seconds(),
            epoch.loss(),
            metric,
            epoch.trainMetric(),
            metric,
            epoch.testMetric()));
  }

  @Override
  public void trainingEnded(History history) {
    if (history.wasInterrupted()) {
      out.accept(
          String.format(
              Locale.ROOT,
              "interrupted after %d steps, %d whole epochs",
              history.trainLosses().length,
              history.epochs().size()));
    }
  }
}
