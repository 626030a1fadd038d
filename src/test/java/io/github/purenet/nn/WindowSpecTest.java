package io.github.purenet.nn;

import static io.github.purenet.nn.Layers.affine;
import static io.github.purenet.nn.Layers.avgPool;
import static io.github.purenet.nn.Layers.branch;
import static io.github.purenet.nn.Layers.concat;
import static io.github.purenet.nn.Layers.conv;
import static io.github.purenet.nn.Layers.globalAvgPool;
import static io.github.purenet.nn.Layers.maxPool;
import static io.github.purenet.nn.Layers.relu;
import static io.github.purenet.nn.Layers.residual;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Convolutions and pools as they are described: settings, and what is refused. */
class WindowSpecTest {

  static Stream<LayerSpec> specs() {
    return Stream.of(
        conv(4, 3),
        conv(6, 2, 3).stride(2, 1).dilation(2, 3).pad(1, 5).groups(2),
        conv(4, 3).noBias(),
        conv(4, 3).pad(0, 1, 2, 3),
        conv(4, 3).pad(7),
        conv(4, 3).stride(2, 3).same(),
        maxPool(3).pad(2, 0, 0, 1),
        avgPool(3).same(),
        affine(4).noBias(),
        maxPool(2),
        maxPool(3, 2).stride(2, 1).pad(1, 0).ceilMode(),
        avgPool(2),
        avgPool(3, 2).stride(2, 1).pad(1, 0).ceilMode(),
        avgPool(3).pad(1).countIncludePad(false),
        globalAvgPool());
  }

  @ParameterizedTest
  @MethodSource("specs")
  void settings_make_an_equal_spec(LayerSpec spec) {
    LayerSpec again = SpecReader.read(spec.kind(), spec.settings());
    assertThat(again).hasSameClassAs(spec);
    assertThat(again.settings()).isEqualTo(spec.settings());
    Shape input = Shape.of(4, 12, 9);
    assertThat(layer(again, input).outputShape(input.prepend(2)))
        .isEqualTo(layer(spec, input).outputShape(input.prepend(2)));
  }

  private static Layer layer(LayerSpec spec, Shape input) {
    return Network.of(input, 1, spec).layers().get(0);
  }

  @Test
  void settings_are_named() {
    assertThat(conv(6, 2, 3).stride(2, 1).dilation(2, 3).pad(1, 5).groups(2).settings())
        .containsExactly(
            Map.entry("filters", 6),
            Map.entry("size", List.of(2, 3)),
            Map.entry("stride", List.of(2, 1)),
            Map.entry("pad", List.of(1, 5)),
            Map.entry("dilation", List.of(2, 3)),
            Map.entry("groups", 2),
            Map.entry("bias", true));
    assertThat(avgPool(3).ceilMode().settings())
        .containsEntry("ceil", true)
        .containsEntry("countIncludePad", true);
    assertThat(avgPool(3).countIncludePad(false).settings())
        .containsEntry("countIncludePad", false);
    assertThat(maxPool(3).settings()).containsEntry("ceil", false);
    assertThat(maxPool(3).pad(2, 1, 0, 2).settings()).containsEntry("pad", List.of(2, 1, 0, 2));
    assertThat(maxPool(3).pad(2, 1, 2, 1)).isEqualTo(maxPool(3).pad(2, 1));
    assertThat(avgPool(3).same().settings()).containsEntry("pad", "same");
  }

  private static void assertRefused(ThrowingCallable call, String text) {
    assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(text);
  }

  @Test
  void a_bad_spec_fails_when_it_is_made() {
    assertRefused(() -> conv(0, 3), "conv: expected a number of filters of at least 1, got 0");
    assertRefused(
        () -> conv(4, 3).dilation(1, 0),
        "conv: expected a dilation of at least (1, 1), got (1, 0)");
    assertRefused(
        () -> conv(4, 3).dilation(1 << 30),
        "conv: expected a dilation that fits the window (3, 3), got (1073741824, 1073741824)");
    assertRefused(
        () -> conv(6, 3).groups(4), "conv: expected groups that divide the 6 filters, got 4");
    assertRefused(
        () -> conv(6, 3).groups(0), "conv: expected groups that divide the 6 filters, got 0");
    assertRefused(
        () -> avgPool(2).stride(0), "avgPool: expected a stride of at least (1, 1), got (0, 0)");
    assertRefused(
        () -> maxPool(2).pad(0, 1, -1, 0),
        "maxPool: expected a pad of at least (0, 0), got (0, 1, -1, 0)");
    assertRefused(
        () -> new AveragePooling(2, 2, 1, -1),
        "AveragePooling: expected a pad of at least (0, 0), got (-1, -1)");
  }

  private static Layer build(LayerSpec spec) {
    return spec.build(spec.kind(), Shape.of(2, 9, 9), new Random(1));
  }

