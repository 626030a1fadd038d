package io.github.purenet.testing;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Another JVM, of the same release, class path, modules and vector width as this one. */
public final class Jvm {

  private Jvm() {}

  /**
   * Returns what starts a JVM.
   *
   * @param main the class whose main method is run
   * @param flags further flags of the JVM
   * @param arguments what the main method gets
   * @return a new builder, whose output may still be redirected
   */
  public static ProcessBuilder of(Class<?> main, List<String> flags, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String flag : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      if (flag.startsWith("--add-modules") || flag.startsWith("-XX:MaxVectorSize")) {
        command.add(flag);
      }
    }
    command.addAll(flags);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command);
  }
}
