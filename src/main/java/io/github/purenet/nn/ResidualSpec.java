package io.github.purenet.nn;

import io.github.purenet.ndarray.Shape;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Describes a {@link Residual}; made by {@link Layers#residual}. */
public final class ResidualSpec implements LayerSpec {
  private final List<LayerSpec> branch;
  private final List<LayerSpec> projection;

  ResidualSpec(List<LayerSpec> branch, List<LayerSpec> projection) {
    this.branch = List.copyOf(branch);
    this.projection = List.copyOf(projection);
  }

  /**
   * The same with other layers between the input and the sum, for a branch that changes the shape.
   *
   * @param layers the layers in order, for example one convolution of size 1 with the stride of the
   *     branch; none is the identity
   * @return a new spec
   */
  public ResidualSpec projection(LayerSpec... layers) {
    return new ResidualSpec(branch, List.of(layers));
  }

  @Override
  public String kind() {
    return "residual";
  }

  @Override
  public Map<String, Object> settings() {
    return new Settings(kind())
        .with("branch", Settings.ofSpecs(branch))
        .with("projection", Settings.ofSpecs(projection))
        .toMap();
  }

  static ResidualSpec of(Settings s) {
    return new ResidualSpec(s.specs("branch"), s.specs("projection"));
  }

  /**
   * The layers are named {@code name.conv1} in the branch, {@code name.projection.conv1} beside.
   */
  @Override
  public Residual build(String name, Shape input, RandomGenerator random) {
    Chain main = Chain.build(name + ".", input, random, branch);
    Chain beside = Chain.build(name + ".projection.", input, random, projection);
    Residual residual = new Residual(name, main, beside);
    residual.outputShape(input.prepend(1));
    return residual;
  }
}
