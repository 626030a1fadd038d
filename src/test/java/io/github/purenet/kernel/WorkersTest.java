package io.github.purenet.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class WorkersTest {
  private static final int THREADS = 3;

  private final Workers workers = new Workers(THREADS);

  /** Runs a job and fails unless each task ran once. */
  private static void runAndCount(Workers workers, int tasks) {
    AtomicIntegerArray ran = new AtomicIntegerArray(tasks);
    workers.run(tasks, ran::incrementAndGet);
    for (int i = 0; i < tasks; i++) {
      assertThat(ran.get(i)).as("task %d of %d", i, tasks).isEqualTo(1);
    }
  }

  /** The threads that work on a job whose tasks wait for one another. */
  private Set<Thread> everyThread() {
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    CountDownLatch all = new CountDownLatch(THREADS);
    workers.run(
        THREADS,
        task -> {
          threads.add(Thread.currentThread());
          all.countDown();
          await(all);
        });
    return threads;
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void every_task_runs_once() {
    for (int threads : new int[] {1, 2, 3, 8}) {
      Workers some = new Workers(threads);
      assertThat(some.count()).isEqualTo(threads);
      for (int tasks : new int[] {0, 1, 2, 3, 7, 13, 100, 10_000}) {
        runAndCount(some, tasks);
      }
    }
  }

  @Test
  void very_many_tasks_run_too() {
    LongAdder sum = new LongAdder();
    workers.run(1 << 24, task -> sum.increment());
    assertThat(sum.sum()).isEqualTo(1 << 24);
  }

  @Test
  void one_task_runs_on_the_caller_and_none_runs_nothing() {
    List<Thread> ran = new ArrayList<>();
    workers.run(1, task -> ran.add(Thread.currentThread()));
    workers.run(0, task -> ran.add(null));
    assertThat(ran).containsExactly(Thread.currentThread());
  }

  @Test
  void all_threads_take_part_the_caller_among_them() {
    assertThat(everyThread()).hasSize(THREADS).contains(Thread.currentThread());
  }

  @Test
  void what_a_task_throws_reaches_the_caller_and_the_rest_works_on() {
    for (int bad = 0; bad < 8; bad++) {
      int thrower = bad;
      assertThatThrownBy(
              () ->
                  workers.run(
                      8,
                      task -> {
                        if (task == thrower) {
                          throw new IllegalStateException("task " + task);
                        }
                      }))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("task " + thrower);
      runAndCount(workers, 100);
    }
    assertThat(everyThread()).hasSize(THREADS);
  }

  @Test
  void what_is_thrown_on_a_worker_reaches_the_caller() {
    Thread caller = Thread.currentThread();
    CountDownLatch all = new CountDownLatch(THREADS);
    assertThatThrownBy(
            () ->
                workers.run(
                    THREADS,
                    task -> {
                      all.countDown();
                      await(all);
                      if (Thread.currentThread() != caller) {
                        throw new StackOverflowError("on " + Thread.currentThread().getName());
                      }
                    }))
        .isInstanceOf(StackOverflowError.class)
        .hasMessageStartingWith("on purenet-");
    assertThat(everyThread()).hasSize(THREADS);
  }

  /** Only a language without checked exceptions throws one here; it must not be lost either. */
  @Test
  void even_a_checked_exception_reaches_the_caller() {
    assertThatThrownBy(() -> workers.run(8, task -> WorkersTest.<RuntimeException>sneak()))
        .hasStackTraceContaining("sneaked");
    runAndCount(workers, 100);
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <E extends Throwable> void sneak() throws E {
    throw (E) new java.io.IOException("sneaked");
  }

  @Test
  void callers_from_several_threads_share_the_pool() throws Exception {
    runFromSeveral(Executors.newFixedThreadPool(8));
  }

  @Test
  void callers_may_be_in_a_fork_join_pool() throws Exception {
    runFromSeveral(new ForkJoinPool(4));
  }

  @Test
  void callers_may_be_virtual_threads() throws Exception {
    assumeTrue(VirtualThreads.exist());
    runFromSeveral(VirtualThreads.executor());
    assertThat(everyThread()).hasSize(THREADS);
  }

  private void runFromSeveral(ExecutorService pool) throws Exception {
    try {
      List<Future<?>> futures = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        int tasks = 2 + i;
        futures.add(
            pool.submit(
                () -> {
                  for (int round = 0; round < 300; round++) {
                    runAndCount(workers, tasks);
                  }
                }));
      }
      for (Future<?> future : futures) {
        future.get();
      }
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void a_task_may_start_a_job() {
    AtomicIntegerArray ran = new AtomicIntegerArray(7 * 5 * 3);
    workers.run(
        7, i -> workers.run(5, j -> workers.run(3, k -> ran.incrementAndGet((i * 5 + j) * 3 + k))));
    for (int i = 0; i < ran.length(); i++) {
      assertThat(ran.get(i)).isEqualTo(1);
    }
    assertThat(everyThread()).hasSize(THREADS);
  }

  @Test
  void an_exception_in_an_inner_job_reaches_the_outer_caller() {
    assertThatThrownBy(
            () ->
                workers.run(
                    4,
                    i ->
                        workers.run(
                            4,
                            j -> {
                              throw new ArithmeticException("x");
                            })))
        .isInstanceOf(ArithmeticException.class);
    assertThat(everyThread()).hasSize(THREADS);
  }

  @Test
  void the_callers_interrupt_survives() {
    Thread.currentThread().interrupt();
    for (int round = 0; round < 100; round++) {
      runAndCount(workers, 20);
    }
    assertThat(Thread.interrupted()).isTrue();
    assertThat(Thread.interrupted()).isFalse();
    runAndCount(workers, 20);
  }

  @Test
  void threads_are_daemons_that_park_when_idle() throws InterruptedException {
    Set<Thread> threads = everyThread();
    threads.remove(Thread.currentThread());
    assertThat(threads).allMatch(Thread::isDaemon);
    assertParked(threads);
    assertThat(everyThread()).containsAll(threads);
    assertParked(threads);
  }

  /** Each time in a row; a thread that has just been woken may look parked once. */
  private static void assertParked(Set<Thread> threads) throws InterruptedException {
    int inARow = 0;
    for (int i = 0; i < 2_000 && inARow < 30; i++) {
      boolean parked = threads.stream().allMatch(t -> t.getState() == Thread.State.TIMED_WAITING);
      inARow = parked ? inARow + 1 : 0;
      Thread.sleep(2);
    }
    assertThat(inARow).as("times in a row that all threads were seen parked").isEqualTo(30);
  }

  @Test
  void a_hundred_thousand_tiny_jobs_end() {
    AtomicInteger ran = new AtomicInteger();
    for (int job = 0; job < 100_000; job++) {
      workers.run(2 + job % 3, task -> ran.incrementAndGet());
    }
    assertThat(ran.get()).isEqualTo(299_999);
  }

  /** A thread that looks at the wrong moment must look again: its task waits here for it. */
  @Test
  void no_thread_misses_a_job() {
    for (int round = 0; round < 10_000; round++) {
      assertThat(everyThread()).as("round %d", round).hasSize(THREADS);
    }
  }

  /** Long enough apart for the threads to be on their way to park, or just there. */
  @Test
  void jobs_at_any_distance_find_the_threads() {
    for (int job = 0; job < 2_000; job++) {
      long until = System.nanoTime() + job % 100 * 1000L;
      while (System.nanoTime() < until) {
        Thread.onSpinWait();
      }
      runAndCount(workers, 4);
    }
  }
}
