package io.github.purenet.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.purenet.data.Dataset;
import io.github.purenet.data.Mnist;
import io.github.purenet.explain.Exciting;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import io.github.purenet.nn.ReceptiveField;
import io.github.purenet.testing.GoldenPicture;
import io.github.purenet.train.Mistake;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImageGridTest {
  private static final Dataset DIGITS = Mnist.sample().test();

  private static NDArray digit(int i) {
    return DIGITS.skip(i).head(1).all().x().at(0);
  }

  @Test
  void images_stand_in_rows_with_their_captions() throws Exception {
    ImageGrid.Builder builder = ImageGrid.builder();
    for (int i = 0; i < 9; i++) {
      builder.image("digit " + i, digit(i));
    }

    assertThat(SvgText.texts(builder.build())).contains("digit 0", "digit 8");
    assertThat(builder.columns(3).build().width()).isEqualTo(32 + 3 * 114 + 2 * 12);
  }

  @Test
  void a_part_has_a_frame() {
    ImageGrid figure = ImageGrid.builder().image("", digit(0), new Rectangle(7, 7, 7, 7)).build();
    BufferedImage image = figure.image();

    int orange = Theme.LIGHT.series(1).getRGB();
    assertThat(image.getRGB(16 + 1 + 28, 16 + 1 + 42)).isEqualTo(orange);
    assertThat(image.getRGB(16 + 1 + 56, 16 + 1 + 42)).isEqualTo(orange);
  }

  @Test
  void mistakes_say_what_was_said_and_what_was_right() throws Exception {
    List<Mistake> mistakes =
        List.of(
            new Mistake(3, 0, 6, 0.99995, 0.00002),
            new Mistake(4, 4, 9, 0.512, 0.488),
            new Mistake(5, 1, -1, Double.NaN, Double.NaN),
            new Mistake(6, 1, 7, 1, 0));

    assertThat(SvgText.texts(ImageGrid.builder().mistakes(mistakes, DIGITS, List.of()).build()))
        .contains("said 6 (> 99.9 %)", "right 0 (< 0.1 %)", "said 9 (51.2 %)", "right 4 (48.8 %)")
        .contains("said NaN", "right 1", "said 7 (100.0 %)", "right 1 (0.0 %)");
    List<String> names = List.of("zero", "one");
    assertThatThrownBy(() -> ImageGrid.builder().mistakes(mistakes, DIGITS, names))
        .hasMessage("classNames: expected a name of class 6, got 2 names");
  }

  @Test
  void exciting_images_have_a_frame_around_the_part() throws Exception {
    List<Exciting> samples =
        List.of(
            new Exciting(2, 0, 1, 1, 3.25f, new ReceptiveField(7, 14, 7, 7)),
            new Exciting(5, 0, 0, 0, -0.5f, new ReceptiveField(0, 0, 0, 0)));
    ImageGrid figure = ImageGrid.builder().exciting(samples, DIGITS).build();

    int orange = Theme.LIGHT.series(1).getRGB();
    assertThat(figure.image().getRGB(16 + 1 + 56, 16 + 1 + 42)).isEqualTo(orange);
    assertThat(SvgText.texts(figure)).contains("image 2", "3.25", "image 5", "-0.5");
  }

  @Test
  void numbers_that_are_no_pixels_are_stretched() {
    NDArray image = NDArray.of(Shape.of(1, 2), -3, 5);

    assertThat(ImageGrid.builder().image("", image).build().image().getRGB(20, 20))
        .isEqualTo(0xff000000);
    assertThat(ImageGrid.builder().image("", image).range(-5, 5).build().image().getRGB(20, 20))
        .isEqualTo(0xff333333);
  }

  @Test
  void says_what_it_expects_and_that_there_is_nothing() throws Exception {
    assertThat(SvgText.texts(ImageGrid.builder().build())).containsExactly("no images");
    assertThatThrownBy(() -> ImageGrid.builder().image("", digit(0), new Rectangle(28, 0, 5, 5)))
        .hasMessage("image: expected a part of it, got 5 by 5 pixels at (28, 0) in (1, 28, 28)");
    assertThatThrownBy(() -> ImageGrid.builder().image("", NDArray.ones(784)))
        .hasMessageContaining("expected an image");
  }

  @Test
  void looks_as_it_did_when_it_was_found_right() throws IOException {
    NDArray colors = NDArray.zeros(3, 16, 16);
    for (int i = 0; i < colors.size(); i++) {
      colors.data()[i] = i % 256 / (i < 256 ? 255f : i < 512 ? 300f : 700f);
    }
    BufferedImage image =
        ImageGrid.builder()
            .title("Images")
            .image("said 9 (51.2 %)\nright 4 (48.8 %)", digit(4))
            .image("most at (3, 5)", digit(1), new Rectangle(3, 5, 14, 12))
            .image("in colors", colors)
            .build()
            .image();

    GoldenPicture.assertMatches(image, "images", new Rectangle(16, 48, 366, 114));
  }
}
