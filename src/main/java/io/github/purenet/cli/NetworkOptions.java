package io.github.purenet.cli;

import io.github.purenet.model.AlexNet;
import io.github.purenet.model.DeepConvNet;
import io.github.purenet.model.LeNet;
import io.github.purenet.model.SimpleConvNet;
import io.github.purenet.ndarray.Shape;
import io.github.purenet.nn.Network;
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

  /** Builds a network for images (C, H, W). */
  Network build(NamedNetwork named, Shape image, int classes, long seed) {
    return switch (named) {
      case LeNet -> LeNet.of(image, classes, seed);
      case DeepConvNet -> DeepConvNet.of(image, classes, dropout, seed);
      case AlexNet -> AlexNet.of(image, classes, dropout, seed);
      case SimpleConvNet ->
          SimpleConvNet.builder()
              .input(image)
              .output(classes)
              .filters(filters)
              .hidden(hidden)
              .seed(seed)
              .build();
    };
  }
}
