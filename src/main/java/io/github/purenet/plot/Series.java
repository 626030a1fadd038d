package io.github.purenet.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.Arrays;

/**
 * Points of a chart, and how they are drawn: with a mark each, joined by a line, or as the corners
 * of areas.
 */
final class Series {
  private final double[] x;
  private final double[] y;
  private final Color color;
  private final BasicStroke stroke;
  private final Mark mark;
  private final int size;
  private final boolean area;

  private Series(
      double[] x, double[] y, Color color, BasicStroke stroke, Mark mark, int size, boolean area) {
    this.x = x;
    this.y = y;
    this.color = color;
    this.stroke = stroke;
    this.mark = mark;
    this.size = size;
    this.area = area;
  }

  static Series line(double[] x, double[] y, Color color, BasicStroke stroke) {
    return new Series(x, y, color, stroke, null, 0, false);
  }

  static Series marks(double[] x, double[] y, Color color, Mark mark, int size) {
    return new Series(x, y, color, null, mark, size, false);
  }

  static Series area(double[] x, double[] y, Color color) {
    return new Series(x, y, color, null, null, 0, true);
  }

  /** Returns the area between two curves, where both are numbers. */
  static Series band(double[] x, double[] low, double[] high, Color color) {
    int n = x.length;
    double[] cornersX = new double[0];
    double[] cornersY = new double[0];
    for (int from = 0, to; from < n; from = to + 1) {
      for (to = from; to < n && !Double.isNaN(low[to] + high[to]); to++) {
        // to the next gap
      }
      cornersX = join(cornersX, x, x, from, to);
      cornersY = join(cornersY, low, high, from, to);
    }
    return area(cornersX, cornersY, color);
  }

  /** Appends one way there, another one back, and a gap. */
  private static double[] join(double[] before, double[] there, double[] back, int from, int to) {
    int length = to - from;
    double[] joined = Arrays.copyOf(before, before.length + 2 * length + 1);
    for (int i = 0; i < length; i++) {
      joined[before.length + i] = there[from + i];
      joined[before.length + length + i] = back[to - 1 - i];
    }
    joined[joined.length - 1] = Double.NaN;
    return joined;
  }

  /** Returns the places on the x axis, one a point. */
  double[] x() {
    return x;
  }

  /** Returns the places on the y axis; NaN is a gap. */
  double[] y() {
    return y;
  }

  /** Returns the color of it all. */
  Color color() {
    return color;
  }

  /** Returns the line that joins the points, or null. */
  BasicStroke stroke() {
    return stroke;
  }

  /** Returns the mark of each point, or null. */
  Mark mark() {
    return mark;
  }

  /** Returns the size of the marks. */
  int size() {
    return size;
  }

  /** Returns whether the points, up to each gap, are the corners of a filled polygon. */
  boolean area() {
    return area;
  }
}
