package io.github.purenet.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.awt.image.BufferedImage;
import java.util.List;
import org.junit.jupiter.api.Test;

class PixelsTest {
  private static final Span UNIT = new Span(0, 1);

  private static BufferedImage gray(int h, int w, float... levels) {
    return Pixels.map(NDArray.of(Shape.of(h, w), levels), UNIT, ColorMap.GRAY);
  }

  @Test
  void a_pixel_becomes_a_square_of_equal_pixels() {
    BufferedImage large = Pixels.enlarge(gray(1, 2, 0, 1), 3);

    assertThat(large.getWidth()).isEqualTo(6);
    assertThat(large.getHeight()).isEqualTo(3);
    assertThat(large.getRGB(2, 2)).isEqualTo(0xff000000);
    assertThat(large.getRGB(3, 0)).isEqualTo(0xffffffff);
    assertThatThrownBy(() -> Pixels.enlarge(gray(1, 2, 0, 1), 10_000))
        .hasMessage("figure: expected a picture of at most 67108864 pixels, got 20000 by 10000");
  }

  @Test
  void an_image_is_fitted_by_a_whole_factor() {
    BufferedImage wide = new BufferedImage(300, 90, BufferedImage.TYPE_INT_ARGB);

    assertThat(Pixels.fitted(wide, 600).getWidth()).isEqualTo(600);
    assertThat(Pixels.fitted(wide, 400).getWidth()).isEqualTo(300);
    assertThat(Pixels.fitted(wide, 100).getHeight()).isEqualTo(30);
    BufferedImage half = Pixels.fitted(gray(3, 2, 0, 1, 0.5f, 0.5f, 1, 1), 1);
    assertThat(half.getHeight()).isEqualTo(1);
    assertThat(half.getRGB(0, 0) & 0xff).isBetween(169, 171); // 4 of 6 is white
  }

  @Test
  void tiles_stand_in_rows_with_lines_around_them() {
    BufferedImage black = gray(2, 2, 0, 0, 0, 0);
    BufferedImage mosaic = Pixels.mosaic(List.of(black, black, black), 2, 3);

    assertThat(mosaic.getWidth()).isEqualTo(2 * (2 + 3) - 3 + 2);
    assertThat(mosaic.getHeight()).isEqualTo(mosaic.getWidth());
    assertThat(mosaic.getRGB(0, 0)).as("line").isEqualTo(0x80808080);
    assertThat(mosaic.getRGB(1, 1)).as("tile").isEqualTo(0xff000000);
    assertThat(mosaic.getRGB(4, 1)).as("between two lines").isZero();
    assertThat(mosaic.getRGB(6, 6)).as("after the last tile").isZero();
  }

  @Test
  void an_image_shows_where_the_map_over_it_is_0() {
    BufferedImage image = gray(1, 3, 0.2f, 0.2f, 0.2f);
    NDArray map = NDArray.of(Shape.of(1, 3), -1, 0, 1);
    BufferedImage both = Pixels.overlay(image, map, new Span(-1, 1), ColorMap.DIVERGING);

    assertThat(both.getRGB(1, 0)).isEqualTo(image.getRGB(1, 0));
    assertThat(both.getRGB(0, 0) & 0xff).as("blue").isGreaterThan(150);
    assertThat(both.getRGB(2, 0) >> 16 & 0xff).as("red").isGreaterThan(150);
    BufferedImage positive = Pixels.overlay(image, map, UNIT, ColorMap.HEAT);
    assertThat(positive.getRGB(1, 0)).isEqualTo(image.getRGB(1, 0));
    assertThat(positive.getRGB(2, 0)).isNotEqualTo(image.getRGB(2, 0));
  }

  @Test
  void an_image_has_one_channel_or_three() {
    assertThat(Pixels.requireImage("image", NDArray.ones(4, 5)).shape())
        .isEqualTo(Shape.of(1, 4, 5));
    assertThat(Pixels.requireImage("image", NDArray.ones(3, 4, 5)).shape())
        .isEqualTo(Shape.of(3, 4, 5));
    for (Shape shape : List.of(Shape.of(5), Shape.of(2, 4, 5), Shape.of(3, 0, 5), Shape.of())) {
      assertThatThrownBy(() -> Pixels.requireImage("image", NDArray.zeros(shape)))
          .hasMessage("image: expected an image (H, W), (1, H, W) or (3, H, W), got " + shape);
    }
  }
}
