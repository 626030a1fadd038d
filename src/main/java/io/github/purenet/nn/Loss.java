package io.github.purenet.nn;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;

/** What training makes small. Like a layer, a loss keeps nothing between calls; the pass does. */
public interface Loss {

  /**
   * Returns the name that error texts carry.
   *
   * @return the name of the class unless overridden
   */
  default String name() {
    return getClass().getSimpleName();
  }

  /**
   * Checks that the loss can take outputs of a shape. A network asks when it gets the loss, so that
   * what cannot fit is seen before the first step.
   *
   * @param y shape of the output of the network (N, ...)
   * @throws IllegalArgumentException if the shape does not fit, naming the loss and the shape
   */
  default void check(Shape y) {}

  /**
   * Computes the loss, a mean over the batch.
   *
   * @param y output of the network (N, ...). Not modified.
   * @param t targets. Not modified.
   * @param pass what holds what backward needs
   * @return the loss
   * @throws IllegalArgumentException if y and t do not fit, naming the shapes
   */
  double forward(NDArray y, NDArray t, Pass pass);

  /**
   * Computes the gradient of the loss by y.
   *
   * @param pass the training pass of the forward computation
   * @return dy in the shape of y, which belongs to the pass
   * @throws IllegalStateException if {@link #forward} has not run with this training pass
   */
  NDArray backward(Pass pass);
}
