package io.github.purenet.train;

/** A listener that is notified as training proceeds, on the thread that trains. */
@FunctionalInterface
public interface Listener {

  /**
   * Called after each epoch.
   *
   * @param epoch the results of the epoch
   */
  void epochEnded(Epoch epoch);

  /**
   * Called when training has ended, after the last epoch or by an interrupt. Does nothing by
   * default.
   *
   * @param history the results of the run
   */
  default void trainingEnded(History history) {}
}
