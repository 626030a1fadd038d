package io.github.purenet.explain;

import static io.github.purenet.nn.Layers.affine;
import static io.github.purenet.nn.Layers.conv;
import static io.github.purenet.nn.Layers.relu;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import io.github.purenet.nn.Network;
import io.github.purenet.nn.Normalization;
import io.github.purenet.nn.ReceptiveField;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ActivationMaximizationTest {
  private static final Shape IMAGE = Shape.of(2, 9, 8);
  private static final ActivationMaximization SHORT = new ActivationMaximization().steps(30);

  private static Network network() {
    return Network.of(IMAGE, 2, conv(4, 3), relu(), conv(5, 3), affine(3));
  }

  @Test
  void an_image_excites_its_class_more_than_the_noise_it_began_as() {
    Network network = network();
    NDArray start = SHORT.steps(0).ofClass(network, 1);

    NDArray image = SHORT.ofClass(network, 1);

    assertThat(image.shape()).isEqualTo(IMAGE);
    assertThat(score(network, image)).isGreaterThan(score(network, start) + 0.1f);
    assertThat(image.min()).isBetween(0f, 1f);
    assertThat(image.max()).isBetween(0f, 1f);
  }

  private static float score(Network network, NDArray image) {
    return network.predict(image.reshape(IMAGE.prepend(1))).get(0, 1);
  }

  @Test
  void the_same_seed_gives_the_same_bits_and_another_one_another_image() {
    Network network = network();
    float[] image = SHORT.seed(3).ofChannel(network, "conv2", 4).toArray();
    assertThat(SHORT.seed(3).ofChannel(network, "conv2", 4).toArray()).isEqualTo(image);
    assertThat(SHORT.seed(4).ofChannel(network, "conv2", 4).toArray()).isNotEqualTo(image);
  }

  @Test
  void settings_do_not_change_the_object_that_they_are_set_on() {
    Network network = network();
    float[] image = SHORT.ofClass(network, 0).toArray();
    NDArray start = NDArray.full(IMAGE, 0.3f);

    ActivationMaximization changed = SHORT.start(start);
    start.fill(0.9f);
    SHORT.steps(1).learningRate(1).decay(0.5).blur(3, 1).clipSmallNorms(90).seed(9);
    SHORT.clipSmallContributions(90).range(-1, 2).noise(0.7);

    assertThat(SHORT.ofClass(network, 0).toArray()).isEqualTo(image);
    assertThat(changed.steps(0).ofClass(network, 0).toArray()).containsOnly(0.3f);
  }

  @Test
  void only_the_receptive_field_of_a_unit_changes() {
    Network network = network();
    ActivationMaximization plain =
        SHORT.decay(0).blur(0, 1).clipSmallNorms(0).start(NDArray.full(IMAGE, 0.5f));

    NDArray image = plain.ofUnit(network, "conv2", 1, 0, 3);

    ReceptiveField field = ReceptiveField.of(network, "conv2", 0, 3);
    assertThat(field).isEqualTo(new ReceptiveField(0, 3, 5, 5));
    NDArray changed = image.subtract(0.5f).abs().sum(0);
    assertThat(changed.slice(0, 0, 5).slice(1, 3, 8).sum()).isEqualTo(changed.sum()).isPositive();
    assertThat(plain.ofChannel(network, "conv2", 1).toArray())
        .isEqualTo(plain.ofUnit(network, "conv2", 1, 2, 2).toArray());
  }

  @Test
  void all_channels_at_once_are_those_one_by_one() {
    Network network = network();

    NDArray all = SHORT.steps(3).ofChannels(network, "conv2");

    assertThat(all.shape()).isEqualTo(IMAGE.prepend(5));
    for (int c = 0; c < 5; c++) {
      NDArray one = SHORT.steps(3).ofChannel(network, "conv2", c);
      assertThat(one.allClose(all.at(c), 0, 1e-5)).as("channel %d", c).isTrue();
    }
    NDArray classes = SHORT.steps(3).ofChannels(network, "affine1");
    assertThat(SHORT.steps(3).ofClass(network, 2).allClose(classes.at(2), 0, 1e-5)).isTrue();
  }

  @Test
  void pixels_are_limited_in_the_normalized_range() {
    Network network = network();
    network.setNormalization(new Normalization(List.of(0.5, 0.25), List.of(0.25, 0.5)));

    NDArray image = SHORT.learningRate(5).blur(0, 1).ofClass(network, 0);

    assertThat(image.at(0).min()).isEqualTo(-2);
    assertThat(image.at(0).max()).isEqualTo(2);
    assertThat(image.at(1).min()).isEqualTo(-0.5f);
    assertThat(image.at(1).max()).isEqualTo(1.5f);
  }

  /** A channel that nothing excites has no gradient, and 0 divided by 0 must not get in. */
  @Test
  void without_a_gradient_the_start_only_decays() {
    Network network = network();
    network.parameter("conv1.b").value().fill(-1000);
    NDArray image =
        SHORT
            .steps(2)
            .decay(0.5)
            .blur(0, 1)
            .clipSmallNorms(0)
            .start(NDArray.ones(IMAGE))
            .ofChannel(network, "relu1", 0);
    assertThat(image.toArray()).containsOnly(0.25f);
  }

  @Test
  void a_blur_keeps_the_sum_and_is_mirrored_at_the_edge() {
    NDArray image = NDArray.zeros(1, 1, 5, 7);
    image.set(1, 0, 0, 0, 3);

    ImagePrior.blur(image, 2.5);

    assertThat(image.sum()).isCloseTo(1, within(1e-6f));
    assertThat(image.get(0, 0, 2, 2)).isEqualTo(image.get(0, 0, 2, 4));
    assertThat(image.get(0, 0, 0, 3)).isGreaterThan(image.get(0, 0, 1, 3));
    NDArray flat = NDArray.full(Shape.of(1, 2, 3, 1), 0.7f);
    ImagePrior.blur(flat, 1000);
    assertThat(flat.allClose(NDArray.full(flat.shape(), 0.7f), 1e-6, 0)).isTrue();
  }

  @Test
  void what_does_not_fit_is_an_error() {
    Network network = network();
    assertMessage(() -> SHORT.ofClass(network, 3), "class: expected 0 to 2, got 3");
    assertMessage(
        () -> SHORT.ofChannel(network, "conv2", 5),
        "conv2: expected a channel from 0 to 4, got 5 in (5, 5, 4)");
    assertMessage(
        () -> SHORT.ofChannel(network, "conv3", 0),
        "network: expected one of the layers [conv1, relu1, conv2, affine1], got conv3");
    assertMessage(
        () -> SHORT.ofUnit(network, "conv2", 0, 5, 0),
        "conv2: expected a position from (0, 0) to (4, 3), got (5, 0) in (5, 5, 4)");
    assertMessage(
        () -> SHORT.ofUnit(network, "affine1", 0, 0, 0),
        "affine1: expected a layer with an output (C, h, w), got (3,)");
    assertMessage(
        () -> SHORT.start(NDArray.zeros(1, 9, 8)).ofClass(network, 0),
        "activationMaximization: expected a start of (2, 9, 8), got (1, 9, 8)");
    Network rows = Network.of(Shape.of(5), 1, affine(3));
    assertMessage(
        () -> SHORT.ofClass(rows, 0),
        "activationMaximization: expected images (C, H, W), got samples of (5,)");
  }

  @Test
  void settings_out_of_range_are_errors() {
    assertRefused(() -> SHORT.steps(-1), "at least 0 steps, got -1");
    assertRefused(() -> SHORT.learningRate(0), "a finite learning rate above 0, got 0.0");
    assertRefused(() -> SHORT.decay(1), "a decay of at least 0 and below 1, got 1.0");
    assertRefused(() -> SHORT.blur(-1, 1), "a blur of 0 to 1000 pixels, got -1.0");
    assertRefused(() -> SHORT.blur(1, 0), "a blur every step or less often, got 0");
    assertRefused(() -> SHORT.clipSmallNorms(101), "a percentile from 0 to 100, got 101.0");
    assertRefused(
        () -> SHORT.clipSmallContributions(Double.NaN), "a percentile from 0 to 100, got NaN");
    assertRefused(() -> SHORT.range(1, 1), "a finite range of pixels, got 1.0 to 1.0");
    assertRefused(() -> SHORT.noise(Double.NaN), "a finite noise of at least 0, got NaN");
  }

  private static void assertRefused(ThrowingCallable call, String message) {
    assertMessage(call, "activationMaximization: expected " + message);
  }

  private static void assertMessage(ThrowingCallable call, String message) {
    assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }
}
