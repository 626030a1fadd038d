package io.github.purenet.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Runs the kernels beside the machine's peak, measured in the same run, and prints a table:
 *
 * <pre>mvn -q -B -Pbench -DskipTests package exec:exec@kernels</pre>
 *
 * <p>Figures are those of the best of five seconds, percentages of the peak with the same number of
 * threads. More kernels go into benchmark classes of their own and get a line in {@code main}. The
 * output of JMH goes to {@code target/kernels-*.log}. Options go into one property, {@code
 * -Dkernels.args="--sizes=512 --threads=1"}:
 *
 * <ul>
 *   <li>{@code --sizes=512,1024,1536}: rows and columns of the matrices
 *   <li>{@code --threads=1,2}
 *   <li>{@code --backends=vector,scalar}
 *   <li>{@code --java=PATH}: the java executable of the forks, this one unless given
 * </ul>
 */
public final class KernelTable {
  /** Operations of one call of {@link FmaPeakBenchmark}. */
  static final long PEAK_FLOPS = 1L << 24;

  private static final long PATIENCE_MILLIS = 60_000;

  private final String java;

  private KernelTable(String java) {
    this.java = java;
  }

  /**
   * Measures.
   *
   * @param args options
   * @throws RunnerException if a benchmark fails
   * @throws IOException if the log cannot be written
   */
  public static void main(String[] args) throws RunnerException, IOException {
    Arguments words = new Arguments(args);
    KernelTable table = new KernelTable(words.java());
    List<String> sizes = words.list("sizes", "512,1024,1536");
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
    return PEAK_FLOPS * perSecond("FmaPeakBenchmark", options -> options.threads(threads)) / 1e9;
  }

  private double gemm(int threads, String backend, String size)
      throws RunnerException, IOException {
    List<String> flags = Contender.of(backend).jvmFlags(threads, Path.of("target"));
    double flops = 2 * Math.pow(Double.parseDouble(size), 3);
    return flops
        * perSecond(
            "GemmBenchmark",
            options -> options.param("size", size).jvmArgsAppend(flags.toArray(String[]::new)))
        / 1e9;
  }

  private interface Setting {
    ChainedOptionsBuilder apply(ChainedOptionsBuilder options);
  }

  /** Calls per second, all threads together, in the best second: noise only ever takes away. */
  private double perSecond(String benchmark, Setting setting) throws RunnerException, IOException {
    Path folder = Files.createDirectories(Path.of("target"));
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include("\\." + benchmark + "\\.")
            .jvm(java)
            .shouldFailOnError(true)
            .output(folder.resolve("kernels-" + benchmark + ".log").toString());
    Neighbours.awaitQuiet(PATIENCE_MILLIS);
    return new Runner(setting.apply(options).build())
        .runSingle().getAggregatedResult().getIterationResults().stream()
            .mapToDouble(iteration -> iteration.getPrimaryResult().getScore())
            .max()
            .orElseThrow();
  }
}
