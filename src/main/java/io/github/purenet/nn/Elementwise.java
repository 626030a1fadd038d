package io.github.purenet.nn;

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

  /** Computes {@code count} numbers of y from as many of x. */
  abstract void forwardRange(float[] x, int xOffset, float[] y, int yOffset, int count);

  /** Computes {@code count} numbers of dx from as many of dy and of what is kept, x or y. */
  abstract void backwardRange(
      float[] kept, int keptOffset, float[] dy, int dyOffset, float[] dx, int dxOffset, int count);

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
    Ranges.parallel(
        x.size(),
        (from, count) ->
            forwardRange(x.data(), x.offset() + from, y.data(), y.offset() + from, count));
    pass.keep(this, kept == Kept.INPUT ? x : y);
    return y;
  }

  @Override
  public final NDArray backward(NDArray dy, Pass pass) {
    NDArray z = pass.kept(this);
    Check.sameShape(name, "dy", z.shape(), dy.shape());
    NDArray dx = pass.gradient(this, z.shape());
    Ranges.parallel(
        z.size(),
        (from, count) ->
            backwardRange(
                z.data(),
                z.offset() + from,
                dy.data(),
                dy.offset() + from,
                dx.data(),
                dx.offset() + from,
                count));
    return dx;
  }

  @Override
  public String toString() {
    return name;
  }
}
