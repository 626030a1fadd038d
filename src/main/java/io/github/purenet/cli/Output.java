package io.github.purenet.cli;

import io.github.purenet.json.JsonWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * What every command prints, and the options for it. A command has one result, which goes to the
 * standard output: a text, or with {@code --json} one JSON document. What it says on the way there
 * goes to the standard output, too, or with {@code --json} to the standard error.
 */
final class Output {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and exit.")
  boolean help; // read by picocli alone

  @Option(names = "--json", description = "Print the result as one JSON document.")
  private boolean json;

  @Option(
      names = {"-q", "--quiet"},
      description = "Print the result alone.")
  private boolean quiet;

  @Option(
      names = {"-v", "--verbose"},
      description = "Say more, and print where an error comes from.")
  private boolean verbose;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  /** Says a line on the way to the result, unless it is not wanted. */
  void note(String line) {
    if (!quiet) {
      notes().println(line);
    }
  }

  /** Says a line on the way to the result if more is wanted. */
  void detail(String line) {
    if (verbose) {
      note(line);
    }
  }

  /** Says what went wrong with one of many things, which does not keep the others from going on. */
  void failure(String message) {
    Main.say(command.commandLine(), message);
  }

  /** Prints the result, in the form that is wanted. */
  void result(String text, Map<String, Object> document) {
    PrintWriter out = command.commandLine().getOut();
    if (json) {
      out.println(ascii(JsonWriter.write(document)));
    } else if (!text.isEmpty()) {
      out.println(text.stripTrailing());
    }
    out.flush();
  }

  /** Returns where a progress bar can be drawn, if it is wanted and there is a terminal. */
  Optional<PrintStream> terminal() {
    return quiet || !Help.Ansi.AUTO.enabled()
        ? Optional.empty()
        : Optional.of(json ? System.err : System.out);
  }

  private PrintWriter notes() {
    CommandLine line = command.commandLine();
    return json ? line.getErr() : line.getOut();
  }

  /** Returns a number for JSON, which has neither NaN nor infinities: they become null. */
  static Double number(double value) {
    return Double.isFinite(value) ? value : null;
  }

  /** Returns a number for JSON with the digits that a float has. */
  static Double number(float value) {
    return Float.isFinite(value) ? Double.valueOf(Float.toString(value)) : null;
  }

  /** Escapes what is not ASCII, which outside of strings JSON is, so that no encoding spoils it. */
  private static String ascii(String json) {
    StringBuilder text = new StringBuilder(json.length());
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      if (c < 128) {
        text.append(c);
      } else {
        text.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      }
    }
    return text.toString();
  }
}
