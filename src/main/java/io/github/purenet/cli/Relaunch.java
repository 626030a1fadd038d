package io.github.purenet.cli;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Runs the command in another JVM, which has the vector module and otherwise the same arguments.
 * Input, output and the exit code are those of the other JVM; a signal that ends this one ends the
 * other one first, and the other one ends if this one is killed.
 */
final class Relaunch {
  private static final String MODULE = "jdk.incubator.vector";

  /** The property by which the other JVM knows the process that waits for it. */
  private static final String PARENT = "purenet.parent";

  /** Variables whose arguments the JVM has already, and would add again. */
  private static final List<String> VARIABLES = List.of("JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS");

  private static final Set<String> QUICK = Set.of("--help", "-h", "--version", "-V", "completion");

  private Relaunch() {}

  /** Returns whether another JVM would be faster, and can be had. */
  static boolean helps(String... args) {
    String parent = System.getProperty(PARENT);
    if (parent != null) {
      endWith(parent);
      return false;
    }
    return args.length > 0
        && !QUICK.contains(args[args.length - 1])
        && !QUICK.contains(args[0])
        && !"scalar".equals(System.getProperty("purenet.backend"))
        && ModuleLayer.boot().findModule(MODULE).isEmpty()
        && ModuleFinder.ofSystem().find(MODULE).isPresent();
  }

  /** Ends this JVM, as by a signal, when the process that waits for it has ended. */
  private static void endWith(String parent) {
    Optional<ProcessHandle> process = ProcessHandle.of(Long.parseLong(parent));
    if (process.isPresent()) {
      CompletableFuture<?> unused =
          process.get().onExit().thenRun(() -> System.exit(Main.INTERRUPTED));
    }
  }

  /** Runs the command; returns the exit code, or nothing if no JVM could be started. */
  static Optional<Integer> run(String... args) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String arg : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      if (arg.startsWith("-agentlib:jdwp") || arg.startsWith("-Xrunjdwp")) {
        return Optional.empty(); // its port is taken
      }
      command.add(arg);
    }
    command.add("--add-modules=" + MODULE);
    command.add("-D" + PARENT + "=" + ProcessHandle.current().pid());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(Launcher.class.getName());
    command.addAll(List.of(args));
    try {
      ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
      builder.environment().keySet().removeAll(VARIABLES);
      Process process = builder.start();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> end(process)));
      return Optional.of(await(process));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Passes a signal on, and waits until what it ends has been ended in order. */
  private static void end(Process process) {
    process.destroy();
    await(process);
  }

  private static int await(Process process) {
    while (true) {
      try {
        return process.waitFor();
      } catch (InterruptedException e) {
        process.destroy();
      }
    }
  }
}
