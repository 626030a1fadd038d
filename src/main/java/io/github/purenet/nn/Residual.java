package io.github.purenet.nn;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.util.List;

/**
 * Adds a branch to its input: {@code y = branch(x) + projection(x)}. Without layers the projection
 * is the identity, {@code y = branch(x) + x}, and so is the branch.
 *
 * <p>Shapes: x (N, ...), of any rank that the layers take; y is what the branch makes of x, and the
 * projection must make the same shape. No Relu follows the sum: it is a layer of its own.
 *
 * <p>Source: He, Zhang, Ren, Sun, <i>Deep Residual Learning for Image Recognition</i>, 2016,
 * section 3.2, equations 1 and 2, whose projection W<sub>s</sub> is a 1x1 convolution.
 */
public final class Residual extends Composite {
  private final Chain branch;
  private final Chain projection;

  /**
   * A residual layer of given layers, which keep their names.
   *
   * @param branch the layers of the branch in order; none is the identity
   * @param projection the layers that x passes on its way to the sum; none is the identity
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

  /** Adds to the gradients of the inner layers; returns dx, the sum of both ways. */
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
          name()
              + ": expected a branch that gives the shape of its "
              + (projection.layers().isEmpty() ? "input " : "projection ")
              + ofProjection
              + ", got "
              + ofBranch);
    }
  }
}
