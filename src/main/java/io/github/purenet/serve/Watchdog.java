package io.github.purenet.serve;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * Interrupts threads that wait too long for a client. A thread that is interrupted while it reads
 * from or writes to a channel goes on with an exception, and the channel is closed: this is the
 * only way to end a slow client of the JDK's server that does not depend on properties of the whole
 * JVM.
 */
final class Watchdog implements AutoCloseable {
  private final ScheduledThreadPoolExecutor timer;
  private final Executor executor;

  /**
   * Creates a watchdog with a thread of its own.
   *
   * @param executor what says goodbye to clients, which can take long
   */
  Watchdog(ThreadFactory threads, Executor executor) {
    this.executor = executor;
    timer = new ScheduledThreadPoolExecutor(1, threads);
    timer.setRemoveOnCancelPolicy(true);
  }

  /** Guards what the current thread does until the guard is closed. */
  Guard interruptAfter(Duration time) {
    return interruptAfter(time, null);
  }

  /** Likewise, and says goodbye in another thread before this one is interrupted. */
  Guard interruptAfter(Duration time, Runnable goodbye) {
    Guard guard = new Guard(Thread.currentThread(), goodbye);
    guard.task = timer.schedule(() -> expire(guard), time.toNanos(), TimeUnit.NANOSECONDS);
    return guard;
  }

  /** Ends a guard, in a thread that may block; if there is none left, without a goodbye. */
  private void expire(Guard guard) {
    if (guard.goodbye == null) {
      guard.expire();
      return;
    }
    try {
      executor.execute(guard::expire);
    } catch (RejectedExecutionException e) {
      guard.goodbye = null;
      guard.expire();
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  /** What is being watched. */
  static final class Guard implements AutoCloseable {
    private final Thread thread;
    private volatile Runnable goodbye; // null for none
    private ScheduledFuture<?> task;
    private boolean closed;
    private boolean expired;

    private Guard(Thread thread, Runnable goodbye) {
      this.thread = thread;
      this.goodbye = goodbye;
    }

    private void expire() {
      synchronized (this) {
        if (closed) {
          return;
        }
        expired = true;
      }
      if (goodbye != null) {
        goodbye.run();
      }
      synchronized (this) {
        if (!closed) {
          thread.interrupt();
        }
      }
    }

    /**
     * Ends the watch.
     *
     * @throws IOException if the time was over before
     */
    void check() throws IOException {
      close();
      if (isExpired()) {
        throw new InterruptedIOException("time is over");
      }
    }

    synchronized boolean isExpired() {
      return expired;
    }

    /** Ends the watch; the thread is not interrupted any more. */
    @Override
    public void close() {
      synchronized (this) {
        if (closed) {
          return;
        }
        closed = true;
      }
      task.cancel(false);
      if (isExpired()) {
        Thread.interrupted(); // meant for what is over
      }
    }
  }
}
