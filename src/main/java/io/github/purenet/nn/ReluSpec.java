package io.github.purenet.nn;

import io.github.purenet.ndarray.Shape;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Describes a {@link Relu}. */
record ReluSpec() implements LayerSpec {

  @Override
  public String kind() {
    return "relu";
  }

  @Override
  public Relu build(String name, Shape input, RandomGenerator random) {
    return new Relu(name);
  }

  @Override
  public Map<String, Object> settings() {
    return Map.of();
  }
}
