package io.github.purenet.train;

import io.github.purenet.nn.Metric;
import io.github.purenet.nn.Network;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A training run, as its listeners see it: on the thread that trains, except that any thread may
 * call {@link #stop}.
 */
public interface Training {

  /**
   * Returns the network that is trained.
   *
   * @return the network, not a copy
   */
  Network network();

  /**
   * Returns what the network is evaluated by.
   *
   * @return the metric
   */
  Metric metric();

  /**
   * Returns the number of epochs that the run is to have.
   *
   * @return at least 1
   */
  int epochs();

  /**
   * Returns the number of steps of an epoch.
   *
   * @return at least 1
   */
  int steps();

  /**
   * Returns the results up to now, in a run that was resumed also those from before.
   *
   * @return a copy
   */
  History history();

  /** Ends the run after the step at hand. */
  void stop();

  /**
   * Writes a checkpoint, from which {@link Trainer#resume} goes on with the bits that this run has.
   *
   * @param file the file, which is created or replaced as a whole
   * @throws IOException if it cannot be written, which leaves an old one as it was
   */
  void save(Path file) throws IOException;
}
