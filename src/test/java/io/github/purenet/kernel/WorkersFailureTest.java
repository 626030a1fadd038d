package io.github.purenet.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** Workers in a process that has no more threads, or no more stack. */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class WorkersFailureTest {
  private static final int THREADS = 4;
  private static final Logger LOGGER = Logger.getLogger("io.github.purenet");

  /** How many more threads may be started. */
  private final AtomicInteger allowed = new AtomicInteger();

  private final AtomicInteger attempts = new AtomicInteger();
  private final List<String> logged = new ArrayList<>();

  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord entry) {
          logged.add(entry.getLevel() + " " + new SimpleFormatter().formatMessage(entry));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void listen() {
    LOGGER.addHandler(handler);
    LOGGER.setUseParentHandlers(false);
  }

  @AfterEach
  void listenNoMore() {
    LOGGER.removeHandler(handler);
    LOGGER.setUseParentHandlers(true);
  }

  /** Workers whose threads start as long as that is allowed, and who ask again after a time. */
  private Workers workers(long retryNanos) {
    return new Workers(
        THREADS,
        TimeUnit.SECONDS.toNanos(2),
        retryNanos,
        (task, name) -> {
          attempts.incrementAndGet();
          if (allowed.getAndDecrement() > 0) {
            return Daemon.create(task, name);
          }
          return new Thread(name) {
            @Override
            public synchronized void start() {
              throw new OutOfMemoryError("unable to create native thread");
            }
          };
        });
  }

  /** Runs a job, fails unless each task ran once, and returns the threads that took part. */
  private static Set<Thread> runAndCount(Workers workers, int tasks) {
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    AtomicIntegerArray ran = new AtomicIntegerArray(tasks);
    assertThatCode( // JUnit ends with an OutOfMemoryError
            () ->
                workers.run(
                    tasks,
                    task -> {
                      threads.add(Thread.currentThread());
                      ran.incrementAndGet(task);
                    }))
        .doesNotThrowAnyException();
    for (int i = 0; i < tasks; i++) {
      assertThat(ran.get(i)).as("task %d of %d", i, tasks).isEqualTo(1);
    }
    return threads;
  }

  /** Fails unless so many threads take part in a job. */
  private static void assertTakePart(Workers workers, int threads) throws InterruptedException {
    CountDownLatch all = new CountDownLatch(threads);
    workers.run(
        threads,
        task -> {
          all.countDown();
          try {
            assertThat(all.await(10, TimeUnit.SECONDS)).isTrue();
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        });
  }

  @Test
  void the_caller_computes_alone_if_no_thread_starts() {
    Workers workers = workers(0);
    for (int job = 0; job < 100; job++) {
      assertThat(runAndCount(workers, 50)).containsExactly(Thread.currentThread());
    }
  }

  @Test
  void those_that_have_started_help_and_the_job_is_whole() throws Exception {
    for (int some = 1; some < THREADS - 1; some++) {
      allowed.set(some);
      Workers workers = workers(TimeUnit.DAYS.toNanos(1));
      for (int job = 0; job < 100; job++) {
        runAndCount(workers, 50);
      }
      assertTakePart(workers, some + 1);
    }
  }

  @Test
  void threads_come_back_when_they_can_be_started() throws Exception {
    Workers workers = workers(0);
    runAndCount(workers, 50);
    allowed.set(1);
    runAndCount(workers, 50);
    allowed.set(THREADS);
    assertTakePart(workers, THREADS);
  }

  @Test
  void a_job_soon_after_a_failure_does_not_try_again() {
    Workers workers = workers(TimeUnit.DAYS.toNanos(1));
    for (int job = 0; job < 100; job++) {
      runAndCount(workers, 50);
    }
    assertThat(attempts).hasValue(1);
  }

  @Test
  void a_failure_to_start_is_logged_once_until_threads_start_again() {
    Workers workers = workers(0);
    runAndCount(workers, 50);
    runAndCount(workers, 50);
    String line =
        "WARNING thread purenet-1 does not start, others do its work: java.lang.OutOfMemoryError:"
            + " unable to create native thread";
    assertThat(logged).containsExactly(line);
    allowed.set(THREADS);
    runAndCount(workers, 50);
    assertThat(logged).containsExactly(line);
  }

  /** A factory that fails, as one does without the permission to make threads. */
  @Test
  void a_thread_that_cannot_even_be_made_is_none_either() {
    Workers workers =
        new Workers(
            THREADS,
            0,
            0,
            (task, name) -> {
              throw new SecurityException("modifyThreadGroup");
            });
    assertThat(runAndCount(workers, 50)).containsExactly(Thread.currentThread());
  }

  /** The arrays of a job are the caller's again after it has failed, at whatever depth. */
  @Test
  void no_task_of_an_abandoned_job_runs_after_it_has_failed() throws Exception {
    allowed.set(THREADS);
    Workers workers = workers(0);
    assertTakePart(workers, THREADS);
    AtomicInteger strays = new AtomicInteger();
    Runnable overflow =
        () -> {
          for (int round = 0; round < 100; round++) {
            int padding = round;
            AtomicIntegerArray over = new AtomicIntegerArray(1);
            assertThatThrownBy(() -> descend(padding, workers, over, strays))
                .isInstanceOf(StackOverflowError.class);
            over.set(0, 1);
          }
        };
    Thread caller = new Thread(null, overflow, "caller", 1 << 18);
    List<Throwable> failures = new ArrayList<>();
    caller.setUncaughtExceptionHandler((thread, failure) -> failures.add(failure));
    caller.start();
    caller.join();
    assertThat(failures).isEmpty();
    assertThat(strays).hasValue(0);
    allowed.set(THREADS);
    assertTakePart(workers, THREADS);
  }

  /** Runs jobs ever deeper, until the stack is used up, in a job or between two. */
  private static void descend(
      int padding, Workers workers, AtomicIntegerArray over, AtomicInteger strays) {
    if (padding > 0) { // another depth for all that follows
      pad(padding, workers, over, strays);
      return;
    }
    workers.run(
        16,
        task -> {
          for (int i = 0; i < 200; i++) {
            if (over.get(0) != 0) {
              strays.incrementAndGet();
              return;
            }
          }
        });
    descend(0, workers, over, strays);
  }

  private static void pad(
      int padding, Workers workers, AtomicIntegerArray over, AtomicInteger strays) {
    descend(padding - 1, workers, over, strays);
  }
}
