package io.github.purenet.explain;

import static io.github.purenet.nn.Layers.affine;
import static io.github.purenet.nn.Layers.conv;
import static io.github.purenet.nn.Layers.globalAvgPool;
import static io.github.purenet.nn.Layers.maxPool;
import static io.github.purenet.nn.Layers.relu;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import io.github.purenet.nn.Activations;
import io.github.purenet.nn.MeanSquaredError;
import io.github.purenet.nn.Network;
import io.github.purenet.nn.Normalization;
import io.github.purenet.nn.SigmoidWithLoss;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What saliency, SmoothGrad, Grad-CAM and occlusion have in common, and what is special. */
class HeatMapsTest {
  private static final Shape IMAGE = Shape.of(2, 9, 8);

  /** A method that makes heat maps. */
  private interface Method {
    NDArray map(Network network, NDArray x, int... classes);
  }

  static Stream<Arguments> methods() {
    Method saliency = Saliency::map;
    Method smooth = new SmoothGrad(3, 0.1, 5)::map;
    Method cam = GradCam::map;
    Method occlusion = new Occlusion(3)::map;
    return Stream.of(
        Arguments.of(Named.of("saliency", saliency)),
        Arguments.of(Named.of("smoothGrad", smooth)),
        Arguments.of(Named.of("gradCam", cam)),
        Arguments.of(Named.of("occlusion", occlusion)));
  }

  private static Network network() {
    return Network.of(IMAGE, 2, conv(4, 3), relu(), maxPool(2), affine(3));
  }

  private static NDArray images(int n) {
    return NDArray.normal(IMAGE.prepend(n), 0f, 1f, new Random(7));
  }

  @ParameterizedTest
  @MethodSource("methods")
  void a_map_does_not_depend_on_other_images_or_on_when_it_is_made(Method method) {
    Network network = network();
    NDArray x = images(5);
    NDArray before = x.copy();

    NDArray maps = method.map(network, x);

    assertThat(maps.shape()).isEqualTo(Shape.of(5, 9, 8));
    assertThat(method.map(network, x).toArray()).isEqualTo(maps.toArray());
    NDArray one = method.map(network, x.slice(3, 4));
    assertThat(one.allClose(maps.slice(3, 4), 1e-5, 1e-6)).isTrue();
    assertThat(x.toArray()).isEqualTo(before.toArray());
    assertThat(maps.abs().max()).isGreaterThan(0);
  }

  @ParameterizedTest
  @MethodSource("methods")
  void classes_are_the_predicted_ones_unless_given(Method method) {
    Network network = network();
    NDArray x = images(2);
    NDArray predicted = network.predict(x).argmax(1);
    int[] classes = {(int) predicted.get(0), (int) predicted.get(1)};
    int[] others = {(classes[0] + 1) % 3, (classes[1] + 1) % 3};

    NDArray maps = method.map(network, x);

    assertThat(method.map(network, x, classes).toArray()).isEqualTo(maps.toArray());
    assertThat(method.map(network, x, others).toArray()).isNotEqualTo(maps.toArray());
  }

  @ParameterizedTest
  @MethodSource("methods")
  void parameters_and_their_gradients_stay(Method method) {
    Network network = network();
    network.gradient(images(2), NDArray.of(0, 1));
    List<float[]> before = new ArrayList<>();
    network.parameters().forEach(p -> before.add(p.gradient().toArray()));

    method.map(network, images(2));

    for (int i = 0; i < before.size(); i++) {
      assertThat(network.parameters().get(i).gradient().toArray()).isEqualTo(before.get(i));
    }
  }

