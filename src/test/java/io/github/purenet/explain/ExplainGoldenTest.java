package io.github.purenet.explain;

import static io.github.purenet.testing.Golden.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import io.github.purenet.nn.Activations;
import io.github.purenet.nn.Gradients;
import io.github.purenet.nn.Network;
import io.github.purenet.testing.Golden;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same networks and images in PyTorch: {@code src/test/golden/pytorch/cases_explain.py}. */
class ExplainGoldenTest {
  private static final int[] CLASSES = {7, 3};
  private static final double TOLERANCE = 2e-5;

  static Stream<GoldenNetwork> networks() {
    return Stream.of(GoldenNetwork.chain(), GoldenNetwork.composite());
  }

  @ParameterizedTest
  @MethodSource("networks")
  void outputs_and_gradients_of_all_layers_agree_with_pytorch(GoldenNetwork golden) {
    Activations activations = golden.network().activations(GoldenNetwork.images().slice(0, 1));
    NDArray dy = NDArray.zeros(1, 10);
    dy.set(1, 0, CLASSES[0]);
    Gradients gradients = activations.gradients(dy);
    assertClose("x", gradients.input(), golden.get("g.x"), TOLERANCE);
    for (String name : activations.names()) {
      assertClose(name, activations.get(name), golden.get("y." + name), TOLERANCE);
      assertClose("d" + name, gradients.get(name), golden.get("g." + name), TOLERANCE);
    }
    long layers = golden.arrays().keySet().stream().filter(key -> key.startsWith("y.")).count();
    assertThat(activations.names()).hasSize((int) layers);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void saliency_agrees_with_pytorch(GoldenNetwork golden) {
    Network network = golden.network();
    NDArray x = GoldenNetwork.images();
    NDArray expected = golden.get("saliency");
    assertClose("gradient", Saliency.gradient(network, x, CLASSES), expected, TOLERANCE);
    NDArray map = expected.abs().reshape(2, 28, 28);
    assertClose("map", Saliency.map(network, x, CLASSES), map, TOLERANCE);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void smooth_grad_agrees_with_pytorch(GoldenNetwork golden) {
    NDArray noise = NDArray.zeros(4 * 28 * 28);
    Golden.formula(noise, 5, 1);
    NDArray got =
        new SmoothGrad(4, 0.2, 0)
            .gradient(golden.network(), GoldenNetwork.images(), () -> numbers(noise), CLASSES);
    assertClose("gradient", got, golden.get("smoothGrad"), TOLERANCE);
  }

  private static DoubleSupplier numbers(NDArray from) {
    int[] next = {0};
    return () -> from.get(next[0]++);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void grad_cam_agrees_with_pytorch(GoldenNetwork golden) {
    Network network = golden.network();
    NDArray x = GoldenNetwork.images();
    NDArray last = golden.get("gradCam." + golden.layer());
    assertClose("last", GradCam.map(network, x, CLASSES), last, TOLERANCE);
    NDArray inner = golden.get("gradCam." + golden.inner());
    assertClose("inner", GradCam.map(network, golden.inner(), x, CLASSES), inner, TOLERANCE);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void occlusion_agrees_with_pytorch(GoldenNetwork golden) {
    Network network = golden.network();
    NDArray x = GoldenNetwork.images();
    NDArray map = new Occlusion(6).stride(4).map(network, x, CLASSES);
    assertClose("probability", map.slice(1, 2), map(golden, "occlusion"), TOLERANCE);
    NDArray logits = new Occlusion(5).stride(1).gray(0).ofLogits().map(network, x, CLASSES);
    assertClose("logit", logits.slice(1, 2), map(golden, "occlusion.logits"), TOLERANCE);
  }

  private static NDArray map(GoldenNetwork golden, String key) {
    return golden.get(key).reshape(1, 28, 28);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void activation_maximization_agrees_with_pytorch(GoldenNetwork golden) {
    Network network = golden.network();
    NDArray start = NDArray.zeros(Shape.of(1, 28, 28));
    Golden.formula(start, 3, 0.5);
    ActivationMaximization ascent =
        new ActivationMaximization()
            .steps(4)
            .learningRate(0.1)
            .decay(0.01)
            .blur(0.6, 2)
            .clipSmallNorms(15)
            .clipSmallContributions(30)
            .range(0, 0.9)
            .start(start.add(0.5f));
    String inner = golden.inner();
    assertClose("class", ascent.ofClass(network, 3), golden.get("maximized.class"), TOLERANCE);
    NDArray channel = golden.get("maximized.channel");
    assertClose("channel", ascent.ofChannel(network, inner, 1), channel, TOLERANCE);
    assertClose("channels", ascent.ofChannels(network, inner).at(1), channel, TOLERANCE);
    NDArray unit = golden.get("maximized.unit");
    assertClose("unit", ascent.ofUnit(network, inner, 2, 3, 4), unit, TOLERANCE);
  }
}
