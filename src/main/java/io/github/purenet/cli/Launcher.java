package io.github.purenet.cli;

import io.github.purenet.PureNet;
import java.util.Arrays;

/** What {@code java -jar} starts, with picocli beside it or not, with the vector module or not. */
public final class Launcher {
  /** That of {@link Main}, which cannot be loaded without picocli. */
  private static final int WRONG_USE = 2;

  private Launcher() {}

  /**
   * Runs the command, in a JVM with the vector module if this one has none, and exits as {@link
   * Main#main} does. Without picocli, says in one line where the command is, and exits with 2.
   *
   * @param args the arguments of the command, and {@code --no-relaunch} anywhere to stay in this
   *     JVM
   */
  public static void main(String[] args) {
    if (isMissing("picocli.CommandLine")) {
      System.err.println(
          "purenet: this jar is the library; the command is in purenet-"
              + PureNet.version()
              + "-cli.jar");
      System.exit(WRONG_USE);
    }
    String[] own =
        Arrays.stream(args).filter(arg -> !arg.equals(Main.NO_RELAUNCH)).toArray(String[]::new);
    if (own.length == args.length && Relaunch.helps(args)) {
      Relaunch.run(args).ifPresent(System::exit);
    }
    Main.main(own);
  }

  private static boolean isMissing(String name) {
    try {
      Class.forName(name, false, Launcher.class.getClassLoader());
      return false;
    } catch (ClassNotFoundException e) {
      return true;
    }
  }
}
