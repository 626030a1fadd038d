package io.github.purenet.plot;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;

/** Single lines of text at points of a chart, in the styles of {@link Text}. */
final class Lettering {

  private Lettering() {}

  /** Returns the width of a line. */
  static double width(Text.Style style, String line) {
    return width(style.font(), plain(line));
  }

  private static double width(Font font, String line) {
    return line.isEmpty() ? 0 : font.getStringBounds(line, Text.CONTEXT).getWidth();
  }

  /** Returns a line without control characters, which XML does not have. */
  private static String plain(String line) {
    return line.replaceAll("\\p{Cntrl}", " ");
  }

  /** Draws a line whose middle is at y; {@code anchor} of its width is left of x. */
  static void draw(Graphics2D g, Text.Style style, String line, double x, double y, double anchor) {
    draw(g, style.font(), line, x, y, anchor);
  }

  /** Draws a line in another size around (x, y). */
  static void drawSized(Graphics2D g, float size, String line, double x, double y) {
    draw(g, Text.Style.BODY.font().deriveFont(size), line, x, y, 0.5);
  }

  private static void draw(
      Graphics2D g, Font font, String line, double x, double y, double anchor) {
    String plain = plain(line);
    if (!plain.isEmpty()) {
      g.setFont(font);
      g.drawString(
          plain,
          (float) (x - anchor * width(font, plain)),
          (float) (y + 0.36 * font.getSize2D())); // half the height of capitals
    }
  }

  /** Draws a line from x on, smaller if it is wider than the given width. */
  static void drawInside(
      Graphics2D g, Text.Style style, String line, double x, double y, double width) {
    double size = style.font().getSize() * Math.min(1, width / Math.max(1, style.width(line)));
    draw(g, style.font().deriveFont((float) size), line, x, y, 0);
  }

  /** Draws a line that is turned to be read from below. */
  static void drawTurned(
      Graphics2D g, Text.Style style, String line, double x, double y, double anchor) {
    AffineTransform before = g.getTransform();
    g.translate(x, y);
    g.rotate(-Math.PI / 2);
    draw(g, style, line, 0, 0, anchor);
    g.setTransform(before);
  }

  /** Draws a line around (x, y) on a rim of another color, for where it stands on points. */
  static void drawRimmed(
      Graphics2D g, Text.Style style, String line, double x, double y, Color rim) {
    Color color = g.getColor();
    g.setColor(rim);
    for (int i = 0; i < 8; i++) {
      double angle = Math.PI * i / 4;
      draw(g, style, line, x + 1.5 * Math.cos(angle), y + 1.5 * Math.sin(angle), 0.5);
    }
    g.setColor(color);
    draw(g, style, line, x, y, 0.5);
  }
}
