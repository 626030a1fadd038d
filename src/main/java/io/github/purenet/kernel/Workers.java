package io.github.purenet.kernel;

import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;
import java.util.function.IntConsumer;

/**
 * The threads that share the work of one kernel: daemon threads that spin for some microseconds
 * after a job, in case the next one follows at once, and then park. They start when a job needs
 * them, end when idle for seconds or interrupted, and start again.
 *
 * <p>A job consists of tasks, whose number follows from the problem and never from the number of
 * threads; each task writes to memory of its own, so that the result does not depend on which
 * thread ran it. The caller works, too, so that a job ends without any other thread. While one
 * caller's job runs, other callers run theirs alone, and so does a task that starts a job: no
 * thread waits for another that may not come.
 */
final class Workers {
  /** About 20 microseconds on a 3 GHz core; one image needs the next job within 10. */
  private static final int SPINS = 2000;

  /** How long a thread without work lives: it keeps the class loader of this class. */
  private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(2);

  /** The time to the next attempt after a thread did not start: the JVM warns of each. */
  private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(10);

  private static final AtomicIntegerFieldUpdater<Workers> BUSY =
      AtomicIntegerFieldUpdater.newUpdater(Workers.class, "busy");

  private final long idleNanos;
  private final long retryNanos;
  private final BiFunction<Runnable, String, Thread> maker;

  private final Worker[] others;

  /** 1 while a job runs. */
  private volatile int busy;

  private volatile Job job;

  /** Whether the last attempt to start a thread failed, and when. Of the caller that is busy. */
  private boolean failing;

  private long failedAt;

  private static final class Job {
    static final AtomicLongFieldUpdater<Job> NEXT =
        AtomicLongFieldUpdater.newUpdater(Job.class, "next");
    static final AtomicIntegerFieldUpdater<Job> INSIDE =
        AtomicIntegerFieldUpdater.newUpdater(Job.class, "inside");

    final int tasks;
    final IntConsumer task;

    /** The next unclaimed task; grows beyond the number of tasks, thus a long. */
    volatile long next;

    /** The number of threads that may be running tasks, without the caller. */
    volatile int inside;

    /** Whether the caller claims no more and is about to return. */
    volatile boolean closed;

    volatile Throwable failure;

    Job(int tasks, IntConsumer task) {
      this.tasks = tasks;
      this.task = task;
    }

    /** Whether there are unclaimed tasks. To look costs less than to claim in vain. */
    boolean hasTasks() {
      return next < tasks;
    }

    /** Claims and runs tasks until none is left. */
    void work() {
      while (!closed && hasTasks()) {
        long index = NEXT.getAndIncrement(this);
        if (index >= tasks) {
          return;
        }
        try {
          task.accept((int) index);
        } catch (Throwable t) { // must reach the caller, whoever ran the task
          failure = t;
        }
      }
    }
  }

  /** The place of one thread, which comes and goes. */
  private final class Worker implements Runnable {
    private final String name;

    /** Written by a busy caller if null, and by a thread that ends, which removes itself. */
    private volatile Thread thread;

    Worker(String name) {
      this.name = name;
    }

    /** Wakes the thread, or starts one if the last attempt to do so is not too recent. */
    void wake() {
      Thread current = thread;
      if (current != null) {
        LockSupport.unpark(current);
      } else if (!failing || System.nanoTime() - failedAt >= retryNanos) {
        start();
      }
    }

    private void start() {
      try {
        Thread fresh = maker.apply(this, name);
        thread = fresh;
        fresh.start();
        failing = false;
      } catch (Throwable t) { // an OutOfMemoryError if the system has no more threads
        thread = null;
        failedAt = System.nanoTime();
        if (!failing) {
          failing = true;
          log(name, t);
        }
      }
    }

    @Override
    public void run() {
      try {
        serve();
      } finally {
        thread = null;
      }
      help(); // the caller of a job may have seen the thread just before
    }
  }

  Workers(int count) {
    this(count, IDLE_NANOS, RETRY_NANOS, Daemon::create);
  }

  /**
   * Workers for tests.
   *
   * @param count the number of threads, including the caller
   * @param idleNanos how long a thread without work lives
   * @param retryNanos the time to the next attempt after a thread did not start
   * @param maker returns a thread that is not started, given what it runs and its name
   */
  Workers(int count, long idleNanos, long retryNanos, BiFunction<Runnable, String, Thread> maker) {
    this.others = new Worker[count - 1];
    for (int i = 0; i < others.length; i++) {
      others[i] = new Worker("purenet-" + (i + 1));
    }
    this.idleNanos = idleNanos;
    this.retryNanos = retryNanos;
    this.maker = maker;
  }

  /** Returns the number of threads that work on a job, including the caller. */
  int count() {
    return others.length + 1;
  }

  /**
   * Runs {@code task} for 0 to {@code tasks - 1}, in any order, and returns when all are done. If
   * it throws, no task runs any more.
   *
   * @param tasks the number of tasks
   * @param task the task; must not depend on the order
   */
  @SuppressWarnings("ThreadPriorityCheck") // yields only where threads outnumber processors
  void run(int tasks, IntConsumer task) {
    if (tasks <= 1 || others.length == 0) {
      runAlone(tasks, task);
      return;
    }
    Job mine = new Job(tasks, task);
    if (busy != 0 || !BUSY.compareAndSet(this, 0, 1)) {
      runAlone(tasks, task);
      return;
    }
    try {
      job = mine;
      for (int i = 0; i < Math.min(tasks - 1, others.length); i++) {
        others[i].wake();
      }
      mine.work();
      mine.closed = true;
      for (int spins = 0; mine.inside != 0; spins++) {
        if (spins < SPINS) {
          Thread.onSpinWait();
        } else {
          Thread.yield(); // more threads than processors
        }
      }
    } finally {
      // Without a call: after a StackOverflowError the next would throw it again. A thread that
      // enters the job from now on sees that it is closed.
      mine.closed = true;
      job = null;
      while (mine.inside != 0) {
        // some thread is still in a task
      }
      busy = 0;
    }
    rethrow(mine.failure);
  }

  private static void runAlone(int tasks, IntConsumer task) {
    for (int i = 0; i < tasks; i++) {
      task.accept(i);
    }
  }

  private static void log(String name, Throwable failure) {
    try {
      System.getLogger("io.github.purenet")
          .log(Level.WARNING, "thread {0} does not start, others do its work: {1}", name, failure);
    } catch (Throwable t) {
      // no reason to stop: the job is not affected
    }
  }

  /** Helps with all jobs until none has come for long, or the thread is interrupted. */
  private void serve() {
    int spins = 0;
    while (!Thread.interrupted()) {
      if (help()) {
        spins = 0;
      } else if (spins < SPINS) {
        spins++;
        Thread.onSpinWait();
      } else {
        long start = System.nanoTime();
        LockSupport.parkNanos(this, idleNanos + idleNanos / 16); // some systems wake it early
        if (System.nanoTime() - start >= idleNanos) {
          return;
        }
        spins = 0;
      }
    }
  }

  /** Runs tasks of the job at hand, if it has some that are unclaimed; returns whether it had. */
  private boolean help() {
    Job current = job; // not in a variable of serve(), which would keep it while parked
    if (current == null || !current.hasTasks()) {
      return false;
    }
    Job.INSIDE.incrementAndGet(current);
    try {
      current.work(); // nothing if it has been closed
    } finally {
      Job.INSIDE.decrementAndGet(current);
    }
    return true;
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
