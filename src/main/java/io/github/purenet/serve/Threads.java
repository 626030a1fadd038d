package io.github.purenet.serve;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads of a server. The JDK's server gives each request to one as soon as its first byte is
 * there, so there are as many as connections may be open: slow clients keep none from a fast one.
 */
final class Threads implements Executor, AutoCloseable {
  /** What watches this thread while it reads headers. */
  private static final ThreadLocal<Watchdog.Guard> READING = new ThreadLocal<>();

  private final ThreadPoolExecutor pool;
  private final Watchdog watchdog;
  private final Metrics metrics;
  private final Duration header;

  /**
   * Creates no thread yet.
   *
   * @param header how long a client may take to send its headers
   */
  Threads(Duration header, Metrics metrics) {
    this.header = header;
    this.metrics = metrics;
    AtomicInteger count = new AtomicInteger();
    pool =
        new ThreadPoolExecutor(
            0,
            JdkLimits.MAX_CONNECTIONS,
            10,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            task -> thread(task, "purenet-serve-" + count.incrementAndGet()));
    watchdog = new Watchdog(task -> thread(task, "purenet-serve-watchdog"), pool);
  }

  private static Thread thread(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  Watchdog watchdog() {
    return watchdog;
  }

  /** Runs a request of the JDK's server, which reads its headers first. */
  @Override
  public void execute(Runnable request) {
    try {
      pool.execute(
          () -> {
            try (Watchdog.Guard guard = watchdog.interruptAfter(header)) {
              READING.set(guard);
              request.run();
            } finally {
              READING.remove();
            }
          });
    } catch (RejectedExecutionException e) {
      metrics.rejected();
      throw e; // the JDK's server closes the connection
    }
  }

  /** Ends the time that this thread has to read headers: they are there. */
  static void headersAreRead() {
    READING.get().close();
  }

  @Override
  public void close() {
    watchdog.close();
    pool.shutdownNow();
    try {
      pool.awaitTermination(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
