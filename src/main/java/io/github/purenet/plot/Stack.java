package io.github.purenet.plot;

import java.awt.Graphics2D;
import java.util.List;

/** Parts below each other or beside each other. */
record Stack(boolean vertical, int gap, boolean centered, List<Part> parts) implements Part {

  /** Returns parts below each other, flush left. */
  static Stack column(int gap, List<? extends Part> parts) {
    return new Stack(true, gap, false, List.copyOf(parts));
  }

  /** Returns parts below each other, flush left. */
  static Stack column(int gap, Part... parts) {
    return column(gap, List.of(parts));
  }

  /** Returns parts beside each other, aligned at the top. */
  static Stack row(int gap, List<? extends Part> parts) {
    return new Stack(false, gap, false, List.copyOf(parts));
  }

  /** Returns parts beside each other, aligned at the top. */
  static Stack row(int gap, Part... parts) {
    return row(gap, List.of(parts));
  }

  /** Returns the same parts with their middles on one line. */
  Stack center() {
    return new Stack(vertical, gap, true, parts);
  }

  @Override
  public int width() {
    return vertical ? most(true) : sum(true);
  }

  @Override
  public int height() {
    return vertical ? sum(false) : most(false);
  }

  private int sum(boolean ofWidths) {
    int sum = gap * Math.max(0, parts.size() - 1);
    for (Part part : parts) {
      sum += ofWidths ? part.width() : part.height();
    }
    return sum;
  }

  private int most(boolean ofWidths) {
    int most = 0;
    for (Part part : parts) {
      most = Math.max(most, ofWidths ? part.width() : part.height());
    }
    return most;
  }

  @Override
  public void draw(Graphics2D g, int x, int y, Theme theme) {
    int left = x;
    int top = y;
    for (Part part : parts) {
      int spare = vertical ? width() - part.width() : height() - part.height();
      int shift = centered ? spare / 2 : 0;
      part.draw(g, vertical ? left + shift : left, vertical ? top : top + shift, theme);
      left += vertical ? 0 : part.width() + gap;
      top += vertical ? part.height() + gap : 0;
    }
  }
}
