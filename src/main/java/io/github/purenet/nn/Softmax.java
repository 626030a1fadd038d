package io.github.purenet.nn;

import io.github.purenet.kernel.Kernels;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;

/**
 * Softmax along the last axis, {@code y = exp(x) / sum(exp(x))}, stable for any finite x; a NaN
 * makes its whole row NaN.
 *
 * <p>Shapes: x and y have the same shape, (N, K) or (N, ..., K) with K at least 1. dx = y (dy -
 * sum(y dy)).
 *
 * <p>A network that is trained with {@link SoftmaxWithLoss} must not end with this layer, since
 * that loss contains a softmax.
 *
 * <p>Source: Saitoh, <i>Deep Learning from Scratch</i>, section 3.5.
 */
public final class Softmax implements Layer {
  static final LayerSpec SPEC = new PlainSpec("softmax", Softmax::new);

  private final String name;

  /** Creates a softmax layer. */
  public Softmax() {
    this("Softmax");
  }

  Softmax(String name) {
    this.name = name;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Shape outputShape(Shape input) {
    if (input.rank() < 2) {
      throw new IllegalArgumentException(name + ": expected an input of (N, ..., K), got " + input);
    }
    Check.atLeastOne(name, "a last axis", columns(input));
    return input;
  }

  @Override
  public NDArray forward(NDArray x, Pass pass) {
    NDArray y = pass.output(this, outputShape(x.shape()));
    int columns = columns(x.shape());
    Kernels.active().softmax(x.size() / columns, columns, x.data(), y.data(), null);
    pass.keep(this, y);
    return y;
  }

  @Override
  public NDArray backward(NDArray dy, Pass pass) {
    NDArray y = pass.kept(this);
    Check.sameShape(name, "dy", y.shape(), dy.shape());
    NDArray dx = pass.gradient(this, y.shape());
    int columns = columns(y.shape());
    Kernels.active().softmaxBackward(y.size() / columns, columns, y.data(), dy.data(), dx.data());
    return dx;
  }

  private static int columns(Shape shape) {
    return shape.dimension(shape.rank() - 1);
  }

  @Override
  public String toString() {
    return name;
  }
}
