package io.github.purenet.model;

import static io.github.purenet.testing.Golden.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import io.github.purenet.nn.Network;
import io.github.purenet.nn.Parameter;
import io.github.purenet.testing.Golden;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The models beside PyTorch: cases_models.py computes the same from the same formula. */
class ModelGoldenTest {
  private static final int STRIDE = 100_003;

  @Test
  void lenet_agrees_with_pytorch() {
    check("lenet", LeNet.of(0), 5, 10);
  }

  @Test
  void deep_conv_net_agrees_with_pytorch() {
    check("deepconvnet", DeepConvNet.of(Shape.of(1, 28, 28), 10, 0, 0), 5, 10);
  }

  @Test
  void alex_net_agrees_with_pytorch() {
    check("alexnet", AlexNet.of(Shape.of(3, 227, 227), 1000, 0, 0), 2, 1000);
  }

  private static void check(String name, Network network, int batch, int classes) {
    Map<String, NDArray> golden = Golden.pytorch(name);
    int salt = 0;
    for (Parameter parameter : network.parameters()) {
      salt += 1000;
      Golden.formula(parameter.value(), salt, limit(parameter));
    }
    NDArray x = NDArray.zeros(network.inputShape().prepend(batch));
    Golden.formula(x, 7, 1);
    NDArray t = NDArray.zeros(batch);
    for (int i = 0; i < batch; i++) {
      t.set(i * 7 % classes, i);
    }
    assertClose("logits", network.predict(x), golden.get("logits"), 1e-5);
    NDArray losses = golden.get("losses");
    float rate = golden.get("rate").get(0);
    for (int step = 0; step < losses.size(); step++) {
      double loss = network.gradient(x, t);
      assertThat(loss).as("loss " + step).isCloseTo(losses.get(step), within(1e-4 * losses.get(0)));
      if (step == 0) {
        network.parameters().forEach(parameter -> compareGradient(parameter, golden));
      }
      for (Parameter parameter : network.parameters()) {
        descend(parameter, rate);
      }
    }
  }

  private static void compareGradient(Parameter parameter, Map<String, NDArray> golden) {
    NDArray gradient = parameter.gradient();
    NDArray expected = golden.get("d" + parameter.name());
    if (expected.shape().equals(gradient.shape())) {
      assertClose(parameter.name(), gradient, expected, 1e-4);
    } else {
      NDArray excerpt = NDArray.zeros(expected.shape());
      for (int i = 0; i < excerpt.size(); i++) {
        excerpt.set(gradient.data()[i * STRIDE], i);
      }
      assertClose(parameter.name(), excerpt, expected, 1e-4);
    }
    double sum = 0;
    double squares = 0;
    double magnitudes = 0;
    for (int i = 0; i < gradient.size(); i++) {
      double g = gradient.data()[i];
      sum += g;
      squares += g * g;
      magnitudes += Math.abs(g);
    }
    NDArray sums = golden.get("sums." + parameter.name());
    assertThat(sum).as(parameter.name()).isCloseTo(sums.get(0), within(1e-5 * magnitudes));
    assertThat(squares).as(parameter.name()).isCloseTo(sums.get(1), within(1e-4 * squares));
  }

  private static void descend(Parameter parameter, float rate) {
    float[] value = parameter.value().data();
    float[] gradient = parameter.gradient().data();
    for (int i = 0; i < parameter.value().size(); i++) {
      value[i] -= rate * gradient[i];
    }
  }

  /** sqrt(6 / fan in) of a weight, 0.1 of a bias. */
  private static double limit(Parameter parameter) {
    Shape shape = parameter.value().shape();
    if (shape.rank() == 1) {
      return 0.1;
    }
    return Math.sqrt(6.0 / (shape.rank() == 2 ? shape.dimension(0) : shape.dropFirst().size()));
  }
}
