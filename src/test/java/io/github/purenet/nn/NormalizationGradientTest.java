package io.github.purenet.nn;

import static io.github.purenet.nn.Layers.affine;
import static io.github.purenet.nn.Layers.batchNorm;
import static io.github.purenet.nn.Layers.conv;
import static io.github.purenet.nn.Layers.layerNorm;
import static io.github.purenet.nn.Layers.localResponseNorm;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Finite differences through networks of normalisations. Each network is smooth, so the central
 * difference is wrong by step² times a third derivative of order 1, some 1e-4 with the step 1e-2;
 * rounding of the logits adds 1e-7 / 1e-2.
 */
class NormalizationGradientTest {
  private static final float STEP = 1e-2f;
  private static final NDArray T = NDArray.of(0f, 1f, 2f, 1f, 0f);

  private final Network network =
      Network.of(
          Shape.of(2, 5, 4),
          5,
          batchNorm(),
          conv(6, 3),
          localResponseNorm().alpha(0.5),
          batchNorm(),
          affine(7),
          layerNorm(),
          affine(4),
          batchNorm(),
          affine(3));
  private final NDArray x = NDArray.normal(Shape.of(5, 2, 5, 4), 1f, 2f, new Random(1));

  private double trainingLoss() {
    Pass pass = Pass.training();
    return new SoftmaxWithLoss().forward(network.forward(x, pass), T, pass);
  }

  private void check(String what, NDArray value, NDArray gradient) {
    for (int i = 0; i < value.size(); i++) {
      int at = value.offset() + i;
      float old = value.data()[at];
      value.data()[at] = old + STEP;
      double above = trainingLoss();
      value.data()[at] = old - STEP;
      double below = trainingLoss();
      float step = ((old + STEP) - (old - STEP)) / 2;
      value.data()[at] = old;
      assertThat((double) gradient.data()[gradient.offset() + i])
          .as("%s[%d]", what, i)
          .isCloseTo((above - below) / 2 / step, within(1e-3));
    }
  }

  @Test
  void gradients_of_a_network_are_those_of_finite_differences() {
    Random random = new Random(2);
    for (Parameter parameter : network.parameters()) {
      parameter.value().addInPlace(NDArray.normal(parameter.value().shape(), 0f, 0.2f, random));
    }
    network.gradient(x, T);
    for (Parameter parameter : network.parameters()) {
      check(parameter.name(), parameter.value(), parameter.gradient());
    }
    Pass pass = Pass.training();
    SoftmaxWithLoss loss = new SoftmaxWithLoss();
    loss.forward(network.forward(x, pass), T, pass);
    check("x", x, network.backward(loss.backward(pass), pass));
  }
}
