package io.github.purenet.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.purenet.data.Dataset;
import io.github.purenet.data.Mnist;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import org.junit.jupiter.api.Test;

class DigitTest {
  private static final Shape SHAPE = Shape.of(1, 28, 28);
  private static final Images IMAGES = Images.of(SHAPE).asMnist();

  /** A picture of an MNIST image, enlarged, on a background and with ink of given grays. */
  private static BufferedImage drawn(
      NDArray digit, int factor, int margin, int background, int ink) {
    int size = 28 * factor + margin;
    BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_BYTE_GRAY);
    WritableRaster raster = image.getRaster();
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size; x++) {
        boolean inside = y < 28 * factor && x < 28 * factor;
        float value = inside ? digit.get(0, y / factor, x / factor) : 0;
        raster.setSample(x, y, 0, Math.round(background + value * (ink - background)));
      }
    }
    return image;
  }

  /** Up to what is too faint for ink, and those whose center of mass lies between two pixels. */
  @Test
  void mnist_itself_stays_as_it_is() {
    Dataset test = Mnist.sample().test().head(200);
    NDArray all = test.all().x();
    int same = 0;
    for (int i = 0; i < test.size(); i++) {
      NDArray digit = all.at(i);
      NDArray again = IMAGES.convert(drawn(digit, 1, 0, 0, 255)).at(0);
      same += again.subtract(digit).abs().max() < 0.12f ? 1 : 0;
    }
    assertThat(same).isGreaterThan(190);
  }

  @Test
  void size_place_and_grays_of_a_picture_do_not_matter() {
    NDArray all = Mnist.sample().test().head(20).all().x();
    for (int i = 0; i < 20; i++) {
      NDArray digit = all.at(i);
      for (int[] c : new int[][] {{5, 0, 255, 0}, {10, 200, 200, 90}, {4, 77, 30, 140}}) {
        NDArray again = IMAGES.convert(drawn(digit, c[0], c[1], c[2], c[3])).at(0);
        float mean = again.subtract(digit).abs().mean();
        assertThat(mean).as("image " + i + ", factor " + c[0]).isLessThan(0.04f);
      }
    }
  }

  @Test
  void a_thin_line_on_white_becomes_a_bright_one_in_the_middle() {
    BufferedImage image = new BufferedImage(400, 300, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, 400, 300);
    graphics.setColor(Color.BLUE);
    graphics.setStroke(new BasicStroke(3));
    graphics.drawLine(60, 40, 60, 240);
    graphics.dispose();
    NDArray x = IMAGES.convert(image).at(0).at(0);
    assertThat(x.max()).isEqualTo(1);
    NDArray rows = x.sum(1);
    assertThat(rows.toArray()[3]).isZero();
    assertThat(rows.toArray()[14]).isPositive();
    assertThat(rows.toArray()[25]).isZero();
    float[] columns = x.sum(0).toArray();
    assertThat(columns[14]).isCloseTo(x.sum(), within(1e-3f));
  }

  @Test
  void what_has_no_ink_is_black_and_any_shape_will_do() {
    BufferedImage gray = Pictures.halves(0x808080, 0x818181, 50, 20);
    assertThat(IMAGES.convert(gray).toArray()).containsOnly(0);
    BufferedImage dot = Pictures.halves(0, 0, 9, 9);
    dot.setRGB(4, 4, 0xffffff);
    NDArray x = Images.of(Shape.of(3, 7, 14)).asMnist().convert(dot);
    assertThat(x.shape()).isEqualTo(Shape.of(1, 3, 7, 14));
    assertThat(x.at(0).at(2).toArray()).isEqualTo(x.at(0).at(0).toArray());
    assertThat(x.max()).isEqualTo(1);
    BufferedImage one = Pictures.halves(0xffffff, 0xffffff, 1, 1);
    assertThat(Images.of(Shape.of(1, 1, 1)).asMnist().convert(one).toArray()).containsExactly(0);
  }
}
