package io.github.purenet.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/**
 * Pictures that were looked at and found right, in {@code src/test/golden/plot}. With {@code
 * -Dpurenet.pictures=write} they are written anew.
 *
 * <p>Text is drawn in the font of the machine. Two pictures match if they are equal in the parts
 * that are said to be without text, and alike elsewhere: of the squares of 16 by 16 pixels, at most
 * {@value #SHARE} may have a mean red, green or blue that differs by more than {@value #LEVELS} of
 * 255 levels. Another font of Debian changes up to half as many. Where text makes a figure wider,
 * the picture is made as wide as it was first; by more than {@value #WIDER} it may not differ. What
 * the texts say is the business of other tests.
 */
public final class GoldenPicture {
  private static final Path DIRECTORY = Path.of("src/test/golden/plot");
  private static final int SQUARE = 16;
  private static final int LEVELS = 40;
  private static final double SHARE = 0.015;
  private static final double WIDER = 0.2;
  private static final int CLOSE_LEVELS = 8;
  private static final double CLOSE_SHARE = 0.02;

  private GoldenPicture() {}

  /** Compares a picture with the one of the given name. */
  public static void assertMatches(BufferedImage picture, String name, Rectangle... exact)
      throws IOException {
    Path file = DIRECTORY.resolve(name + ".png");
    BufferedImage golden = golden(picture, file);
    int width = golden.getWidth();
    int height = golden.getHeight();
    assertThat(picture.getHeight()).as("height of %s", file).isEqualTo(height);
    assertThat((double) picture.getWidth())
        .as("width of %s", file)
        .isCloseTo(width, within(WIDER * width));
    for (Rectangle part : exact) {
      assertThat(pixels(picture, part)).as("%s in %s", part, file).isEqualTo(pixels(golden, part));
    }
    BufferedImage asWide = asWide(picture, width);
    assertThat(shareOfDifferent(asWide, golden, SQUARE, LEVELS, new Rectangle()))
        .as("share of squares that differ from %s", file)
        .isLessThanOrEqualTo(SHARE);
  }

  /**
   * Compares a picture whose text is in one part only with the one of the given name: elsewhere, at
   * most {@value #CLOSE_SHARE} of the squares of 8 by 8 pixels may differ by more than {@value
   * #CLOSE_LEVELS} levels, which is less than a thin line makes.
   */
  public static void assertIsCloseTo(BufferedImage picture, String name, Rectangle text)
      throws IOException {
    Path file = DIRECTORY.resolve(name + ".png");
    BufferedImage golden = golden(picture, file);
    assertThat(picture.getWidth()).as("width of %s", file).isEqualTo(golden.getWidth());
    assertThat(picture.getHeight()).as("height of %s", file).isEqualTo(golden.getHeight());
    assertThat(shareOfDifferent(picture, golden, 8, CLOSE_LEVELS, text))
        .as("share of squares that differ from %s", file)
        .isLessThanOrEqualTo(CLOSE_SHARE);
  }

  /** Reads a picture, after writing it if that is asked for. */
  private static BufferedImage golden(BufferedImage picture, Path file) throws IOException {
    if (System.getProperty("purenet.pictures", "").equals("write")) {
      Files.createDirectories(DIRECTORY);
      ImageIO.write(picture, "png", file.toFile());
    }
    return ImageIO.read(file.toFile());
  }

  /** Returns the share of the squares outside of a part whose colors differ by more than that. */
  private static double shareOfDifferent(
      BufferedImage a, BufferedImage b, int side, int levels, Rectangle except) {
    int squares = 0;
    int different = 0;
    for (int y = 0; y < b.getHeight(); y += side) {
      for (int x = 0; x < b.getWidth(); x += side) {
        if (!except.intersects(x, y, side, side)) {
          squares++;
          different += difference(a, b, x, y, side) > levels ? 1 : 0;
        }
      }
    }
    return (double) different / squares;
  }

  private static BufferedImage asWide(BufferedImage picture, int width) {
    if (picture.getWidth() == width) {
      return picture;
    }
    int height = picture.getHeight();
    BufferedImage scaled = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = scaled.createGraphics();
    g.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    g.drawImage(picture, 0, 0, width, height, null);
    g.dispose();
    return scaled;
  }

  private static int[] pixels(BufferedImage image, Rectangle part) {
    return image.getRGB(part.x, part.y, part.width, part.height, null, 0, part.width);
  }

  /** Returns the largest difference of the mean red, green or blue of a square. */
  private static double difference(BufferedImage a, BufferedImage b, int left, int top, int side) {
    int right = Math.min(left + side, a.getWidth());
    int bottom = Math.min(top + side, a.getHeight());
    double most = 0;
    for (int shift = 0; shift <= 16; shift += 8) {
      int sum = 0;
      for (int y = top; y < bottom; y++) {
        for (int x = left; x < right; x++) {
          sum += (a.getRGB(x, y) >> shift & 0xff) - (b.getRGB(x, y) >> shift & 0xff);
        }
      }
      most = Math.max(most, Math.abs(sum) / (double) ((right - left) * (bottom - top)));
    }
    return most;
  }
}
