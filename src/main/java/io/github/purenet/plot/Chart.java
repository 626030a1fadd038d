package io.github.purenet.plot;

import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A figure of a title and one or more panels below each other, whose frames are aligned. */
final class Chart extends Figure {
  private static final int PAD = 10;

  /** A frame is not smaller than that; what is beside it may leave the page then. */
  private static final int SMALLEST = 60;

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
  protected String title() {
    return title;
  }

  @Override
  protected String description() {
    return Stream.concat(Stream.of(subtitle), panels.stream().map(Panel::description))
        .filter(text -> !text.isEmpty())
        .collect(Collectors.joining("; "));
  }

  @Override
  protected void draw(Graphics2D g) {
    Theme theme = panels.get(0).theme();
    g.setColor(theme.background());
    g.fillRect(0, 0, width(), height());
    drawTitles(g, theme);
    List<Rectangle> frames = frames();
    for (int i = 0; i < panels.size(); i++) {
      panels.get(i).draw(g, frames.get(i));
    }
  }

  private int left() {
    return PAD + panels.stream().mapToInt(Panel::left).max().orElse(0);
  }

  /** Returns the frame of each panel. */
  List<Rectangle> frames() {
    int right = PAD + panels.stream().mapToInt(Panel::right).max().orElse(0);
    double line = Text.Style.TITLE.lineHeight();
    double top = 2 * PAD + (title.isEmpty() ? 0 : line) + (subtitle.isEmpty() ? 0 : line);
    double space = height() - top - PAD;
    space -= panels.stream().mapToInt(panel -> panel.above() + panel.below()).sum();
    List<Rectangle> frames = new ArrayList<>();
    for (int i = 0; i < panels.size(); i++) {
      top += panels.get(i).above();
      int height = (int) (space * shares[i]);
      int width = Math.max(SMALLEST, width() - left() - right);
      frames.add(new Rectangle(left(), (int) top, width, Math.max(SMALLEST, height)));
      top += height + panels.get(i).below();
    }
    return frames;
  }

  private void drawTitles(Graphics2D g, Theme theme) {
    double line = Text.Style.TITLE.lineHeight();
    int width = width() - PAD - left();
    g.setColor(theme.text());
    Lettering.drawInside(g, Text.Style.TITLE, title, left(), PAD + line / 2, width);
    g.setColor(theme.faint());
    Lettering.drawInside(g, Text.Style.BODY, subtitle, left(), PAD + 1.5 * line, width);
  }
}
