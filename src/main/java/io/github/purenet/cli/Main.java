package io.github.purenet.cli;

import io.github.purenet.PureNet;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The {@code purenet} command, which trains and uses networks from the shell. */
@Command(
    name = "purenet",
    description = "Convolutional networks in pure Java: train them, and use what they learned.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:failed: a file that cannot be read or written, a training that diverged",
      "2:wrong use: an option or argument that cannot be",
      "130:a training that was interrupted; what it learned is saved"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  purenet train --data mnist --network LeNet --output digits.safetensors",
      "  purenet eval digits.safetensors --data mnist",
      "  purenet predict digits.safetensors digit.png",
      "  purenet serve --model digits.safetensors",
      "  purenet help train",
      ""
    },
    subcommands = {
      TrainCommand.class,
      EvalCommand.class,
      ReportCommand.class,
      PredictCommand.class,
      InferCommand.class,
      ServeCommand.class,
      SummaryCommand.class,
      ExportCommand.class,
      ChapterCommand.class,
      InfoCommand.class,
      CompletionCommand.class,
      HelpCommand.class
    })
public final class Main {
  /** The exit code of what was done. */
  static final int DONE = 0;

  /** The exit code of what failed, though it was asked for in the right way. */
  static final int FAILED = 1;

  /** The exit code for options and arguments that cannot be. */
  static final int WRONG_USE = 2;

  /**
   * The exit code of a training that was interrupted: the shell's for a process ended by Ctrl-C.
   */
  static final int INTERRUPTED = 130;

  /** The option that {@link Launcher} takes for itself; here it has no effect. */
  static final String NO_RELAUNCH = "--no-relaunch";

  @SuppressWarnings("UnusedVariable") // for the help
  @Option(
      names = NO_RELAUNCH,
      description = "Do not start another JVM, with the vector module, where this one lacks it.")
  private boolean noRelaunch;

  private Main() {}

  /**
   * Runs the command and exits: with 0 when it is done, with 1 if it failed, with 2 if it was used
   * in a wrong way, with 130 if training was interrupted. Errors are a line on the standard error.
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
    CommandLine command = commandLine();
    command.setOut(out).setErr(err);
    if (args.length == 0) {
      command.usage(out);
      return DONE;
    }
    int code;
    try {
      code = command.execute(args);
    } catch (OutOfMemoryError e) { // a network or data set that is larger than the heap
      say(command, "expected to fit into memory, got " + e.getMessage());
      code = FAILED;
    } catch (NoClassDefFoundError e) {
      code = sayMissing(command, e);
    }
    if (out.checkError() && code == DONE) {
      say(command, "expected to write the standard output, got an error");
      code = FAILED;
    }
    return code;
  }

  /** Says which module of the JDK is missing in this JVM, which has been made without it. */
  private static int sayMissing(CommandLine command, NoClassDefFoundError e) {
    boolean server = String.valueOf(e.getMessage()).contains("httpserver");
    String module = server ? "jdk.httpserver" : "java.desktop";
    if (ModuleLayer.boot().findModule(module).isPresent()) {
      throw e;
    }
    String purpose = server ? "which serves pages" : "which reads pictures";
    say(command, "expected the module " + module + ", " + purpose + ", got a JVM without it");
    return FAILED;
  }

  /** Returns the command with its subcommands. */
  static CommandLine commandLine() {
    CommandLine command = new CommandLine(new Main());
    command
        .getSubcommands()
        .get("train")
        .getHelpSectionMap()
        .put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, new Sections());
    return command
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler((e, arguments) -> wrongUse(e))
        .setExecutionExceptionHandler((e, line, result) -> failed(e, line));
  }

  private static int wrongUse(ParameterException e) {
    CommandLine line = e.getCommandLine();
    say(line, e.getMessage());
    if (!UnmatchedArgumentException.printSuggestions(e, line.getErr())) {
      sayWhereToLook(line);
    }
    return WRONG_USE;
  }

  private static int failed(Exception e, CommandLine line) throws Exception {
    boolean expected =
        e instanceof WrongUse
            || e instanceof IllegalArgumentException
            || e instanceof ArithmeticException
            || e instanceof IOException
            || e instanceof UncheckedIOException;
    if (!expected) {
      throw e;
    }
    say(line, message(e));
    if (line.getParseResult().hasMatchedOption("--verbose")) {
      e.printStackTrace(line.getErr());
    }
    if (e instanceof WrongUse) {
      sayWhereToLook(line);
      return WRONG_USE;
    }
    return FAILED;
  }

  /** Returns what went wrong, in words where the JDK has only the name of a file. */
  static String message(Exception e) {
    if (e instanceof UncheckedIOException && e.getCause() instanceof IOException cause) {
      String text = e.getMessage();
      String inside = String.valueOf(cause.getMessage());
      if (text.equals(cause.toString())) {
        return message(cause);
      }
      return text.endsWith(inside)
          ? text.substring(0, text.length() - inside.length()) + message(cause)
          : text;
    }
    if (e instanceof FileSystemException file && file.getReason() == null) {
      return file.getFile() + ": " + reason(file);
    }
    return e.getMessage() == null ? e.toString() : e.getMessage();
  }

  private static String reason(FileSystemException e) {
    if (e instanceof NoSuchFileException) {
      return "no such file or directory";
    }
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof NotDirectoryException) {
      return "not a directory";
    }
    return e instanceof FileAlreadyExistsException ? "exists already" : "cannot be used";
  }

  /** Prints the first line of a message, with the name of the command before it. */
  static void say(CommandLine line, String message) {
    String first = message.lines().findFirst().orElse("");
    line.getErr().println(line.getCommandSpec().qualifiedName() + ": " + first);
  }

  private static void sayWhereToLook(CommandLine line) {
    line.getErr().println("Try '" + line.getCommandSpec().qualifiedName() + " --help'.");
  }

  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"purenet " + PureNet.version() + ", backend " + PureNet.backend()};
    }
  }
}
