package io.github.purenet.nn;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;

/** Describes an {@link Affine}; made by {@link Layers#affine(int)}. */
public final class AffineSpec implements LayerSpec {
  private final int outputs;
  private final Initializer initializer;

  AffineSpec(int outputs, Initializer initializer) {
    this.outputs = Check.atLeastOne("affine", "a number of outputs", outputs);
    this.initializer = Objects.requireNonNull(initializer, "initializer");
  }

  /**
   * The same with another initializer of the weight.
   *
   * @param weight replaces He initialisation
   * @return a new spec
   */
  public AffineSpec initializer(Initializer weight) {
    return new AffineSpec(outputs, weight);
  }

  @Override
  public String kind() {
    return "affine";
  }

  @Override
  public Map<String, Object> settings() {
    return new Settings(kind()).with("outputs", outputs).toMap();
  }

  @Override
  public Affine build(String name, Shape input, RandomGenerator random) {
    int inputs = input.size();
    NDArray weight = initializer.create(Shape.of(inputs, outputs), inputs, outputs, random);
    return new Affine(name, weight, NDArray.zeros(outputs));
  }
}
