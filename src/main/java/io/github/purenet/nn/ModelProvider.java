package io.github.purenet.nn;

import java.util.Optional;

/**
 * A provider of layers, losses and networks that are not of this library, for {@link Network#load}:
 * it makes what a file names. Providers are passed to {@code load}, or found by {@link
 * java.util.ServiceLoader}: {@code provides io.github.purenet.nn.ModelProvider with ...} in a
 * module, the file {@code META-INF/services/io.github.purenet.nn.ModelProvider} on the class path.
 */
public interface ModelProvider {

  /**
   * Returns the spec that {@link LayerSpec#kind} and {@link LayerSpec#settings} described.
   *
   * @param settings the kind and the settings
   * @return the spec, or empty if the kind is not one of this provider; by default empty
   * @throws IllegalArgumentException if a setting is missing or out of range
   */
  default Optional<LayerSpec> layer(Settings settings) {
    return Optional.empty();
  }

  /**
   * Returns the loss that {@link Loss#name} and {@link Loss#settings} described.
   *
   * @param settings the name of the loss, as their kind, and the settings
   * @return the loss, or empty if it is not one of this provider; by default empty
   * @throws IllegalArgumentException if a setting is missing or out of range
   */
  default Optional<Loss> loss(Settings settings) {
    return Optional.empty();
  }

  /**
   * Returns a network of a class of its own.
   *
   * @param kind the simple name of the class
   * @param stored what {@link Network#Network(Network.Stored)} takes
   * @return the network, or empty if the class is not one of this provider; by default empty
   */
  default Optional<Network> network(String kind, Network.Stored stored) {
    return Optional.empty();
  }
}
