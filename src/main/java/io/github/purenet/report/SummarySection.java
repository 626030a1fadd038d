package io.github.purenet.report;

import io.github.purenet.html.Html;
import io.github.purenet.train.Epoch;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/** The most important numbers of a run as tiles, and all of them as a table. */
final class SummarySection {
  private final List<ReportedRun> runs;

  SummarySection(List<ReportedRun> runs) {
    this.runs = runs;
  }

  /** A number of a run; sign tells whether more is better (1), less (-1) or neither (0). */
  private record Measure(
      String name,
      int sign,
      ToDoubleFunction<ReportedRun> value,
      DoubleFunction<String> text,
      DoubleFunction<String> difference) {}

  private static Measure share(String name, int sign, ToDoubleFunction<ReportedRun> value) {
    return new Measure(
        name, sign, value, Words::percent, d -> Words.difference("%.2f\u00a0points", 100 * d));
  }

  private static Measure decimal(String name, int sign, ToDoubleFunction<ReportedRun> value) {
    return new Measure(name, sign, value, Words::decimal, d -> Words.difference("%.4f", d));
  }

  private static Measure count(String name, ToDoubleFunction<ReportedRun> value) {
    return new Measure(
        name,
        0,
        value,
        v -> Double.isNaN(v) ? Words.NONE : Words.count((long) v),
        d -> Words.difference("%,.0f", d));
  }

  private static Measure time(String name, ToDoubleFunction<ReportedRun> value) {
    return new Measure(
        name,
        0,
        value,
        Words::time,
        d -> Double.isNaN(d) ? Words.NONE : (d < 0 ? "\u2212" : "+") + Words.time(Math.abs(d)));
  }

  void write(Html html) {
    if (runs.size() == 1) {
      tiles(html, runs.get(0));
    }
    table(html);
    if (!runs.stream().allMatch(ReportedRun::isClassifier)) {
      html.element(
          "p",
          "Shares of right answers need a classifier, a network whose loss is SoftmaxWithLoss; where"
              + " it is another one, the report has its loss and the metric that fits it.",
          "class",
          "none");
    }
  }

  private void tiles(Html html, ReportedRun run) {
    html.open("dl", "class", "tiles").line();
    if (run.isClassifier()) {
      long wrong = Math.round((1 - run.report.accuracy()) * run.report.samples());
      tile(html, "Accuracy", Words.percent(run.report.accuracy()), interval(run));
      tile(html, "Wrong", Words.count(wrong), "of " + Words.count(run.report.samples()));
      tile(html, "Macro F1", Words.decimal(macroF1(run)), "mean over the classes");
      tile(
          html,
          "Calibration error",
          Words.percent(run.calibrationError()),
          "mean gap of certainty and accuracy");
    } else {
      tile(
          html, capital(metricName(run)), Words.decimal(run.answers.metric()), "mean over samples");
      tile(html, "Loss", Words.decimal(run.answers.loss()), "mean over samples");
    }
    tile(html, "Parameters", Words.count(run.parameters()), null);
    if (run.history != null) {
      int epochs = run.history.epochs().size();
      tile(
          html,
          "Training",
          Words.time(seconds(run)),
          epochs + (epochs == 1 ? " epoch" : " epochs"));
    }
    html.close("dl").line();
  }

  private static void tile(Html html, String name, String value, String note) {
    html.open("div").element("dt", name).open("dd").text(value);
    if (note != null) {
      html.element("small", note);
    }
    html.close("dd").close("div").line();
  }

  private void table(Html html) {
    List<String> columns = new ArrayList<>(List.of("Measure"));
    runs.forEach(run -> columns.add(runs.size() == 1 ? "Value" : run.name));
    if (runs.size() == 2) {
      columns.add("Difference");
    }
    Table table = new Table("The numbers of the whole network", columns.toArray(String[]::new));
    for (Measure measure : measures()) {
      table.row(measure.name, cells(measure));
      if (measure.name.equals("Accuracy")) {
        List<Table.Cell> cells = new ArrayList<>();
        runs.forEach(run -> cells.add(new Table.Cell(interval(run), null)));
        if (runs.size() == 2) {
          cells.add(new Table.Cell("", null));
        }
        table.row("Accuracy, 95 % interval", cells);
      }
    }
    table.write(html);
  }

