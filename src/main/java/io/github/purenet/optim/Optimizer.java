package io.github.purenet.optim;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.nn.Parameter;
import java.util.List;
import java.util.Map;

/**
 * Updates the parameters of a network from their gradients. An optimizer belongs to one network and
 * to one thread at a time.
 */
public interface Optimizer {

  /**
   * Makes one step, which updates the value of every parameter that is not frozen.
   *
   * @param parameters the parameters of the network, the same on every step
   * @throws IllegalArgumentException if this optimizer keeps anything between steps and the
   *     parameters are others than before
   * @throws ArithmeticException if a number of a gradient is not finite, or its square is not
   *     finite where the optimizer needs it; the message names the parameter. Nothing but clipped
   *     gradients is changed then
   */
  void step(List<Parameter> parameters);

  /**
   * Returns the learning rate of the next step, for those who watch it.
   *
   * @return the rate, by default NaN for an optimizer that has none
   */
  default double learningRate() {
    return Double.NaN;
  }

  /**
   * Returns what this optimizer keeps between steps, by name, so that {@link #restore} can go on
   * from there. Settings such as the learning rate are not part of it. An optimizer that keeps
   * anything between steps overrides both methods.
   *
   * @return copies; empty for an optimizer that keeps nothing
   * @throws IllegalStateException if two parameters have the same name
   */
  default Map<String, NDArray> state() {
    return Map.of();
  }

  /**
   * Restores a state. The steps that follow give the same bits as they would have given with the
   * optimizer that the state came from. If anything does not fit, nothing is changed.
   *
   * @param parameters the parameters of the network, as {@link #step} will get them
   * @param state what {@link #state} returned. Copied.
   * @throws IllegalArgumentException if a name is missing or unknown or an array does not fit
   */
  default void restore(List<Parameter> parameters, Map<String, NDArray> state) {
    if (!state.isEmpty()) {
      throw new IllegalArgumentException(
          "optimizer: expected an empty state, got " + state.keySet());
    }
  }
}
