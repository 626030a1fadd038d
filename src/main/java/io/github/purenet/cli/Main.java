package io.github.purenet.cli;

import io.github.purenet.PureNet;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The {@code purenet} command, which trains networks from the shell. */
@Command(
    name = "purenet",
    description = "Convolutional networks in pure Java.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    subcommands = TrainCommand.class)
public final class Main {
  /** The exit code for bad input. */
  static final int BAD_INPUT = 2;

  /** The exit code of a training that was interrupted. */
  static final int INTERRUPTED = 1;

  private Main() {}

  /**
   * Runs the command and exits: with 0 on success, with 1 if training was interrupted, with 2 after
   * one line about bad input on the standard error.
   *
   * @param args the arguments; none, or {@code --help}, prints the usage
   */
  public static void main(String[] args) {
    Charset charset = Charset.defaultCharset();
    System.exit(
        run(
            new PrintWriter(System.out, true, charset),
            new PrintWriter(System.err, true, charset),
            args));
  }

  static int run(PrintWriter out, PrintWriter err, String... args) {
    CommandLine command = new CommandLine(new Main());
    command.setOut(out).setErr(err);
    command.setParameterExceptionHandler(
        (e, arguments) -> oneLine(e.getCommandLine(), e.getMessage()));
    command.setExecutionExceptionHandler(
        (e, line, result) -> {
          if (e instanceof IllegalArgumentException
              || e instanceof ArithmeticException
              || e instanceof IOException
              || e instanceof UncheckedIOException) {
            return oneLine(line, e.getMessage() == null ? e.toString() : e.getMessage());
          }
          throw e;
        });
    if (args.length == 0) {
      command.usage(out);
      return 0;
    }
    try {
      return command.execute(args);
    } catch (OutOfMemoryError e) { // a network or data set larger than the heap is bad input too
      return oneLine(command, "expected to fit into memory, got " + e.getMessage());
    }
  }

  private static int oneLine(CommandLine command, String message) {
    String line = message.lines().findFirst().orElse("");
    command.getErr().println(command.getCommandName() + ": " + line);
    return BAD_INPUT;
  }

  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"purenet " + PureNet.version() + ", backend " + PureNet.backend()};
    }
  }
}
