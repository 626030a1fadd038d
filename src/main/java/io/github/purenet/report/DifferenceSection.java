package io.github.purenet.report;

import io.github.purenet.html.Html;
import io.github.purenet.plot.ImageGrid;
import java.util.ArrayList;
import java.util.List;

/** The samples on which two classifiers differ. */
final class DifferenceSection {
  /** So many samples that one network alone gets wrong are shown. */
  private static final int IMAGES = 12;

  private final ReportedRun a;
  private final ReportedRun b;

  DifferenceSection(ReportedRun a, ReportedRun b) {
    this.a = a;
    this.b = b;
  }

  void write(Html html) {
    if (!a.isClassifier() || !b.isClassifier()) {
      Pictures.missing(html, "Not both networks are classifiers, whose answers can be compared.");
      return;
    }
    if (!sameSamples()) {
      Pictures.missing(
          html, "The networks are judged by different samples, or samples of different classes.");
      return;
    }
    List<Integer> onlyA = new ArrayList<>();
    List<Integer> onlyB = new ArrayList<>();
    int both = 0;
    int none = 0;
    for (int i = 0; i < a.dataset.size(); i++) {
      boolean right = a.answers.isRight(i);
      if (right == b.answers.isRight(i)) {
        both += right ? 1 : 0;
        none += right ? 0 : 1;
      } else {
        (right ? onlyA : onlyB).add(i);
      }
    }
    Table table =
        new Table(
            "How many samples each network gets right and wrong",
            a.name,
            b.name + " right",
            b.name + " wrong");
    table.row("right", Words.count(both), Words.count(onlyA.size()));
    table.row("wrong", Words.count(onlyB.size()), Words.count(none));
    table.write(html);
    html.element("p", verdict(onlyA.size(), onlyB.size())).line();
    images(html, a, onlyB);
    images(html, b, onlyA);
  }

  /** Shows samples that one network gets wrong and the other one right. */
  private void images(Html html, ReportedRun wrong, List<Integer> samples) {
    if (samples.isEmpty() || !wrong.samples.areImages()) {
      return;
    }
    List<Integer> some = samples.subList(0, Math.min(IMAGES, samples.size()));
    List<String> captions = some.stream().map(wrong::caption).toList();
    Pictures.attempt(
        html,
        "The samples that " + wrong.name + " alone gets wrong",
        () ->
            Pictures.figure(
                html,
                theme -> {
                  ImageGrid.Builder grid = ImageGrid.builder().theme(theme);
                  for (int i = 0; i < captions.size(); i++) {
                    grid.image(captions.get(i), wrong.samples.image(some.get(i)));
                  }
                  return grid.build();
                },
                "Images that are taken for another class: " + String.join("; ", captions) + ".",
                Words.format(
                    "%s that %s alone gets wrong, with what it takes them for.",
                    Words.part(some.size(), samples.size(), "samples"), wrong.name)));
  }

  private boolean sameSamples() {
    if (!a.classNames.equals(b.classNames) || a.dataset.size() != b.dataset.size()) {
      return false;
    }
    for (int i = 0; i < a.dataset.size(); i++) {
      if (a.answers.label(i) != b.answers.label(i)) {
        return false;
      }
    }
    return true;
  }

  private String verdict(int onlyA, int onlyB) {
    if (onlyA + onlyB == 0) {
      return "Both are right on the same samples.";
    }
    double p = signTest(Math.min(onlyA, onlyB), onlyA + onlyB);
    return Words.format(
        "Of the %s samples that one network alone gets right, %s gets %s and %s gets %s. If both were"
            + " equally good, a split as uneven as this or more would come about with probability"
            + " %s: %s (McNemar's test, exact).",
        Words.count(onlyA + onlyB),
        a.name,
        Words.count(onlyA),
        b.name,
        Words.count(onlyB),
        p < 0.001 ? "below 0.001" : Words.format("%.3f", p),
        p < 0.05 ? "the difference is hardly chance" : "the difference may well be chance");
  }

  /**
   * Returns the probability that of n throws of a coin at most k, or at least n - k, are heads.
   *
   * <p>Source: McNemar 1947, <i>Note on the sampling error of the difference between correlated
   * proportions or percentages</i>, with the exact binomial distribution.
   *
   * @param k at most n / 2
   */
  static double signTest(int k, int n) {
    double logTerm = -n * Math.log(2);
    double sum = 0;
    for (int i = 0; i <= k; i++) {
      sum += Math.exp(logTerm);
      logTerm += Math.log((double) (n - i) / (i + 1));
    }
    return Math.min(1, 2 * sum);
  }
}