  @Test
  void a_pool_with_a_window_of_nothing_but_padding_fails_when_the_layer_is_built() {
    assertRefused(
        () -> build(maxPool(2).pad(2)),
        "maxPool: expected a pad smaller than the window (2, 2), got (2, 2)");
    assertRefused(
        () -> build(avgPool(2, 3).pad(0, 3)),
        "avgPool: expected a pad smaller than the window (2, 3), got (0, 3)");
    assertRefused(
        () -> build(maxPool(2, 3).pad(0, 0, 2, 1)),
        "maxPool: expected a pad smaller than the window (2, 3), got (0, 0, 2, 1)");
    assertRefused(
        () -> Network.of(Shape.of(2, 9, 9), 1, relu(), avgPool(3).pad(0, 1, 0, 3)),
        "avgPool1: expected a pad smaller than the window (3, 3), got (0, 1, 0, 3)");
  }

  @Test
  void a_pool_with_a_window_of_nothing_but_padding_fails_when_a_spec_is_read() {
    for (LayerSpec spec : List.of(maxPool(3).pad(3), avgPool(3).pad(3))) {
      assertRefused(
          () -> SpecReader.read(spec.kind(), spec.settings()),
          spec.kind() + ": expected a pad smaller than the window (3, 3), got (3, 3)");
    }
  }

  @Test
  void the_order_of_settings_does_not_matter() {
    Convolution.Spec spec = conv(6, 3).dilation(4).pad(4).stride(2).groups(2);
    assertThat(conv(6, 3).pad(4).groups(2).stride(2).dilation(4)).isEqualTo(spec);
    assertThat(
            layer(conv(6, 3).pad(4).dilation(4), Shape.of(1, 9, 9))
                .outputShape(Shape.of(2, 1, 9, 9)))
        .isEqualTo(Shape.of(2, 6, 9, 9));
    assertThat(conv(6, 3).stride(2).same()).isEqualTo(conv(6, 3).same().stride(2));
    assertThat(conv(6, 3).pad(2).same()).isEqualTo(conv(6, 3).same());
    assertThat(conv(6, 3).same().pad(2)).isEqualTo(conv(6, 3).pad(2));
    assertThat(avgPool(3).countIncludePad(false).pad(1).ceilMode())
        .isEqualTo(avgPool(3).ceilMode().pad(1).countIncludePad(false));
  }

  @Test
  void specs_are_compared_and_printed_by_what_they_hold() {
    assertThat(conv(4, 3)).isEqualTo(conv(4, 3)).hasSameHashCodeAs(conv(4, 3));
    assertThat(conv(4, 3))
        .isNotEqualTo(conv(4, 3).pad(1))
        .isNotEqualTo(conv(4, 3).noBias())
        .isNotEqualTo(conv(4, 3).initializer(Initializer.zeros()));
    assertThat(affine(3)).isNotEqualTo(affine(3).noBias());
    assertThat(maxPool(2)).isNotEqualTo(avgPool(2));
    assertThat(residual(affine(3))).isEqualTo(residual(affine(3)));
    assertThat(residual(affine(3)))
        .isNotEqualTo(residual(affine(3).initializer(Initializer.zeros())));
    assertThat(concat(branch(relu()), branch())).isNotEqualTo(concat(branch(), branch(relu())));
    assertThat(conv(30, 5).pad(2, 1))
        .hasToString(
            "conv {filters=30, size=[5, 5], stride=[1, 1], pad=[2, 1], dilation=[1, 1], groups=1,"
                + " bias=true}");
    assertThat(relu()).hasToString("relu");
    assertThat(residual(affine(3), relu()))
        .hasToString(
            "residual {branch=[{kind=affine, outputs=3, bias=true}, {kind=relu}], projection=[]}");
  }

  @Test
  void what_does_not_fit_fails_when_the_network_is_built() {
    Shape image = Shape.of(6, 4, 5);
    assertRefused(
        () -> Network.of(image, 1, conv(8, 3).groups(4)),
        "conv1: expected groups that divide the 6 channels, got 4 in (6, 4, 5)");
    assertRefused(
        () -> Network.of(image, 1, conv(8, 3).dilation(1, 3)),
        "conv1: expected a window no larger than the padded input, got window (3, 3) with pad"
            + " (0, 0) and dilation (1, 3) in (1, 6, 4, 5)");
    assertRefused(
        () -> Network.of(image, 1, maxPool(5).ceilMode()),
        "maxPool1: expected a window no larger than the padded input, got window (5, 5) with pad"
            + " (0, 0) in (1, 6, 4, 5)");
    assertRefused(
        () -> Network.of(image, 1, avgPool(5)),
        "avgPool1: expected a window no larger than the padded input, got window (5, 5) with pad"
            + " (0, 0) in (1, 6, 4, 5)");
    assertRefused(
        () -> Network.of(image, 1, affine(3), globalAvgPool()),
        "globalAvgPool1: expected images of (N, C, H, W), got (1, 3)");
  }

