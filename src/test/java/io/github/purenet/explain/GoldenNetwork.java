package io.github.purenet.explain;

import static io.github.purenet.nn.Layers.affine;
import static io.github.purenet.nn.Layers.batchNorm;
import static io.github.purenet.nn.Layers.branch;
import static io.github.purenet.nn.Layers.concat;
import static io.github.purenet.nn.Layers.conv;
import static io.github.purenet.nn.Layers.maxPool;
import static io.github.purenet.nn.Layers.relu;
import static io.github.purenet.nn.Layers.residual;

import io.github.purenet.data.Mnist;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import io.github.purenet.nn.Network;
import io.github.purenet.testing.Golden;
import java.util.HashMap;
import java.util.Map;

/**
 * A network that {@code cases_explain.py} has trained, and what PyTorch computes of it.
 *
 * @param network the network
 * @param arrays the arrays of the file
 * @param layer the last layer with an image as its output
 * @param inner a layer before it, in a composite if there is one
 */
record GoldenNetwork(Network network, Map<String, NDArray> arrays, String layer, String inner) {
  private static final Shape DIGIT = Shape.of(1, 28, 28);

  static GoldenNetwork chain() {
    return of(
        "explain-chain",
        Network.of(
            DIGIT,
            1,
            conv(4, 5),
            relu(),
            maxPool(2),
            conv(8, 5),
            relu(),
            maxPool(2),
            affine(16),
            relu(),
            affine(10)),
        "maxPool2",
        "conv2");
  }

  static GoldenNetwork composite() {
    return of(
        "explain-composite",
        Network.of(
            DIGIT,
            1,
            conv(4, 3).stride(2).pad(1),
            batchNorm(),
            relu(),
            residual(conv(4, 3).pad(1), batchNorm(), relu(), conv(6, 3).pad(1))
                .projection(conv(6, 1)),
            relu(),
            maxPool(2),
            concat(branch(conv(2, 1)), branch(conv(4, 3).pad(1), relu())),
            affine(10)),
        "concat1",
        "residual1.conv2");
  }

  private static GoldenNetwork of(String name, Network network, String layer, String inner) {
    Map<String, NDArray> arrays = Golden.pytorch(name);
    Map<String, NDArray> parameters = new HashMap<>();
    network.copyParameters().keySet().forEach(key -> parameters.put(key, arrays.get(key)));
    network.setParameters(parameters);
    return new GoldenNetwork(network, arrays, layer, inner);
  }

  NDArray get(String key) {
    return arrays.get(key);
  }

  /** The images of the file, which are explained for the classes 7 and 3. */
  static NDArray images() {
    return Mnist.sample().test().head(2).all().x();
  }

  @Override
  public String toString() {
    return layer;
  }
}
