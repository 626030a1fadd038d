package io.github.purenet.nn;

import io.github.purenet.kernel.Tasks;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;

/**
 * A layer that computes each number of the output from the number of the input at the same
 * position. A subclass implements the function and its derivative, each with a loop of its own,
 * since a shared loop would call a method for each number.
 */
abstract class Elementwise implements Layer {
  /** The array from which the derivative is computed. */
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

  /** Computes the numbers of y from {@code from}, inclusive, to {@code to}, exclusive. */
  abstract void forwardRange(float[] x, float[] y, int from, int to);

  /**
   * Computes the numbers of dx from {@code from}, inclusive, to {@code to}, exclusive. The array
   * {@code kept} is x or y, as {@link Kept} says.
   */
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
        x.size(), Tasks.COSTLY, (from, to) -> forwardRange(x.data(), y.data(), from, to));
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
        Tasks.COSTLY,
        (from, to) -> backwardRange(z.data(), dy.data(), dx.data(), from, to));
    return dx;
  }

  @Override
  public String toString() {
    return name;
  }
}
