package io.github.purenet.nn;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The names and layouts that parameters and buffers have in files: for the layers of the library,
 * those of PyTorch; for others, those that they have in memory.
 */
final class ParameterNames {
  /** PyTorch's last part of a name, by that of the library. */
  private static final Map<String, String> IN_FILE =
      Map.of(
          "W", "weight",
          "b", "bias",
          "gamma", "weight",
          "beta", "bias",
          "mean", "running_mean",
          "variance", "running_var");

  private ParameterNames() {}

  /** The name and layout of a parameter in a file. */
  record Place(String name, FileLayout layout) {}

  /** Returns PyTorch's name of a parameter of a layer of the library. */
  static String inFile(String name) {
    int dot = name.lastIndexOf('.') + 1;
    String last = name.substring(dot);
    return name.substring(0, dot) + IN_FILE.getOrDefault(last, last);
  }

  /**
   * Returns the parameters of a network, then its buffers, with their places in a file.
   *
   * @throws IllegalArgumentException if two would have one name there; the message names it
   */
  static Map<Parameter, Place> of(Network network) {
    Map<Parameter, Place> places = new LinkedHashMap<>();
    Stream.concat(network.parameters().stream(), network.buffers().stream())
        .forEach(p -> places.put(p, new Place(p.name(), FileLayout.SAME)));
    network.layers().forEach(layer -> place(layer, places));
    Map<String, Parameter> byName = new LinkedHashMap<>();
    places.forEach(
        (parameter, place) -> {
          Parameter other = byName.put(place.name, parameter);
          if (other != null) {
            throw new IllegalArgumentException(
                String.format(
                    Locale.ROOT,
                    "network: expected parameters of different names in a file, got %s for %s and"
                        + " %s",
                    place.name,
                    other.name(),
                    parameter.name()));
          }
        });
    return places;
  }

  private static void place(Layer layer, Map<Parameter, Place> places) {
    boolean renamed =
        layer instanceof Convolution
            || layer instanceof Affine
            || layer instanceof BatchNormalization
            || layer instanceof LayerNormalization;
    if (renamed) {
      for (List<Parameter> list : List.of(layer.parameters(), layer.buffers())) {
        for (Parameter p : list) {
          boolean transposed = layer instanceof Affine && p.value().rank() == 2;
          FileLayout layout = transposed ? FileLayout.TRANSPOSED : FileLayout.SAME;
          places.put(p, new Place(inFile(p.name()), layout));
        }
      }
    }
    LayerTree.inner(layer).forEach(inner -> place(inner, places));
  }
}