  private List<Table.Cell> cells(Measure measure) {
    double[] values = runs.stream().mapToDouble(measure.value).toArray();
    List<Table.Cell> cells = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      double gain = values.length == 1 ? 0 : measure.sign * (values[i] - values[1 - i]);
      cells.add(new Table.Cell(measure.text.apply(values[i]), gain > 0 ? "best" : null));
    }
    if (values.length == 2) {
      String difference = measure.difference.apply(values[1] - values[0]);
      cells.add(new Table.Cell(difference, null));
    }
    return cells;
  }

  private List<Measure> measures() {
    List<Measure> measures = new ArrayList<>();
    measures.add(count("Samples", run -> run.dataset.size()));
    if (any(ReportedRun::isClassifier)) {
      measures.add(share("Accuracy", 1, ofClassifier(run -> run.report.accuracy())));
      if (any(run -> run.isClassifier() && run.report.classes() > 5)) {
        measures.add(
            share(
                "Top-5 accuracy",
                1,
                run ->
                    run.isClassifier() && run.report.classes() > 5
                        ? run.report.topAccuracy(5)
                        : Double.NaN));
      }
      measures.add(decimal("Macro F1", 1, ofClassifier(SummarySection::macroF1)));
      measures.add(share("Calibration error", -1, ofClassifier(run -> run.calibrationError())));
    }
    runs.stream()
        .filter(run -> !run.isClassifier())
        .map(SummarySection::metricName)
        .distinct()
        .forEach(
            name ->
                measures.add(
                    decimal(
                        capital(name),
                        0,
                        run -> name.equals(metricName(run)) ? run.answers.metric() : Double.NaN)));
    boolean sameLoss = runs.stream().map(run -> run.network.loss().name()).distinct().count() == 1;
    measures.add(decimal("Loss", sameLoss ? -1 : 0, run -> run.answers.loss()));
    measures.add(count("Parameters", ReportedRun::parameters));
    measures.add(count("Multiply-adds a sample", ReportedRun::multiplyAdds));
    measures.add(count("Epochs", ofTrained(run -> run.history.epochs().size())));
    measures.add(time("Training time", ofTrained(SummarySection::seconds)));
    measures.add(time("Inference, time a sample", run -> run.answers.seconds()));
    return measures;
  }

  private boolean any(Predicate<ReportedRun> condition) {
    return runs.stream().anyMatch(condition);
  }

  private static ToDoubleFunction<ReportedRun> ofClassifier(ToDoubleFunction<ReportedRun> value) {
    return run -> run.isClassifier() ? value.applyAsDouble(run) : Double.NaN;
  }

  private static ToDoubleFunction<ReportedRun> ofTrained(ToDoubleFunction<ReportedRun> value) {
    return run -> run.history == null ? Double.NaN : value.applyAsDouble(run);
  }

  private static double macroF1(ReportedRun run) {
    return run.report.macro(run.report::f1);
  }

  private static double seconds(ReportedRun run) {
    return run.history.epochs().stream().mapToDouble(Epoch::seconds).sum();
  }

  private static String metricName(ReportedRun run) {
    return run.network.loss().metric().name();
  }

  private static String capital(String text) {
    return Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }

  private static String interval(ReportedRun run) {
    if (!run.isClassifier()) {
      return Words.NONE;
    }
    double[] bounds = wilson(run.report.accuracy(), run.report.samples());
    return Words.format("%.1f to %.1f\u00a0%%", 100 * bounds[0], 100 * bounds[1]);
  }

  /**
   * Returns the bounds of the 95 % interval of a share that was seen among n samples.
   *
   * <p>Source: Wilson 1927, <i>Probable Inference, the Law of Succession, and Statistical
   * Inference</i>.
   */
  static double[] wilson(double share, long n) {
    double z = 1.959964;
    double center = share + z * z / (2 * n);
    double half = z * Math.sqrt(share * (1 - share) / n + z * z / (4.0 * n * n));
    double scale = 1 + z * z / n;
    return new double[] {(center - half) / scale, (center + half) / scale};
  }
}
