package io.github.purenet.kernel;

import java.util.Optional;

/** The abilities of the processor and the compiler, as far as Java can tell. */
final class Hardware {

  /**
   * The number of operations timed. In software, {@code Math.fma} is thousands of times slower than
   * a multiplication: some 1,000 of them take 1 ms there, but some microseconds, even interpreted,
   * where the hardware has the instruction.
   */
  private static final int PROBES = 2000;

  /** Whether {@code Math.fma} is one instruction. */
  static final boolean FMA = measureFma();

  private Hardware() {}

  /** Returns why vector kernels would be slow here; empty if they would not. */
  static Optional<String> obstacle() {
    String vm = System.getProperty("java.vm.name", "");
    String info = System.getProperty("java.vm.info", "");
    if (info.contains("interpreted")) {
      return Optional.of("the JVM only interprets (" + info + ")");
    }
    if (!compilesWithC2(vm)) {
      return Optional.of("the C2 compiler is not active");
    }
    if (!FMA) {
      return Optional.of("the processor has no fused multiply-add");
    }
    return Optional.empty();
  }

  private static boolean compilesWithC2(String vm) {
    // C1 alone is "emulated-client" in java.vm.info; the rest of HotSpot's builds have C2.
    return (vm.contains("Server VM") || vm.contains("HotSpot"))
        && !System.getProperty("java.vm.info", "").contains("emulated-client");
  }

  private static boolean measureFma() {
    long fused = time(true);
    long plain = time(false);
    return fused < 50 * Math.max(plain, 1000);
  }

  /** Returns the shortest time of several rounds, in nanoseconds. */
  private static long time(boolean fused) {
    long best = Long.MAX_VALUE;
    for (int round = 0; round < 5; round++) {
      long start = System.nanoTime();
      float sum = 1f;
      for (int i = 0; i < PROBES; i++) {
        sum = fused ? Math.fma(sum, 0.999f, 0.001f) : sum * 0.999f + 0.001f;
      }
      long elapsed = System.nanoTime() - start;
      if (sum > 0) { // always; keeps the loop alive
        best = Math.min(best, elapsed);
      }
    }
    return best;
  }
}
