package io.github.purenet.nn;

import io.github.purenet.ndarray.Shape;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Describes a {@link GlobalAveragePooling}. */
record GlobalAveragePoolingSpec() implements LayerSpec {

  @Override
  public String kind() {
    return "globalAvgPool";
  }

  @Override
  public GlobalAveragePooling build(String name, Shape input, RandomGenerator random) {
    return new GlobalAveragePooling(name);
  }

  @Override
  public Map<String, Object> settings() {
    return Map.of();
  }
}
