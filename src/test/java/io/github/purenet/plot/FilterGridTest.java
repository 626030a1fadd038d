package io.github.purenet.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.purenet.io.Npz;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import io.github.purenet.plot.FilterGrid.Channels;
import io.github.purenet.plot.FilterGrid.Scaling;
import io.github.purenet.testing.GoldenPicture;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FilterGridTest {
  /** Where the first weight is drawn: behind the margin, the caption, and the line of its tile. */
  private static final int LEFT = 16 + 1;

  private static final int TOP = 16 + 17 + 6 + 1;

  /** Weights of at most 360 units for a row, and no more than this. */
  private static final int SIDE = 28;

  private static FilterGrid.Builder of(NDArray filters) {
    return FilterGrid.builder().filters("", filters);
  }

  /** The gray level in the middle of a weight of tiles of 2 by 2 in a row. */
  private static int level(BufferedImage image, int tile, int y, int x) {
    int left = LEFT + tile * (2 * SIDE + 5) + x * SIDE + SIDE / 2;
    int rgb = image.getRGB(left, TOP + y * SIDE + SIDE / 2) & 0xffffff;
    assertThat(rgb % 0x010101).as("gray").isZero();
    return rgb & 0xff;
  }

  private static final NDArray TWO =
      NDArray.of(Shape.of(2, 1, 2, 2), -1, 0, 1, 3, 0, 0.25f, 0.5f, 1);

  @Test
  void each_filter_has_a_scale_of_its_own_by_default() throws Exception {
    FilterGrid figure = of(TWO).columns(2).build();
    BufferedImage image = figure.image();

    assertThat(level(image, 0, 0, 0)).isZero();
    assertThat(level(image, 0, 0, 1)).isEqualTo(64);
    assertThat(level(image, 0, 1, 1)).isEqualTo(255);
    assertThat(level(image, 1, 0, 0)).isZero();
    assertThat(level(image, 1, 1, 1)).isEqualTo(255);
    assertThat(String.join(" ", SvgText.texts(figure))).contains("a scale of its own");
  }

  @Test
  void filters_may_share_a_scale_that_is_symmetric() throws Exception {
    FilterGrid figure = of(TWO).columns(2).scaling(Scaling.GRID).symmetric().build();
    BufferedImage image = figure.image();

    assertThat(level(image, 0, 0, 0)).isEqualTo(85);
    assertThat(level(image, 0, 0, 1)).isEqualTo(128);
    assertThat(level(image, 0, 1, 1)).isEqualTo(255);
    assertThat(level(image, 1, 1, 1)).isEqualTo(170);
    assertThat(SvgText.texts(figure)).contains("-3", "0", "3", "weight");
  }

  @Test
  void grids_beside_each_other_may_share_a_scale() throws Exception {
    FilterGrid.Builder both = of(TWO).columns(1).filters("after", TWO.multiply(10));

    assertThat(SvgText.texts(both.scaling(Scaling.FIGURE).build()))
        .contains("-10", "30")
        .doesNotContain("-1");
    assertThat(SvgText.texts(both.scaling(Scaling.GRID).build())).contains("-1", "3", "-10", "30");
  }

  @Test
  void three_channels_are_red_green_and_blue() {
    NDArray w = NDArray.of(Shape.of(1, 3, 1, 2), 1, 0, 0, 1, 0, 0.5f);

    BufferedImage image = of(w).build().image();
    assertThat(image.getRGB(LEFT + 5, TOP + 5)).isEqualTo(0xffff0000);
    assertThat(image.getRGB(LEFT + SIDE + 5, TOP + 5)).isEqualTo(0xff00ff80);
    assertThat(of(w).channels(Channels.MEAN).build().image().getRGB(LEFT + 5, TOP + 5))
        .isEqualTo(0xff000000);
  }

  @Test
  void each_channel_may_have_a_tile() {
    NDArray w = NDArray.of(Shape.of(1, 2, 1, 1), -1, 1);

    BufferedImage image = of(w).channels(Channels.EACH).build().image();
    assertThat(image.getRGB(LEFT + 5, TOP + 5)).isEqualTo(0xff000000);
    assertThat(image.getRGB(LEFT + SIDE + 1 + 5, TOP + 5)).isEqualTo(0xffffffff);
  }

  @Test
  void other_numbers_of_channels_are_drawn_as_their_mean() throws Exception {
    NDArray w = NDArray.normal(Shape.of(4, 512, 1, 1), 0, 1, new Random(1));

    assertThat(String.join(" ", SvgText.texts(of(w).build())))
        .contains("A weight is the mean over the channels.");
    assertThat(of(w).channels(Channels.EACH).build().width()).isLessThan(500);
  }

  @Test
  void constant_and_undefined_weights_are_seen() throws Exception {
    NDArray w = NDArray.of(Shape.of(2, 1, 2, 2), 7, 7, 7, 7, 0, Float.NaN, 1, 0);
    FilterGrid figure = of(w).columns(2).build();
    BufferedImage image = figure.image();

    assertThat(level(image, 0, 0, 0)).isEqualTo(128);
    assertThat(image.getRGB(LEFT + 2 * SIDE + 5 + SIDE + 5, TOP + 5)).isEqualTo(0xffd55e00);
    assertThat(String.join(" ", SvgText.texts(figure))).contains("Orange is not a number");
  }

  @Test
  void a_line_says_how_many_filters_are_not_drawn() throws Exception {
    NDArray w = NDArray.normal(Shape.of(1096, 1, 1, 1), 0, 1, new Random(1));

    assertThat(SvgText.texts(of(w).limit(96).build())).contains("and 1,000 more");
    assertThat(SvgText.texts(of(w.slice(0, 96)).build())).noneMatch(text -> text.contains("more"));
  }

  @Test
  void says_what_it_expects() {
    NDArray gray = NDArray.ones(2, 1, 3, 3);

    assertThatThrownBy(() -> of(NDArray.ones(2, 3, 3)))
        .hasMessage("filters: expected a weight (FN, C, FH, FW), got (2, 3, 3)");
    assertThatThrownBy(() -> of(NDArray.zeros(0, 1, 3, 3)))
        .hasMessage("filters: expected a weight (FN, C, FH, FW), got (0, 1, 3, 3)");
    assertThatThrownBy(() -> FilterGrid.builder().build())
        .hasMessage("filters: expected at least one grid, got none");
    assertThatThrownBy(() -> of(gray).channels(Channels.RGB).build())
        .hasMessage("filters: expected 3 channels for red, green and blue, got (2, 1, 3, 3)");
    assertThatThrownBy(() -> of(gray).columns(0)).hasMessage("columns: expected at least 1, got 0");
  }

  @Test
  void looks_as_it_did_when_it_was_found_right() throws IOException {
    NDArray book = Npz.read(Path.of("src/test/golden/simple_convnet_book.npz")).get("W1");
    NDArray random = NDArray.normal(book.shape(), 0, 0.01f, new Random(1));
    FilterGrid.Builder builder =
        FilterGrid.builder()
            .title("Filters of conv1")
            .filters("before", random)
            .filters("after", book);
    List<Rectangle> grids =
        List.of(new Rectangle(16, 71, 383, 322), new Rectangle(427, 71, 383, 322));

    GoldenPicture.assertMatches(
        builder.build().image(), "filters", grids.toArray(new Rectangle[0]));
    GoldenPicture.assertMatches(
        builder
            .theme(Theme.DARK)
            .colors(ColorMap.DIVERGING)
            .scaling(Scaling.GRID)
            .symmetric()
            .build()
            .image(),
        "filters-dark",
        grids.toArray(new Rectangle[0]));
  }
}
