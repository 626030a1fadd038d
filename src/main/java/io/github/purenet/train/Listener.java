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
}
