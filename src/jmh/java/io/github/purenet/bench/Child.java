package io.github.purenet.bench;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The driver's end of a {@link Worker}. */
final class Child implements AutoCloseable {

  /**
   * What a block came to.
   *
   * @param calls how many calls it had
   * @param nanos how long it took
   * @param value what the last call came to
   * @param others how many processors were busy with something else
   */
  record Block(long calls, long nanos, double value, double others) {
    double millisPerCall() {
      return nanos / 1e6 / calls;
    }
  }

  private final Contender contender;
  private final Path log;
  private final Process process;
  private final BufferedReader answers;
  private final PrintStream requests;
  private final Thread killer;
  private final Neighbours neighbours;

  /**
   * Starts a JVM.
   *
   * @param contender what runs in it
   * @param measurement what it measures
   * @param options java executable, threads, folders
   */
  Child(Contender contender, Measurement measurement, Options options) throws IOException {
    this.contender = contender;
    Path folder = Files.createDirectories(options.folder());
    log = folder.resolve(measurement.name() + "-" + contender.id() + ".log");

    List<String> command = new ArrayList<>(List.of(options.java()));
    command.addAll(contender.jvmFlags(options.threads(), folder.toAbsolutePath()));
    command.addAll(List.of("-cp", classPath(contender)));
    command.addAll(List.of(Worker.class.getName(), contender.id(), measurement.name()));
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(log.toFile());
    builder.environment().putAll(contender.environment(options.threads()));
    process = builder.start();
    neighbours = new Neighbours(process.toHandle());
    neighbours.watch();
    killer = new Thread(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(killer);
    answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    requests = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
  }

  /** Our classes first, so that nobody's start pays for the jars of the others. */
  private static String classPath(Contender contender) {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .map(Path::of)
        .filter(contender.classPath())
        .sorted(Comparator.comparing(entry -> !Files.isDirectory(entry)))
        .map(Path::toString)
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** Waits until the engine is up and returns its description. */
  String awaitReady() throws IOException {
    return await("@ready");
  }

  /** Waits for the end of the run of the book and returns its accuracy. */
  double awaitAccuracy() throws IOException {
    return Double.parseDouble(await("@accuracy"));
  }

  /** How many processors were busy with something else since the start or the last block. */
  double others() {
    return neighbours.busy();
  }

  /** Runs a block of at least so many milliseconds. */
  Block run(long millis) throws IOException {
    neighbours.watch();
    requests.println(TimeUnit.MILLISECONDS.toNanos(millis));
    String[] words = await("@block").split(" ", -1);
    double others = neighbours.busy();
    Block block =
        new Block(
            Long.parseLong(words[0]),
            Long.parseLong(words[1]),
            Double.parseDouble(words[2]),
            others);
    if (!Double.isFinite(block.value())) {
      throw new IOException(contender.id() + ": computed " + block.value());
    }
    return block;
  }

  /** Returns what stands behind the next answer of this kind. */
  private String await(String kind) throws IOException {
    for (String line = answers.readLine(); line != null; line = answers.readLine()) {
      if (line.startsWith(kind + " ")) {
        return line.substring(kind.length() + 1);
      }
    }
    throw new IOException(reason().replaceFirst("^Caused by: ", "") + " (" + log + ")");
  }

  /** The first exception in the log, or how the JVM ended. */
  private String reason() throws IOException {
    try (var lines = Files.lines(log)) {
      return lines
          .filter(line -> line.matches(".*(Exception|Error).*"))
          .reduce((first, next) -> next.startsWith("Caused by") ? next : first)
          .orElse("the JVM ended without a word");
    }
  }

  /** Ends the JVM, which has nothing to lose. */
  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(killer);
    process.destroyForcibly();
    process.onExit().join();
  }
}
