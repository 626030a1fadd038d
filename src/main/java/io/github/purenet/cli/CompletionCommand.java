package io.github.purenet.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code purenet completion}, which prints a script for the shell. */
@Command(
    name = "completion",
    description = "Prints a script with which bash and zsh complete commands, options and values.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  source <(purenet completion)",
      "  purenet completion > ~/.local/share/bash-completion/completions/purenet",
      ""
    })
final class CompletionCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and exit.")
  boolean help; // read by picocli alone

  @Override
  public Integer call() {
    CommandLine purenet = spec.root().commandLine();
    spec.commandLine().getOut().println(AutoComplete.bash(purenet.getCommandName(), purenet));
    return Main.DONE;
  }
}
