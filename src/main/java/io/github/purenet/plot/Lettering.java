package io.github.purenet.plot;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.font.FontRenderContext;
import java.awt.geom.AffineTransform;

/** Text in charts, in a font that every machine has under this name. */
enum Lettering {
  TITLE(Font.BOLD, 15),
  PLAIN(Font.PLAIN, 12),
  SMALL(Font.PLAIN, 11);

  /** Sizes do not depend on where it is drawn. */
  private static final FontRenderContext CONTEXT = new FontRenderContext(null, true, true);

  private final Font font;

  Lettering(int style, int size) {
    font = new Font(Font.SANS_SERIF, style, size);
  }

  /** Returns the width of a text. */
  double width(String text) {
    return width(font, text);
  }

  private static double width(Font font, String text) {
    return text.isEmpty() ? 0 : font.getStringBounds(plain(text), CONTEXT).getWidth();
  }

  /** Returns a text without control characters, which XML does not have. */
  private static String plain(String text) {
    return text.replaceAll("\\p{Cntrl}", " ");
  }

  /** Returns the distance of two lines. */
  double lineHeight() {
    return Math.ceil(1.35 * font.getSize());
  }

  /** Draws a text whose middle is at y; {@code anchor} of its width is left of x. */
  void draw(Graphics2D g, String text, double x, double y, double anchor) {
    draw(g, font, text, x, y, anchor);
  }

  /** Draws a text from x on, smaller if it is wider than the given width. */
  void drawInside(Graphics2D g, String text, double x, double y, double width) {
    double needed = 1.05 * width(text); // fonts of one name differ
    float size = (float) (font.getSize() * Math.min(1, width / Math.max(1, needed)));
    draw(g, font.deriveFont(size), text, x, y, 0);
  }

  /** Draws a text in another size. */
  void draw(Graphics2D g, float size, String text, double x, double y) {
    draw(g, font.deriveFont(size), text, x, y, 0.5);
  }

  private static void draw(
      Graphics2D g, Font font, String text, double x, double y, double anchor) {
    if (!text.isEmpty()) {
      g.setFont(font);
      g.drawString(
          plain(text),
          (float) (x - anchor * width(font, text)),
          (float) (y + 0.36 * font.getSize())); // half the height of capitals
    }
  }

  /** Draws a text that is turned by an angle around (x, y), in degrees against the clock. */
  void drawTurned(Graphics2D g, String text, double x, double y, double anchor, double angle) {
    AffineTransform before = g.getTransform();
    g.translate(x, y);
    g.rotate(Math.toRadians(-angle));
    draw(g, text, 0, 0, anchor);
    g.setTransform(before);
  }

  /** Draws a text on a rim of another color, for where it stands on points. */
  void drawRimmed(Graphics2D g, String text, double x, double y, Color rim) {
    Color color = g.getColor();
    g.setColor(rim);
    for (int i = 0; i < 8; i++) {
      double angle = Math.PI * i / 4;
      draw(g, text, x + 1.5 * Math.cos(angle), y + 1.5 * Math.sin(angle), 0.5);
    }
    g.setColor(color);
    draw(g, text, x, y, 0.5);
  }
}
