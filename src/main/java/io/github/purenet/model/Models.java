package io.github.purenet.model;

import io.github.purenet.nn.ModelProvider;
import io.github.purenet.nn.Network;
import java.util.Optional;

/** The provider of the networks of this package, for files; {@link Network#load} finds it. */
public final class Models implements ModelProvider {

  /** Creates the provider. */
  public Models() {}

  @Override
  public Optional<Network> network(String kind, Network.Stored stored) {
    return switch (kind) {
      case "SimpleConvNet" -> Optional.of(new SimpleConvNet(stored));
      case "LeNet" -> Optional.of(new LeNet(stored));
      case "DeepConvNet" -> Optional.of(new DeepConvNet(stored));
      case "AlexNet" -> Optional.of(new AlexNet(stored));
      default -> Optional.empty();
    };
  }
}
