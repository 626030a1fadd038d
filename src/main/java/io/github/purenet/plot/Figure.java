package io.github.purenet.plot;

import io.github.purenet.io.AtomicFile;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import javax.imageio.ImageIO;

/**
 * A picture that draws itself, in any size: on the pixels of a PNG, or as the shapes and text of an
 * SVG. It needs no display.
 */
@SuppressWarnings("exports") // who draws reads java.desktop
public abstract class Figure {
  /** How many pixels of a PNG a unit of length takes, so that text is sharp on today's screens. */
  private static final double PNG_SCALE = 2;

  private static final long MAX_PIXELS = 1L << 28;

  private final int width;
  private final int height;

  /**
   * Creates a figure of the given size.
   *
   * @param width the width, at least 1
   * @param height the height, at least 1
   */
  protected Figure(int width, int height) {
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "figure: expected a width and a height of at least 1, got %d by %d",
              width,
              height));
    }
    this.width = width;
    this.height = height;
  }

  /**
   * Returns the width.
   *
   * @return the width in units of 1/96 inch, at least 1
   */
  public final int width() {
    return width;
  }

  /**
   * Returns the height.
   *
   * @return the height in units of 1/96 inch, at least 1
   */
  public final int height() {
    return height;
  }

  /**
   * Returns what this figure is, which an SVG tells those who cannot see it.
   *
   * @return a title, by default empty
   */
  protected String title() {
    return "";
  }

  /**
   * Returns what this figure shows, which an SVG tells those who cannot see it.
   *
   * @return a description, by default empty
   */
  protected String description() {
    return "";
  }

  /**
   * Draws the whole figure, its background included.
   *
   * @param g where to draw, from (0, 0) to (width, height); smooth lines and text are set
   */
  protected abstract void draw(Graphics2D g);

  /**
   * Returns this figure as an image of {@link #width} by {@link #height} pixels.
   *
   * @return a new image
   */
  public final BufferedImage image() {
    return image(1);
  }

  /**
   * Returns this figure as an image.
   *
   * @param scale the number of pixels for each unit of length, above 0
   * @return a new image, RGB
   * @throws IllegalArgumentException if the image would be smaller than a pixel or larger than 2^28
   *     pixels
   */
  public final BufferedImage image(double scale) {
    long columns = Math.round(width * scale);
    long rows = Math.round(height * scale);
    if (!(columns >= 1 && rows >= 1 && (double) columns * rows <= MAX_PIXELS)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "figure: expected a scale at which an image of %d by %d has 1 to %d pixels, got %s",
              width,
              height,
              MAX_PIXELS,
              scale));
    }
    BufferedImage image = new BufferedImage((int) columns, (int) rows, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    g.scale((double) columns / width, (double) rows / height);
    smooth(g);
    draw(g);
    g.dispose();
    return image;
  }

  /**
   * Returns this figure as a PNG file, with two pixels for each unit of length.
   *
   * @return the bytes of the file
   */
  public final byte[] png() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(image(PNG_SCALE), "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a stream in memory does not fail
    }
    return out.toByteArray();
  }

  /**
   * Returns this figure as an SVG document: shapes, and text that can be searched. Pictures in it
   * are part of the document.
   *
   * @return the document
   * @throws IllegalStateException if Batik is not on the class path; the message says what to add
   */
  public final String svg() {
    try {
      return Svg.of(this);
    } catch (NoClassDefFoundError e) { // here, since a class that lacks another may fail to load
      throw new IllegalStateException(
          "plot: expected Batik for SVG, got none; add org.apache.xmlgraphics:batik-svggen:1.19"
              + " to the dependencies, or write PNG",
          e);
    }
  }

  /**
   * Writes this figure as a PNG file, with two pixels for each unit of length.
   *
   * @param file the file, which is created or replaced as a whole
   * @throws IOException if it cannot be written; the message names the file
   */
  public final void writePng(Path file) throws IOException {
    write(file, png());
  }

  /**
   * Writes this figure as an SVG file.
   *
   * @param file the file, which is created or replaced as a whole
   * @throws IOException if it cannot be written; the message names the file
   * @throws IllegalStateException if Batik is not on the class path; the message says what to add
   */
  public final void writeSvg(Path file) throws IOException {
    write(file, svg().getBytes(StandardCharsets.UTF_8));
  }

  private static void write(Path file, byte[] bytes) throws IOException {
    AtomicFile.write(file, out -> out.write(bytes));
  }

  static void smooth(Graphics2D g) {
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    g.setRenderingHint(
        RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
    g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
  }
}
