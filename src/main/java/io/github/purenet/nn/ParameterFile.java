package io.github.purenet.nn;

import io.github.purenet.io.Npz;
import io.github.purenet.io.Safetensors;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import io.github.purenet.nn.ParameterNames.Place;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Sets the parameters and buffers of a network from the arrays of a file: all of them, or none. */
final class ParameterFile {
  /** A count of PyTorch's batch normalization, which nothing here needs. */
  private static final String COUNT_OF_BATCHES = ".num_batches_tracked";

  private final Network network;
  private final String file;
  private final Set<String> taken;

  /** What a name in a file stands for: PyTorch's names and layouts, or those in memory. */
  private final Map<String, Target> targets = new HashMap<>();

  private final Map<Parameter, NDArray> values = new LinkedHashMap<>();
  private final List<String> superfluous = new ArrayList<>();
  private final List<String> faults = new ArrayList<>();

  /** The parameters and buffers of the network, all of which the file must have. */
  private final Map<Parameter, Place> places;

  private record Target(Parameter parameter, FileLayout layout) {}

  private ParameterFile(Network network, String file, Set<String> taken) {
    this.network = network;
    this.file = file;
    this.taken = taken;
    this.places = ParameterNames.of(network);
    places.forEach(
        (parameter, place) -> {
          targets.putIfAbsent(parameter.name(), new Target(parameter, FileLayout.SAME));
          targets.put(place.name(), new Target(parameter, place.layout()));
        });
  }

  /**
   * Sets the parameters and buffers.
   *
   * @param arrays the arrays by their names
   * @param taken the names of those that the parameters have already
   * @param file the name of the file, with which the message begins
   * @throws IOException if one is missing, superfluous or of another shape; the message names all
   *     of them, and nothing is changed
   */
  static void assign(Network network, Map<String, NDArray> arrays, Set<String> taken, String file)
      throws IOException {
    ParameterFile assignment = new ParameterFile(network, file, taken);
    arrays.forEach((name, array) -> assignment.add(name, name, array));
    assignment.complete();
  }

  /** Sets the parameters and buffers from a file, as {@link Network#loadParameters} tells. */
  static void load(Network network, Path file, UnaryOperator<String> names) throws IOException {
    Objects.requireNonNull(names, "names");
    ParameterFile assignment = new ParameterFile(network, file.toString(), Set.of());
    read(file)
        .forEach(
            (name, array) -> {
              String mapped = names.apply(name);
              if (mapped != null) {
                assignment.add(name, mapped, array);
              }
            });
    assignment.complete();
  }

  private static Map<String, NDArray> read(Path file) throws IOException {
    byte[] begin;
    try (InputStream in = Files.newInputStream(file)) {
      begin = in.readNBytes(2);
    }
    boolean zip = begin.length == 2 && begin[0] == 'P' && begin[1] == 'K';
    return zip ? Npz.read(file) : Safetensors.read(file).arrays();
  }

  private void add(String nameInFile, String name, NDArray array) {
    if (name.endsWith(COUNT_OF_BATCHES)) {
      return;
    }
    String label = nameInFile.equals(name) ? name : nameInFile + " for " + name;
    Target target = targets.get(name);
    if (target == null) {
      target =
          network.find(name).map(parameter -> new Target(parameter, FileLayout.SAME)).orElse(null);
    }
    if (target == null) {
      superfluous.add(label);
      return;
    }
    Shape expected = target.layout.of(target.parameter.value().shape());
    if (!array.shape().equals(expected)) {
      faults.add(label + ": expected " + expected + ", got " + array.shape());
      values.put(target.parameter, null);
    } else if (values.put(target.parameter, value(nameInFile, array, target)) != null) {
      faults.add(label + ": expected " + target.parameter.name() + " once, got it again");
    }
  }

  private NDArray value(String nameInFile, NDArray array, Target target) {
    return taken.contains(nameInFile) ? target.parameter.value() : target.layout.convert(array);
  }

  private void complete() throws IOException {
    List<String> missing = new ArrayList<>();
    places.forEach(
        (parameter, place) -> {
          if (!values.containsKey(parameter)) {
            missing.add(place.name() + " " + place.layout().of(parameter.value().shape()));
          }
        });
    List<String> all = new ArrayList<>();
    if (!missing.isEmpty()) {
      all.add("missing are " + String.join(", ", missing));
    }
    if (!superfluous.isEmpty()) {
      all.add("superfluous are " + String.join(", ", superfluous));
    }
    all.addAll(faults);
    if (!all.isEmpty()) {
      throw new IOException(
          file + ": expected the parameters of the network: " + String.join("; ", all));
    }
    values.forEach(Parameter::assign);
  }
}
