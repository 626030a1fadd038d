package io.github.purenet.cli;

import io.github.purenet.model.AlexNet;
import io.github.purenet.model.DeepConvNet;
import io.github.purenet.model.LeNet;
import io.github.purenet.model.SimpleConvNet;
import io.github.purenet.ndarray.Shape;
import io.github.purenet.nn.Network;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The networks that have a name, as they are written on the command line. */
enum NamedNetwork {
  SimpleConvNet,
  LeNet,
  DeepConvNet,
  AlexNet;

  /** Returns the network of a name in upper or lower case. */
  static Optional<NamedNetwork> of(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(network -> network.name().toLowerCase(Locale.ROOT).equals(lower))
        .findFirst();
  }

  /** Builds the network for images (C, H, W). */
  Network build(Shape image, int classes, NetworkOptions options, long seed) {
    return switch (this) {
      case LeNet -> LeNet.of(image, classes, seed);
      case DeepConvNet ->
          DeepConvNet.of(image, classes, options.dropout(), seed);
      case AlexNet -> AlexNet.of(image, classes, options.dropout(), seed);
      case SimpleConvNet ->
          SimpleConvNet.builder()
              .input(image)
              .output(classes)
              .filters(options.filters())
              .hidden(options.hidden())
              .seed(seed)
              .build();
    };
  }
}
