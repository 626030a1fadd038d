package io.github.purenet.nn;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Describes a {@link LayerNormalization}; made by {@link Layers#layerNorm}. */
public final class LayerNormalizationSpec implements LayerSpec {
  private final double epsilon;

  LayerNormalizationSpec() {
    this(LayerNormalization.EPSILON);
  }

  private LayerNormalizationSpec(double epsilon) {
    this.epsilon = Check.positive("layerNorm", "an epsilon", epsilon);
  }

  /**
   * The same with another epsilon.
   *
   * @param value what is added to the variance, above 0 and finite
   * @return a new spec
   * @throws IllegalArgumentException if the number is out of range
   */
  public LayerNormalizationSpec epsilon(double value) {
    return new LayerNormalizationSpec(value);
  }

  @Override
  public String kind() {
    return "layerNorm";
  }

  @Override
  public Map<String, Object> settings() {
    return new Settings(kind()).with("epsilon", epsilon).toMap();
  }

  static LayerNormalizationSpec of(Settings s) {
    return new LayerNormalizationSpec(s.number("epsilon"));
  }

  @Override
  public LayerNormalization build(String name, Shape input, RandomGenerator random) {
    return new LayerNormalization(name, NDArray.ones(input), NDArray.zeros(input), epsilon);
  }
}
