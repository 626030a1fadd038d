package io.github.purenet.kernel;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A JVM of its own for {@link ChildMain}, of the same release and vector width as this one. */
final class ChildJvm {
  private final List<String> command = new ArrayList<>();
  private final Process process;

  private ChildJvm(String task, List<String> flags) throws IOException {
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:+UseSerialGC");
    for (String flag : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      if (flag.startsWith("-XX:MaxVectorSize")) {
        command.add(flag);
      }
    }
    command.addAll(flags);
    command.add("-cp");
    command.add(where(Kernels.class) + File.pathSeparator + where(ChildMain.class));
    command.add(ChildMain.class.getName());
    command.add(task);
    process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
  }

  /** Starts a JVM; the module is there only if a flag adds it. */
  static ChildJvm start(String task, List<String> flags) throws IOException {
    return new ChildJvm(task, flags);
  }

  private static String where(Class<?> type) {
    try {
      URI location = type.getProtectionDomain().getCodeSource().getLocation().toURI();
      return Path.of(location).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
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
