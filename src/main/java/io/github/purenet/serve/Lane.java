package io.github.purenet.serve;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Places for a few at once, before which some more may wait for a while. */
final class Lane {
  private final Semaphore places;
  private final Semaphore queue;
  private final Duration turn;

  /**
   * Creates a lane.
   *
   * @param turn how long one waits for a place
   */
  Lane(int places, int waiting, Duration turn) {
    this.places = new Semaphore(places, true);
    queue = new Semaphore(places + waiting);
    this.turn = turn;
  }

  /**
   * Waits for a place.
   *
   * @throws Problem if there is none in time
   */
  void enter() {
    if (queue.tryAcquire()) {
      try {
        if (places.tryAcquire(turn.toNanos(), TimeUnit.NANOSECONDS)) {
          return;
        }
      } catch (InterruptedException e) { // the server ends at once
        Thread.currentThread().interrupt();
      }
      queue.release();
    }
    throw Problem.unavailable("requests: expected fewer at once; try again");
  }

  void leave() {
    places.release();
    queue.release();
  }
}
