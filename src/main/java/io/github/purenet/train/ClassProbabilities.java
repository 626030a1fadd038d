package io.github.purenet.train;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.nn.Layer;
import io.github.purenet.nn.Network;
import io.github.purenet.nn.Pass;
import io.github.purenet.nn.Softmax;
import io.github.purenet.nn.SoftmaxWithLoss;
import java.util.List;

/** The probabilities of the classes that the outputs of a classifier stand for. */
final class ClassProbabilities {
  private final boolean logits;

  /**
   * Creates what turns outputs into probabilities.
   *
   * @param who what needs them, for the message
   * @throws IllegalArgumentException if the outputs of the network are neither probabilities nor
   *     logits of them
   */
  ClassProbabilities(String who, Network network) {
    List<Layer> layers = network.layers();
    logits = network.loss() instanceof SoftmaxWithLoss;
    if (!logits && !(layers.get(layers.size() - 1) instanceof Softmax)) {
      throw new IllegalArgumentException(
          who
              + ": expected a network with SoftmaxWithLoss or with a softmax at its end, got one"
              + " with "
              + network.loss().name());
    }
  }

  /** Returns the probabilities (N, K) of outputs (N, K), which may be the outputs themselves. */
  NDArray of(NDArray y) {
    return logits ? new Softmax().forward(y, Pass.inference()) : y;
  }
}
