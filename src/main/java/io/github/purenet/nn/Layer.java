package io.github.purenet.nn;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.util.List;

/**
 * A step of a network: hyper-parameters and {@link Parameter}s, and nothing that a computation
 * leaves behind. What one journey through the layer leaves behind is kept in its {@link Pass}, so
 * one layer serves any number of threads, each with a pass of its own.
 */
public interface Layer {

  /**
   * The name that error texts and parameters carry.
   *
   * @return for example {@code conv1}
   */
  String name();

  /**
   * The shape that this layer makes of an input.
   *
   * @param input shape of a batch (N, ...)
   * @return shape of the output (N, ...)
   * @throws IllegalArgumentException if the input does not fit, naming the layer and the shapes
   */
  Shape outputShape(Shape input);

  /**
   * Computes the output.
   *
   * @param x input (N, ...). Not modified, and not to be modified before {@link #backward}.
   * @param pass what holds the output and what backward needs
   * @return y, which belongs to the pass: valid until the layer runs again with it
   * @throws IllegalArgumentException if x does not fit, naming the layer and the shapes
   */
  NDArray forward(NDArray x, Pass pass);

  /**
   * Adds to the gradients of the parameters and computes that of the input.
   *
   * @param dy gradient of the loss by the output, in the output's shape. Not modified.
   * @param pass the training pass of the forward computation
   * @return dx in the input's shape, which belongs to the pass
   * @throws IllegalStateException if {@link #forward} has not run with this training pass
   * @throws IllegalArgumentException if dy does not fit, naming the layer and the shapes
   */
  NDArray backward(NDArray dy, Pass pass);

  /**
   * Adds to the gradients of the parameters like {@link #backward}, without that of the input: for
   * the first layers of a network, behind which nobody asks for it.
   *
   * @param dy gradient of the loss by the output, in the output's shape. Not modified.
   * @param pass the training pass of the forward computation
   * @throws IllegalStateException if {@link #forward} has not run with this training pass
   * @throws IllegalArgumentException if dy does not fit, naming the layer and the shapes
   */
  default void backwardParameters(NDArray dy, Pass pass) {
    backward(dy, pass);
  }

  /**
   * What training changes.
   *
   * @return the parameters, unmodifiable; empty if there is nothing to learn
   */
  default List<Parameter> parameters() {
    return List.of();
  }

  /**
   * What inference reads and training changes by other means than a gradient, such as running
   * means. They are never trained, but stored with the parameters.
   *
   * @return the buffers, unmodifiable; empty if there are none
   */
  default List<Parameter> buffers() {
    return List.of();
  }

  /**
   * The multiply-adds of products and convolutions in a forward computation. What visits each
   * number a few times counts as nothing.
   *
   * @param input shape of a batch (N, ...)
   * @return their number, 0 unless the layer is made of such sums
   */
  default long multiplyAdds(Shape input) {
    return 0;
  }

  /**
   * Computes the output once, for inference.
   *
   * @param x input (N, ...). Not modified.
   * @return y, the caller's own
   * @throws IllegalArgumentException if x does not fit, naming the layer and the shapes
   */
  default NDArray forward(NDArray x) {
    NDArray y = forward(x, Pass.inference());
    return y.data() == x.data() ? y.copy() : y; // some layers give back x or a view of it
  }
}
