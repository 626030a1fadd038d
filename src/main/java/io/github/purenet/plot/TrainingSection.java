package io.github.purenet.plot;

import io.github.purenet.train.Ending;
import io.github.purenet.train.Epoch;
import io.github.purenet.train.History;
import java.util.Map;

/** How training went: learning curves, and the numbers of each epoch. */
final class TrainingSection {
  private final Map<String, History> histories;

  TrainingSection(Map<String, History> histories) {
    this.histories = histories;
  }

  void write(Html html) {
    if (histories.isEmpty()) {
      Pictures.missing(
          html,
          "There are no learning curves: the history of the training is not known. A checkpoint has"
              + " it, and so has the log of a training, a CSV file.");
      return;
    }
    histories.forEach((name, history) -> table(html, name, history));
  }

  private void table(Html html, String name, History history) {
    String title = histories.size() > 1 ? "Every epoch of " + name : "Every epoch";
    html.open("details").element("summary", title);
    String metric = history.metric().name();
    Table table =
        new Table(
            "Loss, " + metric + " and time" + ending(history),
            "Epoch",
            "Loss",
            "Training " + metric,
            "Test " + metric,
            "Learning rate",
            "Time");
    for (Epoch epoch : history.epochs()) {
      table.row(
          String.valueOf(epoch.number()),
          Words.decimal(epoch.loss()),
          Words.decimal(epoch.trainMetric()),
          Words.decimal(epoch.testMetric()),
          Double.isNaN(epoch.learningRate())
              ? Words.NONE
              : Words.format("%.3g", epoch.learningRate()),
          Words.time(epoch.seconds()));
    }
    table.write(html);
    html.close("details").line();
  }

  private static String ending(History history) {
    return history.ending() == Ending.COMPLETE ? "" : "; the training was ended early";
  }
}
