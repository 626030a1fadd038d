package io.github.purenet.cli;

import picocli.CommandLine.Option;

/** The settings of a named network. */
final class NetworkOptions {
  @Option(
      names = "--filters",
      paramLabel = "N",
      defaultValue = "30",
      description = "Number of 5x5 filters of SimpleConvNet (default: ${DEFAULT-VALUE}).")
  private int filters;

  @Option(
      names = "--hidden",
      paramLabel = "N",
      defaultValue = "100",
      description =
          "Number of features of SimpleConvNet's hidden layer (default: ${DEFAULT-VALUE}).")
  private int hidden;

  @Option(
      names = "--dropout",
      paramLabel = "P",
      defaultValue = "0.5",
      description = "Dropout probability of DeepConvNet and AlexNet (default: ${DEFAULT-VALUE}).")
  private double dropout;

  int filters() {
    return filters;
  }

  int hidden() {
    return hidden;
  }

  double dropout() {
    return dropout;
  }
}
