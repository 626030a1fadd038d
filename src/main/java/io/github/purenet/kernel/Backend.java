package io.github.purenet.kernel;

import java.lang.System.Logger.Level;
import java.util.Optional;

/**
 * The choice of the kernels of this process, made once: the vector kernels where the module {@code
 * jdk.incubator.vector}, the C2 compiler, hardware FMA and vectors of at least 128 bits are
 * available, else the scalar ones. {@code -Dpurenet.backend=vector|scalar} overrides. Where a
 * security manager hides the system properties, it is the scalar ones and one thread. The reason
 * for falling back is logged once at INFO through the logger {@code io.github.purenet}.
 */
final class Backend {
  private static final String VECTOR_MODULE = "jdk.incubator.vector";

  private static final Choice CHOICE;
  private static final int THREADS;

  /** The fault of the user's settings, or null; reported on every call, not only on the first. */
  private static final String FAULT;

  private static final Workers WORKERS;

  /** Kernels, and why it is these. */
  record Choice(Kernels kernels, String reason) {}

  static {
    Choice choice = null;
    String fault = null;
    int threads = 0;
    Workers workers = null;
    try {
      threads = SystemProperties.threads(System.getProperty("purenet.threads"));
      workers = new Workers(threads);
      choice = choose(System.getProperty("purenet.backend"), workers);
    } catch (IllegalArgumentException e) {
      fault = e.getMessage();
    } catch (SecurityException e) { // nor may threads be started where these are hidden
      threads = 1;
      workers = new Workers(threads);
      choice = new Choice(new ScalarKernels(workers), e.getMessage());
      logFallback("scalar kernels and one thread", e.getMessage());
    }
    CHOICE = choice;
    THREADS = threads;
    WORKERS = workers;
    FAULT = fault;
  }

  private Backend() {}

  static Choice choice() {
    if (FAULT != null) {
      throw new IllegalArgumentException(FAULT);
    }
    return CHOICE;
  }

  static Kernels kernels() {
    return choice().kernels();
  }

  static Workers workers() {
    kernels();
    return WORKERS;
  }

  static int threads() {
    kernels();
    return THREADS;
  }

  /** Returns the kernels that the user asks for, or else the best that are available. */
  static Choice choose(String wanted, Workers workers) {
    if (wanted != null && !wanted.equals("vector") && !wanted.equals("scalar")) {
      throw new IllegalArgumentException(
          "purenet.backend: expected vector or scalar, got " + wanted);
    }
    if ("scalar".equals(wanted)) {
      return new Choice(new ScalarKernels(workers), "-Dpurenet.backend=scalar asks for it");
    }
    Optional<String> obstacle = obstacle(wanted != null);
    if (obstacle.isEmpty()) {
      try {
        VectorKernels vector = new VectorKernels(workers);
        return new Choice(vector, "vectors of " + vector.bits() + " bits");
      } catch (UnsupportedOperationException e) {
        obstacle = Optional.of(e.getMessage());
      } catch (LinkageError e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        obstacle = Optional.of("the vector kernels do not load: " + cause);
      }
    }
    if (wanted != null) {
      throw new IllegalArgumentException(
          "purenet.backend: expected what this JVM can do, got vector: " + obstacle.get());
    }
    logFallback("scalar kernels", obstacle.get());
    return new Choice(new ScalarKernels(workers), obstacle.get());
  }

  private static void logFallback(String choice, String reason) {
    System.getLogger("io.github.purenet").log(Level.INFO, "{0}, because {1}", choice, reason);
  }

  /** Returns why not to use the vector kernels; if the user insists, only what rules them out. */
  private static Optional<String> obstacle(boolean insisted) {
    Optional<Module> module = ModuleLayer.boot().findModule(VECTOR_MODULE);
    if (module.isEmpty()) {
      return Optional.of("the module is missing; add it with --add-modules " + VECTOR_MODULE);
    }
    Module own = Backend.class.getModule();
    if (own.isNamed()) {
      own.addReads(module.get());
    }
    if (insisted) {
      return Optional.empty();
    }
    return Hardware.obstacle();
  }
}
