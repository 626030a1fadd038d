package io.github.purenet.nn;

import io.github.purenet.ndarray.Shape;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * The description of a layer whose input is not known yet. Immutable; {@link Layers} has a factory
 * for each.
 */
public interface LayerSpec {

  /**
   * Returns the name of this kind of layer, that of its factory in {@link Layers}. The layer's name
   * begins with it; a network adds a number.
   *
   * @return for example {@code conv}
   */
  String kind();

  /**
   * Builds the layer for an input and initializes its parameters.
   *
   * @param name name of the layer
   * @param input shape of one sample, without the batch axis, for example (C, H, W)
   * @param random where the initial parameters come from
   * @return a new layer
   * @throws IllegalArgumentException if the input does not fit, naming the layer and the shapes
   */
  Layer build(String name, Shape input, RandomGenerator random);

  /**
   * Returns what makes, with the kind, an equal spec again: all settings but the initializers,
   * whose work is done when a layer is built.
   *
   * @return names and values, unmodifiable, in a fixed order. A value is an Integer, a Double, a
   *     Boolean, a String, a List of Integers, or for layers made of layers a List of Maps that
   *     hold {@code kind} and the settings
   */
  Map<String, Object> settings();
}
