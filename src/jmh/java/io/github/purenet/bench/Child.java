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

/** A child JVM that runs a {@link Worker}, as its parent sees it. */
final class Child implements AutoCloseable {

  /**
   * The timing of a block of calls.
   *
   * @param calls the number of calls
   * @param nanos the duration of the block, in nanoseconds
   * @param value the result of the last call
   * @param others the number of processors that were busy with something else
   */
  record Timing(long calls, long nanos, double value, double others) {
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
  private final Neighbors neighbors;

  /**
   * Starts a JVM.
   *
   * @param contender the engine that runs in it
   * @param measurement what it measures
   * @param options the java executable, threads and folders
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
    neighbors = new Neighbors(process.toHandle());
    neighbors.watch();
    killer = new Thread(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(killer);
    answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    requests = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
  }

  /** Returns the class path, our classes first: no start pays for the jars of another engine. */
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

  /** Returns how many processors something else used since the start or the last block. */
  double others() {
    return neighbors.busy();
  }

  /** Runs a block of at least the given duration, in milliseconds. */
  Timing run(long millis) throws IOException {
    neighbors.watch();
    requests.println(TimeUnit.MILLISECONDS.toNanos(millis));
    String[] words = await("@block").split(" ", -1);
    double others = neighbors.busy();
    Timing timing =
        new Timing(
            Long.parseLong(words[0]),
            Long.parseLong(words[1]),
            Double.parseDouble(words[2]),
            others);
    if (!Double.isFinite(timing.value())) {
      throw new IOException(contender.id() + ": computed " + timing.value());
    }
    return timing;
  }

  /** Returns what follows the kind in the next answer of this kind. */
  private String await(String kind) throws IOException {
    for (String line = answers.readLine(); line != null; line = answers.readLine()) {
      if (line.startsWith(kind + " ")) {
        return line.substring(kind.length() + 1);
      }
    }
    throw new IOException(reason().replaceFirst("^Caused by: ", "") + " (" + log + ")");
  }

  /** Returns the first exception in the log or its last cause, or that there is none. */
  private String reason() throws IOException {
    try (var lines = Files.lines(log)) {
      return lines
          .filter(line -> line.matches(".*(Exception|Error).*"))
          .reduce((first, next) -> next.startsWith("Caused by") ? next : first)
          .orElse("the JVM ended without a word");
    }
  }

  /** Kills the JVM. */
  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(killer);
    process.destroyForcibly();
    process.onExit().join();
  }
}
