package io.github.purenet.nn;

import io.github.purenet.ndarray.Shape;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Describes a {@link LeakyRelu}. */
record LeakyReluSpec(double slope) implements LayerSpec {
  private static final String KIND = "leakyRelu";

  LeakyReluSpec {
    Check.notNegative(KIND, "a slope", slope);
  }

  static LeakyReluSpec of(Settings s) {
    return new LeakyReluSpec(s.number("slope"));
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public LeakyRelu build(String name, Shape input, RandomGenerator random) {
    return new LeakyRelu(name, slope);
  }

  @Override
  public Map<String, Object> settings() {
    return new Settings(KIND).with("slope", slope).toMap();
  }
}
