package io.github.purenet.plot;

import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.util.List;

/** A figure of a title and one or more panels below each other, whose frames are aligned. */
final class Chart extends Figure {
  private static final int PAD = 10;

  private final String title;
  private final List<Panel> panels;
  private final double[] shares;
  private String subtitle = "";

  /** Creates a chart of one panel. */
  Chart(int width, int height, String title, Panel panel) {
    this(width, height, title, List.of(panel), 1);
  }

  /** Creates a chart of panels that share the height. */
  Chart(int width, int height, String title, List<Panel> panels, double... shares) {
    super(width, height);
    XChart.require();
    this.title = title;
    this.panels = panels;
    this.shares = shares;
  }

  /** Sets a line below the title. */
  Chart subtitle(String text) {
    subtitle = text;
    return this;
  }

  @Override
  protected void draw(Graphics2D g) {
    Theme theme = panels.get(0).theme();
    g.setColor(theme.background());
    g.fillRect(0, 0, width(), height());
    int left = PAD + panels.stream().mapToInt(Panel::left).max().orElse(0);
    int right = PAD + panels.stream().mapToInt(Panel::right).max().orElse(0);
    double top = PAD + drawTitles(g, theme, left);
    double space = height() - top - PAD;
    space -= panels.stream().mapToInt(panel -> panel.above() + panel.below()).sum();
    for (int i = 0; i < panels.size(); i++) {
      top += panels.get(i).above();
      Rectangle frame =
          new Rectangle(left, (int) top, width() - left - right, (int) (space * shares[i]));
      panels.get(i).draw(g, frame);
      top = frame.getMaxY() + panels.get(i).below();
    }
  }

  /** Draws the titles and returns the height that they take. */
  private double drawTitles(Graphics2D g, Theme theme, int left) {
    double line = Lettering.TITLE.lineHeight();
    g.setColor(theme.text());
    Lettering.TITLE.drawInside(g, title, left, PAD + line / 2, width() - PAD - left);
    g.setColor(theme.faint());
    Lettering.PLAIN.drawInside(g, subtitle, left, PAD + 1.5 * line, width() - PAD - left);
    return (title.isEmpty() ? 0 : line) + (subtitle.isEmpty() ? 0 : line) + PAD;
  }
}
