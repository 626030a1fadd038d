package io.github.purenet.plot;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;

/** A horizontal bar of the colors of a map, the numbers below it, and what they are beside it. */
record ColorBar(ColorMap colors, Span span, String label, int length) implements Part {
  private static final int THICKNESS = 12;
  private static final int GAP = 10;
  private static final Text.Style STYLE = Text.Style.NOTE;

  @Override
  public int width() {
    return margin(span.low()) + length + Math.max(margin(span.high()), GAP + STYLE.width(label));
  }

  @Override
  public int height() {
    return THICKNESS + 4 + STYLE.lineHeight();
  }

  /** Returns how far the number under an end of the bar reaches beyond it. */
  private static int margin(double number) {
    return (STYLE.width(Span.number(number)) + 1) / 2;
  }

  @Override
  public void draw(Graphics2D g, int x, int y, Theme theme) {
    int left = x + margin(span.low());
    BufferedImage image = new BufferedImage(length, THICKNESS, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < length; i++) {
      int rgb = colors.rgb(i / (length - 1.0));
      for (int j = 0; j < THICKNESS; j++) {
        image.setRGB(i, j, rgb);
      }
    }
    g.drawImage(image, left, y, null);
    g.setColor(theme.faint());
    g.setStroke(new BasicStroke(1));
    g.drawRect(left, y, length, THICKNESS);
    number(g, left, y, span.low(), theme);
    number(g, left + length, y, span.high(), theme);
    double zero = span.place(0);
    if (zero > 0.2 && zero < 0.8) {
      number(g, left + (int) Math.round(zero * length), y, 0, theme);
    }
    int middle = y + (THICKNESS - STYLE.lineHeight()) / 2;
    STYLE.draw(g, label, left + length + GAP, middle, theme);
  }

  private static void number(Graphics2D g, int x, int y, double number, Theme theme) {
    g.setColor(theme.faint());
    g.drawLine(x, y + THICKNESS, x, y + THICKNESS + 3);
    STYLE.draw(g, Span.number(number), x - margin(number), y + THICKNESS + 4, theme);
  }
}
