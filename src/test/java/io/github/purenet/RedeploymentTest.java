package io.github.purenet;

import static io.github.purenet.nn.Layers.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.purenet.data.Mnist;
import io.github.purenet.model.SimpleConvNet;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import io.github.purenet.nn.Network;
import io.github.purenet.testing.Garbage;
import io.github.purenet.train.Trainer;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** The library inside an application that a server loads, uses and drops. */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class RedeploymentTest {
  private static final Logger LOGGER = Logger.getLogger("io.github.purenet");

  private final Set<Thread> before = workers();

  private static Set<Thread> workers() {
    Set<Thread> threads = new HashSet<>(Thread.getAllStackTraces().keySet());
    threads.removeIf(thread -> !thread.getName().startsWith("purenet-"));
    return threads;
  }

  /** The worker threads that this test has brought to life. */
  private Set<Thread> newWorkers() {
    Set<Thread> threads = workers();
    threads.removeAll(before);
    return threads;
  }

  @BeforeEach
  void there_are_workers() {
    assumeTrue(PureNet.threads() > 1);
    LOGGER.setUseParentHandlers(false); // each deployment tells what computes
  }

  @AfterEach
  void the_logger_prints_again() {
    LOGGER.setUseParentHandlers(true);
  }

  /** Loads an application with the library in it, runs it, and returns its class loader. */
  private static ClassLoader deploy(Class<? extends Runnable> application) throws Exception {
    URL[] classes = {location(PureNet.class), location(application)};
    URLClassLoader loader = new URLClassLoader(classes, ClassLoader.getPlatformClassLoader());
    ClassLoader server = Thread.currentThread().getContextClassLoader();
    Thread.currentThread().setContextClassLoader(loader);
    try {
      Class<?> loaded = loader.loadClass(application.getName());
      assertThat(loaded).isNotSameAs(application);
      ((Runnable) loaded.getConstructor().newInstance()).run();
    } finally {
      Thread.currentThread().setContextClassLoader(server);
      loader.close();
    }
    return loader;
  }

  private static URL location(Class<?> type) {
    return type.getProtectionDomain().getCodeSource().getLocation();
  }

  /** An application that predicts. */
  public static final class Predicting implements Runnable {
    @Override
    public void run() {
      SimpleConvNet.of(42).predict(NDArray.zeros(2, 1, 28, 28));
    }
  }

  /** An application that trains, tests and tells. */
  public static final class Training implements Runnable {
    @Override
    public void run() {
      Network network =
          Network.of(
              Shape.of(1, 28, 28),
              42,
              conv(4, 3).same(),
              batchNorm(),
              relu(),
              maxPool(2),
              residual(conv(4, 3).pad(1), gelu()),
              avgPool(2),
              dropout(0.5),
              affine(10));
      Mnist mnist = Mnist.sample();
      StringBuilder lines = new StringBuilder();
      Trainer.builder(network)
          .epochs(1)
          .batchSize(50)
          .verbose(lines::append)
          .build()
          .fit(mnist.train().head(100), mnist.test().head(50));
      lines.append(network.summary()).append(network);
    }
  }

  @Test
  void ten_redeployments_leave_no_class_loaders_and_no_threads() throws Exception {
    List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
    Set<Integer> threads = new HashSet<>(); // not themselves: they may hold what they ran
    for (int i = 0; i < 10; i++) {
      // The JDK has caches that keep the last of something: the last application does most.
      loaders.add(new WeakReference<>(deploy(i < 9 ? Predicting.class : Training.class)));
      newWorkers().forEach(thread -> threads.add(System.identityHashCode(thread)));
    }
    assertThat(threads).hasSizeGreaterThanOrEqualTo(10);
    Garbage.awaitCleared(loaders);
    assertThat(newWorkers()).isEmpty();
  }

  /** As the exec plugin of Maven runs a program: it waits for the threads of its own group. */
  @Test
  void no_thread_is_left_in_the_group_of_the_caller() throws Exception {
    ThreadGroup group = new ThreadGroup("application");
    List<Throwable> failures = new ArrayList<>();
    Thread caller =
        new Thread(
            group,
            () -> {
              try {
                deploy(Predicting.class);
              } catch (Exception e) {
                failures.add(e);
              }
            });
    caller.start();
    caller.join();
    assertThat(failures).isEmpty();
    assertThat(newWorkers()).isNotEmpty();
    assertThat(group.activeCount()).isZero();
  }
}
