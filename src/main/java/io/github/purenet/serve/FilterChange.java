package io.github.purenet.serve;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.nn.Network;
import io.github.purenet.nn.Parameter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Other weights for one filter of a convolution, whose weight is (FN, C, FH, FW).
 *
 * @param layer the name of the convolution
 * @param index the index of the filter, below FN
 * @param weights the C FH FW weights
 * @param bias the bias; of no meaning if the convolution has none
 */
record FilterChange(String layer, int index, NDArray weights, float bias) {
  /** How many filters one request may change. */
  static final int MOST = 16;

  private static final String WEIGHT = ".W";
  private static final String BIAS = ".b";

  /** Returns what there is to change: name, filters and their sizes of each convolution. */
  static List<Map<String, Object>> layers(Network network) {
    List<Map<String, Object>> layers = new ArrayList<>();
    for (Parameter parameter : network.parameters()) {
      if (isFilters(parameter)) {
        Map<String, Object> layer = new LinkedHashMap<>();
        String name = parameter.name();
        layer.put("name", name.substring(0, name.length() - WEIGHT.length()));
        layer.put("filters", parameter.value().dimension(0));
        layer.put("channels", parameter.value().dimension(1));
        layer.put("height", parameter.value().dimension(2));
        layer.put("width", parameter.value().dimension(3));
        layers.add(layer);
      }
    }
    return layers;
  }

  private static boolean isFilters(Parameter parameter) {
    return parameter.name().endsWith(WEIGHT) && parameter.value().rank() == 4;
  }

  /**
   * Returns a filter as it is, as JSON.
   *
   * @throws Problem if there is none
   */
  static Map<String, Object> read(Network network, String layer, int index) {
    NDArray all = filters(network, layer, index);
    int size = all.size() / all.dimension(0);
    List<Double> weights = new ArrayList<>();
    for (int i = index * size; i < (index + 1) * size; i++) {
      weights.add((double) all.data()[i]);
    }
    Map<String, Object> filter = new LinkedHashMap<>();
    filter.put("layer", layer);
    filter.put("index", index);
    filter.put("weights", weights);
    filter.put(
        "bias", bias(network, layer).map(bias -> (double) bias.value().data()[index]).orElse(0.0));
    return filter;
  }

  /**
   * Reads the changes of a request.
   *
   * @param json the list of changes, or null for none
   * @throws Problem if they do not fit the network
   */
  static List<FilterChange> of(Object json, Network network) {
    if (json == null) {
      return List.of();
    }
    if (!(json instanceof List<?> list) || list.size() > MOST) {
      throw new Problem(422, "filters: expected a list of at most " + MOST + " changed filters");
    }
    return list.stream().map(one -> change(one, network)).toList();
  }

  private static FilterChange change(Object json, Network network) {
    if (!(json instanceof Map<?, ?> map
        && map.get("layer") instanceof String layer
        && map.get("index") instanceof Integer index
        && map.get("weights") instanceof List<?> weights)) {
      throw new Problem(422, "filters: expected objects of layer, index, weights and bias");
    }
    NDArray all = filters(network, layer, index);
    int size = all.size() / all.dimension(0);
    if (weights.size() != size) {
      throw new Problem(
          422, "filters: expected " + size + " weights of " + layer + ", got " + weights.size());
    }
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = number(weights.get(i));
    }
    return new FilterChange(layer, index, NDArray.of(values), number(map.get("bias")));
  }

  private static float number(Object json) {
    if (json instanceof Number number && Float.isFinite(number.floatValue())) {
      return number.floatValue();
    }
    throw new Problem(422, "filters: expected finite numbers as weights and bias");
  }

  private static NDArray filters(Network network, String layer, int index) {
    NDArray all =
        network.parameters().stream()
            .filter(p -> isFilters(p) && p.name().equals(layer + WEIGHT))
            .findFirst()
            .orElseThrow(
                () ->
                    new Problem(
                        422,
                        "filters: expected one of the convolutions "
                            + layers(network).stream().map(l -> l.get("name")).toList()))
            .value();
    if (index < 0 || index >= all.dimension(0)) {
      throw new Problem(
          422,
          "filters: expected an index below "
              + all.dimension(0)
              + " in "
              + layer
              + ", got "
              + index);
    }
    return all;
  }

  private static Optional<Parameter> bias(Network network, String layer) {
    return network.parameters().stream().filter(p -> p.name().equals(layer + BIAS)).findFirst();
  }

  /** Writes this filter into a network. */
  void write(Network network) {
    NDArray all = filters(network, layer, index);
    System.arraycopy(weights.data(), 0, all.data(), index * weights.size(), weights.size());
    bias(network, layer).ifPresent(parameter -> parameter.value().data()[index] = bias);
  }

  /** Writes the filter of one network into another one. */
  void restore(Network from, Network to) {
    int at = index * weights.size();
    System.arraycopy(
        filters(from, layer, index).data(),
        at,
        filters(to, layer, index).data(),
        at,
        weights.size());
    bias(from, layer)
        .ifPresent(
            parameter ->
                bias(to, layer).orElseThrow().value().data()[index] =
                    parameter.value().data()[index]);
  }
}
