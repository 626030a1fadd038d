package io.github.purenet.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import javax.imageio.ImageIO;

/**
 * Pictures that were looked at and found right, in {@code src/test/golden/plot}. With {@code
 * -Dpurenet.pictures=write} they are written anew.
 *
 * <p>Text is drawn in the font of the machine. Two pictures match if they are of the same size,
 * equal in the parts that are said to be without text, and alike elsewhere: averaged over squares
 * of 8 by 8 pixels, no color may differ by more than {@value #MOST} of 255 levels, and by more than
 * {@value #MEAN} on the average over the picture. The widest and the narrowest sans-serif fonts of
 * Debian differ by less than half of that; a line of text that is missing, by more.
 */
public final class GoldenPicture {
  private static final Path DIRECTORY = Path.of("src/test/golden/plot");
  private static final int SQUARE = 8;
  private static final double MOST = 90;
  private static final double MEAN = 2;

  private GoldenPicture() {}

  /** Compares a picture with the one of the given name. */
  public static void assertMatches(BufferedImage picture, String name, Rectangle... exact)
      throws IOException {
    Path file = DIRECTORY.resolve(name + ".png");
    if (System.getProperty("purenet.pictures", "").equals("write")) {
      Files.createDirectories(DIRECTORY);
      ImageIO.write(picture, "png", file.toFile());
    }
    BufferedImage golden = ImageIO.read(file.toFile());
    assertThat(picture.getWidth()).as("width of %s", file).isEqualTo(golden.getWidth());
    assertThat(picture.getHeight()).as("height of %s", file).isEqualTo(golden.getHeight());
    for (Rectangle part : exact) {
      assertThat(pixels(picture, part)).as("%s in %s", part, file).isEqualTo(pixels(golden, part));
    }
    double sum = 0;
    int count = 0;
    for (int y = 0; y < golden.getHeight(); y += SQUARE) {
      for (int x = 0; x < golden.getWidth(); x += SQUARE) {
        double difference = difference(picture, golden, x, y);
        assertThat(difference)
            .as(String.format(Locale.ROOT, "square at (%d, %d) of %s", x, y, file))
            .isLessThan(MOST);
        sum += difference;
        count++;
      }
    }
    assertThat(sum / count).as("mean over %s", file).isLessThan(MEAN);
  }

  private static int[] pixels(BufferedImage image, Rectangle part) {
    return image.getRGB(part.x, part.y, part.width, part.height, null, 0, part.width);
  }

  /** Returns the largest difference of the mean red, green or blue of a square. */
  private static double difference(BufferedImage a, BufferedImage b, int left, int top) {
    int right = Math.min(left + SQUARE, a.getWidth());
    int bottom = Math.min(top + SQUARE, a.getHeight());
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
