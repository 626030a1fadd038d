package io.github.purenet.nn;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * A residual layer, which adds a branch to its input, {@code y = branch(x) + projection(x)}. A
 * projection without layers is the identity, {@code y = branch(x) + x}, and so is a branch without
 * layers.
 *
 * <p>Shapes: x (N, ...), of any rank that the layers accept; y has the shape of the output of the
 * branch, which must be that of the projection as well. No Relu is applied to the sum; it is a
 * layer of its own.
 *
 * <p>Source: He, Zhang, Ren and Sun 2016, <i>Deep Residual Learning for Image Recognition</i>,
 * section 3.2, equations 1 and 2, whose projection W<sub>s</sub> is a 1x1 convolution.
 */
public final class Residual extends Composite {
  private final Chain branch;
  private final Chain projection;

  /**
   * Creates a residual layer of the given layers, which keep their names.
   *
   * @param branch the layers of the branch in order; without layers, the branch is the identity
   * @param projection the layers of the projection in order; without layers, the projection is the
   *     identity
   * @throws IllegalArgumentException if one layer object occurs twice; the message names it
   */
  public Residual(List<Layer> branch, List<Layer> projection) {
    this("Residual", new Chain(branch), new Chain(projection));
  }

  Residual(String name, Chain branch, Chain projection) {
    super(name, List.of(branch, projection));
    this.branch = branch;
    this.projection = projection;
  }

  @Override
  public Shape outputShape(Shape input) {
    Shape shape = branch.outputShape(input);
    requireSame(shape, projection.outputShape(input));
    return shape;
  }

  @Override
  public NDArray forward(NDArray x, Pass pass) {
    NDArray a = branch.forward(x, pass);
    NDArray b = projection.forward(x, pass);
    requireSame(a.shape(), b.shape());
    NDArray y = pass.output(this, a.shape());
    add(a, b, y);
    pass.keep(this, y);
    return y;
  }

  /**
   * Adds to the gradients of the inner layers, and computes dx, the sum of the gradients that the
   * branch and the projection compute.
   */
  @Override
  public NDArray backward(NDArray dy, Pass pass) {
    check(dy, pass);
    NDArray a = branch.backward(dy, pass);
    NDArray b = projection.backward(dy, pass);
    NDArray dx = pass.gradient(this, a.shape());
    add(a, b, dx);
    return dx;
  }

  @Override
  public void backwardParameters(NDArray dy, Pass pass) {
    check(dy, pass);
    branch.backwardParameters(dy, pass);
    projection.backwardParameters(dy, pass);
  }

  private void requireSame(Shape ofBranch, Shape ofProjection) {
    if (!ofBranch.equals(ofProjection)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s: expected a branch that gives the shape of its %s %s, got %s",
              name(),
              projection.layers().isEmpty() ? "input" : "projection",
              ofProjection,
              ofBranch));
    }
  }

  /** A spec of a {@link Residual} layer, returned by {@link Layers#residual}. */
  public static final class Spec extends AbstractSpec {
    private static final String KIND = "residual";

    private final List<LayerSpec> branch;
    private final List<LayerSpec> projection;

    Spec(List<LayerSpec> branch, List<LayerSpec> projection) {
      super(KIND);
      this.branch = List.copyOf(branch);
      this.projection = List.copyOf(projection);
    }

    /**
     * Returns a copy of this spec with the given projection, for a branch that changes the shape.
     *
     * @param layers the layers of the projection in order, for example one convolution of size 1
     *     with the stride of the branch; without layers, the projection is the identity
     * @return a new spec
     */
    public Spec projection(LayerSpec... layers) {
      return new Spec(branch, List.of(layers));
    }

    @Override
    Object content() {
      return List.of(branch, projection);
    }

    static Spec of(Settings s) {
      return new Spec(s.specs("branch"), s.specs("projection"));
    }

    @Override
    public Map<String, Object> settings() {
      return new Settings(KIND)
          .withLayers("branch", branch)
          .withLayers("projection", projection)
          .toMap();
    }

    /**
     * Builds the layers, whose names are {@code name.conv1} and so on in the branch, and {@code
     * name.projection.conv1} and so on in the projection.
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
}
