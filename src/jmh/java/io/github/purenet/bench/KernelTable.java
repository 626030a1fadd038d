package io.github.purenet.bench;

import io.github.purenet.kernel.Kernels;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * A benchmark that compares matrix products with the machine's peak, measured in the same run, and
 * prints a table:
 *
 * <pre>mvn -q -B -Pbench -DskipTests package exec:exec@kernels</pre>
 *
 * <p>It then runs every kernel with the vector and with the scalar backend, at the sizes of the
 * book's network, and prints their times and the ratio.
 *
 * <p>Figures are those of the best of five seconds, percentages those of the peak with the same
 * number of threads. The output of JMH goes to {@code target/kernels-*.log}. Options are given in
 * one property, {@code -Dkernels.args="--sizes=512 --threads=1"}:
 *
 * <ul>
 *   <li>{@code --sizes=512,1024,1536}: rows and columns of the matrices, or {@code none}
 *   <li>{@code --kernels=adam,relu,...}: the methods of {@link KernelBenchmark} to run, or {@code
 *       none}; by default all
 *   <li>{@code --threads=1,2}
 *   <li>{@code --backends=vector,scalar}
 *   <li>{@code --java=PATH}: the java executable of the forks, by default the one that runs this
 *       program
 * </ul>
 */
public final class KernelTable {
  /** The number of operations of one call of {@link FmaPeakBenchmark}. */
  static final long PEAK_FLOPS = 1L << 24;

  private static final long PATIENCE_MILLIS = 60_000;

  private final String java;

  private KernelTable(String java) {
    this.java = java;
  }

  /**
   * Runs the benchmark.
   *
   * @param args the options
   * @throws RunnerException if a benchmark fails
   * @throws IOException if the log cannot be written
   */
  public static void main(String[] args) throws RunnerException, IOException {
    Arguments words = new Arguments(args);
    KernelTable table = new KernelTable(words.java());
    List<String> sizes = orNone(words.list("sizes", "512,1024,1536"));
    List<String> kernels = orNone(words.list("kernels", String.join(",", kernelNames())));
    List<String> threadCounts = words.list("threads", "1,2");
    List<String> backends = words.list("backends", "vector,scalar");
    words.requireAllTaken();

    System.out.println("threads  kernel        size   GFLOP/s  of peak");
    for (String count : threadCounts) {
      int threads = Integer.parseInt(count);
      double peak = table.peak(threads);
      print(threads, "peak", "", peak, peak);
      for (String backend : backends) {
        for (String size : sizes) {
          print(threads, "gemm " + backend, size, table.gemm(threads, backend, size), peak);
        }
      }
    }
    System.out.println();
    System.out.println(
        "threads  kernel            " + String.join("       ", backends) + "   ratio");
    for (String count : threadCounts) {
      for (String kernel : kernels) {
        System.out.println(table.compare(Integer.parseInt(count), kernel, backends));
      }
    }
  }

  private static List<String> orNone(List<String> words) {
    return words.equals(List.of("none")) ? List.of() : words;
  }

  /** Returns the names of the kernels, in order; a kernel without a benchmark is an error. */
  private static List<String> kernelNames() {
    Set<String> measured = namesOf(KernelBenchmark.class, Benchmark.class);
    Set<String> kernels = new TreeSet<>();
    for (Method method : Kernels.class.getMethods()) {
      if (!Modifier.isStatic(method.getModifiers()) && method.getParameterCount() > 0) {
        kernels.add(method.getName());
      }
    }
    if (!kernels.equals(measured)) {
      throw new IllegalStateException(
          "expected a benchmark of each of " + kernels + ", got " + measured);
    }
    return List.copyOf(kernels);
  }

  private static Set<String> namesOf(Class<?> type, Class<? extends Annotation> annotation) {
    Set<String> names = new TreeSet<>();
    for (Method method : type.getMethods()) {
      if (method.isAnnotationPresent(annotation)) {
        names.add(method.getName());
      }
    }
    return names;
  }

  private String compare(int threads, String kernel, List<String> backends)
      throws RunnerException, IOException {
    StringBuilder line =
        new StringBuilder(String.format(Locale.ROOT, "%7d  %-16s", threads, kernel));
    List<Double> micros = new ArrayList<>();
    for (String backend : backends) {
      List<String> flags = Contender.of(backend).jvmFlags(threads, Path.of("target"));
      double calls =
          perSecond(
              "KernelBenchmark." + kernel + "$",
              options -> options.jvmArgsAppend(flags.toArray(String[]::new)));
      micros.add(1e6 / calls);
      line.append(String.format(Locale.ROOT, "  %8.1f us", 1e6 / calls));
    }
    double ratio = micros.get(0) / micros.get(micros.size() - 1);
    return line.append(String.format(Locale.ROOT, "  %.2f", ratio)).toString();
  }

  private static void print(int threads, String kernel, String size, double gflops, double peak) {
    System.out.printf(
        Locale.ROOT,
        "%7d  %-12s  %4s  %8.1f  %5.0f %%%n",
        threads,
        kernel,
        size,
        gflops,
        100 * gflops / peak);
  }

  private double peak(int threads) throws RunnerException, IOException {
    return PEAK_FLOPS * perSecond("FmaPeakBenchmark.", options -> options.threads(threads)) / 1e9;
  }

  private double gemm(int threads, String backend, String size)
      throws RunnerException, IOException {
    List<String> flags = Contender.of(backend).jvmFlags(threads, Path.of("target"));
    double flops = 2 * Math.pow(Double.parseDouble(size), 3);
    return flops
        * perSecond(
            "GemmBenchmark.",
            options -> options.param("size", size).jvmArgsAppend(flags.toArray(String[]::new)))
        / 1e9;
  }

  private interface Setting {
    ChainedOptionsBuilder apply(ChainedOptionsBuilder options);
  }

  /** Returns the calls per second of all threads, in the best second: noise only slows down. */
  private double perSecond(String benchmark, Setting setting) throws RunnerException, IOException {
    Path folder = Files.createDirectories(Path.of("target"));
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include("\\." + benchmark)
            .jvm(java)
            .shouldFailOnError(true)
            .output(
                folder.resolve("kernels-" + benchmark.replaceAll("\\W", "") + ".log").toString());
    Neighbors.awaitQuiet(PATIENCE_MILLIS);
    return new Runner(setting.apply(options).build())
        .runSingle().getAggregatedResult().getIterationResults().stream()
            .mapToDouble(iteration -> iteration.getPrimaryResult().getScore())
            .max()
            .orElseThrow();
  }
}
