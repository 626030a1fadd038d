package io.github.purenet.report;

import io.github.purenet.data.Dataset;
import io.github.purenet.explain.Embedding;
import io.github.purenet.explain.Pca;
import io.github.purenet.html.Html;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.plot.Figure;
import io.github.purenet.plot.ImageGrid;
import io.github.purenet.plot.ReliabilityDiagram;
import io.github.purenet.plot.Scatter;
import io.github.purenet.plot.Theme;
import io.github.purenet.train.Calibration;
import io.github.purenet.train.Mistake;
import java.util.List;

/** Sections about what a classifier says: how sure it is, where it errs, what is alike to it. */
final class OutcomeSections {
  /** So many of the mistakes are shown. */
  private static final int MISTAKES = 24;

  /** So many samples of the last hidden layer are shown. */
  private static final int POINTS = 1500;

  private OutcomeSections() {}

  /** Writes why a section says nothing of a network. */
  static void noClassifier(Html html) {
    Pictures.missing(
        html, "This network is no classifier, a network whose loss is SoftmaxWithLoss.");
  }

  static void calibration(Html html, ReportedRun run) {
    if (!run.isClassifier()) {
      noClassifier(html);
      return;
    }
    Calibration calibration = run.calibration;
    if (calibration == null) {
      Pictures.missing(html, "The network is sure of nothing: some of its outputs are NaN.");
      return;
    }
    String verdict =
        Words.format(
            "The network is right in %s of the samples, and on average sure to %s. Over bins of equal"
                + " certainty, both differ by %s on average.",
            Words.percent(calibration.accuracy()),
            Words.percent(calibration.confidence()),
            Words.percent(calibration.expectedError()));
    html.element("p", verdict);
    Pictures.attempt(
        html,
        "The reliability diagram",
        () ->
            Pictures.figure(
                html,
                theme -> ReliabilityDiagram.of(calibration, theme),
                "Reliability diagram: the share of right answers over how sure the network is. "
                    + verdict,
                "How often the network is right where it is so sure. On the diagonal, certainty can"
                    + " be taken at its word; below it, the network is too sure."));
  }

  static void mistakes(Html html, ReportedRun run) {
    if (!run.isClassifier()) {
      noClassifier(html);
      return;
    }
    List<Mistake> mistakes = run.answers.mistakes();
    if (mistakes.isEmpty()) {
      html.element("p", "The network makes no mistake on these samples.");
      return;
    }
    if (!run.samples.areImages()) {
      run.samples.sayNoImages(html);
      return;
    }
    List<Mistake> worst = mistakes.subList(0, Math.min(MISTAKES, mistakes.size()));
    List<String> captions = worst.stream().map(mistake -> run.caption(mistake.index())).toList();
    Pictures.attempt(
        html,
        "The mistakes",
        () ->
            Pictures.figure(
                html,
                theme -> images(run, worst, captions, theme),
                "Images with what they are and what they were taken for: "
                    + String.join("; ", captions)
                    + ".",
                Words.format(
                    "%s, those first that the network is most sure of.",
                    Words.part(worst.size(), mistakes.size(), "wrong answers"))));
  }

  private static Figure images(
      ReportedRun run, List<Mistake> worst, List<String> captions, Theme theme) {
    ImageGrid.Builder grid = ImageGrid.builder().theme(theme);
    for (int i = 0; i < worst.size(); i++) {
      grid.image(captions.get(i), run.samples.image(worst.get(i).index()));
    }
    return grid.build();
  }

  static void embedding(Html html, ReportedRun run) {
    if (!run.isClassifier()) {
      noClassifier(html);
      return;
    }
    Pictures.attempt(
        html,
        "The last hidden layer",
        () -> {
          Dataset some = run.dataset.head(POINTS);
          String layer = Embedding.lastHidden(run.network);
          Pca pca = Pca.of(Embedding.of(run.network, layer, some), 2);
          NDArray points = pca.points();
          NDArray labels = run.answers.labels().slice(0, some.size());
          NDArray shares = pca.shares();
          Pictures.figure(
              html,
              theme -> Scatter.of("", points, labels, run.classNames, theme),
              Words.format(
                  "A point for each of %s samples, colored by its class, in the plane in which the"
                      + " activations of %s differ most.",
                  Words.count(some.size()), layer),
              Words.format(
                  "%s samples as %s sees them, the last hidden layer, along their first two principal"
                      + " components, which hold %s and %s of the variance. Classes that lie apart"
                      + " are easy to tell apart.",
                  Words.count(some.size()),
                  layer,
                  Words.percent(shares.get(0)),
                  Words.percent(shares.get(1))));
        });
  }
}
