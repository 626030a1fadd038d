package io.github.purenet.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The option that says how many samples a command computes at once. */
final class BatchSizeOption {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  private int size;

  @Option(
      names = "--batch-size",
      paramLabel = "N",
      defaultValue = "100",
      description = "Samples that are computed at once (default: ${DEFAULT-VALUE}).")
  void set(int value) {
    if (value < 1) {
      throw new ParameterException(
          command.commandLine(), "--batch-size: expected at least 1, got " + value);
    }
    size = value;
  }

  /** Returns the number, at least 1. */
  int size() {
    return size;
  }
}
