package io.github.purenet.plot;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;

/** The shapes of points in a chart, which are told apart without color. */
enum Mark {
  CIRCLE(true),
  SQUARE(true),
  TRIANGLE(true),
  DIAMOND(true),
  TRIANGLE_DOWN(true),
  STAR(true),
  RING(false),
  OPEN_SQUARE(false),
  OPEN_TRIANGLE(false),
  OPEN_DIAMOND(false);

  private final boolean filled;

  Mark(boolean filled) {
    this.filled = filled;
  }

  /** Returns the corners x, y, x, y of the shape, in units of its radius; none of a circle. */
  private double[] corners() {
    return switch (this) {
      case CIRCLE, RING -> new double[0];
      case SQUARE, OPEN_SQUARE -> new double[] {-1, -1, 1, -1, 1, 1, -1, 1};
      case TRIANGLE, OPEN_TRIANGLE -> new double[] {-1.15, 0.95, 1.15, 0.95, 0, -1.25};
      case TRIANGLE_DOWN -> new double[] {-1.15, -0.95, 1.15, -0.95, 0, 1.25};
      case DIAMOND, OPEN_DIAMOND -> new double[] {-1.3, 0, 0, -1.3, 1.3, 0, 0, 1.3};
      case STAR -> star();
    };
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
    double[] corners = corners();
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
