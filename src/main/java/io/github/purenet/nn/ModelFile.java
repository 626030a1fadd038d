package io.github.purenet.nn;

import io.github.purenet.PureNet;
import io.github.purenet.io.Safetensors;
import io.github.purenet.json.JsonException;
import io.github.purenet.json.JsonReader;
import io.github.purenet.json.JsonWriter;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * Networks as the content of safetensors files, for those who add arrays and texts of their own;
 * others use {@link Network#save} and {@link Network#load}.
 *
 * <p>The arrays are the parameters and buffers, under the names and in the layouts that PyTorch
 * gives them; the metadata hold, under {@code purenet}, JSON that tells all the rest. Arrays whose
 * names begin with {@code training.} are left to those who add them.
 */
public final class ModelFile {
  private static final String METADATA = "purenet";
  private static final String OF_OTHERS = "training.";

  /** The version of the JSON. */
  private static final int FORMAT = 1;

  private ModelFile() {}

  /**
   * Returns the content of a file that holds a network.
   *
   * @param network the network
   * @return the content, whose arrays may be those of the network, not copies
   * @throws IllegalArgumentException if two parameters would have one name in the file, or a
   *     setting of a layer or loss cannot be stored; the message names it
   */
  public static Safetensors of(Network network) {
    Map<String, NDArray> arrays = new LinkedHashMap<>();
    ParameterNames.of(network)
        .forEach(
            (parameter, place) ->
                arrays.put(place.name(), place.layout().convert(parameter.value())));
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("format", "pt"); // tells others that names and layouts are PyTorch's
    metadata.put(METADATA, JsonWriter.write(describe(network)));
    return new Safetensors(arrays, metadata);
  }

  private static Map<String, Object> describe(Network network) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("format", FORMAT);
    json.put("version", PureNet.version());
    json.put("network", network.kind());
    json.putAll(architecture(network));
    json.put("classNames", network.classNames());
    Optional<Normalization> normalization = network.normalization();
    json.put("mean", normalization.map(Normalization::mean).orElse(List.of()));
    json.put("deviation", normalization.map(Normalization::deviation).orElse(List.of()));
    json.put(
        "frozen",
        network.parameters().stream().filter(Parameter::isFrozen).map(Parameter::name).toList());
    return json;
  }

  /** Returns what tells whether two networks compute the same with the same parameters. */
  private static Map<String, Object> architecture(Network network) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("input", Arrays.stream(network.inputShape().toArray()).boxed().toList());
    json.putAll(new Settings("network").withLayers("layers", network.specs()).toMap());
    json.put("loss", Settings.toMap(network.loss().name(), network.loss().settings()));
    json.put("seeds", LayerTree.seeds(network));
    return json;
  }

  /**
   * Makes the network that a file holds.
   *
   * @param content the content of the file; the network takes over its arrays
   * @param file the name of the file, with which messages begin
   * @param providers the makers of layers, losses and networks that are not of this library, before
   *     those that {@link java.util.ServiceLoader} finds
   * @return a new network
   * @throws IOException if the content is not what {@link #of} returns, or names a kind that nobody
   *     provides; the message names the file and the place
   */
  public static Network read(Safetensors content, String file, ModelProvider... providers)
      throws IOException {
    SpecReader reader = SpecReader.of(providers);
    Settings s = new Settings("network", json(content, file), reader);
    try {
      StoredParameters parameters = new StoredParameters(content.arrays(), seeds(s.map("seeds")));
      Network.Stored stored =
          new Network.Stored(
              Shape.of(s.integers("input")),
              s.specs("layers"),
              reader.loss(Settings.ofMap(s.map("loss"), "loss", reader)),
              parameters);
      Network network = reader.network(s.text("network"), stored);
      ParameterFile.assign(network, ofNetwork(content), parameters.taken(), file);
      network.setClassNames(s.texts("classNames"));
      List<Double> mean = list(s.numbers("mean"));
      List<Double> deviation = list(s.numbers("deviation"));
      if (!mean.isEmpty() || !deviation.isEmpty()) {
        network.setNormalization(new Normalization(mean, deviation));
      }
      s.texts("frozen").forEach(name -> network.parameter(name).freeze());
      s.requireAllTaken();
      return network;
    } catch (IllegalArgumentException e) {
      throw new IOException(file + ": " + METADATA + ": " + e.getMessage(), e);
    }
  }

  /**
   * Gives a network the parameters and buffers of the network in a file.
   *
   * @param network the network, which must have the same layers and the same loss
   * @param content the content of the file
   * @param file the name of the file, with which messages begin
   * @throws IOException if the content is not what {@link #of} returns for such a network; the
   *     message names the file and what differs, and nothing is changed
   */
  public static void restore(Network network, Safetensors content, String file) throws IOException {
    Map<String, Object> stored = json(content, file);
    for (Map.Entry<String, Object> part : architecture(network).entrySet()) {
      Object other = stored.get(part.getKey());
      if (!JsonWriter.write(part.getValue()).equals(JsonWriter.write(other))) {
        throw new IOException(
            String.format(
                Locale.ROOT,
                "%s: expected a network of the same %s, %s, got %s",
                file,
                part.getKey(),
                part.getValue(),
                other));
      }
    }
    ParameterFile.assign(network, ofNetwork(content), Set.of(), file);
  }

  private static Map<String, NDArray> ofNetwork(Safetensors content) {
    Map<String, NDArray> arrays = new LinkedHashMap<>(content.arrays());
    arrays.keySet().removeIf(name -> name.startsWith(OF_OTHERS));
    return arrays;
  }

  private static Map<String, Object> json(Safetensors content, String file) throws IOException {
    String text = content.metadata().get(METADATA);
    if (text == null) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "%s: expected a network, got arrays without metadata %s; Network.loadParameters reads"
                  + " them into a network",
              file,
              METADATA));
    }
    try {
      Map<String, Object> json = JsonReader.readObject(text);
      Object format = json.remove("format");
      if (!Integer.valueOf(FORMAT).equals(format)) {
        throw new IOException(
            String.format(
                Locale.ROOT,
                "%s: %s: expected format %s, got %s of version %s",
                file,
                METADATA,
                FORMAT,
                format,
                json.get("version")));
      }
      json.remove("version");
      return json;
    } catch (JsonException e) {
      throw new IOException(file + ": " + METADATA + ": " + e.getMessage(), e);
    }
  }

  private static Map<String, Long> seeds(Map<?, ?> json) {
    return json.entrySet().stream()
        .collect(
            Collectors.toMap(
                entry -> entry.getKey().toString(),
                entry -> {
                  if (entry.getValue() instanceof Integer || entry.getValue() instanceof Long) {
                    return ((Number) entry.getValue()).longValue();
                  }
                  throw new IllegalArgumentException(
                      String.format(
                          Locale.ROOT,
                          "seeds: expected a whole number for %s, got %s",
                          entry.getKey(),
                          entry.getValue()));
                }));
  }

  private static List<Double> list(double[] numbers) {
    return DoubleStream.of(numbers).boxed().toList();
  }
}
