package io.github.purenet.nn;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;

/**
 * A layer that flattens each sample to one row, as {@link Affine} does by itself.
 *
 * <p>Shapes: x (N, ...) with D numbers in each sample, y (N, D). y is a view of x, and dx is a view
 * of dy.
 */
public final class Flatten implements Layer {
  static final LayerSpec SPEC = new PlainSpec("flatten", Flatten::new);

  private final String name;

  /** Creates a flattening layer. */
  public Flatten() {
    this("Flatten");
  }

  Flatten(String name) {
    this.name = name;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Shape outputShape(Shape input) {
    if (input.rank() < 1) {
      throw new IllegalArgumentException(name + ": expected an input of (N, ...), got " + input);
    }
    return Shape.of(input.dimension(0), input.dropFirst().size());
  }

  @Override
  public NDArray forward(NDArray x, Pass pass) {
    pass.keep(this, x); // for its shape
    return x.reshape(outputShape(x.shape()));
  }

  @Override
  public NDArray backward(NDArray dy, Pass pass) {
    Shape input = pass.kept(this).shape();
    Check.sameShape(name, "dy", outputShape(input), dy.shape());
    return dy.reshape(input);
  }

  @Override
  public String toString() {
    return name;
  }
}
