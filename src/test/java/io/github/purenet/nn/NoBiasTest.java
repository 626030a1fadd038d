package io.github.purenet.nn;

import static io.github.purenet.nn.Layers.affine;
import static io.github.purenet.nn.Layers.batchNorm;
import static io.github.purenet.nn.Layers.conv;
import static io.github.purenet.nn.Layers.maxPool;
import static io.github.purenet.nn.Layers.relu;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import io.github.purenet.optim.Adam;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Convolution and affine layers without a bias. */
class NoBiasTest {

  private static List<String> names(Network network) {
    return network.parameters().stream().map(Parameter::name).toList();
  }

  @Test
  void a_layer_without_bias_has_one_parameter_and_the_others_keep_their_names() {
    Shape image = Shape.of(1, 8, 8);
    assertThat(
            names(
                Network.of(
                    image, 1, conv(4, 3).noBias(), batchNorm(), affine(5).noBias(), affine(2))))
        .containsExactly(
            "conv1.W",
            "batchNorm1.gamma",
            "batchNorm1.beta",
            "affine1.W",
            "affine2.W",
            "affine2.b");
    assertThat(names(Network.of(image, 1, conv(4, 3), affine(5))))
        .containsExactly("conv1.W", "conv1.b", "affine1.W", "affine1.b");
  }

  /** A bias of 0 adds nothing: the same bits, with a fused Relu and pool and alone. */
  @Test
  void without_bias_is_a_bias_of_0() {
    Shape image = Shape.of(2, 9, 8);
    Network with =
        Network.of(
            image, 3, conv(4, 3).pad(1), relu(), maxPool(2), conv(6, 2).groups(2), affine(5));
    Network without =
        Network.of(
            image,
            3,
            conv(4, 3).pad(1).noBias(),
            relu(),
            maxPool(2),
            conv(6, 2).groups(2).noBias(),
            affine(5).noBias());
    for (int n : new int[] {1, 3}) {
      NDArray x = NDArray.normal(image.prepend(n), 0f, 1f, new Random(n));
      assertThat(without.predict(x).toArray()).isEqualTo(with.predict(x).toArray());
      NDArray t = NDArray.zeros(n);
      assertThat(without.gradient(x, t)).isEqualTo(with.gradient(x, t));
      for (Parameter weight : without.parameters()) {
        assertThat(weight.gradient().toArray())
            .isEqualTo(with.parameter(weight.name()).gradient().toArray());
      }
    }
  }

  @Test
  void a_network_without_bias_learns_and_can_be_frozen() {
    Network network = Network.of(Shape.of(1, 6, 6), 1, conv(4, 3).noBias(), affine(2).noBias());
    NDArray x = NDArray.normal(Shape.of(8, 1, 6, 6), 0f, 1f, new Random(1));
    NDArray t = NDArray.of(0f, 1f, 0f, 1f, 0f, 1f, 0f, 1f);
    double before = network.loss(x, t);
    Adam adam = new Adam(0.01);
    for (int i = 0; i < 20; i++) {
      network.gradient(x, t);
      adam.step(network.parameters());
    }
    assertThat(network.loss(x, t)).isLessThan(before / 2);
    network.parameters().forEach(Parameter::freeze);
    network.gradient(x, t);
    for (Parameter parameter : network.parameters()) {
      assertThat(parameter.gradient().toArray()).containsOnly(0f);
    }
  }
}
