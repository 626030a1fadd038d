package io.github.purenet.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;

/**
 * A watch on how busy other processes keep the processors while a child computes. A peer that waits
 * in spin loops for all its threads is many times slower on a machine that is busy with something
 * else, so that a ratio from such a time is not reliable.
 */
final class Neighbors {
  /** The number of processors that others may use before a block counts as disturbed. */
  static final double TOLERABLE = 0.15;

  private final OperatingSystemMXBean system =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private final ProcessHandle[] children;
  private Duration childCpu = Duration.ZERO;
  private long start;

  /** Creates a watch on all processes but these children. */
  Neighbors(ProcessHandle... children) {
    this.children = children.clone();
  }

  /**
   * Waits until the other processes are quiet.
   *
   * @param millis the longest time to wait, in milliseconds
   * @return the time waited, in milliseconds
   */
  static long awaitQuiet(long millis) {
    long start = System.nanoTime();
    long waited;
    double busy;
    do {
      Neighbors all = new Neighbors();
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

  /** Starts watching. */
  void watch() {
    system.getCpuLoad(); // the next call tells the load since this one
    childCpu = childCpu();
    start = System.nanoTime();
  }

  /** Returns the mean number of processors that others used since {@link #watch}; 0 if unknown. */
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
