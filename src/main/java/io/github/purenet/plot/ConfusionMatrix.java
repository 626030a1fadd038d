package io.github.purenet.plot;

import io.github.purenet.train.ClassificationReport;

/**
 * A confusion matrix as a heat map: a row for each true class, a column for each predicted one, and
 * in each cell the number of samples. Right answers and mistakes have colors of their own, which
 * are the stronger, the larger the share of the row is; their scale is that of a square root, so
 * that a mistake in a hundred can be seen. Cells without samples are empty.
 */
public final class ConfusionMatrix {

  private ConfusionMatrix() {}

  /**
   * Returns the matrix of a report, which grows with the number of classes and the length of their
   * names.
   *
   * @param report how a classifier did
   * @param theme the colors
   * @return the figure
   */
  public static Figure of(ClassificationReport report, Theme theme) {
    return ConfusionFigure.of(report, theme);
  }
}
