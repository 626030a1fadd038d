package io.github.purenet.serve;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.nn.Layer;
import io.github.purenet.nn.Network;
import io.github.purenet.nn.Pass;
import io.github.purenet.nn.Sigmoid;
import io.github.purenet.nn.SigmoidWithLoss;
import io.github.purenet.nn.Softmax;
import io.github.purenet.nn.SoftmaxWithLoss;

/** The probabilities that the outputs of a network stand for, which its loss tells. */
public final class Probabilities {
  private final Layer layer;

  /**
   * Creates what turns the outputs of a network into probabilities.
   *
   * @param network the network
   * @throws IllegalArgumentException if its outputs are no logits
   */
  public Probabilities(Network network) {
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

  /** Returns whether the outputs of a network stand for probabilities of classes, one a number. */
  static boolean hasClasses(Network network) {
    boolean logits =
        network.loss() instanceof SoftmaxWithLoss || network.loss() instanceof SigmoidWithLoss;
    return logits && network.outputShape(network.inputShape().prepend(1)).rank() == 2;
  }

  /**
   * Computes the probabilities of a batch of outputs.
   *
   * @param logits the outputs (N, ...). Not modified.
   * @return a new array of the same shape
   */
  public NDArray of(NDArray logits) {
    return layer.forward(logits, Pass.inference());
  }
}
