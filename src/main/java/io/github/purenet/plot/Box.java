package io.github.purenet.plot;

import java.awt.Graphics2D;

/** A part on the left of an area that is at least of the given width. */
record Box(Part part, int least) implements Part {
  @Override
  public int width() {
    return Math.max(least, part.width());
  }

  @Override
  public int height() {
    return part.height();
  }

  @Override
  public void draw(Graphics2D g, int x, int y, Theme theme) {
    part.draw(g, x, y, theme);
  }
}
