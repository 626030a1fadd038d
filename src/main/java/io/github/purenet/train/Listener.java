package io.github.purenet.train;

import io.github.purenet.ndarray.NDArray;
import java.util.Map;

/**
 * A listener that is notified as training proceeds, on the thread that trains. What a listener
 * throws ends the training.
 */
@FunctionalInterface
public interface Listener {

  /**
   * Called before the first step. Does nothing by default.
   *
   * @param training the run, which goes on from a checkpoint if its history is not empty
   */
  default void trainingStarted(Training training) {}

  /**
   * Called after each step. Does nothing by default.
   *
   * @param step the results of the step
   */
  default void stepEnded(Step step) {}

  /**
   * Called after each epoch.
   *
   * @param epoch the results of the epoch
   */
  void epochEnded(Epoch epoch);

  /**
   * Called when training has ended: after the last epoch, or early. Does nothing by default.
   *
   * @param history the results of the run
   */
  default void trainingEnded(History history) {}

  /**
   * Returns what this listener needs to go on in a run that is resumed, beside the history. It
   * becomes part of the checkpoint.
   *
   * @return arrays by name, which are copied; by default none
   */
  default Map<String, NDArray> state() {
    return Map.of();
  }

  /**
   * Restores a state, after {@link #trainingStarted}. By default, accepts nothing but an empty one.
   *
   * @param state what {@link #state} returned
   * @throws IllegalArgumentException if it does not fit; nothing is changed then
   */
  default void restore(Map<String, NDArray> state) {
    if (!state.isEmpty()) {
      throw new IllegalArgumentException(
          "listener: expected an empty state, got " + state.keySet());
    }
  }
}
