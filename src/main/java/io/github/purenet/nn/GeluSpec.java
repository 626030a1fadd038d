package io.github.purenet.nn;

import io.github.purenet.ndarray.Shape;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Describes a {@link Gelu}. */
record GeluSpec(boolean tanhApproximation) implements LayerSpec {

  static GeluSpec of(Settings s) {
    return new GeluSpec(s.flag("tanhApproximation"));
  }

  @Override
  public String kind() {
    return "gelu";
  }

  @Override
  public Gelu build(String name, Shape input, RandomGenerator random) {
    return new Gelu(name, tanhApproximation);
  }

  @Override
  public Map<String, Object> settings() {
    return new Settings(kind()).with("tanhApproximation", tanhApproximation).toMap();
  }
}
