package io.github.purenet.nn;

import io.github.purenet.ndarray.Shape;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Describes a {@link Elu}. */
record EluSpec(double alpha) implements LayerSpec {
  private static final String KIND = "elu";

  EluSpec {
    Check.notNegative(KIND, "an alpha", alpha);
  }

  static EluSpec of(Settings s) {
    return new EluSpec(s.number("alpha"));
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Elu build(String name, Shape input, RandomGenerator random) {
    return new Elu(name, alpha);
  }

  @Override
  public Map<String, Object> settings() {
    return new Settings(KIND).with("alpha", alpha).toMap();
  }
}
