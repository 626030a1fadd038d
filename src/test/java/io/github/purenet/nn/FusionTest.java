package io.github.purenet.nn;

import static io.github.purenet.nn.Layers.affine;
import static io.github.purenet.nn.Layers.avgPool;
import static io.github.purenet.nn.Layers.conv;
import static io.github.purenet.nn.Layers.globalAvgPool;
import static io.github.purenet.nn.Layers.maxPool;
import static io.github.purenet.nn.Layers.relu;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A network computes chains of layers at once; what comes out is what the layers give by turns. */
class FusionTest {
  private static final long SEED = 11;

  /** The layers of a network, and what they are for. */
  record Chain(String name, Shape input, List<LayerSpec> specs) {
    Network network() {
      return Network.of(input, SEED, specs.toArray(LayerSpec[]::new));
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static Chain chain(String name, Shape input, LayerSpec... specs) {
    return new Chain(name, input, List.of(specs));
  }

  static Stream<Chain> chains() {
    Shape image = Shape.of(2, 13, 11);
    return Stream.of(
        chain("the book's", image, conv(4, 3), relu(), maxPool(2), affine(3)),
        chain("pool of 3", image, conv(5, 2), relu(), maxPool(3), affine(3)),
        chain("wide pool", image, conv(5, 2), relu(), maxPool(1, 3), affine(3)),
        chain("tall pool", image, conv(5, 2), relu(), maxPool(2, 1), affine(3)),
        chain("pool of 1", image, conv(3, 2), relu(), maxPool(1), affine(3)),
        chain("no relu", image, conv(4, 3), maxPool(2), affine(3)),
        chain("relu behind the pool", image, conv(4, 3), maxPool(2), relu(), affine(3)),
        chain("no pool", image, conv(4, 3), relu(), affine(3)),
        chain("nothing behind", image, conv(4, 3), affine(3)),
        chain("overlapping pool", image, conv(4, 3), relu(), maxPool(3).stride(2), affine(3)),
        chain("pool with gaps", image, conv(4, 3), relu(), maxPool(2).stride(3), affine(3)),
        chain("padded pool", image, conv(4, 3), relu(), maxPool(2).pad(1), affine(3)),
        chain("two relus", image, conv(4, 3), relu(), relu(), maxPool(2), affine(3)),
        chain("two pools", image, conv(4, 3), relu(), maxPool(2), maxPool(2), affine(3)),
        chain("padding", image, conv(4, 3).pad(1), relu(), maxPool(2), affine(3)),
        chain("padding by side", image, conv(4, 3).pad(2, 0, 0, 1), relu(), maxPool(2), affine(3)),
        chain("wide padding", image, conv(4, 1, 2).pad(1, 3), relu(), maxPool(2), affine(3)),
        chain("same padding", image, conv(4, 4).stride(2).same(), relu(), maxPool(2), affine(3)),
        chain("pool of same padding", image, conv(4, 3), relu(), maxPool(2).same(), affine(3)),
        chain("stride", image, conv(4, 3).stride(2), relu(), maxPool(2), affine(3)),
        chain(
            "stride and padding",
            image,
            conv(4, 2, 3).stride(2, 1).pad(0, 2),
            relu(),
            maxPool(2, 3),
            affine(3)),
        chain("groups", image, conv(6, 3).groups(2), relu(), maxPool(2), affine(3)),
        chain(
            "dilation", image, conv(4, 3).dilation(2, 3).pad(1, 2), relu(), maxPool(2), affine(3)),
        chain(
            "dilation and stride",
            image,
            conv(4, 2, 3).dilation(3, 2).stride(1, 3).pad(2, 0),
            relu(),
            maxPool(3, 1),
            affine(3)),
        chain(
            "depth-wise",
            image,
            conv(6, 1),
            conv(6, 3).groups(6).dilation(1, 2).pad(1),
            relu(),
            maxPool(2),
            affine(3)),
        chain(
            "groups of large filters",
            Shape.of(8, 14, 14),
            conv(6, 7).groups(2).pad(2),
            relu(),
            maxPool(2),
            affine(3)),
        chain("pool in ceil mode", image, conv(4, 3), relu(), maxPool(2).ceilMode(), affine(3)),
        chain("average pool", image, conv(4, 3), relu(), avgPool(2), affine(3)),
        chain("global pool", image, conv(4, 3), relu(), globalAvgPool(), affine(3)),
        chain("relu first", image, relu(), conv(4, 3), relu(), maxPool(2), affine(3)),
        chain("pool first", image, maxPool(2), conv(4, 3), relu(), maxPool(2), affine(3)),
        chain(
            "two convolutions",
            image,
            conv(4, 3).pad(1),
            relu(),
            maxPool(2),
            conv(6, 3).pad(1),
            relu(),
            maxPool(2),
            affine(7),
            relu(),
            affine(3)),
        chain(
            "convolutions in a row", image, conv(4, 3), conv(5, 2), relu(), conv(3, 1), affine(3)),
        chain("many filters", Shape.of(1, 28, 28), conv(33, 5), relu(), maxPool(2), affine(9)),
        chain("large filters", Shape.of(5, 14, 14), conv(7, 11), relu(), maxPool(2), affine(3)),
        chain("ends in a pool", Shape.of(1, 3, 3), conv(4, 2), relu(), maxPool(2)));
  }

  private static NDArray images(Chain chain, int n) {
    return NDArray.normal(chain.input().prepend(n), 0f, 1f, new Random(n));
  }

  /** Runs the network's layers one by one. */
  private static NDArray forward(Network network, NDArray x, Pass pass) {
    NDArray y = x;
    for (Layer layer : network.layers()) {
      y = layer.forward(y, pass);
    }
    return y;
  }

  private static NDArray backward(Network network, NDArray dy, Pass pass) {
    NDArray dx = dy;
    for (int i = network.layers().size() - 1; i >= 0; i--) {
      dx = network.layers().get(i).backward(dx, pass);
    }
    return dx;
  }

  private static List<NDArray> gradients(Network network) {
    List<NDArray> gradients =
        network.parameters().stream().map(parameter -> parameter.gradient().copy()).toList();
    network.parameters().forEach(Parameter::clearGradient);
    return gradients;
  }

  @ParameterizedTest
  @MethodSource("chains")
  void forward_gives_the_bits_of_the_layers(Chain chain) {
    Network network = chain.network();
    for (int n : new int[] {1, 3, 9, 0}) {
      NDArray x = images(chain, n);
      float[] expected = forward(network, x, Pass.inference()).toArray();
      assertThat(network.predict(x).toArray()).as("seed %d", SEED).isEqualTo(expected);
      for (Pass pass : List.of(Pass.inference(), Pass.training())) {
        NDArray y = network.forward(x, pass);
        assertThat(y.shape()).isEqualTo(network.outputShape(x.shape()));
        assertThat(y.toArray()).as("seed %d", SEED).isEqualTo(expected);
      }
    }
  }

  /** The order of sums may differ: within 1e-6 of the largest number of each gradient. */
  @ParameterizedTest
  @MethodSource("chains")
  void gradients_are_those_of_the_layers(Chain chain) {
    Network network = chain.network();
    gradients(network);
    for (int n : new int[] {1, 3, 9}) {
      NDArray x = images(chain, n);
      Pass layerPass = Pass.training();
      NDArray dy = images(n, forward(network, x, layerPass).shape());
      NDArray expectedDx = backward(network, dy, layerPass);
      List<NDArray> expected = gradients(network);

      Pass pass = Pass.training();
      network.forward(x, pass);
      assertClose(chain + " dx", network.backward(dy, pass), expectedDx);
      List<NDArray> actual = gradients(network);

      network.forward(x, pass);
      network.backwardParameters(dy, pass);
      List<NDArray> withoutDx = gradients(network);

      for (int i = 0; i < expected.size(); i++) {
        String name = chain + " " + network.parameters().get(i);
        assertClose(name, actual.get(i), expected.get(i));
        assertClose(name, withoutDx.get(i), expected.get(i));
      }
    }
  }

  private static NDArray images(int seed, Shape shape) {
    return NDArray.normal(shape, 0f, 1f, new Random(seed + SEED));
  }

  private static void assertClose(String what, NDArray actual, NDArray expected) {
    assertThat(actual.shape()).as(what).isEqualTo(expected.shape());
    double largest = expected.abs().max();
    assertThat(largest).as(what).isPositive();
    for (int i = 0; i < expected.size(); i++) {
      assertThat((double) actual.data()[i])
          .as("%s at %d, seed %d", what, i, SEED)
          .isCloseTo(expected.data()[i], within(1e-6 * largest));
    }
  }
}
