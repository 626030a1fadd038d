package io.github.purenet.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Path2D;

/**
 * An array of channels, rows and columns as a block, or several of them behind each other.
 *
 * @param channels its depth in units of the figure
 * @param rows its height in units of the figure
 * @param columns its width in units of the figure
 * @param count how many there are
 * @param color the number of the series of the theme whose color it has
 */
record Cuboid(int channels, int rows, int columns, int count, int color) implements Part {
  private static final int STEP = 12;

  @Override
  public int width() {
    return columns + slant() + (count - 1) * STEP + 1;
  }

  @Override
  public int height() {
    return rows + slant() + (count - 1) * STEP + 1;
  }

  /** Returns how far back and up the rear face lies. */
  private int slant() {
    return channels / 2;
  }

  @Override
  public void draw(Graphics2D g, int x, int y, Theme theme) {
    g.setStroke(new BasicStroke(1));
    for (int k = count - 1; k >= 0; k--) {
      drawOne(g, x + k * STEP, y + slant() + (count - 1 - k) * STEP, theme);
    }
  }

  private void drawOne(Graphics2D g, int x, int y, Theme theme) {
    int d = slant();
    int right = x + columns;
    int bottom = y + rows;
    Color base = theme.series(color);
    face(
        g,
        theme,
        Colors.mix(theme.background(), base, 0.5),
        x,
        y,
        right,
        y,
        right,
        bottom,
        x,
        bottom);
    face(
        g,
        theme,
        Colors.mix(theme.background(), base, 0.3),
        x,
        y,
        x + d,
        y - d,
        right + d,
        y - d,
        right,
        y);
    int[] side = {right, y, right + d, y - d, right + d, bottom - d, right, bottom};
    face(g, theme, Colors.mix(theme.background(), base, 0.75), side);
  }

  private static void face(Graphics2D g, Theme theme, Color fill, int... xy) {
    Path2D path = new Path2D.Double();
    path.moveTo(xy[0], xy[1]);
    for (int i = 2; i < xy.length; i += 2) {
      path.lineTo(xy[i], xy[i + 1]);
    }
    path.closePath();
    g.setColor(fill);
    g.fill(path);
    g.setColor(theme.text());
    g.draw(path);
  }
}
