package io.github.purenet.report;

import io.github.purenet.html.Html;
import io.github.purenet.plot.ClassBars;
import io.github.purenet.plot.ConfusionMatrix;
import io.github.purenet.train.ClassificationReport;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** What becomes of the samples of each class. */
final class ClassSection {
  /** So many of the most frequent confusions are said in words. */
  private static final int CONFUSIONS = 3;

  private final List<ReportedRun> runs;

  ClassSection(List<ReportedRun> runs) {
    this.runs = runs;
  }

  void write(Html html) {
    ReportPage.ofEach(html, runs, ClassSection::write);
    if (runs.size() == 2 && runs.stream().allMatch(ReportedRun::isClassifier)) {
      comparison(html, runs.get(0), runs.get(1));
    }
  }

  private static void write(Html html, ReportedRun run) {
    if (run.isClassifier()) {
      figures(html, run);
      table(html, run);
    } else {
      OutcomeSections.noClassifier(html);
    }
  }

  private static void figures(Html html, ReportedRun run) {
    String confusions = confusions(run);
    html.element("p", confusions);
    Pictures.attempt(
        html,
        "The confusion matrix",
        () ->
            Pictures.figure(
                html,
                theme -> ConfusionMatrix.of(run.report, theme),
                "Confusion matrix of the classes. " + confusions,
                "Rows are the right classes, columns what the network said. What is right is on the"
                    + " diagonal."));
    Pictures.attempt(
        html,
        "The chart of the classes",
        () ->
            Pictures.figure(
                html,
                theme -> ClassBars.of(run.report, theme),
                "Bars of precision, recall and F1 of each class; the table below has the numbers.",
                "Precision, recall and F1 of each class."));
  }

  /** Returns the most frequent confusions in words. */
  static String confusions(ReportedRun run) {
    long[][] matrix = run.report.confusionMatrix();
    List<int[]> pairs = new ArrayList<>();
    for (int i = 0; i < matrix.length; i++) {
      for (int j = 0; j < matrix.length; j++) {
        if (i != j && matrix[i][j] > 0) {
          pairs.add(new int[] {i, j});
        }
      }
    }
    if (pairs.isEmpty()) {
      return "No sample was taken for one of another class.";
    }
    pairs.sort((a, b) -> Long.compare(matrix[b[0]][b[1]], matrix[a[0]][a[1]]));
    List<String> texts =
        pairs.stream()
            .limit(CONFUSIONS)
            .map(
                pair ->
                    Words.format(
                        "%s for %s (%s)",
                        run.classNames.get(pair[0]),
                        run.classNames.get(pair[1]),
                        Words.count(matrix[pair[0]][pair[1]])))
            .toList();
    return "Most often taken for another class: " + String.join(", ", texts) + ".";
  }

  private static void table(Html html, ReportedRun run) {
    ClassificationReport report = run.report;
    Table table =
        new Table(
            "Precision is the share of what was called a class that is of it; recall the share of a"
                + " class that was called so",
            "Class",
            "Precision",
            "Recall",
            "F1",
            "Samples");
    long[][] matrix = report.confusionMatrix();
    for (int k = 0; k < report.classes(); k++) {
      table.row(
          run.classNames.get(k),
          Words.decimal(report.precision(k)),
          Words.decimal(report.recall(k)),
          Words.decimal(report.f1(k)),
          Words.count(LongStream.of(matrix[k]).sum()));
    }
    table.total(
        "Mean over the classes",
        Words.decimal(report.macro(report::precision)),
        Words.decimal(report.macro(report::recall)),
        Words.decimal(report.macro(report::f1)),
        Words.count(report.samples()));
    table.write(html);
  }

  private static void comparison(Html html, ReportedRun a, ReportedRun b) {
    html.element("h3", "F1 of each class");
    if (!a.classNames.equals(b.classNames)) {
      Pictures.missing(html, "The networks have different classes.");
      return;
    }
    Table table =
        new Table("F1 of each class, the larger one bold", "Class", a.name, b.name, "Difference");
    for (int k = 0; k < a.report.classes(); k++) {
      double[] f1 = {a.report.f1(k), b.report.f1(k)};
      table.row(
          a.classNames.get(k),
          List.of(
              new Table.Cell(Words.decimal(f1[0]), f1[0] > f1[1] ? "best" : null),
              new Table.Cell(Words.decimal(f1[1]), f1[1] > f1[0] ? "best" : null),
              new Table.Cell(Words.difference("%.4f", f1[1] - f1[0]), null)));
    }
    table.write(html);
  }
}
