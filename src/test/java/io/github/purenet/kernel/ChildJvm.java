package io.github.purenet.kernel;

import io.github.purenet.testing.Jvm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A JVM of its own for {@link ChildMain}, of the same release and vector width as this one. */
final class ChildJvm {
  private final List<String> command;
  private final Process process;

  private ChildJvm(String task, List<String> flags) throws IOException {
    List<String> all = new ArrayList<>(flags);
    all.add("-XX:+UseSerialGC");
    ProcessBuilder builder = Jvm.of(ChildMain.class, all, task).redirectErrorStream(true);
    command = builder.command();
    process = builder.start();
    process.getOutputStream().close();
  }

  /** Starts a JVM; the module is there only if a flag adds it. */
  static ChildJvm start(String task, List<String> flags) throws IOException {
    return new ChildJvm(task, flags);
  }

  /** All that the JVM printed, to both streams. */
  String output() throws IOException, InterruptedException {
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int exit = process.waitFor();
    if (exit != 0) {
      throw new AssertionError(command + " ended with " + exit + " and said\n" + output);
    }
    return output;
  }
}
