package io.github.purenet.nn;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is written down of a run through layers: the output of each layer, by name in the order in
 * which they are computed, and of the last backward computation the gradient of each output.
 */
final class Trace {
  private final IdentityHashMap<Layer, String> names = new IdentityHashMap<>();
  private final Map<String, Layer> layers = new LinkedHashMap<>();
  private final Map<String, NDArray> outputs = new LinkedHashMap<>();
  private final Map<String, NDArray> gradients = new LinkedHashMap<>();

  /** The layer from whose output a backward computation starts, and the gradient there. */
  private Layer start;

  private NDArray seed;
  private boolean started;

  void forward(Layer layer, NDArray y) {
    String name = LayerTree.newName(layer, layers);
    names.put(layer, name);
    layers.put(name, layer);
    outputs.put(name, y.copy());
  }

  /** Returns the outputs by name. */
  Map<String, NDArray> outputs() {
    return outputs;
  }

  /** Returns the output of the layer of the given name. */
  NDArray output(String name) {
    NDArray output = outputs.get(name);
    if (output == null) {
      throw LayerTree.unknown(name, layers);
    }
    return output;
  }

  /** Lets the next backward computation start at the output of the layer of the given name. */
  void startAt(String name, NDArray dy) {
    Check.sameShape(name, "dy", output(name).shape(), dy.shape());
    start = layers.get(name);
    seed = dy;
    started = false;
    gradients.clear();
  }

  /**
   * Returns whether a layer takes part in the backward computation: those behind the start do not.
   */
  boolean reaches(Layer layer) {
    return started || contains(layer);
  }

  private boolean contains(Layer layer) {
    return layer == start || LayerTree.inner(layer).stream().anyMatch(this::contains);
  }

  /**
   * Writes down the gradient of the output of a layer.
   *
   * @param dy what the layers behind it give, of no meaning before the start
   * @return the gradient
   */
  NDArray backward(Layer layer, NDArray dy) {
    String name = names.get(layer);
    Shape shape = outputs.get(name).shape();
    NDArray gradient = started ? dy.copy() : NDArray.zeros(shape);
    started = true;
    if (layer == start) {
      gradient = gradient.add(seed);
    }
    gradients.put(name, gradient);
    return gradient;
  }

  /** Returns the gradient of the output of each layer that the last computation reached. */
  Map<String, NDArray> gradients() {
    return Map.copyOf(gradients);
  }
}
