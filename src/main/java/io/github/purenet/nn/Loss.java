package io.github.purenet.nn;

import io.github.purenet.ndarray.NDArray;

/** What training makes small. Like a layer, a loss keeps nothing between calls; the pass does. */
public interface Loss {

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
