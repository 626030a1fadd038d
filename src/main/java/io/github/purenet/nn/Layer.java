package io.github.purenet.nn;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.util.List;

/**
 * A layer of a network: a differentiable function of a batch, with its settings and {@link
 * Parameter}s. A layer holds nothing that a computation leaves behind; that is in the {@link Pass}.
 * Any number of threads may therefore compute with one layer at once, each with a pass of its own.
 * A network may have a layer object once only; {@link Pass} tells how to share weights.
 */
public interface Layer {

  /**
   * Returns the name of this layer, with which error messages and names of parameters begin.
   *
   * @return the name, for example {@code conv1}
   */
  String name();

  /**
   * Returns the shape of the output for an input of the given shape.
   *
   * @param input the shape of a batch (N, ...)
   * @return the shape of the output (N, ...)
   * @throws IllegalArgumentException if the input does not fit; the message names the layer and the
   *     shapes
   */
  Shape outputShape(Shape input);

  /**
   * Computes the output.
   *
   * @param x the input (N, ...), which must not be the output of this layer in the same pass. Not
   *     modified; in training, it must stay the same until {@link #backward}.
   * @param pass the memory for the output and for what backward needs
   * @return the output y, which is x, a view of x or memory of the pass; valid until this layer is
   *     computed again with the same pass
   * @throws IllegalArgumentException if x does not fit; the message names the layer and the shapes
   * @throws IllegalStateException if x is the output of this layer in the same pass and the layer
   *     reads it while it writes the new one; the message names the layer
   */
  NDArray forward(NDArray x, Pass pass);

  /**
   * Adds to the gradients of the parameters, and computes the gradient of the input.
   *
   * @param dy the gradient of the loss with respect to the output, in the shape of the output. Not
   *     modified.
   * @param pass the training pass with which {@link #forward} computed the output
   * @return dx, the gradient of the loss with respect to the input, in the shape of the input: dy,
   *     a view of dy or memory of the pass; valid until this layer is computed again with the same
   *     pass
   * @throws IllegalStateException if {@link #forward} was not called with this training pass
   * @throws IllegalArgumentException if dy does not fit; the message names the layer and the shapes
   */
  NDArray backward(NDArray dy, Pass pass);

  /**
   * Adds to the gradients of the parameters as {@link #backward} does, without computing the
   * gradient of the input, which the first layer of a network does not need. By default, calls
   * {@link #backward}.
   *
   * @param dy the gradient of the loss with respect to the output, in the shape of the output. Not
   *     modified.
   * @param pass the training pass with which {@link #forward} computed the output
   * @throws IllegalStateException if {@link #forward} was not called with this training pass
   * @throws IllegalArgumentException if dy does not fit; the message names the layer and the shapes
   */
  default void backwardParameters(NDArray dy, Pass pass) {
    backward(dy, pass);
  }

  /**
   * Returns the parameters, which training changes by their gradients.
   *
   * @return an unmodifiable list, by default empty
   */
  default List<Parameter> parameters() {
    return List.of();
  }

  /**
   * Returns the buffers: numbers that inference reads and training changes by other means than
   * gradients, such as running means. Optimizers do not see them, but they belong to what a network
   * has learned.
   *
   * @return an unmodifiable list, by default empty
   */
  default List<Parameter> buffers() {
    return List.of();
  }

  /**
   * Returns the number of multiply-adds in the matrix products and convolutions of one forward
   * computation. Operations that visit each number a few times, such as activations and pooling,
   * are not counted.
   *
   * @param input the shape of a batch (N, ...)
   * @return the number of multiply-adds, by default 0
   */
  default long multiplyAdds(Shape input) {
    return 0;
  }

  /**
   * Returns the smallest number of samples with which this layer can be trained.
   *
   * @param input the shape of a batch (N, ...) of any N
   * @return the number of samples, by default 1
   */
  default int smallestBatch(Shape input) {
    return 1;
  }

  /**
   * Computes the output in inference, with a pass of its own.
   *
   * @param x the input (N, ...). Not modified.
   * @return the output y, a copy, which shares no memory with x or with this layer
   * @throws IllegalArgumentException if x does not fit; the message names the layer and the shapes
   */
  default NDArray forward(NDArray x) {
    return forward(x, Pass.inference()).copy(); // it may be x, or what the layer has
  }
}
