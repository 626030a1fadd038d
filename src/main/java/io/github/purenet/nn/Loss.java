package io.github.purenet.nn;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.util.Map;

/**
 * A loss, which training minimizes: a number that measures how far the output of a network is from
 * the targets. Like a layer, a loss holds nothing that a computation leaves behind; that is in the
 * {@link Pass}.
 */
public interface Loss {

  /**
   * Returns the name of this loss, with which error messages begin.
   *
   * @return the name, by default the simple name of the class
   */
  default String name() {
    return getClass().getSimpleName();
  }

  /**
   * Returns the settings, from which an equal loss of this name can be made when a network is
   * loaded; {@link ModelProvider} tells how.
   *
   * @return an unmodifiable map from names to values of the types that {@link Settings#with} takes;
   *     by default empty
   */
  default Map<String, Object> settings() {
    return Map.of();
  }

  /**
   * Checks that this loss accepts outputs of the given shape. {@link Network#withLoss} calls this
   * method, so that a loss that cannot fit is found before training. By default, accepts any shape.
   *
   * @param y the shape of the output of the network (N, ...)
   * @throws IllegalArgumentException if the shape does not fit; the message names the loss and the
   *     shape
   */
  default void check(Shape y) {}

  /**
   * Returns the metric that tells people what this loss tells the optimizer, and that training
   * reports. By default, that is the loss itself.
   *
   * @return the metric, for example {@link Metric#accuracy}
   */
  default Metric metric() {
    return Metric.of(this);
  }

  /**
   * Computes the loss, a mean over the batch.
   *
   * @param y the output of the network (N, ...). Not modified.
   * @param t the targets. Not modified.
   * @param pass the memory for what backward needs
   * @return the loss
   * @throws IllegalArgumentException if y and t do not fit; the message names the loss and the
   *     shapes
   */
  double forward(NDArray y, NDArray t, Pass pass);

  /**
   * Computes the gradient of the loss with respect to y.
   *
   * @param pass the training pass with which {@link #forward} computed the loss
   * @return dy in the shape of y, memory of the pass: valid until this loss is computed again with
   *     the same pass
   * @throws IllegalStateException if {@link #forward} was not called with this training pass
   */
  NDArray backward(Pass pass);
}
