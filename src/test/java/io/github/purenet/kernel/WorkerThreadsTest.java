package io.github.purenet.kernel;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.purenet.testing.Garbage;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** When the worker threads end, and what they hold of those who need them: nothing. */
@SuppressWarnings("ThreadPriorityCheck") // it is what is tested
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class WorkerThreadsTest {
  private static final InheritableThreadLocal<Object> INHERITABLE = new InheritableThreadLocal<>();

  private final Workers workers = new Workers(3);

  /** Code of the application, which only calls. */
  public static final class Application implements Runnable {
    private final Runnable call;

    /** Called by reflection. */
    public Application(Runnable call) {
      this.call = call;
    }

    @Override
    public void run() {
      call.run();
    }
  }

  private Set<Thread> threads() {
    return threads(workers);
  }

  /** The threads of workers, without the caller: all have to take part. */
  private static Set<Thread> threads(Workers workers) {
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    CountDownLatch all = new CountDownLatch(workers.count());
    workers.run(
        workers.count(),
        task -> {
          threads.add(Thread.currentThread());
          all.countDown();
          while (all.getCount() > 0) {
            Thread.yield(); // even if interrupted
          }
        });
    threads.remove(Thread.currentThread());
    assertThat(threads).hasSize(workers.count() - 1);
    return threads;
  }

  /** The threads of workers that a caller of another priority, group and loader has started. */
  private Set<Thread> startedElsewhere(ThreadGroup group, ClassLoader loader) throws Exception {
    FutureTask<Set<Thread>> call = new FutureTask<>(this::threads);
    Thread caller = new Thread(group, call, "caller");
    caller.setContextClassLoader(loader);
    caller.setDaemon(false);
    caller.setPriority(Thread.MAX_PRIORITY);
    caller.start();
    return call.get();
  }

  @Test
  void threads_take_neither_priority_nor_group_nor_class_loader_from_the_caller() throws Exception {
    ThreadGroup group = new ThreadGroup("application");
    ClassLoader loader = new URLClassLoader(new URL[0]);
    assertNothingTaken(startedElsewhere(group, loader));
  }

  @Test
  void threads_take_nothing_from_a_virtual_thread_either() throws Exception {
    assumeTrue(VirtualThreads.exist());
    ExecutorService virtual = VirtualThreads.executor();
    assertNothingTaken(virtual.submit(() -> threads()).get());
    virtual.shutdown();
  }

  private static void assertNothingTaken(Set<Thread> threads) {
    for (Thread thread : threads) {
      assertThat(thread.isDaemon()).isTrue();
      assertThat(thread.getPriority()).isEqualTo(Thread.NORM_PRIORITY);
      assertThat(thread.getThreadGroup().getParent()).isNull();
      assertThat(thread.getContextClassLoader()).isSameAs(ClassLoader.getSystemClassLoader());
    }
  }

  @Test
  void a_value_in_an_inheritable_thread_local_is_freed_while_the_threads_live() throws Exception {
    WeakReference<Object> value = callWithInheritableValue();
    Set<Thread> threads = threads();
    Garbage.awaitCleared(List.of(value));
    assertThat(threads).allMatch(Thread::isAlive);
  }

  private WeakReference<Object> callWithInheritableValue() {
    Object value = new Object();
    INHERITABLE.set(value);
    threads();
    INHERITABLE.remove();
    return new WeakReference<>(value);
  }

  /** The library may be the server's, and the caller's classes of an application that goes. */
  @Test
  void the_class_loader_of_a_caller_is_freed_while_the_threads_live() throws Exception {
    WeakReference<ClassLoader> loader = callFromAnApplication();
    Set<Thread> threads = threads();
    Garbage.awaitCleared(List.of(loader));
    assertThat(threads).allMatch(Thread::isAlive);
  }

  private WeakReference<ClassLoader> callFromAnApplication() throws Exception {
    URL tests = WorkerThreadsTest.class.getProtectionDomain().getCodeSource().getLocation();
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {tests}, ClassLoader.getPlatformClassLoader())) {
      Runnable call = this::threads;
      ((Runnable)
              loader
                  .loadClass(Application.class.getName())
                  .getConstructor(Runnable.class)
                  .newInstance(call))
          .run();
      return new WeakReference<>(loader);
    }
  }

  @Test
  void what_a_job_held_is_freed_while_the_threads_live() throws Exception {
    List<WeakReference<Object>> held = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      held.add(new WeakReference<>(runOn(new AtomicInteger())));
    }
    Garbage.awaitCleared(held);
  }

  private Object runOn(AtomicInteger sum) {
    workers.run(8, sum::addAndGet);
    assertThat(sum.get()).isEqualTo(28);
    return sum;
  }

  @Test
  void threads_end_when_idle_and_come_again() throws Exception {
    Workers briefly = new Workers(3, MILLISECONDS.toNanos(20), 0, Daemon::create);
    Set<Thread> first = threads(briefly);
    for (Thread thread : first) {
      thread.join();
    }
    assertThat(threads(briefly)).doesNotContainAnyElementsOf(first);
  }

  @Test
  void threads_that_have_work_do_not_end() {
    Workers briefly = new Workers(3, MILLISECONDS.toNanos(500), 0, Daemon::create);
    Set<Thread> first = threads(briefly);
    for (long start = System.nanoTime(); System.nanoTime() - start < 700_000_000L; ) {
      briefly.run(3, task -> {});
    }
    assertThat(threads(briefly)).isEqualTo(first);
  }

  /** As the exec plugin of Maven and application servers end threads. */
  @Test
  void interrupted_threads_end_and_come_again() throws Exception {
    for (int round = 0; round < 50; round++) {
      Set<Thread> threads = threads();
      for (Thread thread : threads) {
        thread.interrupt();
      }
      for (Thread thread : threads) {
        thread.join();
      }
      assertThat(threads()).doesNotContainAnyElementsOf(threads);
    }
  }

  @Test
  void a_thread_that_is_interrupted_in_a_task_ends_after_the_job() throws Exception {
    Set<Thread> interrupted = ConcurrentHashMap.newKeySet();
    AtomicInteger ran = new AtomicInteger();
    Thread caller = Thread.currentThread();
    threads();
    workers.run(
        1000,
        task -> {
          if (Thread.currentThread() != caller && interrupted.add(Thread.currentThread())) {
            Thread.currentThread().interrupt();
          }
          ran.incrementAndGet();
        });
    assertThat(ran.get()).isEqualTo(1000);
    for (Thread thread : interrupted) {
      thread.join();
    }
    threads();
  }

  /** Its task waits here for it, and does not come if the job is not seen. */
  @Test
  void no_thread_that_is_about_to_end_misses_a_job() {
    Workers briefly = new Workers(2, 0, 0, Daemon::create);
    for (int round = 0; round < 500; round++) {
      long until = System.nanoTime() + round % 100 * 1000L;
      while (System.nanoTime() < until) {
        Thread.onSpinWait();
      }
      threads(briefly);
    }
  }
}
