package io.github.purenet.plot;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.Polygon;
import java.awt.Shape;
import java.awt.geom.RoundRectangle2D;
import java.util.ArrayList;
import java.util.List;

/**
 * The parts of which the diagram of a network is made. What flows enters each of them in the middle
 * of its top and leaves it in the middle of its bottom; all widths are even.
 */
final class Diagram {
  private static final int ARROW = 22;
  private static final int PADDING = 10;

  private Diagram() {}

  /** A line with a head at its end, straight down. */
  private static void arrow(Graphics2D g, int x, int from, int to, Theme theme) {
    line(g, x, from, x, to, theme);
    g.fill(new Polygon(new int[] {x - 4, x + 4, x}, new int[] {to - 7, to - 7, to}, 3));
  }

  private static void line(Graphics2D g, int x1, int y1, int x2, int y2, Theme theme) {
    g.setColor(theme.faint());
    g.setStroke(new BasicStroke(1.5f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    g.drawLine(x1, y1, x2, y2);
  }

  private static void frame(Graphics2D g, Shape shape, boolean raised, Theme theme) {
    g.setColor(raised ? theme.panel() : theme.background());
    g.fill(shape);
    g.setColor(theme.faint());
    g.setStroke(new BasicStroke(1));
    g.draw(shape);
  }

  private static int even(int width) {
    return width + (width & 1);
  }

  /** A part whose size is computed once: that of nested branches takes long. */
  record Sized(Part part, int width, int height) implements Part {
    static Sized of(Part part) {
      return new Sized(part, part.width(), part.height());
    }

    @Override
    public void draw(Graphics2D g, int x, int y, Theme theme) {
      part.draw(g, x, y, theme);
    }
  }

  /** The input, or how branches are joined: a word in a box that is round at its ends. */
  record Pill(String word) implements Part {
    private static final Text.Style STYLE = Text.Style.BODY;

    @Override
    public int width() {
      return even(Math.max(height(), STYLE.width(word) + 2 * PADDING));
    }

    @Override
    public int height() {
      return 24;
    }

    @Override
    public void draw(Graphics2D g, int x, int y, Theme theme) {
      frame(
          g, new RoundRectangle2D.Float(x, y, width(), height(), height(), height()), false, theme);
      int top = y + (height() - STYLE.lineHeight()) / 2;
      STYLE.draw(g, word, x + (width() - STYLE.width(word)) / 2, top, theme);
    }
  }

  /**
   * A layer: its name and the shape of its output, what it is, and the number of its parameters, of
   * which a bar on the left tells as well.
   */
  record LayerBox(String name, String shape, String settings, String parameters, int width)
      implements Part {
    /** Where settings are broken into lines. */
    private static final int MAX_TEXT_WIDTH = 230;

    /** Returns a box as wide as its texts need. */
    static LayerBox of(String name, String shape, String settings, String parameters) {
      int first = Text.Style.HEADING.width(name) + 16 + Text.Style.BODY.width(shape);
      int second = text(settings).width();
      int third = Text.Style.NOTE.width(parameters);
      int widest = Math.max(first, Math.max(second, third));
      return new LayerBox(name, shape, settings, parameters, even(widest + 2 * PADDING + 4));
    }

    LayerBox withWidth(int other) {
      return new LayerBox(name, shape, settings, parameters, other);
    }

    private static Text text(String settings) {
      return Text.of(settings, Text.Style.NOTE, MAX_TEXT_WIDTH);
    }

    @Override
    public int height() {
      int lines = Text.Style.HEADING.lineHeight() + text(settings).height();
      return lines + (parameters.isEmpty() ? 0 : Text.Style.NOTE.lineHeight()) + PADDING;
    }

    @Override
    public void draw(Graphics2D g, int x, int y, Theme theme) {
      frame(g, new RoundRectangle2D.Float(x, y, width, height(), 6, 6), false, theme);
      if (!parameters.isEmpty()) {
        g.setColor(theme.accent());
        g.fillRect(x, y + 3, 4, height() - 6);
      }
      int left = x + PADDING + 4;
      int top = y + PADDING / 2;
      Text.Style.HEADING.draw(g, name, left, top, theme);
      int right = x + width - PADDING - Text.Style.BODY.width(shape);
      Text.Style.BODY.draw(g, shape, right, top, theme);
      top += Text.Style.HEADING.lineHeight();
      Text settingLines = text(settings);
      settingLines.draw(g, left, top, theme);
      top += settingLines.height();
      if (!parameters.isEmpty()) {
        Text.Style.NOTE.draw(g, parameters, left, top, theme);
      }
    }
  }

  /** Parts one after the other, from top to bottom; none of them is a line. */
  record Chain(List<Part> parts, String nameIfEmpty) implements Part {
    private static final int EMPTY_HEIGHT = 20;

    @Override
    public int width() {
      int empty = even(2 * Text.Style.NOTE.width(nameIfEmpty) + 24);
      return parts.stream().mapToInt(Part::width).max().orElse(empty);
    }

    @Override
    public int height() {
      int sum = parts.stream().mapToInt(Part::height).sum();
      return parts.isEmpty() ? EMPTY_HEIGHT : sum + ARROW * (parts.size() - 1);
    }

    @Override
    public void draw(Graphics2D g, int x, int y, Theme theme) {
      int middle = x + width() / 2;
      if (parts.isEmpty()) {
        line(g, middle, y, middle, y + height(), theme);
        Text.Style.NOTE.draw(g, nameIfEmpty, middle + 8, y, theme);
        return;
      }
      int top = y;
      for (int i = 0; i < parts.size(); i++) {
        Part part = parts.get(i);
        if (i > 0) {
          arrow(g, middle, top, top + ARROW, theme);
          top += ARROW;
        }
        part.draw(g, middle - part.width() / 2, top, theme);
        top += part.height();
      }
    }
  }

  /** A layer made of chains: a frame in which what flows splits, and is joined at the end. */
  record Branches(String name, String note, List<Chain> chains, Pill join, boolean raised)
      implements Part {
    private static final int GAP = 18;
    private static final int FRAME = 14;
    private static final int BUS = 12;

    private Text header() {
      return Text.of(note, Text.Style.NOTE, Math.max(180, inside()));
    }

    private int inside() {
      int sum = GAP * (chains.size() - 1);
      for (Chain chain : chains) {
        sum += chain.width();
      }
      return sum;
    }

    private int headerHeight() {
      return Text.Style.HEADING.lineHeight() + header().height() + 4;
    }

    private int chainsHeight() {
      return chains.stream().mapToInt(Chain::height).max().orElse(0);
    }

    /** Returns the height below the chains: with one chain, nothing is joined. */
    private int joinHeight() {
      return chains.size() == 1 ? BUS : BUS + ARROW + join.height() + BUS;
    }

    @Override
    public int width() {
      int text = Math.max(Text.Style.HEADING.width(name), header().width());
      return even(Math.max(inside(), text) + 2 * FRAME);
    }

    @Override
    public int height() {
      return FRAME / 2 + headerHeight() + BUS + ARROW + chainsHeight() + joinHeight();
    }

    @Override
    public void draw(Graphics2D g, int x, int y, Theme theme) {
      frame(g, new RoundRectangle2D.Float(x, y, width(), height(), 12, 12), raised, theme);
      Text.Style.HEADING.draw(g, name, x + FRAME, y + FRAME / 2, theme);
      int second = y + FRAME / 2 + Text.Style.HEADING.lineHeight();
      header().draw(g, x + FRAME, second, theme);

      int middle = x + width() / 2;
      int split = y + FRAME / 2 + headerHeight() + BUS;
      int top = split + ARROW;
      int bottom = top + chainsHeight();
      int text = Math.max(Text.Style.HEADING.width(name), header().width());
      boolean free = x + FRAME + text < middle - 8; // the text is left of the line
      line(g, middle, free ? y : split - BUS, middle, split, theme);
      int left = middle - inside() / 2;
      for (Chain chain : chains) {
        int center = left + chain.width() / 2;
        line(g, middle, split, center, split, theme);
        if (chain.parts().isEmpty()) {
          line(g, center, split, center, top, theme);
        } else {
          arrow(g, center, split, top, theme);
        }
        chain.draw(g, left, top, theme);
        line(g, center, top + chain.height(), center, bottom + BUS, theme);
        line(g, center, bottom + BUS, middle, bottom + BUS, theme);
        left += chain.width() + GAP;
      }
      if (chains.size() > 1) {
        int joinTop = bottom + BUS + ARROW;
        arrow(g, middle, bottom + BUS, joinTop, theme);
        join.draw(g, middle - join.width() / 2, joinTop, theme);
        line(g, middle, joinTop + join.height(), middle, y + height(), theme);
      }
    }
  }

  /** Chains of which each continues the one before, beside each other. */
  record Columns(List<Chain> columns) implements Part {
    private static final int GUTTER = 44;
    private static final int TURN = 14;

    private int turn() {
      return columns.size() > 1 ? TURN + 8 : 0;
    }

    @Override
    public int width() {
      return columns.stream().mapToInt(Chain::width).sum() + GUTTER * (columns.size() - 1);
    }

    @Override
    public int height() {
      return columns.stream().mapToInt(Chain::height).max().orElse(0) + 2 * turn();
    }

    @Override
    public void draw(Graphics2D g, int x, int y, Theme theme) {
      int left = x;
      int top = y + turn();
      for (int i = 0; i < columns.size(); i++) {
        Chain column = columns.get(i);
        column.draw(g, left, top, theme);
        int right = left + column.width();
        if (i + 1 < columns.size()) {
          int from = left + column.width() / 2;
          int to = right + GUTTER + columns.get(i + 1).width() / 2;
          int bottom = top + column.height();
          int gutter = right + GUTTER / 2;
          line(g, from, bottom, from, bottom + TURN, theme);
          line(g, from, bottom + TURN, gutter, bottom + TURN, theme);
          line(g, gutter, bottom + TURN, gutter, top - TURN - 8, theme);
          line(g, gutter, top - TURN - 8, to, top - TURN - 8, theme);
          arrow(g, to, top - TURN - 8, top, theme);
        }
        left = right + GUTTER;
      }
    }

    /** Returns parts in at most so many columns, as high as each other as their order allows. */
    static Columns of(List<Part> parts, int count) {
      int height = 0;
      List<Chain> split;
      do {
        height += 10;
        split = split(parts, height);
      } while (split.size() > count);
      return new Columns(split);
    }

    private static List<Chain> split(List<Part> parts, int height) {
      List<Chain> columns = new ArrayList<>();
      List<Part> column = new ArrayList<>();
      int sum = 0;
      for (Part part : parts) {
        if (!column.isEmpty() && sum + ARROW + part.height() > height) {
          columns.add(new Chain(List.copyOf(column), ""));
          column.clear();
          sum = 0;
        }
        column.add(part);
        sum += part.height() + ARROW;
      }
      columns.add(new Chain(List.copyOf(column), ""));
      return columns;
    }
  }
}
