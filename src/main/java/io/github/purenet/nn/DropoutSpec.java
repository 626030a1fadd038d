package io.github.purenet.nn;

import io.github.purenet.ndarray.Shape;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Describes a {@link Dropout}, whose seed is drawn when it is built. */
record DropoutSpec(double probability) implements LayerSpec {
  private static final String KIND = "dropout";

  DropoutSpec {
    Dropout.checkProbability(KIND, probability);
  }

  static DropoutSpec of(Settings s) {
    return new DropoutSpec(s.number("probability"));
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Dropout build(String name, Shape input, RandomGenerator random) {
    return new Dropout(name, probability, random.nextLong());
  }

  @Override
  public Map<String, Object> settings() {
    return new Settings(KIND).with("probability", probability).toMap();
  }
}
