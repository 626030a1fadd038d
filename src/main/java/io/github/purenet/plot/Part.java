package io.github.purenet.plot;

import java.awt.Graphics2D;

/**
 * A part of a figure, which knows its size before it is drawn: text, a picture, a color bar, or
 * parts beside and below each other.
 */
interface Part {
  /** Returns the width in units of the figure. */
  int width();

  /** Returns the height in units of the figure. */
  int height();

  /** Draws this part with its upper left corner at (x, y). */
  void draw(Graphics2D g, int x, int y, Theme theme);
}
