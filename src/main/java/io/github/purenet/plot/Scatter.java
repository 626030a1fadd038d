package io.github.purenet.plot;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.awt.Color;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Points in two dimensions with the colors and shapes of their classes, such as the last hidden
 * layer for a few thousand images. Each class has its name in the middle of its points. Charts need
 * XChart on the class path.
 */
public final class Scatter {
  private static final int WIDTH = 680;
  private static final int HEIGHT = 560;

  private static final List<Mark> MARKS = List.of(Mark.values());

  /** How many different colors a theme has. */
  private static final int COLORS = 6;

  /** In how many parts the points are drawn, so that no class hides all others. */
  private static final int PARTS = 8;

  private Scatter() {}

  /**
   * Returns a chart of points. Equal distances are equally long on both axes. Points with NaN are
   * left out.
   *
   * @param title the title, which says what the points are
   * @param points the places (N, 2). Not modified.
   * @param labels class indices (N). Not modified.
   * @param classNames a name for each class
   * @param theme the colors
   * @return the figure
   * @throws IllegalArgumentException if the shapes do not fit or a label is no class
   * @throws IllegalStateException if XChart is not on the class path; the message says what to add
   */
  public static Figure of(
      String title, NDArray points, NDArray labels, List<String> classNames, Theme theme) {
    int[] classes = classes(points, labels, classNames.size());
    double[] x = column(points, 0);
    double[] y = column(points, 1);
    Panel panel = panel(x, y, theme);
    int size = points.dimension(0) <= 600 ? 8 : 6;
    for (int part = 0; part < PARTS; part++) {
      for (int k = 0; k < classNames.size(); k++) {
        int[] chosen =
            chosen(classes, k, part * classes.length / PARTS, (part + 1) * classes.length / PARTS);
        panel.add(
            Series.marks(
                Curve.pick(x, chosen),
                Curve.pick(y, chosen),
                Colors.translucent(color(theme, k), 0.75),
                mark(k),
                size));
      }
    }
    for (int k = 0; k < classNames.size(); k++) {
      panel.legend().add(classNames.get(k), color(theme, k), null, mark(k));
      int[] chosen = chosen(classes, k, 0, classes.length);
      if (chosen.length > 0) {
        panel.rimmedLabel(
            classNames.get(k), median(Curve.pick(x, chosen)), median(Curve.pick(y, chosen)));
      }
    }
    panel.legend().at(Legend.Place.BESIDE);
    return new Chart(WIDTH, HEIGHT, title, panel);
  }

  private static int[] classes(NDArray points, NDArray labels, int count) {
    if (points.rank() != 2 || points.dimension(1) != 2) {
      throw new IllegalArgumentException("points: expected (N, 2), got " + points.shape());
    }
    if (!labels.shape().equals(Shape.of(points.dimension(0)))) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "labels: expected %s for points %s, got %s",
              Shape.of(points.dimension(0)),
              points.shape(),
              labels.shape()));
    }
    return IntStream.range(0, labels.size())
        .map(
            i -> {
              float label = labels.get(i);
              if (!(label >= 0 && label < count && label == (int) label)) {
                throw new IllegalArgumentException(
                    String.format(
                        Locale.ROOT,
                        "labels: expected a class from 0 to %d, got %s at [%d] in %s",
                        count - 1,
                        label,
                        i,
                        labels.shape()));
              }
              return (int) label;
            })
        .toArray();
  }

  /** Returns an empty panel whose frame, once drawn, has about the same scale on both axes. */
  private static Panel panel(double[] x, double[] y, Theme theme) {
    double halfX = span(x) / 2;
    double halfY = span(y) / 2;
    double largest = Math.max(halfX, halfY * WIDTH / HEIGHT);
    double middleX = middle(x);
    double middleY = middle(y);
    double least = 1e-6 * Math.max(Math.abs(middleX), Math.abs(middleY)); // has ticks
    double half = largest > 0 ? Math.max(largest, least) : Math.max(1, least);
    double halfUp = half * HEIGHT / WIDTH;
    return new Panel(
        Axis.around("first dimension", middleX - half, middleX + half),
        Axis.around("second dimension", middleY - halfUp, middleY + halfUp),
        theme);
  }

  private static double span(double[] numbers) {
    double[] finite = finite(numbers);
    return finite.length == 0 ? 1 : max(finite) - min(finite);
  }

  private static double middle(double[] numbers) {
    double[] finite = finite(numbers);
    return finite.length == 0 ? 0 : (max(finite) + min(finite)) / 2;
  }

  private static double[] finite(double[] numbers) {
    return Arrays.stream(numbers).filter(Double::isFinite).toArray();
  }

  private static double min(double[] numbers) {
    return Arrays.stream(numbers).min().orElse(0);
  }

  private static double max(double[] numbers) {
    return Arrays.stream(numbers).max().orElse(0);
  }

  private static double median(double[] numbers) {
    double[] sorted = finite(numbers);
    Arrays.sort(sorted);
    return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
  }

  private static double[] column(NDArray points, int column) {
    return IntStream.range(0, points.dimension(0))
        .mapToDouble(i -> points.get(i, column))
        .toArray();
  }

  private static int[] chosen(int[] classes, int k, int from, int to) {
    return IntStream.range(from, to).filter(i -> classes[i] == k).toArray();
  }

  /** Returns a color of the theme, or one nearer to the text where they begin again. */
  private static Color color(Theme theme, int k) {
    return k / COLORS % 2 == 0 ? theme.series(k) : Colors.mix(theme.series(k), theme.text(), 0.5);
  }

  private static Mark mark(int k) {
    return MARKS.get(k % MARKS.size());
  }
}
