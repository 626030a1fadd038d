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

class FilterResponseTest {
  private static final NDArray SEVEN = Mnist.sample().test().head(1).all().x().at(0);

  private static FilterResponse edges() {
    return FilterResponse.builder(SEVEN)
        .title("Filters that answer to edges")
        .filter("horizontal", FilterResponse.horizontalEdge())
        .filter("vertical", FilterResponse.verticalEdge())
        .build();
  }

  @Test
  void shows_the_weights_and_the_sizes() throws Exception {
    assertThat(SvgText.texts(edges()))
        .contains("picture", "horizontal", "vertical", "response")
        .contains("28 × 28", "3 × 3", "26 × 26", "-1", "1")
        .containsOnlyOnce("Filters that answer to edges");
  }

  /** Bright below dark: the upper half is black, and the lower one is white. */
  @Test
  void an_edge_is_white_where_it_looks_like_the_filter() {
    NDArray picture = NDArray.zeros(12, 12);
    for (int i = 72; i < 144; i++) {
      picture.data()[i] = 1;
    }
    FilterResponse figure =
        FilterResponse.builder(picture).filter("edge", FilterResponse.horizontalEdge()).build();
    BufferedImage image = figure.image();
    int size = 15; // of a pixel: 180 / 12
    int left = figure.width() - 16 - 1 - 10 * size;
    int x = left + 5 * size;
    int top = 16 + 17 + 6 + 1;

    assertThat(image.getRGB(x, top + size / 2)).isEqualTo(0xff808080);
    assertThat(image.getRGB(x, top + 4 * size + size / 2)).isEqualTo(0xffffffff);
    assertThat(image.getRGB(x, top + 5 * size + size / 2)).isEqualTo(0xffffffff);
    assertThat(image.getRGB(x, top + 9 * size + size / 2)).isEqualTo(0xff808080);
  }

  @Test
  void a_filter_may_have_three_channels_and_one_weight() throws Exception {
    NDArray picture = NDArray.ones(3, 2, 2);
    FilterResponse figure =
        FilterResponse.builder(picture)
            .filter("large", NDArray.ones(3, 2, 2))
            .filter("small", NDArray.of(Shape.of(3, 1, 1), 1, 0, -1))
            .build();

    assertThat(SvgText.texts(figure)).contains("3 channels, 2 × 2", "1 × 1", "3 channels, 1 × 1");
  }

  @Test
  void says_what_it_expects() {
    FilterResponse.Builder builder = FilterResponse.builder(SEVEN);

    assertThatThrownBy(() -> builder.filter("a", NDArray.ones(29, 3)))
        .hasMessage(
            "filter: expected the channels and at most the size of the picture (1, 28, 28), got"
                + " (29, 3)");
    assertThatThrownBy(() -> builder.filter("a", NDArray.ones(3, 3, 3)))
        .hasMessageEndingWith("got (3, 3, 3)");
    assertThatThrownBy(builder::build).hasMessage("filter: expected at least one filter, got none");
  }

  @Test
  void looks_as_it_did_when_it_was_found_right() throws IOException {
    BufferedImage image = edges().image();

    GoldenPicture.assertMatches(image, "filter-response", new Rectangle(16, 71, 170, 170));
  }
}
