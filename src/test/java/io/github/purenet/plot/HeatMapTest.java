package io.github.purenet.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.purenet.data.Mnist;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import io.github.purenet.testing.GoldenPicture;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class HeatMapTest {
  private static final NDArray IMAGE = NDArray.of(Shape.of(1, 2, 2), 0, 0.5f, 1, 0);

  /** The color in the middle of a pixel; pictures of 2 by 2 have pixels of 84 units. */
  private static int color(BufferedImage image, int picture, int y, int x) {
    int left = 16 + picture * (170 + 12) + 1;
    return image.getRGB(left + x * 84 + 42, 16 + 1 + y * 84 + 42) & 0xffffff;
  }

  @Test
  void a_map_of_one_sign_begins_at_0() throws Exception {
    HeatMap figure =
        HeatMap.builder().map("", IMAGE, NDArray.of(Shape.of(2, 2), 1, 2, 3, 4)).build();
    BufferedImage image = figure.image();

    assertThat(color(image, 0, 0, 1)).isEqualTo(0x808080);
    assertThat(color(image, 1, 0, 0)).isEqualTo(ColorMap.HEAT.rgb(0.25));
    assertThat(color(image, 1, 1, 1)).isEqualTo(ColorMap.HEAT.rgb(1));
    assertThat(SvgText.texts(figure)).contains("0", "4", "image", "map", "both");
  }

  @Test
  void a_map_of_both_signs_has_0_in_its_middle() throws Exception {
    HeatMap figure =
        HeatMap.builder()
            .map("", IMAGE, NDArray.of(Shape.of(1, 2, 2), -1, 0, 2, 4))
            .label("drop of the probability")
            .build();
    BufferedImage image = figure.image();

    assertThat(color(image, 1, 0, 1)).isEqualTo(ColorMap.DIVERGING.rgb(0.5));
    assertThat(color(image, 2, 0, 1)).as("the image itself").isEqualTo(0x808080);
    assertThat(color(image, 1, 1, 1)).isEqualTo(ColorMap.DIVERGING.rgb(1));
    assertThat(SvgText.texts(figure)).contains("-4", "0", "4", "drop of the probability");
  }

  @Test
  void maps_of_a_figure_have_one_scale_which_may_be_set() throws Exception {
    HeatMap.Builder builder =
        HeatMap.builder()
            .map("one", IMAGE, NDArray.ones(2, 2))
            .map("two", IMAGE, NDArray.full(Shape.of(2, 2), 2));

    assertThat(SvgText.texts(builder.build())).contains("one", "two", "2").doesNotContain("1");
    assertThat(SvgText.texts(builder.range(0, 8).build())).contains("8");
    assertThat(color(builder.colors(ColorMap.GRAY).build().image(), 1, 0, 0) % 0x010101).isZero();
  }

  @Test
  void odd_maps_are_drawn() throws Exception {
    HeatMap figure =
        HeatMap.builder()
            .map("colors", NDArray.ones(3, 1, 1), NDArray.full(Shape.of(1, 1), Float.NaN))
            .map("nothing", NDArray.zeros(1, 3), NDArray.zeros(1, 3))
            .build();

    assertThat(SvgText.texts(figure)).contains("Orange is not a number (NaN).");
  }

  @Test
  void says_what_it_expects() {
    assertThatThrownBy(() -> HeatMap.builder().map("", IMAGE, NDArray.ones(2, 3)))
        .hasMessage("map: expected the height and width of the image (2, 2), got (2, 3)");
    assertThatThrownBy(() -> HeatMap.builder().map("", IMAGE, NDArray.ones(4)))
        .hasMessage("map: expected the height and width of the image (2, 2), got (4,)");
    assertThatThrownBy(() -> HeatMap.builder().build())
        .hasMessage("map: expected at least one map, got none");
    assertThatThrownBy(() -> HeatMap.builder().range(1, 0)).hasMessageContaining("low < high");
  }

  @Test
  void looks_as_it_did_when_it_was_found_right() throws IOException {
    NDArray seven = Mnist.sample().test().head(1).all().x().at(0);
    NDArray slope = NDArray.zeros(28, 28);
    for (int i = 0; i < 784; i++) {
      slope.data()[i] = (i / 28 + i % 28) / 27f - 1;
    }
    NDArray hot = slope.add(1).divide(2);
    Rectangle pictures = new Rectangle(16, 71, 170 * 3 + 24, 170);

    GoldenPicture.assertMatches(
        HeatMap.builder().title("Heat").map("a slope", seven, hot).label("share").build().image(),
        "heat-map",
        pictures);
    GoldenPicture.assertMatches(
        HeatMap.builder()
            .title("Both signs")
            .theme(Theme.DARK)
            .map("a slope", seven, slope)
            .label("difference")
            .build()
            .image(),
        "heat-map-signed-dark",
        pictures);
  }
}
