package io.github.purenet.nn;

import io.github.purenet.kernel.Tasks;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;

/**
 * A layer that makes each number of the output from one number of the input, at the same place. A
 * subclass is its formula and its derivative, each in a loop of its own: shared, the loop would
 * call a method for every number.
 */
abstract class Elementwise implements Layer {
  /** What the derivative is computed from. */
  enum Kept {
    INPUT,
    OUTPUT
  }

  private final String name;
  private final Kept kept;

  Elementwise(String name, Kept kept) {
    this.name = name;
    this.kept = kept;
  }

  /** Computes numbers {@code from} to before {@code to} of y from those of x. */
  abstract void forwardRange(float[] x, float[] y, int from, int to);

  /** Computes numbers {@code from} to before {@code to} of dx, kept being x or y. */
  abstract void backwardRange(float[] kept, float[] dy, float[] dx, int from, int to);

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final Shape outputShape(Shape input) {
    return input;
  }

  @Override
  public final NDArray forward(NDArray x, Pass pass) {
    NDArray y = pass.output(this, x.shape());
    Tasks.parallel(
        x.size(), Tasks.EXPONENTIALS, (from, to) -> forwardRange(x.data(), y.data(), from, to));
    pass.keep(this, kept == Kept.INPUT ? x : y);
    return y;
  }

  @Override
  public final NDArray backward(NDArray dy, Pass pass) {
    NDArray z = pass.kept(this);
    Check.sameShape(name, "dy", z.shape(), dy.shape());
    NDArray dx = pass.gradient(this, z.shape());
    Tasks.parallel(
        z.size(),
        Tasks.EXPONENTIALS,
        (from, to) -> backwardRange(z.data(), dy.data(), dx.data(), from, to));
    return dx;
  }

  @Override
  public String toString() {
    return name;
  }
}
