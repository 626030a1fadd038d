package io.github.purenet.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;

/**
 * How busy everybody else kept the processors while a child computed. A peer that waits in spin
 * loops for all its threads is many times slower on a machine that is busy with something else, so
 * a ratio from such a time is not to be believed.
 */
final class Neighbours {
  /** Processors that others may use before a block counts as disturbed. */
  static final double TOLERABLE = 0.15;

  private final OperatingSystemMXBean system =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private final ProcessHandle[] children;
  private Duration childCpu = Duration.ZERO;
  private long start;

  /** The neighbours of these children; of nobody, if all of ours are idle. */
  Neighbours(ProcessHandle... children) {
    this.children = children.clone();
  }

  /**
   * Waits until the others are quiet.
   *
   * @param millis how long to wait at most
   * @return how long it took in milliseconds
   */
  static long awaitQuiet(long millis) {
    long start = System.nanoTime();
    long waited;
    double busy;
    do {
      Neighbours all = new Neighbours();
      all.watch();
      try {
        Thread.sleep(500);
      } catch (InterruptedException e) {
        throw new IllegalStateException("interrupted", e);
      }
      busy = all.busy();
      waited = (System.nanoTime() - start) / 1_000_000;
    } while (busy > TOLERABLE && waited < millis);
    return waited;
  }

  /** Begins to watch. */
  void watch() {
    system.getCpuLoad(); // the next call tells the load since this one
    childCpu = childCpu();
    start = System.nanoTime();
  }

  /** How many processors the others used since {@link #watch}, on average; 0 if unknown. */
  double busy() {
    double seconds = (System.nanoTime() - start) / 1e9;
    double all = system.getCpuLoad() * system.getAvailableProcessors();
    double own = childCpu().minus(childCpu).toNanos() / 1e9 / seconds;
    return Math.max(0, all - own);
  }

  private Duration childCpu() {
    return Arrays.stream(children)
        .map(child -> child.info().totalCpuDuration().orElse(Duration.ZERO))
        .reduce(Duration.ZERO, Duration::plus);
  }
}
