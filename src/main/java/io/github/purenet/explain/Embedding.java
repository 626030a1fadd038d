package io.github.purenet.explain;

import io.github.purenet.data.Batch;
import io.github.purenet.data.Dataset;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.nn.Layer;
import io.github.purenet.nn.Network;
import java.util.List;

/**
 * The numbers by which a network knows samples: the activations of a layer, a row for each sample.
 * Those of the last hidden layer are near each other for samples that the network takes for alike.
 */
public final class Embedding {
  private Embedding() {}

  /**
   * Returns the last hidden layer: the one before the last layer that has parameters.
   *
   * @param network a network
   * @return the name of the layer, for example {@code relu2}
   * @throws IllegalArgumentException if no layer stands before the one that has parameters
   */
  public static String lastHidden(Network network) {
    List<Layer> layers = network.layers();
    int last = layers.size() - 1;
    while (last > 0 && layers.get(last).parameters().isEmpty()) {
      last--;
    }
    if (last == 0) {
      throw new IllegalArgumentException(
          "network: expected a hidden layer before the last one with parameters, got "
              + layers.stream().map(Layer::name).toList());
    }
    return layers.get(last - 1).name();
  }

  /**
   * Returns the activations of the last hidden layer.
   *
   * @param network a network with a hidden layer
   * @param dataset the samples, which are read a few at a time
   * @return (N, D), a row for each sample in order, a new array
   * @throws IllegalArgumentException if there is no hidden layer or the samples do not fit
   */
  public static NDArray of(Network network, Dataset dataset) {
    return of(network, lastHidden(network), dataset);
  }

  /**
   * Returns the activations of a layer.
   *
   * @param network a network
   * @param layer the name of a layer
   * @param dataset the samples, which are read a few at a time
   * @return (N, D), a row for each sample in order, a new array; D numbers if the output of the
   *     layer is (D), C H W if it is (C, H, W)
   * @throws IllegalArgumentException if there is no such layer, the samples do not fit, or an array
   *     cannot hold so many numbers
   */
  public static NDArray of(Network network, String layer, Dataset dataset) {
    int n = dataset.size();
    int rows = Math.min(Math.max(n, 1), Chunks.rows(dataset.sampleShape()));
    Batch batch = Batch.allocate(dataset, rows);
    int d = LayerOutput.shape(network, layer).size();
    NDArray all = NDArray.zeros(n, d);
    for (int from = 0, to; from < n; from = to) {
      to = Math.min(n, from + rows);
      batch.fill(dataset, from, to);
      NDArray some = network.activations(batch.x()).get(layer);
      System.arraycopy(some.data(), 0, all.data(), from * d, some.size());
    }
    return all;
  }
}
