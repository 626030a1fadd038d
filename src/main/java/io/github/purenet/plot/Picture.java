package io.github.purenet.plot;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;

/**
 * An image, one pixel for each unit of the figure, and perhaps a frame around a part of it, which
 * is null for none.
 */
record Picture(BufferedImage image, Rectangle frame) implements Part {

  Picture(BufferedImage image) {
    this(image, null);
  }

  @Override
  public int width() {
    return image.getWidth();
  }

  @Override
  public int height() {
    return image.getHeight();
  }

  @Override
  public void draw(Graphics2D g, int x, int y, Theme theme) {
    g.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
    g.drawImage(image, x, y, null);
    if (frame != null) {
      // A dark line beside a bright one shows on any image.
      g.setColor(Theme.LIGHT.background());
      g.setStroke(new BasicStroke(4));
      g.drawRect(x + frame.x, y + frame.y, frame.width, frame.height);
      g.setColor(Theme.LIGHT.series(1));
      g.setStroke(new BasicStroke(2));
      g.drawRect(x + frame.x, y + frame.y, frame.width, frame.height);
    }
  }
}
