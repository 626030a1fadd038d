package io.github.purenet.serve;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Lets few requests compute at once, and holds all that is kept of them below a limit. */
final class Admission {
  private final Semaphore places;
  private final Semaphore queue;
  private final Duration turn;
  private final long maxBytes;
  private final AtomicLong bytes = new AtomicLong();

  Admission(Limits limits) {
    places = new Semaphore(limits.computing(), true);
    queue = new Semaphore(limits.computing() + limits.waiting());
    turn = limits.times().turn();
    maxBytes = limits.heldBytes();
  }

  /** A request that is there; what it holds is given back when it is closed. */
  final class Guest implements AutoCloseable {
    private long held;
    private boolean inQueue;
    private boolean inPlace;

    /**
     * Takes memory.
     *
     * @throws Problem if others have taken too much
     */
    void hold(long more) {
      if (bytes.addAndGet(more) > maxBytes) {
        bytes.addAndGet(-more);
        throw Problem.unavailable("memory: expected less to be held for requests; try again");
      }
      held += more;
    }

    /**
     * Waits for a place to compute.
     *
     * @throws Problem if there is none in time
     */
    void enter() {
      inQueue = queue.tryAcquire();
      try {
        inPlace = inQueue && places.tryAcquire(turn.toNanos(), TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) { // the server ends at once
        Thread.currentThread().interrupt();
      }
      if (!inPlace) {
        throw Problem.unavailable("requests: expected fewer at once; try again");
      }
    }

    /** Leaves the place, if it has one, to others. */
    void leave() {
      if (inPlace) {
        places.release();
        inPlace = false;
      }
      if (inQueue) {
        queue.release();
        inQueue = false;
      }
    }

    @Override
    public void close() {
      leave();
      bytes.addAndGet(-held);
    }
  }

  Guest guest() {
    return new Guest();
  }
}
