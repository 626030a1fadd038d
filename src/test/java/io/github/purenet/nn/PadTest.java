package io.github.purenet.nn;

import static io.github.purenet.nn.Layers.avgPool;
import static io.github.purenet.nn.Layers.conv;
import static io.github.purenet.nn.Layers.maxPool;
import static io.github.purenet.nn.Layers.relu;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Pads by side, pads that follow from the input, and pads as large as the window. */
class PadTest {
  private static final long SEED = 17;

  @Test
  void pads_each_side_by_its_own_number() {
    NDArray x = NDArray.of(Shape.of(1, 1, 2, 2), 1, 2, 3, 4);
    LayerSpec ones = conv(1, 2).pad(0, 1, 2, 0).initializer(Initializer.constant(1));
    assertThat(build(ones, x).forward(x).reshape(3, 2))
        .hasToString(NDArray.of(Shape.of(3, 2), 4, 10, 3, 7, 0, 0).toString());
    assertThat(build(maxPool(2).stride(1).pad(1, 0, 0, 0), x).forward(x).toArray())
        .containsExactly(2, 4);
    assertThat(build(avgPool(2).stride(1).pad(0, 0, 0, 1), x).forward(x).toArray())
        .containsExactly(2.5f, 1.5f);
    assertThat(
            build(avgPool(2).stride(1).pad(0, 0, 0, 1).countIncludePad(false), x)
                .forward(x)
                .toArray())
        .containsExactly(2.5f, 3);
  }

  /** The last convolution of SqueezeNet 1.0 is one. */
  @Test
  void a_pad_as_large_as_the_window_is_allowed_in_a_convolution() {
    NDArray x = NDArray.of(Shape.of(1, 1, 1, 2), 3, 4);
    Convolution conv =
        new Convolution(NDArray.full(Shape.of(1, 1, 1, 1), 2f), NDArray.of(1f), 1, 1);
    Pass pass = Pass.training();
    NDArray y = conv.forward(x, pass);
    assertThat(y.shape()).isEqualTo(Shape.of(1, 1, 3, 4));
    assertThat(y.toArray()).containsExactly(1, 1, 1, 1, 1, 7, 9, 1, 1, 1, 1, 1);
    NDArray dy = NDArray.arange(12).reshape(1, 1, 3, 4);
    assertThat(conv.backward(dy, pass).toArray()).containsExactly(10, 12);
    assertThat(conv.parameters().get(0).gradient().item()).isEqualTo(3 * 5 + 4 * 6);
    assertThat(conv.parameters().get(1).gradient().item()).isEqualTo(66);
  }

  /** Sizes and pads that TensorFlow documents for "SAME". */
  @ParameterizedTest
  @CsvSource({
    "5, 3, 1, 1, 1, 1, 5",
    "5, 2, 1, 1, 0, 1, 5",
    "5, 4, 1, 1, 1, 2, 5",
    "5, 3, 2, 1, 1, 1, 3",
    "6, 3, 2, 1, 0, 1, 3",
    "6, 1, 2, 1, 0, 0, 3",
    "7, 2, 4, 1, 0, 0, 2",
    "5, 3, 1, 3, 3, 3, 5",
    "2, 5, 1, 1, 2, 2, 2",
    "1, 1, 3, 1, 0, 0, 1"
  })
  void same_gives_one_output_a_stride_and_the_odd_one_at_the_end(
      int size, int window, int stride, int dilation, int before, int after, int outputs) {
    NDArray x = NDArray.normal(Shape.of(2, 3, size, size + 1), 0f, 1f, new Random(SEED));
    Convolution.Spec spec = conv(2, window, 1).stride(stride, 2).dilation(dilation);
    NDArray y = build(spec.same(), x).forward(x);
    assertThat(y.shape()).isEqualTo(Shape.of(2, 2, outputs, (size + 2) / 2));
    assertThat(y.toArray()).isEqualTo(build(spec.pad(before, 0, after, 0), x).forward(x).toArray());
    Pooling.Spec pool = maxPool(window, 1).stride(stride, 1);
    if (dilation == 1) {
      assertThat(build(pool.same(), x).forward(x).toArray())
          .isEqualTo(build(pool.pad(before, 0, after, 0), x).forward(x).toArray());
      assertThat(build(pool.same().ceilMode(), x).outputShape(x.shape()))
          .isEqualTo(build(pool.same(), x).outputShape(x.shape()));
    }
  }

  @Test
  void same_follows_the_input_that_comes() {
    Layer conv = build(conv(4, 3).stride(2).same(), NDArray.zeros(1, 2, 6, 7));
    assertThat(conv.outputShape(Shape.of(1, 2, 6, 7))).isEqualTo(Shape.of(1, 4, 3, 4));
    assertThat(conv.outputShape(Shape.of(5, 2, 31, 1))).isEqualTo(Shape.of(5, 4, 16, 1));
  }

  private static Layer build(LayerSpec spec, NDArray x) {
    return spec.build(spec.kind(), x.shape().dropFirst(), new Random(SEED));
  }

  /** A network of one window and what follows it, on random sizes. */
  record Case(long seed, Shape input, List<LayerSpec> specs) {
    @Override
    public String toString() {
      return "seed " + seed + ", " + specs + " of " + input;
    }
  }

