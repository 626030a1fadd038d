package io.github.purenet.nn;

import io.github.purenet.kernel.LocalResponse;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;

/**
 * Local response normalisation across channels: {@code y_c = x_c / s_c^beta} with the scale {@code
 * s_c = k + alpha sum(x_j²)} over the channels j from c - floor(size / 2) to c + floor(size / 2)
 * that there are, at each position by itself.
 *
 * <p>Shapes: x and y (N, C, H, W). The size is odd, so that a channel stands in the middle of its
 * window; an even one is refused, since libraries differ in what they make of it.
 *
 * <p>Source: Krizhevsky, Sutskever and Hinton 2012, <i>ImageNet Classification with Deep
 * Convolutional Neural Networks</i>, section 3.3, with size 5, alpha 1e-4, beta 0.75 and k 2. Alpha
 * is the paper's, a factor of the sum. PyTorch and Caffe take the mean over the window instead:
 * their alpha is ours times the size. Their k is 1 unless set.
 */
public final class LocalResponseNormalization implements Layer {
  static final int SIZE = 5;
  static final double ALPHA = 1e-4;
  static final double BETA = 0.75;
  static final double K = 2;

  /** Windows wider than this are a mistake: networks take 5. */
  private static final int LARGEST = 999;

  private final String name;
  private final int size;
  private final LocalResponse loops;

  /** A local response normalisation with the numbers of the paper. */
  public LocalResponseNormalization() {
    this(SIZE, ALPHA, BETA, K);
  }

  /**
   * A local response normalisation.
   *
   * @param size channels of a window, odd, from 1 to 999
   * @param alpha factor of the sum of squares, above 0 and finite
   * @param beta exponent, above 0 and finite
   * @param k what is added to the sum, above 0 and finite
   * @throws IllegalArgumentException if a number is out of range
   */
  public LocalResponseNormalization(int size, double alpha, double beta, double k) {
    this("LocalResponseNormalization", size, alpha, beta, k);
  }

  LocalResponseNormalization(String name, int size, double alpha, double beta, double k) {
    check(name, size, alpha, beta, k);
    this.name = name;
    this.size = size;
    this.loops = new LocalResponse(size / 2, alpha, beta, k);
  }

  static void check(String name, int size, double alpha, double beta, double k) {
    if (size < 1 || size > LARGEST || size % 2 == 0) {
      throw new IllegalArgumentException(
          name + ": expected an odd size from 1 to " + LARGEST + ", got " + size);
    }
    Check.positive(name, "an alpha", alpha);
    Check.positive(name, "a beta", beta);
    Check.positive(name, "a k", k);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Shape outputShape(Shape input) {
    Check.rank(name, "x", 4, "(N, C, H, W)", input);
    return input;
  }

  @Override
  public NDArray forward(NDArray x, Pass pass) {
    NDArray y = pass.output(this, outputShape(x.shape()));
    float[] scale = pass.isTraining() ? pass.scratch(this, x.size()) : null;
    loops.forward(x.dimension(0), x.dimension(1), positions(x), x.data(), scale, y.data());
    pass.keep(this, x);
    return y;
  }

  @Override
  public NDArray backward(NDArray dy, Pass pass) {
    NDArray x = pass.kept(this, name);
    Check.sameShape(name, "dy", x.shape(), dy.shape());
    NDArray dx = pass.gradient(this, x.shape());
    float[] scale = pass.scratch(this, x.size());
    loops.backward(
        x.dimension(0), x.dimension(1), positions(x), dy.data(), x.data(), scale, dx.data());
    return dx;
  }

  private static int positions(NDArray x) {
    return x.dimension(2) * x.dimension(3);
  }

  @Override
  public String toString() {
    return name + " " + size;
  }
}
