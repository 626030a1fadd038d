package io.github.purenet.plot;

import io.github.purenet.ndarray.NDArray;
import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.util.Locale;

/** A matrix, a cell for each number, some of them colored. */
record Cells(NDArray matrix, Marks marks) implements Part {
  private static final int CELL = 30;

  /** Tells which color a cell has: 0 for none, else the number of a series of the theme. */
  @FunctionalInterface
  interface Marks {
    Marks NONE = (row, column) -> 0;

    int at(int row, int column);

    /** Marks a window by the first color. */
    static Marks window(int top, int left, int height, int width) {
      return (i, j) -> i >= top && i < top + height && j >= left && j < left + width ? 1 : 0;
    }
  }

  Cells(NDArray matrix) {
    this(matrix, Marks.NONE);
  }

  @Override
  public int width() {
    return matrix.dimension(1) * CELL + 1;
  }

  @Override
  public int height() {
    return matrix.dimension(0) * CELL + 1;
  }

  @Override
  public void draw(Graphics2D g, int x, int y, Theme theme) {
    g.setStroke(new BasicStroke(1));
    for (int i = 0; i < matrix.dimension(0); i++) {
      for (int j = 0; j < matrix.dimension(1); j++) {
        draw(g, i, j, x + j * CELL, y + i * CELL, theme);
      }
    }
    g.setColor(theme.faint());
    g.drawRect(x, y, width() - 1, height() - 1);
  }

  private void draw(Graphics2D g, int i, int j, int x, int y, Theme theme) {
    int mark = marks.at(i, j);
    g.setColor(
        mark == 0 ? theme.panel() : Colors.mix(theme.background(), theme.series(mark - 1), 0.4));
    g.fillRect(x, y, CELL, CELL);
    g.setColor(theme.line());
    g.drawRect(x, y, CELL, CELL);
    String text = number(matrix.get(i, j));
    Text.Style style = Text.Style.BODY;
    int left = x + (CELL - style.width(text)) / 2;
    style.draw(g, text, left, y + (CELL - style.lineHeight()) / 2, theme);
  }

  private static String number(float value) {
    return value == Math.rint(value)
        ? String.valueOf((long) value).replace('-', '\u2212')
        : String.format(Locale.ROOT, "%.1f", value);
  }
}
