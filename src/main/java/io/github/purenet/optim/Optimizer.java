package io.github.purenet.optim;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.nn.Parameter;
import java.util.List;
import java.util.Map;

/**
 * Changes parameters against their gradients. An optimizer belongs to one network and to one thread
 * at a time.
 */
public interface Optimizer {

  /**
   * Makes one step: reads every gradient and changes every value, except those of frozen
   * parameters.
   *
   * @param parameters the parameters of the network, the same on every step
   */
  void step(List<Parameter> parameters);

  /**
   * What the steps so far have left behind, by name: all that {@link #restore} needs to go on as if
   * nothing had happened. Settings such as the learning rate are not in it. An optimizer that keeps
   * anything between steps overrides both methods.
   *
   * @return copies; empty for an optimizer that keeps nothing
   * @throws IllegalStateException if two parameters have the same name
   */
  default Map<String, NDArray> state() {
    return Map.of();
  }

  /**
   * Takes over a state; the steps that follow give the same bits as those of the optimizer that it
   * came from. If anything does not fit, nothing is changed.
   *
   * @param parameters the parameters of the network, as {@link #step} will get them
   * @param state what {@link #state} gave. Copied.
   * @throws IllegalArgumentException if a name is missing or unknown or an array does not fit
   */
  default void restore(List<Parameter> parameters, Map<String, NDArray> state) {
    if (!state.isEmpty()) {
      throw new IllegalArgumentException(
          "optimizer: expected an empty state, got " + state.keySet());
    }
  }
}
