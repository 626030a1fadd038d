package io.github.purenet.testing;

import io.github.purenet.PureNet;
import java.io.File;
import java.lang.management.ManagementFactory;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Another JVM, of the same release, vector width and class path as this one. */
public final class Jvm {

  private Jvm() {}

  /**
   * Returns what starts a JVM.
   *
   * @param main the class whose main method is run
   * @param flags further flags of the JVM; modules are there only if one adds them
   * @param arguments what the main method gets
   * @return a new builder, whose output may still be redirected
   */
  public static ProcessBuilder of(Class<?> main, List<String> flags, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flagsOfThis("-XX:MaxVectorSize"));
    command.addAll(flags);
    command.add("-cp"); // an IDE or a launcher may have loaded the classes from elsewhere
    command.add(
        String.join(
            File.pathSeparator,
            where(PureNet.class),
            where(main),
            System.getProperty("java.class.path")));
    command.add(main.getName());
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command);
  }

  /** Returns the flags that add modules to this JVM. */
  public static List<String> modules() {
    return flagsOfThis("--add-modules");
  }

  private static List<String> flagsOfThis(String start) {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(flag -> flag.startsWith(start))
        .toList();
  }

  private static String where(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
