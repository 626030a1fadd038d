package io.github.purenet.serve;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Lets few requests compute at once, and holds all that is kept of them below a limit. Pictures,
 * which can take a second each, get half of the places at most.
 */
final class Admission {
  private final Lane all;
  private final Lane pictures;
  private final long maxBytes;
  private final AtomicLong bytes = new AtomicLong();

  Admission(Limits limits) {
    all = new Lane(limits.computing(), limits.waiting(), limits.times().turn());
    int half = Math.max(1, limits.computing() / 2);
    pictures = new Lane(half, limits.waiting(), limits.times().turn());
    maxBytes = limits.heldBytes();
  }

  Guest guest() {
    return new Guest();
  }

  /** A request that is there; what it holds is given back when it is closed. */
  final class Guest implements AutoCloseable {
    private final Deque<Lane> entered = new ArrayDeque<>();
    private long held;

    private Guest() {}

    /**
     * Takes memory.
     *
     * @throws Problem if others have taken too much, or it is more than there is
     */
    void hold(long more) {
      if (more > maxBytes) {
        throw new Problem(413, "body: expected one that fits into the memory of this server");
      }
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
    void enter(boolean picture) {
      if (picture) {
        enter(pictures);
      }
      enter(all);
    }

    private void enter(Lane lane) {
      lane.enter();
      entered.push(lane);
    }

    /** Leaves the place, if it has one, to others. */
    void leave() {
      while (!entered.isEmpty()) {
        entered.pop().leave();
      }
    }

    @Override
    public void close() {
      leave();
      bytes.addAndGet(-held);
    }
  }
}
