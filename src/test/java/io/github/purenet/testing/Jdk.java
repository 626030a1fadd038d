package io.github.purenet.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A JDK of this machine, and its tools. */
public record Jdk(Path home, int version) {
  private static final Pattern VERSION = Pattern.compile("JAVA_VERSION=\"(\\d+)");

  /** The JDK that runs the tests. */
  public static Jdk present() {
    return new Jdk(Path.of(System.getProperty("java.home")), Runtime.version().feature());
  }

  /** The present JDK, and one of each newer version beside it. */
  public static List<Jdk> all() throws IOException {
    Map<Integer, Jdk> found = new LinkedHashMap<>();
    found.put(present().version, present());
    try (Stream<Path> beside = Files.list(present().home.toRealPath().getParent())) {
      for (Path home : beside.sorted().toList()) {
        Path release = home.resolve("release");
        if (Files.exists(release) && Files.isExecutable(home.resolve("bin/javac"))) {
          Matcher version = VERSION.matcher(Files.readString(release));
          if (version.find() && Integer.parseInt(version.group(1)) >= present().version) {
            int number = Integer.parseInt(version.group(1));
            found.putIfAbsent(number, new Jdk(home, number));
          }
        }
      }
    }
    return List.copyOf(found.values());
  }

  /** Runs {@code java}, without flags from the environment; returns what it prints. */
  public String java(String... arguments) throws IOException, InterruptedException {
    return run(home.resolve("bin/java"), arguments);
  }

  /** Runs a tool such as {@code jlink}; returns what it prints. */
  public String tool(String name, String... arguments) throws IOException, InterruptedException {
    return run(home.resolve("bin").resolve(name), arguments);
  }

  /** Runs a command, which must succeed; returns what it prints on both streams. */
  public static String run(Path command, String... arguments)
      throws IOException, InterruptedException {
    Process process = start(command, arguments).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as("%s %s said %s", command, List.of(arguments), output).isZero();
    return output;
  }

  /** Returns a process to be started, without flags for JVMs from the environment. */
  public static ProcessBuilder start(Path command, String... arguments) {
    List<String> all = new ArrayList<>();
    all.add(command.toString());
    all.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(all);
    builder.environment().keySet().removeAll(List.of("JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS"));
    return builder;
  }
}
