package io.github.purenet.serve;

import io.github.purenet.io.Safetensors;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.nn.ModelFile;
import io.github.purenet.nn.Network;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Copies of a network, in which filters are changed for one request after the other. The network
 * itself stays as it is, and no request sees what another one has changed.
 */
final class Copies {
  private final Deque<Network> free = new ArrayDeque<>();
  private Network original;

  /** Returns a network of the same layers and parameters, which shares nothing with the other. */
  static Network copy(Network network) {
    Safetensors content = ModelFile.of(network);
    Map<String, NDArray> arrays = new LinkedHashMap<>();
    content.arrays().forEach((name, array) -> arrays.put(name, array.copy()));
    try {
      return ModelFile.read(new Safetensors(arrays, content.metadata()), "a copy of the network");
    } catch (IOException e) { // of a kind that only an explicit provider makes
      throw new UncheckedIOException(e);
    }
  }

  /** Computes something with a network whose filters are changed. */
  <T> T with(Network network, List<FilterChange> changes, Function<Network, T> compute) {
    Network copy = take(network);
    try {
      changes.forEach(change -> change.write(copy));
      return compute.apply(copy);
    } finally {
      changes.forEach(change -> change.restore(network, copy));
      giveBack(network, copy);
    }
  }

  private Network take(Network network) {
    synchronized (this) {
      if (original != network) {
        free.clear();
        original = network;
      }
      Network copy = free.poll();
      if (copy != null) {
        return copy;
      }
    }
    return copy(network);
  }

  private synchronized void giveBack(Network network, Network copy) {
    if (original == network) {
      free.push(copy);
    }
  }
}
