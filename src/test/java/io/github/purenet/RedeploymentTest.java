package io.github.purenet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.purenet.testing.Garbage;
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

  /** Loads the library as a server does, has it predict, and returns its class loader. */
  private static ClassLoader deploy() throws Exception {
    URL library = PureNet.class.getProtectionDomain().getCodeSource().getLocation();
    URLClassLoader loader =
        new URLClassLoader(new URL[] {library}, ClassLoader.getPlatformClassLoader());
    ClassLoader server = Thread.currentThread().getContextClassLoader();
    Thread.currentThread().setContextClassLoader(loader);
    try {
      Class<?> array = loader.loadClass("io.github.purenet.ndarray.NDArray");
      Object x = array.getMethod("zeros", int[].class).invoke(null, new int[] {2, 1, 28, 28});
      Class<?> model = loader.loadClass("io.github.purenet.model.SimpleConvNet");
      Object network = model.getMethod("of", long.class).invoke(null, 42);
      model.getMethod("predict", array).invoke(network, x);
    } finally {
      Thread.currentThread().setContextClassLoader(server);
      loader.close();
    }
    return loader;
  }

  @Test
  void ten_redeployments_leave_no_class_loaders_and_no_threads() throws Exception {
    // With the Vector API something of the JDK still holds the loaders.
    assumeTrue("scalar".equals(System.getProperty("purenet.test.backend")));
    List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
    Set<Integer> threads = new HashSet<>(); // not themselves: they may hold what they ran
    for (int i = 0; i < 10; i++) {
      loaders.add(new WeakReference<>(deploy()));
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
                deploy();
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
