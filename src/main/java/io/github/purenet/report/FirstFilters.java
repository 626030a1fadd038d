package io.github.purenet.report;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.nn.Network;
import io.github.purenet.nn.Parameter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The filters of the first convolution of a network.
 *
 * @param name the name of the parameter, for example {@code conv1.W}
 * @param value the filters (FN, C, FH, FW), not a copy
 */
record FirstFilters(String name, NDArray value) {

  /** Returns the filters; empty if no layer of the network has any. */
  static Optional<FirstFilters> of(Network network) {
    return network.parameters().stream()
        .filter(parameter -> parameter.value().rank() == 4)
        .findFirst()
        .map(FirstFilters::of);
  }

  private static FirstFilters of(Parameter parameter) {
    return new FirstFilters(parameter.name(), parameter.value());
  }

  /**
   * Returns these filters as they are among other parameters; empty if they are not.
   *
   * @throws IllegalArgumentException if they have another shape there
   */
  Optional<NDArray> among(Map<String, NDArray> parameters) {
    return Optional.ofNullable(parameters.get(name)).map(this::checked);
  }

  /**
   * Returns other filters.
   *
   * @throws IllegalArgumentException if they have another shape than these
   */
  NDArray checked(NDArray other) {
    if (!other.shape().equals(value.shape())) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "before: expected %s of %s, got %s",
              name,
              value.shape(),
              other.shape()));
    }
    return other;
  }
}
