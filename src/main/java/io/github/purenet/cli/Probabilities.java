package io.github.purenet.cli;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.nn.Layer;
import io.github.purenet.nn.Network;
import io.github.purenet.nn.Pass;
import io.github.purenet.nn.Sigmoid;
import io.github.purenet.nn.SigmoidWithLoss;
import io.github.purenet.nn.Softmax;
import io.github.purenet.nn.SoftmaxWithLoss;

/** The probabilities that the outputs of a network stand for, which its loss tells. */
final class Probabilities {
  private final Layer layer;

  /**
   * Creates what turns the outputs of a network into probabilities.
   *
   * @throws IllegalArgumentException if its outputs are no logits
   */
  Probabilities(Network network) {
    if (network.loss() instanceof SoftmaxWithLoss) {
      layer = new Softmax();
    } else if (network.loss() instanceof SigmoidWithLoss) {
      layer = new Sigmoid();
    } else {
      throw new IllegalArgumentException(
          "probabilities: expected a network with SoftmaxWithLoss or SigmoidWithLoss, got one with "
              + network.loss().getClass().getSimpleName());
    }
  }

  /** Returns the probabilities of a batch of outputs, a new array of the same shape (N, ...). */
  NDArray of(NDArray logits) {
    return layer.forward(logits, Pass.inference());
  }
}