  /** Only im2col makes one; x, y and the weight must each fit in an array. */
  @Test
  void the_size_of_an_unfolding_that_is_never_made_is_no_limit() {
    Shape image = Shape.of(1, 1_024, 128, 128);
    for (LayerSpec spec : List.of(maxPool(13).stride(1).pad(6), avgPool(13).stride(1).pad(6))) {
      assertThat(layer(spec, image.dropFirst()).outputShape(image)).isEqualTo(image);
    }
    Shape large = Shape.of(1, 64, 2_048, 2_048);
    Layer conv = layer(conv(64, 3).pad(1), large.dropFirst());
    assertThat(conv.outputShape(large)).isEqualTo(large);
    assertThat(conv.multiplyAdds(large)).isEqualTo(64L * 64 * 9 * 2_048 * 2_048);
    Shape plane = Shape.of(1, 1, 46_340, 46_340);
    assertThat(layer(globalAvgPool(), plane.dropFirst()).outputShape(plane))
        .isEqualTo(Shape.of(1, 1));
    assertThat(layer(conv(1, 3).same(), plane.dropFirst()).outputShape(plane)).isEqualTo(plane);
  }

  @Test
  void what_no_array_can_hold_is_refused_by_name() {
    Shape image = Shape.of(2, 5, 4);
    assertRefused(
        () -> Network.of(image, 1, conv(3, 1).pad(46_341)),
        "conv1: expected an output of at most 2147483647 numbers, got (1, 3, 92687, 92686) for (1,"
            + " 2, 5, 4)");
    assertRefused(
        () -> Network.of(image, 1, conv(3, 1).pad(0, 1 << 30)),
        "conv1: expected at most 2147483647 rows and columns with the padding, got pad (0,"
            + " 1073741824) in (1, 2, 5, 4)");
    assertRefused(
        () -> Network.of(image, 1, conv(1 << 30, 1)),
        "conv1: expected a weight of at most 2147483647 numbers, got (1073741824, 2, 1, 1) for (2,"
            + " 5, 4)");
    assertRefused(
        () -> Network.of(image, 1, maxPool(1, 1 << 28).stride(1).pad(0, (1 << 28) - 1)),
        "maxPool1: expected an output of at most 2147483647 numbers, got (1, 2, 5, 268435459) for"
            + " (1, 2, 5, 4)");
    assertRefused(
        () -> Network.of(image, 1, affine(1 << 30)),
        "affine1: expected a weight of at most 2147483647 numbers, got (40, 1073741824) for (2, 5,"
            + " 4)");
    Layer affine = layer(affine(1 << 16), Shape.of(1));
    assertRefused(
        () -> affine.outputShape(Shape.of(1 << 15, 1)),
        "affine1: expected an output of at most 2147483647 numbers, got (32768, 65536) for (32768,"
            + " 1)");
  }

  @Test
  void counts_parameters_and_multiply_adds_of_groups() {
    Network network = Network.of(Shape.of(6, 8, 8), 1, conv(9, 3).groups(3));
    assertThat(network.parameter("conv1.W").value().shape()).isEqualTo(Shape.of(9, 2, 3, 3));
    assertThat(network.multiplyAdds(Shape.of(2, 6, 8, 8))).isEqualTo(2L * 9 * 2 * 9 * 36);
  }

  @Test
  void frozen_filters_leave_their_gradient_and_still_give_dx() {
    Convolution conv = new Convolution(NDArray.ones(2, 1, 2, 2), NDArray.zeros(2), 1, 0);
    Pass pass = Pass.training();
    NDArray x = Numbers.integers(Shape.of(2, 1, 4, 5), 1);
    NDArray dy = Numbers.integers(conv.forward(x, pass).shape(), 2);
    float[] dx = conv.backward(dy, pass).toArray();
    conv.parameters().forEach(Parameter::clearGradient);
    conv.parameters().forEach(Parameter::freeze);
    assertThat(conv.backward(dy, pass).toArray()).isEqualTo(dx);
    for (Parameter parameter : conv.parameters()) {
      assertThat(parameter.gradient().toArray()).containsOnly(0f);
    }
  }

  @Test
  void padding_and_nan_in_average_pools() {
    NDArray x = NDArray.ones(1, 1, 2, 2);
    AveragePooling pool = new AveragePooling(2, 2, 1, 1);
    assertThat(pool.forward(x).toArray())
        .containsExactly(0.25f, 0.5f, 0.25f, 0.5f, 1f, 0.5f, 0.25f, 0.5f, 0.25f);
    assertThat(
            layer(avgPool(2).stride(1).pad(1).countIncludePad(false), Shape.of(1, 2, 2))
                .forward(x)
                .toArray())
        .containsOnly(1f);
    x.data()[3] = Float.NaN;
    assertThat(new GlobalAveragePooling().forward(x).item()).isNaN();
  }
}
