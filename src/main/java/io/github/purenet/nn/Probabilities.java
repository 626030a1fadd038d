package io.github.purenet.nn;

import io.github.purenet.ndarray.NDArray;

/**
 * The probabilities that the outputs of a network stand for, which its loss tells: the softmax of
 * logits with {@link SoftmaxWithLoss}, the sigmoid with {@link SigmoidWithLoss}.
 *
 * <p>Any number of threads may use one object at once.
 */
public final class Probabilities {
  private final Layer layer;

  /**
   * Creates what turns the outputs of a network into probabilities.
   *
   * @param network the network
   * @throws IllegalArgumentException if its outputs are no logits; the message names the loss
   */
  public Probabilities(Network network) {
    if (network.loss() instanceof SoftmaxWithLoss) {
      layer = new Softmax();
    } else if (network.loss() instanceof SigmoidWithLoss) {
      layer = new Sigmoid();
    } else {
      throw new IllegalArgumentException(
          "probabilities: expected a network with SoftmaxWithLoss or SigmoidWithLoss, got one with "
              + network.loss().name());
    }
  }

  /**
   * Returns whether the outputs of a network stand for the probabilities of classes.
   *
   * @param network the network
   * @return true if each sample has K logits
   */
  public static boolean hasClasses(Network network) {
    boolean logits =
        network.loss() instanceof SoftmaxWithLoss || network.loss() instanceof SigmoidWithLoss;
    return logits && network.outputShape(network.inputShape().prepend(1)).rank() == 2;
  }

  /**
   * Computes the probabilities of a batch of outputs.
   *
   * @param outputs the outputs of the network (N, ...). Not modified.
   * @return a new array of the same shape, numbers from 0 to 1
   */
  public NDArray of(NDArray outputs) {
    return layer.forward(outputs);
  }
}
