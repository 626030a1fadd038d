package io.github.purenet.train;

/** Is told how training goes, on the thread that trains. */
@FunctionalInterface
public interface Listener {

  /**
   * An epoch has ended.
   *
   * @param epoch what it came to
   */
  void epochEnded(Epoch epoch);
}
