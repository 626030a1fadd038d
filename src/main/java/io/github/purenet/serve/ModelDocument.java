package io.github.purenet.serve;

import io.github.purenet.ndarray.Shape;
import io.github.purenet.nn.Layer;
import io.github.purenet.nn.Network;
import io.github.purenet.nn.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a network is, as JSON. */
public final class ModelDocument {
  private ModelDocument() {}

  /**
   * Describes a network and its layers.
   *
   * @param network the network
   * @return a mutable map of what JSON can hold
   */
  public static Map<String, Object> of(Network network) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("input", sizes(network.inputShape()));
    Shape shape = network.inputShape().prepend(1);
    List<Map<String, Object>> layers = new ArrayList<>();
    for (Layer layer : network.layers()) {
      Map<String, Object> described = new LinkedHashMap<>();
      described.put("name", layer.name());
      described.put("output", sizes(layer.outputShape(shape).dropFirst()));
      described.put("parameters", count(layer.parameters()));
      described.put("multiplyAdds", layer.multiplyAdds(shape));
      layers.add(described);
      shape = layer.outputShape(shape);
    }
    document.put("layers", layers);
    document.put("parameters", count(network.parameters()));
    document.put(
        "frozen", count(network.parameters().stream().filter(Parameter::isFrozen).toList()));
    document.put("multiplyAdds", network.multiplyAdds(network.inputShape().prepend(1)));
    return document;
  }

  private static long count(List<Parameter> parameters) {
    return parameters.stream().mapToLong(parameter -> parameter.value().size()).sum();
  }

  private static List<Integer> sizes(Shape shape) {
    return Arrays.stream(shape.toArray()).boxed().toList();
  }
}
