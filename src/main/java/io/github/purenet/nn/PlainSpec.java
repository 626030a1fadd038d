package io.github.purenet.nn;

import io.github.purenet.ndarray.Shape;
import java.util.Map;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** Describes the layers that have neither settings nor parameters. */
enum PlainSpec implements LayerSpec {
  RELU("relu", Relu::new),
  SIGMOID("sigmoid", Sigmoid::new),
  TANH("tanh", Tanh::new),
  SWISH("swish", Swish::new),
  HARD_SWISH("hardSwish", HardSwish::new),
  SOFTMAX("softmax", Softmax::new),
  FLATTEN("flatten", Flatten::new);

  private final String kind;

  @SuppressWarnings("ImmutableEnumChecker") // a constructor reference holds nothing
  private final Function<String, Layer> constructor;

  PlainSpec(String kind, Function<String, Layer> constructor) {
    this.kind = kind;
    this.constructor = constructor;
  }

  @Override
  public String kind() {
    return kind;
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
