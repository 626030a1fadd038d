package io.github.purenet.plot;

import io.github.purenet.train.Calibration;
import java.awt.BasicStroke;
import java.awt.Color;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * A reliability diagram: how often a classifier is right, by how sure it is, beside what it should
 * be, and below how many samples that is said of. Charts need XChart on the class path.
 *
 * <p>Source: Guo, Pleiss, Sun and Weinberger 2017, <i>On Calibration of Modern Neural Networks</i>,
 * section 2 and figure 1.
 */
public final class ReliabilityDiagram {
  private static final int WIDTH = 600;
  private static final int HEIGHT = 620;

  private ReliabilityDiagram() {}

  /**
   * Returns the diagram of a calibration.
   *
   * @param calibration how well a classifier is calibrated
   * @param theme the colors
   * @return the figure
   * @throws IllegalStateException if XChart is not on the class path; the message says what to add
   */
  public static Figure of(Calibration calibration, Theme theme) {
    List<Calibration.Bin> bins = calibration.bins();
    String errors =
        String.format(
            Locale.ROOT,
            "expected calibration error %.4f, maximum %.4f; samples: %,d",
            calibration.expectedError(),
            calibration.maximumError(),
            calibration.samples());
    List<Panel> panels = List.of(accuracies(bins, theme), counts(bins, theme));
    return new Chart(WIDTH, HEIGHT, "Reliability diagram", panels, 0.72, 0.28).subtitle(errors);
  }

  private static Panel accuracies(List<Calibration.Bin> bins, Theme theme) {
    Panel panel = new Panel(Axis.unit("confidence"), Axis.unit("accuracy"), theme);
    panel.shareBelow();
    Color right = theme.series(0);
    Color tooSure = Colors.mix(theme.panel(), theme.series(1), 0.6);
    Color notSure = Colors.mix(theme.panel(), right, 0.45);
    panel.add(bars(bins, bin -> 0, Calibration.Bin::accuracy, right));
    panel.add(
        bars(
            bins,
            bin -> Math.min(bin.confidence(), bin.accuracy()),
            Calibration.Bin::accuracy,
            notSure));
    panel.add(
        bars(
            bins,
            Calibration.Bin::accuracy,
            bin -> Math.max(bin.confidence(), bin.accuracy()),
            tooSure));
    BasicStroke dashed =
        new BasicStroke(
            1.6f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, new float[] {6, 4}, 0);
    double[] ends = {0, 1};
    panel.add(Series.line(ends, ends, theme.text(), dashed));
    panel.legend().at(Legend.Place.UPPER_LEFT);
    panel.legend().add("accuracy", right, null, null);
    panel.legend().add("less than the confidence", tooSure, null, null);
    panel.legend().add("more than the confidence", notSure, null, null);
    panel.legend().add("perfect calibration", theme.text(), dashed, null);
    return panel;
  }

  private static Panel counts(List<Calibration.Bin> bins, Theme theme) {
    long most = bins.stream().mapToLong(Calibration.Bin::samples).max().orElse(0);
    Axis samples = Axis.count("samples", 1.2 * most); // room for the numbers
    Panel panel = new Panel(Axis.unit("confidence, the largest probability"), samples, theme);
    panel.add(bars(bins, bin -> 0, Calibration.Bin::samples, theme.faint()));
    for (Calibration.Bin bin : bins) {
      if (bin.samples() > 0) {
        double middle = (bin.from() + bin.to()) / 2;
        panel.label(count(bin.samples()), middle, bin.samples() + 0.09 * most, 0.5);
      }
    }
    return panel;
  }

  private static String count(long samples) {
    return samples < 10_000
        ? Long.toString(samples)
        : String.format(Locale.ROOT, "%dk", Math.round(samples / 1000.0));
  }

  /** Returns a bar for each bin with samples, with a gap on its right. */
  private static Series bars(
      List<Calibration.Bin> bins,
      ToDoubleFunction<Calibration.Bin> from,
      ToDoubleFunction<Calibration.Bin> to,
      Color color) {
    double[] x = new double[5 * bins.size()];
    double[] y = new double[x.length];
    for (int i = 0; i < bins.size(); i++) {
      Calibration.Bin bin = bins.get(i);
      double space = 0.06 * (bin.to() - bin.from());
      double left = bin.from() + space;
      double right = bin.to() - space;
      double low = from.applyAsDouble(bin);
      double high = to.applyAsDouble(bin);
      System.arraycopy(new double[] {left, right, right, left, left}, 0, x, 5 * i, 5);
      System.arraycopy(new double[] {low, low, high, high, Double.NaN}, 0, y, 5 * i, 5);
    }
    return Series.area(x, y, color);
  }
}
