package io.github.purenet.report;

import io.github.purenet.html.Html;
import io.github.purenet.plot.Figure;
import io.github.purenet.plot.LearningCurves;
import io.github.purenet.plot.Run;
import io.github.purenet.train.Ending;
import io.github.purenet.train.Epoch;
import io.github.purenet.train.History;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

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
    Pictures.attempt(
        html,
        "The learning curves",
        () -> {
          curves(
              html,
              LearningCurves::metric,
              metricAlt(),
              "After each epoch: how well the network"
                  + " does on samples that it has learned from, and on others.");
          curves(html, LearningCurves::loss, lossAlt(), lossCaption());
          if (hasRates()) {
            curves(
                html,
                LearningCurves::learningRate,
                "Chart of the learning rate over the epochs.",
                "The learning rate: the length of a step.");
          }
        });
    histories.forEach((name, history) -> table(html, name, history));
  }

  private void curves(
      Html html, Function<LearningCurves, Figure> chart, String alt, String caption) {
    Pictures.figure(
        html,
        theme -> {
          LearningCurves curves = new LearningCurves(theme);
          for (Map.Entry<String, History> run : histories.entrySet()) {
            curves = curves.add(histories.size() == 1 ? "" : run.getKey(), Run.of(run.getValue()));
          }
          return chart.apply(curves);
        },
        alt,
        caption);
  }

  private String metricAlt() {
    return "Learning curves. "
        + histories.entrySet().stream()
            .map(run -> described(run.getKey(), run.getValue()))
            .collect(Collectors.joining(" "));
  }

  /** Returns from where to where a metric went, in words. */
  private static String described(String name, History history) {
    List<Epoch> epochs = history.epochs();
    if (epochs.isEmpty()) {
      return name + ": no whole epoch.";
    }
    Epoch first = epochs.get(0);
    Epoch last = epochs.get(epochs.size() - 1);
    return Words.format(
        "%s: training %s from %s to %s, test %s from %s to %s, in %d epochs.",
        name,
        history.metric().name(),
        Words.decimal(first.trainMetric()),
        Words.decimal(last.trainMetric()),
        history.metric().name(),
        Words.decimal(first.testMetric()),
        Words.decimal(last.testMetric()),
        epochs.size());
  }

  private String lossAlt() {
    return "Chart of the loss. "
        + histories.entrySet().stream()
            .filter(run -> !run.getValue().epochs().isEmpty())
            .map(
                run -> {
                  List<Epoch> epochs = run.getValue().epochs();
                  return Words.format(
                      "%s: mean loss of an epoch from %s to %s.",
                      run.getKey(),
                      Words.decimal(epochs.get(0).loss()),
                      Words.decimal(epochs.get(epochs.size() - 1).loss()));
                })
            .collect(Collectors.joining(" "));
  }

  private String lossCaption() {
    boolean steps = histories.values().stream().allMatch(h -> h.trainLosses().length > 0);
    return steps
        ? "The loss of each step, pale, and smoothed."
        : "The mean loss of each epoch; those of single steps are not in a CSV log.";
  }

  private boolean hasRates() {
    return histories.values().stream()
        .flatMap(history -> history.epochs().stream())
        .anyMatch(epoch -> !Double.isNaN(epoch.learningRate()));
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
