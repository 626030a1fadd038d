package io.github.purenet.model;

import static io.github.purenet.nn.Layers.affine;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.purenet.ndarray.Shape;
import io.github.purenet.nn.Network;
import io.github.purenet.nn.Parameter;
import org.junit.jupiter.api.Test;

class SummaryTest {

  private static int count(Network network) {
    return network.parameters().stream().mapToInt(p -> p.value().size()).sum();
  }

  @Test
  void lenet_has_the_parameters_and_products_of_the_paper() {
    LeNet network = LeNet.of(0);
    assertThat(count(network)).isEqualTo(61_706);
    assertThat(network.multiplyAdds(Shape.of(1, 1, 28, 28)))
        .isEqualTo(6L * 25 * 28 * 28 + 16L * 150 * 10 * 10 + 400 * 120 + 120 * 84 + 84 * 10);
    assertThat(network.summary().lines().toList())
        .containsExactly(
            "layer     output shape  parameters  multiply-adds",
            "-------------------------------------------------",
            "input     (1, 28, 28)                            ",
            "conv1     (6, 28, 28)          156        117,600",
            "relu1     (6, 28, 28)            0              0",
            "maxPool1  (6, 14, 14)            0              0",
            "conv2     (16, 10, 10)       2,416        240,000",
            "relu2     (16, 10, 10)           0              0",
            "maxPool2  (16, 5, 5)             0              0",
            "affine1   (120,)            48,120         48,000",
            "relu3     (120,)                 0              0",
            "affine2   (84,)             10,164         10,080",
            "relu4     (84,)                  0              0",
            "affine3   (10,)                850            840",
            "-------------------------------------------------",
            "parameters: 61,706",
            "  trained: 61,706",
            "  frozen: 0",
            "multiply-adds of one sample: 416,520");
  }

  @Test
  void simple_conv_net_has_the_parameters_of_the_book() {
    assertThat(count(SimpleConvNet.of(0))).isEqualTo(433_890);
    assertThat(SimpleConvNet.of(0).summary()).contains("parameters: 433,890\n");
  }

  @Test
  void deep_conv_net_has_the_parameters_of_the_book() {
    assertThat(DeepConvNet.of(0).summary()).contains("parameters: 123,552\n");
    assertThat(DeepConvNet.of(0).summary()).contains("(32, 16, 16)").contains("(64, 4, 4)");
  }

  @Test
  void alex_net_has_the_parameters_of_the_paper() {
    assertThat(AlexNet.of(0).summary())
        .contains("parameters: 60,965,224\n")
        .contains("(256, 6, 6)");
  }

  @Test
  void frozen_parameters_are_counted_apart() {
    LeNet network = LeNet.of(0);
    network.layers().get(0).parameters().forEach(Parameter::freeze);
    assertThat(network.summary()).contains("  trained: 61,550\n").contains("  frozen: 156\n");
    assertThat(network.replaceLast(affine(3), 1).summary()).contains("(3,)").contains("61,111");
  }
}
