package io.github.purenet.nn;

import io.github.purenet.ndarray.Shape;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * A spec, the description of a layer before the shape of its input is known. Specs are immutable;
 * {@link Layers} has a factory method for each kind of the library.
 */
public interface LayerSpec {

  /**
   * Returns the kind of layer; for the layers of the library, the name of the factory method in
   * {@link Layers}. A network names its layers by kind and number.
   *
   * @return the kind, for example {@code conv}
   */
  String kind();

  /**
   * Builds the layer for inputs of the given shape, and initializes its parameters.
   *
   * @param name the name of the layer
   * @param input the shape of one sample, without the batch axis, for example (C, H, W)
   * @param random the generator from which the initial parameters are drawn
   * @return a new layer
   * @throws IllegalArgumentException if the input does not fit; the message names the layer and the
   *     shapes
   */
  Layer build(String name, Shape input, RandomGenerator random);

  /**
   * Returns the settings, from which an equal spec of this kind can be made. The initializers are
   * left out: a layer that has been built no longer needs them.
   *
   * @return an unmodifiable map from names to values, in a fixed order. A value is an Integer, a
   *     Double, a Boolean, a String, a List of Integers or, for layers made of layers, a List of
   *     Maps, each of which holds the {@code kind} of a layer and its settings
   */
  Map<String, Object> settings();
}
