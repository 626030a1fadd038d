package io.github.purenet.nn;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Layers with the layers inside them, and what belongs to all of them. */
final class LayerTree {
  /** What to do instead of using one layer twice. */
  static final String ADVICE =
      "; to share weights, give two layers of your own one Parameter, or run a network twice with"
          + " two passes";

  private LayerTree() {}

  /**
   * Checks that no layer occurs twice in chains, at any depth. A layer has one place in a {@link
   * Pass}, so the second occurrence would overwrite what the backward computation of the first one
   * needs.
   *
   * @param who what the chains are part of, for messages
   * @throws IllegalArgumentException if one layer object occurs twice; the message names it
   */
  static void requireDistinct(String who, List<Chain> chains) {
    Set<Layer> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    chains.forEach(chain -> requireNew(who, chain.layers(), seen));
  }

  private static void requireNew(String who, List<Layer> layers, Set<Layer> seen) {
    for (Layer layer : layers) {
      if (!seen.add(layer)) {
        throw new IllegalArgumentException(
            who + ": expected each layer object once, got " + layer.name() + " twice" + ADVICE);
      }
      requireNew(who, inner(layer), seen);
    }
  }

  /** Returns the layers inside a layer, as far as the library knows them. */
  static List<Layer> inner(Layer layer) {
    if (layer instanceof Network network) {
      return network.layers();
    }
    List<Layer> layers = new ArrayList<>();
    if (layer instanceof Composite composite) {
      composite.chains().forEach(chain -> layers.addAll(chain.layers()));
    }
    return layers;
  }

  /** Returns all layers by name, in the order in which they are computed: inner ones first. */
  static Map<String, Layer> named(List<Layer> layers) {
    Map<String, Layer> named = new LinkedHashMap<>();
    addNamed(layers, named);
    return named;
  }

  private static void addNamed(List<Layer> layers, Map<String, Layer> named) {
    for (Layer layer : layers) {
      addNamed(inner(layer), named);
      named.put(newName(layer, named), layer);
    }
  }

  /** Returns the name of a layer, with a number behind it if others have the same. */
  static String newName(Layer layer, Map<String, Layer> others) {
    String name = layer.name();
    for (int i = 2; others.containsKey(name); i++) {
      name = layer.name() + "#" + i; // layers of one's own may be called what they like
    }
    return name;
  }

  static IllegalArgumentException unknown(String name, Map<String, Layer> named) {
    return new IllegalArgumentException(
        String.format(
            Locale.ROOT, "network: expected one of the layers %s, got %s", named.keySet(), name));
  }

  /** Returns the seeds of the layers that draw random numbers in training, by layer. */
  static Map<String, Long> seeds(Layer layer) {
    Map<String, Long> seeds = new LinkedHashMap<>();
    if (layer instanceof Dropout dropout) {
      seeds.put(dropout.name(), dropout.seed());
    }
    inner(layer).forEach(one -> seeds.putAll(seeds(one)));
    return seeds;
  }

  /**
   * Checks that no two parameters or buffers have one name, by which they are found, stored and
   * restored.
   *
   * @param who what they belong to, for messages
   * @throws IllegalArgumentException if two have one name; the message names it
   */
  static void requireDistinctNames(
      String who, List<Parameter> parameters, List<Parameter> buffers) {
    Map<String, Parameter> named = new HashMap<>();
    for (List<Parameter> list : List.of(parameters, buffers)) {
      for (Parameter parameter : list) {
        Parameter other = named.putIfAbsent(parameter.name(), parameter);
        if (other != null && other != parameter) {
          throw new IllegalArgumentException(
              String.format(
                  Locale.ROOT,
                  "%s: expected parameters of different names, got two of %s; a layer begins them"
                      + " with the name that its spec gives it",
                  who,
                  parameter.name()));
        }
      }
    }
  }

  /** Returns the parameters in order, each object once: layers may share them. */
  static List<Parameter> distinct(List<Parameter> parameters) {
    Set<Parameter> distinct = new LinkedHashSet<>(parameters); // a Parameter equals only itself
    return List.copyOf(distinct);
  }
}
