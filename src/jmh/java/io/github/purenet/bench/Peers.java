package io.github.purenet.bench;

import io.github.purenet.bench.Measurement.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A benchmark that trains and runs the same networks on the same data with PureNet and its peers:
 *
 * <pre>mvn -q -B -Pbench -DskipTests package exec:exec@peers</pre>
 *
 * <p>Each engine runs in a fresh JVM with the same number of threads and warms up there; then the
 * engines take turns, a block each, and the median of the blocks counts. Results go to the standard
 * output, one line a measurement, and as JSON to {@code target/peers.json}; progress goes to the
 * standard error.
 *
 * <p>A block during which something else used the processors is repeated when they are quiet again;
 * if that never happens, a warning says so, and the figures are not reliable.
 *
 * <p>Options are given in one property, {@code -Dpeers.args="--threads=1
 * --engines=vector,pytorch"}:
 *
 * <ul>
 *   <li>{@code --measurements=simple-train-b100,simple-infer-b100,simple-infer-b1,book-run}
 *   <li>{@code --engines=vector,scalar,pytorch,dl4j}; another one is {@code pytorch-tuned}, which
 *       sets the environment of glibc's malloc
 *   <li>{@code --threads=2}: threads of each engine
 *   <li>{@code --java=PATH}: the java executable of the children, by default the one that runs this
 *       program
 *   <li>{@code --blocks=9}, {@code --block-millis=500}, {@code --warm-up-millis=4000}
 *   <li>{@code --patience-millis=60000}: how long a measurement may wait for a quiet machine
 *   <li>{@code --book-runs=3}: repetitions of {@code book-run}, {@code --dl4j-book-runs=0} for
 *       Deeplearning4j, which takes minutes for one
 *   <li>{@code --json=target/peers.json}, {@code --folder=target/peers} for logs and caches
 * </ul>
 */
public final class Peers {
  private final Options options;
  private final Results results = new Results();

  private Peers(Options options) {
    this.options = options;
  }

  /**
   * Runs the benchmark.
   *
   * @param args the options
   * @throws IOException if PureNet cannot be measured or the results cannot be written
   */
  public static void main(String[] args) throws IOException {
    new Peers(Options.parse(args)).run();
  }

  private void run() throws IOException {
    for (Measurement measurement : options.measurements()) {
      if (measurement.task() == Task.BOOK_RUN) {
        runs(measurement);
      } else {
        blocks(measurement);
      }
      results.lines(measurement, Contender.PYTORCH).forEach(System.out::println);
    }
    for (Contender peer : List.of(Contender.PYTORCH_TUNED, Contender.DL4J)) {
      for (Measurement measurement : options.measurements()) {
        results.lines(measurement, peer).forEach(System.out::println);
      }
    }
    Files.createDirectories(options.json().toAbsolutePath().getParent());
    Files.writeString(options.json(), results.json(options));
  }

  /** Measures blocks in turns: all children stay alive, and one at a time computes. */
  private void blocks(Measurement measurement) throws IOException {
    Map<Contender, Child> children = new EnumMap<>(Contender.class);
    Map<Contender, List<Double>> millis = new EnumMap<>(Contender.class);
    try {
      for (Contender contender : present(measurement)) {
        Child child = new Child(contender, measurement, options);
        children.put(contender, child);
        try {
          describe(contender, child.awaitReady());
          child.run(options.warmUpMillis());
          millis.put(contender, new ArrayList<>());
        } catch (IOException e) {
          children.remove(contender).close();
          miss(contender, e);
        }
      }
      long patience = options.patienceMillis();
      double others = 0;
      List<Contender> order = new ArrayList<>(children.keySet());
      for (int round = 0; round < options.blocks(); round++) {
        for (Contender contender : List.copyOf(order)) {
          try {
            Child child = children.get(contender);
            Child.Timing timing = child.run(options.blockMillis());
            while (timing.others() > Neighbors.TOLERABLE && patience > 0) {
              patience -= Neighbors.awaitQuiet(patience);
              timing = child.run(options.blockMillis());
            }
            others = Math.max(others, timing.others());
            millis.get(contender).add(timing.millisPerCall());
          } catch (IOException e) {
            order.remove(contender);
            millis.remove(contender);
            miss(contender, e);
          }
        }
        Collections.rotate(order, 1);
      }
      warn(measurement, others);
    } finally {
      children.values().forEach(Child::close);
    }
    millis.forEach((contender, list) -> add(measurement, contender, list));
  }

  /** Measures whole runs in turns, each in a JVM of its own. */
  private void runs(Measurement measurement) throws IOException {
    Map<Contender, List<Double>> millis = new EnumMap<>(Contender.class);
    long patience = options.patienceMillis();
    for (int round = 0; round < options.bookRuns(); round++) {
      for (Contender contender : present(measurement)) {
        if (contender == Contender.DL4J && round >= options.dl4jBookRuns()) {
          continue;
        }
        patience -= Neighbors.awaitQuiet(patience);
        long start = System.nanoTime();
        try (Child child = new Child(contender, measurement, options)) {
          double accuracy = child.awaitAccuracy();
          double ms = (System.nanoTime() - start) / 1e6;
          millis.computeIfAbsent(contender, c -> new ArrayList<>()).add(ms);
          double others = child.others();
          describe(contender, child.awaitReady());
          System.err.printf(
              Locale.ROOT, "%s: %.1f s, accuracy %.4f%n", contender.id(), ms / 1e3, accuracy);
          warn(measurement, others);
        } catch (IOException e) {
          miss(contender, e);
        }
      }
    }
    millis.forEach((contender, list) -> add(measurement, contender, list));
  }

  private List<Contender> present(Measurement measurement) {
    return options.contenders().stream()
        .filter(c -> !results.isMissing(c))
        .filter(c -> c != Contender.DL4J || measurement.architecture().isPlain())
        .toList();
  }

  private void add(Measurement measurement, Contender contender, List<Double> millis) {
    double[] blocks = millis.stream().mapToDouble(Double::doubleValue).toArray();
    results.add(measurement, contender, blocks);
  }

  private void describe(Contender contender, String description) {
    if (results.describe(contender, description)) {
      System.err.println(contender.id() + ": " + description);
    }
  }

  private void warn(Measurement measurement, double others) {
    results.disturb(measurement, others);
    if (others > Neighbors.TOLERABLE) {
      System.err.printf(
          Locale.ROOT,
          "%s: something else kept %.1f processors busy; the figures are not reliable%n",
          measurement.name(),
          others);
    }
  }

  /** Records that an engine is missing, which only a peer may be. */
  private void miss(Contender contender, IOException e) throws IOException {
    if (!contender.isPeer()) {
      throw e;
    }
    System.out.println(contender.id() + ": not available: " + e.getMessage());
    results.miss(contender, e.getMessage());
  }
}
