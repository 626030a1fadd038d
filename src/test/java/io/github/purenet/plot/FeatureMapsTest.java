package io.github.purenet.plot;

import static io.github.purenet.nn.Layers.affine;
import static io.github.purenet.nn.Layers.branch;
import static io.github.purenet.nn.Layers.concat;
import static io.github.purenet.nn.Layers.conv;
import static io.github.purenet.nn.Layers.maxPool;
import static io.github.purenet.nn.Layers.relu;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.purenet.data.Mnist;
import io.github.purenet.io.Npz;
import io.github.purenet.model.SimpleConvNet;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import io.github.purenet.nn.Activations;
import io.github.purenet.nn.Network;
import io.github.purenet.testing.GoldenPicture;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FeatureMapsTest {

  @Test
  void names_every_layer_with_its_shape_and_range() throws Exception {
    Network network =
        Network.of(
            Shape.of(1, 8, 8),
            1,
            concat(branch(conv(2, 1)), branch(relu())),
            maxPool(2),
            affine(3));
    Activations activations = network.activations(NDArray.ones(2, 1, 8, 8));

    assertThat(SvgText.texts(FeatureMaps.builder().layers(activations, 1).build()))
        .containsAll(activations.names())
        .contains("input", "(1, 8, 8)", "(3, 4, 4)", "(3,)", "1 to 1", "0", "2");
    assertThatThrownBy(() -> FeatureMaps.builder().layers(activations, 2))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_line_says_how_many_channels_are_not_drawn() throws Exception {
    NDArray many = NDArray.normal(Shape.of(512, 2, 2), 0, 1, new Random(1));

    assertThat(SvgText.texts(FeatureMaps.builder().layer("conv", many).build()))
        .contains("and 480 more");
    assertThat(SvgText.texts(FeatureMaps.builder().layer("conv", many).limit(512).build()))
        .noneMatch(text -> text.contains("more"));
    assertThat(SvgText.texts(FeatureMaps.builder().layer("affine", many.reshape(2048)).build()))
        .contains("and 1,792 more");
  }

  /** Tiles of 4 by 4 pixels of 14 units, behind a column of names of 150 and a gap of 10. */
  @Test
  void maps_share_the_scale_of_the_layer_or_have_their_own() {
    NDArray two = NDArray.zeros(2, 4, 4);
    two.set(1, 0, 0, 0);
    two.set(4, 1, 0, 0);
    int x = 16 + 150 + 10 + 1;
    int y = 16 + 1;

    BufferedImage layer = FeatureMaps.builder().layer("a", two).build().image();
    assertThat(layer.getRGB(x, y)).isEqualTo(0xff404040);
    assertThat(layer.getRGB(x + 56 + 2, y)).isEqualTo(0xffffffff);
    BufferedImage map =
        FeatureMaps.builder().layer("a", two).scaling(FeatureMaps.Scaling.MAP).build().image();
    assertThat(map.getRGB(x, y)).isEqualTo(0xffffffff);
  }

  @Test
  void numbers_that_are_not_finite_are_shown() throws Exception {
    FeatureMaps figure =
        FeatureMaps.builder()
            .layer("logits", NDArray.of(1, Float.NaN, -2, Float.POSITIVE_INFINITY))
            .layer("map", NDArray.full(Shape.of(1, 1, 1), Float.NaN))
            .layer("dead", NDArray.zeros(3))
            .build();

    assertThat(SvgText.texts(figure)).contains("NaN", "-2 to 1");
    assertThat(String.join(" ", SvgText.texts(figure))).contains("Orange is not a number");
  }

  @Test
  void large_images_are_made_smaller() {
    FeatureMaps figure = FeatureMaps.builder().layer("input", NDArray.ones(3, 227, 227)).build();

    assertThat(figure.height()).isLessThan(200);
  }

  @Test
  void says_what_it_expects() {
    assertThatThrownBy(() -> FeatureMaps.builder().build())
        .hasMessage("layer: expected at least one layer, got none");
    assertThatThrownBy(() -> FeatureMaps.builder().layer("conv1", NDArray.zeros(0, 2, 2)))
        .hasMessage("conv1: expected an output that is not empty, got (0, 2, 2)");
  }

  @Test
  void looks_as_it_did_when_it_was_found_right() throws IOException {
    Map<String, NDArray> book = Npz.read(Path.of("src/test/golden/simple_convnet_book.npz"));
    SimpleConvNet network = SimpleConvNet.of(0);
    network.setParameters(
        Stream.of("W1", "b1", "W2", "b2", "W3", "b3")
            .collect(Collectors.toMap(name -> name, book::get)));
    Activations activations = network.activations(Mnist.sample().test().head(1).all().x());
    BufferedImage image =
        FeatureMaps.builder().title("A seven").limit(24).layers(activations, 0).build().image();

    GoldenPicture.assertMatches(image, "feature-maps", new Rectangle(176, 48, 58, 58));
  }
}
