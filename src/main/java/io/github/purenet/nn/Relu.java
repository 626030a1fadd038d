package io.github.purenet.nn;

import io.github.purenet.kernel.Kernels;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;

/**
 * The rectifier, {@code y = max(x, 0)}; NaN stays NaN.
 *
 * <p>Shapes: x and y have the same shape, of any rank. The gradient at 0 is 0.
 *
 * <p>Source: Saitoh, <i>Deep Learning from Scratch</i>, section 5.5.1.
 */
public final class Relu implements Layer {
  static final LayerSpec SPEC = new PlainSpec("relu", Relu::new);

  private final String name;

  /** Creates a rectifier. */
  public Relu() {
    this("Relu");
  }

  Relu(String name) {
    this.name = name;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Shape outputShape(Shape input) {
    return input;
  }

  @Override
  public NDArray forward(NDArray x, Pass pass) {
    NDArray y = pass.output(this, x.shape());
    Kernels.active().relu(x.size(), x.data(), y.data());
    pass.keep(this, y); // y is positive where x is
    return y;
  }

  @Override
  public NDArray backward(NDArray dy, Pass pass) {
    NDArray y = pass.kept(this);
    Check.sameShape(name, "dy", y.shape(), dy.shape());
    NDArray dx = pass.gradient(this, y.shape());
    Kernels.active().reluBackward(y.size(), y.data(), dy.data(), dx.data());
    return dx;
  }

  @Override
  public String toString() {
    return name;
  }
}
