package io.github.purenet.nn;

import io.github.purenet.ndarray.NDArray;
import java.util.Map;

/**
 * The gradients of outputs of a network or of one of its layers, by its input and by the outputs of
 * the layers before, returned by {@link Activations#gradients}.
 */
public final class Gradients {
  private final NDArray input;
  private final Map<String, NDArray> outputs;
  private final Activations activations;

  Gradients(NDArray input, Map<String, NDArray> outputs, Activations activations) {
    this.input = input;
    this.outputs = outputs;
    this.activations = activations;
  }

  /**
   * Returns the gradient by the input of the network.
   *
   * @return a copy, in the shape of the input (N, input shape)
   */
  public NDArray input() {
    return input.copy();
  }

  /**
   * Returns the gradient by the output of a layer.
   *
   * @param layer the name of the layer, one of {@link Activations#names}
   * @return a copy, in the shape of the output of the layer (N, ...); 0 for a layer on which what
   *     was asked for does not depend
   * @throws IllegalArgumentException if there is no such layer; the message lists the names
   */
  public NDArray get(String layer) {
    NDArray gradient = outputs.get(layer);
    return gradient == null ? NDArray.zeros(activations.get(layer).shape()) : gradient.copy();
  }
}