  static Stream<Case> cases() {
    int far = 100_000_000;
    Shape input = Shape.of(2, 7, 8);
    Stream<List<LayerSpec>> extremes =
        Stream.of(
            List.of(conv(3, 3).stride(far)),
            List.of(conv(3, 1).stride(far).pad(far)),
            List.of(conv(4, 2).stride(far).dilation(far).pad(far).groups(2)),
            List.of(conv(3, 2, 3).stride(far - 3, 2).pad(far, 0, 1, 3), relu(), maxPool(1, 2)),
            List.of(conv(3, 1).stride(far - 1, far).pad(far, 2 * far, far, 0).noBias(), relu()),
            List.of(conv(3, 2), relu(), maxPool(1, 2).stride(1, far)),
            List.of(maxPool(3, 2).stride(far, 1).same()),
            List.of(maxPool(900, 40).stride(300, 2).pad(899, 39, 0, 38).ceilMode()),
            List.of(avgPool(900, 3).stride(899, far).pad(899, 2).countIncludePad(false)));
    return Stream.concat(
        extremes.map(specs -> new Case(SEED, input, specs)),
        Stream.iterate(SEED, seed -> seed + 1).limit(160).map(PadTest::random));
  }

  private static Case random(long seed) {
    Random random = new Random(seed);
    int groups = 1 + random.nextInt(3);
    int channels = groups * (1 + random.nextInt(3));
    Shape input = Shape.of(channels, 1 + random.nextInt(9), 1 + random.nextInt(12));
    int fh = 1 + random.nextInt(4);
    int fw = 1 + random.nextInt(4);
    int kind = random.nextInt(4);
    List<LayerSpec> specs = new ArrayList<>();
    if (kind < 2) {
      Convolution.Spec conv =
          conv(groups * (1 + random.nextInt(4)), fh, fw)
              .groups(groups)
              .dilation(1 + random.nextInt(3), 1 + random.nextInt(3))
              .initializer(Initializer.normal(0.5));
      conv = padded(random.nextBoolean() ? conv : conv.noBias(), 8, 8, random);
      specs.add(conv);
      if (kind == 1) {
        specs.add(relu());
        specs.add(maxPool(1 + random.nextInt(2), 1 + random.nextInt(3)));
      }
    } else if (kind == 2) {
      Pooling.Spec pool = padded(maxPool(fh, fw), fh, fw, random);
      specs.add(random.nextBoolean() ? pool : pool.ceilMode());
    } else {
      AveragePooling.Spec pool = padded(avgPool(fh, fw), fh, fw, random);
      pool = random.nextBoolean() ? pool : pool.ceilMode();
      specs.add(random.nextBoolean() ? pool : pool.countIncludePad(false));
    }
    return fits(input, specs) ? new Case(seed, input, specs) : random(seed + 1_000_000);
  }

  private static boolean fits(Shape input, List<LayerSpec> specs) {
    try {
      Network.of(input, 1, specs.toArray(LayerSpec[]::new));
      return true;
    } catch (IllegalArgumentException larger) {
      return false;
    }
  }

  /** With strides and pads below the limits; one in five is the same. */
  private static <S extends WindowSpec<S>> S padded(S spec, int height, int width, Random random) {
    S strided = spec.stride(1 + random.nextInt(3), 1 + random.nextInt(4));
    return random.nextInt(5) == 0
        ? strided.same()
        : strided.pad(
            random.nextInt(height),
            random.nextInt(width),
            random.nextInt(height),
            random.nextInt(width));
  }

  /** With the loss {@code <y, dy>}, in double, from the settings alone. */
  @ParameterizedTest
  @MethodSource("cases")
  void windows_are_those_of_the_padded_image(Case c) {
    Network network = Network.of(c.input, c.seed, c.specs.toArray(LayerSpec[]::new));
    Random random = new Random(c.seed);
    for (Parameter parameter : network.parameters()) {
      parameter.value().addInPlace(NDArray.normal(parameter.value().shape(), 0f, 0.5f, random));
    }
    for (int n : new int[] {1, 3}) {
      NDArray x = NDArray.normal(c.input.prepend(n), 0f, 1f, random);
      PaddedReference reference = new PaddedReference(x, network, c.specs);
      assertThat(network.outputShape(x.shape())).as("%s", c).isEqualTo(reference.shape());
      assertClose(c + " y", network.predict(x), reference.y());
      Pass pass = Pass.training();
      network.parameters().forEach(Parameter::clearGradient);
      NDArray dy = NDArray.normal(reference.shape(), 0f, 1f, random);
      assertClose(c + " y", network.forward(x, pass), reference.y());
      NDArray dx = network.backward(dy, pass);
      Map<String, double[]> gradients = reference.gradients(dy);
      assertClose(c + " dx", dx, gradients.get("x"));
      for (Parameter parameter : network.parameters()) {
        String name = parameter.name().substring(parameter.name().indexOf('.') + 1);
        assertClose(c + " d" + name, parameter.gradient(), gradients.get(name));
      }
    }
  }

  private static void assertClose(String what, NDArray actual, double[] expected) {
    double largest = Arrays.stream(expected).map(Math::abs).max().orElse(0);
    assertThat(actual.size()).as(what).isEqualTo(expected.length);
    for (int i = 0; i < expected.length; i++) {
      if (!(Math.abs(actual.data()[i] - expected[i]) <= 2e-6 * (1 + largest))) {
        throw new AssertionError(
            String.format("%s[%d]: expected %s, got %s", what, i, expected[i], actual.data()[i]));
      }
    }
  }
}
