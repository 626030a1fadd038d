package io.github.purenet.kernel;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

/**
 * The threads that share the work of one kernel: daemon threads that spin for some microseconds
 * after a job, in case the next one follows at once, and then park.
 *
 * <p>A job consists of tasks, whose number follows from the problem and never from the number of
 * threads; each task writes to memory of its own, so that the result does not depend on which
 * thread ran it. The caller works, too. While one caller's job runs, other callers run theirs
 * alone, and so does a task that starts a job: no thread waits for another that may not come.
 */
final class Workers {
  /** About 20 microseconds on a 3 GHz core; one image needs the next job within 10. */
  private static final int SPINS = 2000;

  private static final int INDEX_BITS = 24;
  private static final long INDEX_MASK = (1L << INDEX_BITS) - 1;

  private final Thread[] threads;
  private final AtomicBoolean busy = new AtomicBoolean();

  /** The running job's number in the high bits, its next unclaimed task in the low ones. */
  private final AtomicLong ticket = new AtomicLong();

  private volatile Job job;

  private static final class Job {
    final long number;
    final int tasks;
    final IntConsumer task;
    final AtomicLong done = new AtomicLong();
    volatile Throwable failure;

    Job(long number, int tasks, IntConsumer task) {
      this.number = number;
      this.tasks = tasks;
      this.task = task;
    }
  }

  Workers(int count) {
    threads = new Thread[count - 1];
  }

  /** Returns the number of threads that work on a job, including the caller. */
  int count() {
    return threads.length + 1;
  }

  /**
   * Runs {@code task} for 0 to {@code tasks - 1}, in any order, and returns when all are done.
   *
   * @param tasks the number of tasks; 2^24 and more run on the calling thread
   * @param task the task; must not depend on the order
   */
  @SuppressWarnings("ThreadPriorityCheck") // yields only where threads outnumber processors
  void run(int tasks, IntConsumer task) {
    if (tasks <= 1
        || tasks > INDEX_MASK
        || threads.length == 0
        || !busy.compareAndSet(false, true)) {
      for (int i = 0; i < tasks; i++) {
        task.accept(i);
      }
      return;
    }
    try {
      long number = (ticket.get() >>> INDEX_BITS) + 1;
      Job mine = new Job(number, tasks, task);
      ticket.set(number << INDEX_BITS); // before the job: a thread that sees it claims at once
      job = mine;
      wake(Math.min(tasks - 1, threads.length));
      work(mine);
      for (int spins = 0; mine.done.get() < tasks; spins++) {
        if (spins < SPINS) {
          Thread.onSpinWait();
        } else {
          Thread.yield(); // more threads than processors
        }
      }
      job = null;
      rethrow(mine.failure);
    } finally {
      busy.set(false);
    }
  }

  /** Claims and runs tasks of one job until none is left. */
  private void work(Job mine) {
    while (true) {
      long claimed = ticket.get();
      int index = (int) (claimed & INDEX_MASK);
      if (claimed >>> INDEX_BITS != mine.number || index >= mine.tasks) {
        return;
      }
      if (ticket.compareAndSet(claimed, claimed + 1)) {
        try {
          mine.task.accept(index);
        } catch (Throwable t) { // must reach the caller, whoever ran the task
          mine.failure = t;
        } finally {
          mine.done.incrementAndGet();
        }
      }
    }
  }

  private void wake(int count) {
    for (int i = 0; i < count; i++) {
      Thread thread = threads[i];
      if (thread == null) {
        thread = new Thread(this::serve, "purenet-" + (i + 1));
        thread.setDaemon(true);
        threads[i] = thread;
        thread.start();
      } else {
        LockSupport.unpark(thread);
      }
    }
  }

  private void serve() {
    long last = 0;
    int idle = 0;
    while (true) {
      Job next = job;
      if (next != null && next.number != last) {
        last = next.number;
        work(next);
        idle = 0;
      } else if (idle++ < SPINS) {
        Thread.onSpinWait();
      } else {
        LockSupport.park(this);
        Thread.interrupted(); // a flag that stays set would end every park
        idle = 0;
      }
    }
  }

  private static void rethrow(Throwable failure) {
    if (failure instanceof RuntimeException e) {
      throw e;
    }
    if (failure instanceof Error e) {
      throw e;
    }
    if (failure != null) {
      throw new IllegalStateException("a task failed", failure);
    }
  }
}
