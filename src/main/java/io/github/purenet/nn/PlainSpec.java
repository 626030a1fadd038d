package io.github.purenet.nn;

import io.github.purenet.ndarray.Shape;
import java.util.Map;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** A spec of a layer that has neither settings nor parameters. */
final class PlainSpec extends AbstractSpec {
  private final Function<String, Layer> constructor;

  /** Creates a spec of a layer that is constructed from its name alone. */
  PlainSpec(String kind, Function<String, Layer> constructor) {
    super(kind);
    this.constructor = constructor;
  }

  @Override
  public Layer build(String name, Shape input, RandomGenerator random) {
    return constructor.apply(name);
  }

  @Override
  public Map<String, Object> settings() {
    return Map.of();
  }
}
