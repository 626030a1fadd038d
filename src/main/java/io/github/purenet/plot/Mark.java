package io.github.purenet.plot;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;

/** The shapes of points in a chart, which are told apart without color. */
enum Mark {
  CIRCLE(true),
  SQUARE(true, -1, -1, 1, -1, 1, 1, -1, 1),
  TRIANGLE(true, -1.15, 0.95, 1.15, 0.95, 0, -1.25),
  DIAMOND(true, -1.3, 0, 0, -1.3, 1.3, 0, 0, 1.3),
  TRIANGLE_DOWN(true, -1.15, -0.95, 1.15, -0.95, 0, 1.25),
  STAR(true, star()),
  RING(false),
  OPEN_SQUARE(false, -1, -1, 1, -1, 1, 1, -1, 1),
  OPEN_TRIANGLE(false, -1.15, 0.95, 1.15, 0.95, 0, -1.25),
  OPEN_DIAMOND(false, -1.3, 0, 0, -1.3, 1.3, 0, 0, 1.3);

  private final boolean filled;

  /** The corners x, y, x, y of the shape, in units of its radius; none for a circle. */
  private final double[] corners;

  Mark(boolean filled, double... corners) {
    this.filled = filled;
    this.corners = corners;
  }

  private static double[] star() {
    double[] corners = new double[20];
    for (int i = 0; i < 10; i++) {
      double radius = i % 2 == 0 ? 1.45 : 0.6;
      corners[2 * i] = radius * Math.sin(Math.PI * i / 5);
      corners[2 * i + 1] = -radius * Math.cos(Math.PI * i / 5);
    }
    return corners;
  }

  /** Draws this mark in the color that is set. */
  void draw(Graphics2D g, double x, double y, double size) {
    double radius = (filled ? size : size - 1) / 2;
    Shape shape = shape(x, y, radius);
    if (filled) {
      g.fill(shape);
    } else {
      g.setStroke(new BasicStroke(1.3f));
      g.draw(shape);
    }
  }

  private Shape shape(double x, double y, double radius) {
    if (corners.length == 0) {
      double r = 1.1 * radius; // as much ink as a square
      return new Ellipse2D.Double(x - r, y - r, 2 * r, 2 * r);
    }
    Path2D.Double path = new Path2D.Double();
    path.moveTo(x + radius * corners[0], y + radius * corners[1]);
    for (int i = 2; i < corners.length; i += 2) {
      path.lineTo(x + radius * corners[i], y + radius * corners[i + 1]);
    }
    path.closePath();
    return path;
  }
}
