package io.github.purenet.plot;

/** Sections about what a classifier says: how sure it is, and where it errs. */
final class OutcomeSections {
  private OutcomeSections() {}

  /** Writes why a section says nothing of a network. */
  static void noClassifier(Html html) {
    Pictures.missing(
        html, "This network is no classifier, a network whose loss is SoftmaxWithLoss.");
  }

  static void calibration(Html html, Run run) {
    if (!run.isClassifier()) {
      noClassifier(html);
      return;
    }
  }

  static void mistakes(Html html, Run run) {
    if (!run.isClassifier()) {
      noClassifier(html);
      return;
    }
  }
}
