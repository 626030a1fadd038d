package io.github.purenet.cli;

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
}