  @ParameterizedTest
  @MethodSource("methods")
  void what_does_not_fit_is_an_error(Method method) {
    Network network = network();
    NDArray x = images(2);
    assertMessage(() -> method.map(network, x, 1, 3), "class: expected 0 to 2, got 3 for sample 1");
    assertMessage(
        () -> method.map(network, x, -1, 0), "class: expected 0 to 2, got -1 for sample 0");
    assertMessage(
        () -> method.map(network, x, 1),
        "classes: expected one for each of 2 samples, or none, got 1");
    assertMessage(
        () -> method.map(network, NDArray.zeros(2, 2, 9, 9)),
        "network: expected x of (N, 2, 9, 8), got (2, 2, 9, 9)");
    Network maps = Network.of(IMAGE, 1, conv(4, 3));
    assertMessage(
        () -> method.map(maps, x),
        "network: expected a classifier, with outputs (K), got (4, 7, 6)");
    Network rows = Network.of(Shape.of(5), 1, affine(3));
    assertThatThrownBy(() -> method.map(rows, NDArray.zeros(2, 5)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith(": expected images (C, H, W), got samples of (5,)");
  }

  private static void assertMessage(Runnable call, String message) {
    assertThatThrownBy(call::run).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }

  @Test
  void gradients_of_rows_of_features_are_fine() {
    Network rows = Network.of(Shape.of(5), 1, affine(3));
    NDArray x = NDArray.ones(2, 5);
    NDArray weight = rows.parameter("affine1.W").value();
    NDArray gradient = Saliency.gradient(rows, x, 2, 0);
    for (int i = 0; i < 5; i++) {
      assertThat(gradient.get(0, i)).isEqualTo(weight.get(i, 2));
      assertThat(gradient.get(1, i)).isEqualTo(weight.get(i, 0));
    }
    assertThat(new SmoothGrad(2, 0.1, 0).gradient(rows, x, 2, 0).allClose(gradient, 1e-6, 0))
        .isTrue();
  }

  @Test
  void the_seed_and_the_noise_of_smooth_grad_matter() {
    Network network = network();
    NDArray x = images(1);
    NDArray map = new SmoothGrad(4, 0.5, 1).map(network, x);
    assertThat(new SmoothGrad(4, 0.5, 2).map(network, x).toArray()).isNotEqualTo(map.toArray());
    NDArray clean = new SmoothGrad(4, 0, 1).map(network, x);
    assertThat(clean.allClose(Saliency.map(network, x), 1e-6, 0)).isTrue();
    assertMessage(
        () -> new SmoothGrad(0, 0.1, 0), "copies: expected at least 1 of each sample, got 0");
    assertMessage(
        () -> new SmoothGrad(1, Double.NaN, 0),
        "noise: expected a finite share of at least 0, got NaN");
  }

  @Test
  void grad_cam_asks_the_last_layer_with_positions() {
    assertThat(GradCam.layer(network())).isEqualTo("maxPool1");
    Network pooled = Network.of(IMAGE, 1, conv(4, 3), relu(), conv(5, 7, 6), affine(3));
    assertThat(GradCam.layer(pooled)).isEqualTo("relu1");
    Activations activations = pooled.activations(images(2));
    assertThat(GradCam.map(activations, GradCam.layer(activations), 2, 0).toArray())
        .isEqualTo(GradCam.map(pooled, images(2), 2, 0).toArray());
    assertMessage(
        () -> GradCam.map(network(), "conv2", images(1)),
        "network: expected one of the layers [conv1, relu1, maxPool1, affine1], got conv2");
    assertMessage(
        () -> GradCam.map(network(), "affine1", images(1)),
        "affine1: expected a layer with an output (C, h, w), got (3,)");
    Network flat = Network.of(IMAGE, 1, globalAvgPool(), affine(3));
    assertMessage(
        () -> GradCam.map(flat, images(1)),
        "gradCam: expected a layer with an output (C, h, w) of several positions, got none of"
            + " [globalAvgPool1, affine1]");
  }

  /** Only the top left pixel counts, for class 1, with weight 3. */
  @Test
  void occlusion_is_the_mean_drop_of_the_squares_over_a_pixel() {
    Network network = corner();
    NDArray x = NDArray.full(Shape.of(1, 1, 3, 4), 1f);

    NDArray map = new Occlusion(2).stride(1).gray(0.5).ofLogits().map(network, x, 1);

    // the square at the corner takes 1.5; it covers (0, 1) as one of two, (1, 1) as one of four
    assertThat(map.toArray())
        .containsExactly(
            new float[] {1.5f, 0.75f, 0, 0, 0.75f, 0.375f, 0, 0, 0, 0, 0, 0}, within(1e-6f));
  }

  private static Network corner() {
    Network network = Network.of(Shape.of(1, 3, 4), 1, affine(2));
    network.parameter("affine1.W").value().fill(0);
    network.parameter("affine1.W").value().set(3, 0, 1);
    return network;
  }

  @Test
  void occlusion_reaches_the_last_row_and_column_with_any_stride() {
    Network network = network();
    NDArray x = images(1);
    for (int size = 1; size <= 8; size++) {
      for (int stride = 1; stride <= size; stride++) {
        NDArray map = new Occlusion(size).stride(stride).map(network, x);
        assertThat(map.sum()).as("size %d, stride %d", size, stride).isFinite();
      }
    }
  }

  @Test
  void occlusion_takes_probabilities_as_the_loss_does() {
    Network network = corner();
    NDArray x = NDArray.full(Shape.of(1, 1, 3, 4), 1f);
    Occlusion whole = new Occlusion(1).gray(0);
    double softmax = 1 / (1 + Math.exp(-3)) - 0.5;
    assertThat((double) whole.map(network, x, 1).get(0, 0, 0)).isCloseTo(softmax, within(1e-6));
    Network sigmoid = network.withLoss(new SigmoidWithLoss());
    assertThat((double) whole.map(sigmoid, x, 1).get(0, 0, 0)).isCloseTo(softmax, within(1e-6));
    Network numbers = network.withLoss(new MeanSquaredError());
    assertMessage(
        () -> whole.map(numbers, x, 1),
        "probabilities: expected a network with SoftmaxWithLoss or SigmoidWithLoss, got one with "
            + new MeanSquaredError().name());
    assertThat(whole.ofLogits().map(numbers, x, 1).get(0, 0, 0)).isEqualTo(3);
  }

  @Test
  void gray_is_normalized_as_the_network_wants_it() {
    Network network = corner();
    network.setNormalization(new Normalization(List.of(0.5), List.of(0.25)));
    NDArray x = NDArray.full(Shape.of(1, 1, 3, 4), 2f); // a white pixel

    NDArray map = new Occlusion(1).ofLogits().map(network, x, 1);

    assertThat(map.get(0, 0, 0)).isEqualTo(6); // gray is 0
    assertThat(new Occlusion(1).gray(1).ofLogits().map(network, x, 1).get(0, 0, 0)).isZero();
  }

  @Test
  void squares_that_do_not_fit_are_errors() {
    assertMessage(() -> new Occlusion(0), "occlusion: expected a size of at least 1, got 0");
    assertMessage(
        () -> new Occlusion(3).stride(4),
        "occlusion: expected a stride from 1 to the size 3, got 4");
    assertMessage(
        () -> new Occlusion(3).gray(Double.NaN), "occlusion: expected a finite gray, got NaN");
    assertMessage(
        () -> new Occlusion(9).map(network(), images(1)),
        "occlusion: expected a size of at most the height and width, got 9 for images (2, 9, 8)");
  }
}
