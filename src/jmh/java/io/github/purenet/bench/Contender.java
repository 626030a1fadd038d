package io.github.purenet.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/** The engines that take part, each with the settings of its JVM. */
enum Contender {
  /** PureNet with the Vector API. */
  VECTOR,
  /** PureNet with plain loops, as it runs without a flag. */
  SCALAR,
  /** PyTorch through DJL, as it is installed. */
  PYTORCH,
  /**
   * PyTorch with a malloc (glibc's) that is set to keep the memory it once had. By default, tensors
   * of megabytes are sometimes returned to the system on every step and fetched again page by page.
   * Takes part only on request.
   */
  PYTORCH_TUNED,
  /** Deeplearning4j. */
  DL4J;

  /** Returns the name in options and results. */
  String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Contender of(String id) {
    return valueOf(id.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  /** Returns whether PureNet is compared with this engine. */
  boolean isPeer() {
    return this == PYTORCH || this == PYTORCH_TUNED || this == DL4J;
  }

  /** Returns the engine, started in this JVM. */
  Engine engine() {
    return switch (this) {
      case VECTOR, SCALAR -> new PureNetEngine();
      case PYTORCH, PYTORCH_TUNED -> new PyTorchEngine();
      case DL4J -> new Dl4jEngine();
    };
  }

  /**
   * Returns the flags of its JVM.
   *
   * @param threads the number of threads that it may compute with
   * @param cache the folder into which native libraries are unpacked
   */
  List<String> jvmFlags(int threads, Path cache) {
    return switch (this) {
      case VECTOR ->
          List.of(
              "--add-modules=jdk.incubator.vector",
              "-Dpurenet.backend=vector",
              "-Dpurenet.threads=" + threads);
      case SCALAR -> List.of("-Dpurenet.backend=scalar", "-Dpurenet.threads=" + threads);
      case PYTORCH, PYTORCH_TUNED ->
          List.of(
              "-Dai.djl.offline=true",
              "-DOPT_OUT_TRACKING=true",
              "-DDJL_CACHE_DIR=" + cache.resolve("djl"),
              "-Dai.djl.pytorch.num_interop_threads=1",
              "-Dai.djl.pytorch.num_threads=" + threads);
      case DL4J ->
          List.of(
              "-Dorg.bytedeco.javacpp.cachedir=" + cache.resolve("javacpp"),
              "-Dorg.bytedeco.javacpp.platform.extension=" + dl4jVariant());
    };
  }

  /**
   * Returns the environment of its JVM.
   *
   * @param threads the number of threads that it may compute with
   */
  Map<String, String> environment(int threads) {
    Map<String, String> variables = new HashMap<>();
    if (isPeer()) {
      variables.put("OMP_NUM_THREADS", Integer.toString(threads));
    }
    if (this == PYTORCH_TUNED) {
      variables.put("MALLOC_ARENA_MAX", "1");
      variables.put("MALLOC_MMAP_THRESHOLD_", Integer.toString(1 << 25)); // the most it accepts
      variables.put("MALLOC_TRIM_THRESHOLD_", Long.toString(1L << 32));
    }
    return variables;
  }

  /** Returns which entries of the class path it needs; directories are for all engines. */
  Predicate<Path> classPath() {
    return entry ->
        isPeer() || Files.isDirectory(entry) || entry.getFileName().toString().contains("purenet");
  }

  /** Returns the build for this processor, of those that the profile names, or the plain one. */
  private static String dl4jVariant() {
    Path cpu = Path.of("/proc/cpuinfo");
    try {
      if (!Files.isReadable(cpu)) {
        return "-avx2"; // Windows and Mac
      }
      String features = Files.readString(cpu);
      return features.contains(" avx512vl") ? "-avx512" : features.contains(" avx2") ? "-avx2" : "";
    } catch (IOException e) {
      return "";
    }
  }
}
