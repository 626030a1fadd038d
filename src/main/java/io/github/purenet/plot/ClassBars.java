package io.github.purenet.plot;

import io.github.purenet.train.ClassificationReport;
import java.awt.Color;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Precision, recall and F1 of each class as bars from 0 to 1, with the number of the last beside
 * them. Charts need XChart on the class path.
 */
public final class ClassBars {
  private static final int WIDTH = 640;

  /** The share of a class's row that its three bars fill. */
  private static final double FILLED = 0.72;

  private ClassBars() {}

  /**
   * Returns a chart of a report, with a row for each class.
   *
   * @param report how a classifier did
   * @param theme the colors
   * @return the figure
   * @throws IllegalStateException if XChart is not on the class path; the message says what to add
   */
  public static Figure of(ClassificationReport report, Theme theme) {
    int k = report.classes();
    List<String> names = new ArrayList<>(report.classNames());
    Collections.reverse(names); // the first class is on top
    Panel panel = new Panel(Axis.unit(""), Axis.names("class", names), theme);
    panel.withoutGridY();
    panel.legend().at(Legend.Place.ABOVE);
    addBars(panel, k, 0, "precision", report::precision);
    addBars(panel, k, 1, "recall", report::recall);
    addBars(panel, k, 2, "F1 (the number)", report::f1);
    for (int i = 0; i < k; i++) {
      panel.label(String.format(Locale.ROOT, "%.3f", report.f1(i)), 1.015, k - 1 - i, 0);
    }
    panel.reserveRight(Lettering.width(Text.Style.NOTE, "0.000"));
    String title =
        String.format(
            Locale.ROOT,
            "Precision, recall and F1 of each class, mean F1 %.4f",
            report.macro(report::f1));
    int row = k <= 20 ? 32 : 17;
    int width = WIDTH + Math.max(0, panel.left() - WIDTH / 4); // long names
    return new Chart(width, 110 + Math.max(2, k) * row, title, panel);
  }

  private static void addBars(
      Panel panel, int k, int bar, String name, IntToDoubleFunction number) {
    double thickness = FILLED / 3;
    double[] x = new double[5 * k];
    double[] y = new double[5 * k];
    for (int i = 0; i < k; i++) {
      double top = k - 1 - i + FILLED / 2 - bar * thickness;
      double value = number.applyAsDouble(i);
      System.arraycopy(new double[] {0, value, value, 0, 0}, 0, x, 5 * i, 5);
      System.arraycopy(
          new double[] {top, top, top - thickness, top - thickness, Double.NaN}, 0, y, 5 * i, 5);
    }
    Color color = panel.theme().series(IntStream.of(0, 4, 2).toArray()[bar]);
    panel.add(Series.area(x, y, color));
    panel.legend().add(name, color, null, null);
  }
}
