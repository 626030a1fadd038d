package io.github.purenet.nn;

import static io.github.purenet.nn.Layers.affine;
import static io.github.purenet.nn.Layers.avgPool;
import static io.github.purenet.nn.Layers.batchNorm;
import static io.github.purenet.nn.Layers.branch;
import static io.github.purenet.nn.Layers.concat;
import static io.github.purenet.nn.Layers.conv;
import static io.github.purenet.nn.Layers.flatten;
import static io.github.purenet.nn.Layers.globalAvgPool;
import static io.github.purenet.nn.Layers.localResponseNorm;
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
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class ReceptiveFieldTest {
  private static final Shape IMAGE = Shape.of(1, 28, 28);

  @Test
  void fields_grow_from_layer_to_layer() {
    Network network = Network.of(IMAGE, 1, conv(2, 5), relu(), maxPool(2), conv(2, 3), affine(3));
    assertField(network, "conv1", 4, 7, new ReceptiveField(4, 7, 5, 5));
    assertField(network, "relu1", 4, 7, new ReceptiveField(4, 7, 5, 5));
    assertField(network, "maxPool1", 4, 7, new ReceptiveField(8, 14, 6, 6));
    assertField(network, "conv2", 0, 9, new ReceptiveField(0, 18, 10, 10));
    assertField(network, "affine1", 0, 0, new ReceptiveField(0, 0, 28, 28));
  }

  @Test
  void padding_is_not_part_of_a_field() {
    Network network = Network.of(IMAGE, 1, conv(2, 5).pad(2), conv(2, 3).pad(5));
    assertField(network, "conv1", 0, 27, new ReceptiveField(0, 25, 3, 3));
    assertField(network, "conv2", 0, 4, new ReceptiveField(0, 0, 0, 0));
    assertField(network, "conv2", 4, 5, new ReceptiveField(0, 0, 4, 5));
  }

  /** Of what is linear, with positive weights, no part of the field can have a gradient of 0. */
  @Test
  void fields_are_where_the_gradient_is_not_zero() {
    Network network =
        Network.of(
            Shape.of(2, 19, 23),
            1,
            conv(3, 3, 2).stride(2, 1).same(),
            batchNorm(),
            residual(conv(4, 3).dilation(2, 1).pad(2, 1), localResponseNorm())
                .projection(conv(4, 1)),
            concat(branch(avgPool(3).stride(1).pad(1)), branch(), branch(conv(2, 1, 5).pad(0, 2))),
            avgPool(2).stride(3, 2),
            conv(2, 2));
    Random random = new Random(2);
    for (Parameter parameter : network.parameters()) {
      NDArray positive = NDArray.uniform(parameter.value().shape(), 0.1f, 1f, random);
      System.arraycopy(positive.data(), 0, parameter.value().data(), 0, positive.size());
    }
    Activations activations = network.activations(NDArray.ones(1, 2, 19, 23));
    int positions = 0;
    for (String name : activations.names()) {
      NDArray y = activations.get(name);
      for (int row = 0; row < y.dimension(2); row += 2) {
        for (int column = 0; column < y.dimension(3); column += 3) {
          NDArray dy = NDArray.zeros(y.shape());
          dy.set(1, 0, 0, row, column);
          dy.set(1, 0, y.dimension(1) - 1, row, column);
          NDArray gradient = activations.gradients(name, dy).input();
          assertField(network, name, row, column, support(gradient.abs().sum(0, 1)));
          positions++;
        }
      }
    }
    assertThat(positions).isGreaterThan(100);
  }

  private static ReceptiveField support(NDArray map) {
    int top = map.dimension(0);
    int left = map.dimension(1);
    int bottom = 0;
    int right = 0;
    for (int row = 0; row < map.dimension(0); row++) {
      for (int column = 0; column < map.dimension(1); column++) {
        if (map.get(row, column) > 0) {
          top = Math.min(top, row);
          left = Math.min(left, column);
          bottom = Math.max(bottom, row);
          right = Math.max(right, column);
        }
      }
    }
    return new ReceptiveField(top, left, bottom - top + 1, right - left + 1);
  }

  @Test
  void what_has_no_positions_sees_everything() {
    Network network = Network.of(IMAGE, 1, conv(2, 3), globalAvgPool(), affine(3));
    assertField(network, "globalAvgPool1", 0, 0, new ReceptiveField(0, 0, 28, 28));
    network = Network.of(IMAGE, 1, conv(2, 3), flatten(), residual(affine(2 * 26 * 26)));
    assertField(network, "residual1.affine1", 0, 0, new ReceptiveField(0, 0, 28, 28));
  }

  @Test
  void layers_of_one_name_are_told_apart_as_in_activations() {
    LayerSpec own =
        new LayerSpec() {
          @Override
          public String kind() {
            return "own";
          }

          @Override
          public Layer build(String name, Shape input, RandomGenerator random) {
            return maxPool(2).build("own", input, random);
          }

          @Override
          public Map<String, Object> settings() {
            return Map.of();
          }
        };
    Network network =
        Network.of(IMAGE, 1, own, residual(own, conv(1, 2)).projection(own, conv(1, 2)));
    List<String> names = network.activations(NDArray.zeros(1, 1, 28, 28)).names();
    assertThat(names).contains("own", "own#2", "own#3");
    assertField(network, "own", 1, 1, new ReceptiveField(2, 2, 2, 2));
    assertField(network, "own#3", 1, 1, new ReceptiveField(4, 4, 4, 4));
    assertThat(names)
        .allSatisfy(name -> assertThat(ReceptiveField.of(network, name, 0, 0)).isNotNull());
  }

  private static void assertField(
      Network network, String layer, int row, int column, ReceptiveField expected) {
    assertThat(ReceptiveField.of(network, layer, row, column))
        .as("%s (%d, %d)", layer, row, column)
        .isEqualTo(expected);
  }

  @Test
  void what_is_not_there_is_an_error() {
    Network network = Network.of(IMAGE, 1, conv(2, 5), affine(3));
    assertThatThrownBy(() -> ReceptiveField.of(network, "conv2", 0, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("network: expected one of the layers [conv1, affine1], got conv2");
    assertThatThrownBy(() -> ReceptiveField.of(network, "conv1", 24, 0))
        .hasMessage(
            "conv1: expected a position from (0, 0) to (23, 23), got (24, 0) in (2, 24, 24)");
    assertThatThrownBy(() -> ReceptiveField.of(network, "affine1", 0, 1))
        .hasMessage("affine1: expected a position from (0, 0) to (0, 0), got (0, 1) in (3,)");
    Network rows = Network.of(Shape.of(5), 1, affine(3));
    assertThatThrownBy(() -> ReceptiveField.of(rows, "affine1", 0, 0))
        .hasMessage(
            "network: expected images (C, H, W) for a receptive field, got samples of (5,)");
  }
}
