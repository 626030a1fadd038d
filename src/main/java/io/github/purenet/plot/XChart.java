package io.github.purenet.plot;

import java.util.Objects;
import org.knowm.xchart.XYChart;

/** The optional dependency that draws the series of charts. */
final class XChart {
  private static final String COORDINATES = "org.knowm.xchart:xchart:4.0.3";

  private XChart() {}

  /**
   * Checks that XChart can be used.
   *
   * @throws IllegalStateException if it cannot; the message says what to add
   */
  static void require() {
    try {
      Objects.requireNonNull(XYChart.class);
    } catch (NoClassDefFoundError e) {
      throw new IllegalStateException(
          "plot: expected XChart for charts, got none; add " + COORDINATES + " to the dependencies",
          e);
    }
  }
}
