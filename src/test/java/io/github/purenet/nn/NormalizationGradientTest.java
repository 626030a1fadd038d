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
 * Finite differences through a network of normalizations. It is smooth, but a normalization over
 * five numbers curves: with the step 1e-2 the central difference was wrong by 1e-3, which falls
 * with step². With 2e-3 that is 5e-5, and rounding of the logits adds some 1e-7 / 2e-3.
 */
class NormalizationGradientTest {
  private static final float STEP = 2e-3f;
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
      float old = value.data()[i];
      value.data()[i] = old + STEP;
      double above = trainingLoss();
      value.data()[i] = old - STEP;
      double below = trainingLoss();
      float step = ((old + STEP) - (old - STEP)) / 2;
      value.data()[i] = old;
      assertThat((double) gradient.data()[i])
          .as("%s[%d]", what, i)
          .isCloseTo((above - below) / 2 / step, within(5e-4));
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
