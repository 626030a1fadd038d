package io.github.purenet.nn;

import io.github.purenet.kernel.Kernels;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.util.Arrays;

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
 *
 * <p>Each window is summed anew, not moved along by adding one square and subtracting another: that
 * would carry rounding errors, and a NaN, from the channels behind to all ahead.
 */
public final class LocalResponseNormalization implements Layer {
  static final int SIZE = 5;
  static final double ALPHA = 1e-4;
  static final double BETA = 0.75;
  static final double K = 2;

  /** Positions of a task at most: the rows of a window then fit into the first-level cache. */
  private static final int BLOCK = 512;

  private final String name;
  private final int half;
  private final double alpha;
  private final double beta;
  private final double k;

  /** Under which a pass keeps the rows that backward works in. */
  private final Object rows = new Object();

  /** A local response normalisation with the numbers of the paper. */
  public LocalResponseNormalization() {
    this(SIZE, ALPHA, BETA, K);
  }

  /**
   * A local response normalisation.
   *
   * @param size channels of a window, odd
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
    this.half = size / 2;
    this.alpha = alpha;
    this.beta = beta;
    this.k = k;
  }

  static void check(String name, int size, double alpha, double beta, double k) {
    if (Check.atLeastOne(name, "a size", size) % 2 == 0) {
      throw new IllegalArgumentException(name + ": expected an odd size, got " + size);
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

  /** What the tasks share: each is a block of positions of one image, through all channels. */
  private record Blocks(int images, int channels, int positions) {
    static Blocks of(Shape x) {
      return new Blocks(x.dimension(0), x.dimension(1), x.dimension(2) * x.dimension(3));
    }

    private int perImage() {
      return Math.max(1, (positions + BLOCK - 1) / BLOCK);
    }

    int tasks() {
      return images * perImage();
    }

    /** Where the block stands in channel 0. */
    int begin(int task) {
      return task / perImage() * channels * positions + first(task % perImage());
    }

    int count(int task) {
      int block = task % perImage();
      return first(block + 1) - first(block);
    }

    /** Blocks of nearly equal length, so that the threads end together. */
    private int first(int block) {
      return (int) ((long) positions * block / perImage());
    }
  }

  @Override
  public NDArray forward(NDArray x, Pass pass) {
    NDArray y = pass.output(this, outputShape(x.shape()));
    Blocks blocks = Blocks.of(x.shape());
    boolean training = pass.isTraining();
    float[] s = training ? pass.scratch(this, x.size()) : y.data(); // backward needs the scale
    int so = training ? 0 : y.offset();
    Kernels.parallel(
        blocks.tasks(),
        task -> {
          int begin = blocks.begin(task);
          int count = blocks.count(task);
          for (int c = 0; c < blocks.channels; c++) {
            int at = begin + c * blocks.positions;
            scale(blocks, c, x.data(), x.offset() + begin, s, so + at, count);
            if (beta == 0.75) {
              divide(x.data(), x.offset() + at, s, so + at, y.data(), y.offset() + at, count);
            } else {
              dividePower(
                  x.data(), x.offset() + at, s, so + at, beta, y.data(), y.offset() + at, count);
            }
          }
        });
    pass.keep(this, x);
    return y;
  }

  /** s = k + alpha times the sum of squares over the window of a channel. */
  private void scale(Blocks blocks, int c, float[] x, int begin, float[] s, int so, int count) {
    int first = Math.max(0, c - half);
    int last = Math.min(blocks.channels - 1, c + half);
    int step = blocks.positions;
    if (last - first == 4) {
      squares5(x, begin + first * step, step, s, so, count);
    } else {
      Arrays.fill(s, so, so + count, 0f);
      for (int j = first; j <= last; j++) {
        addSquares(x, begin + j * step, s, so, count);
      }
    }
    map((float) alpha, (float) k, s, so, count);
  }

  /**
   * With t_j = dy_j x_j / s_j^(beta + 1): {@code dx_c = dy_c / s_c^beta - 2 alpha beta x_c
   * sum(t_j)} over the same window, for j is in the window of c whenever c is in that of j.
   */
  @Override
  public NDArray backward(NDArray dy, Pass pass) {
    NDArray x = pass.kept(this, name);
    Check.sameShape(name, "dy", x.shape(), dy.shape());
    NDArray dx = pass.gradient(this, x.shape());
    Blocks blocks = Blocks.of(x.shape());
    float[] s = pass.scratch(this, x.size());
    int window = Math.min(2 * half + 1, blocks.channels); // rows of t that are needed at once
    int row = Math.min(BLOCK, blocks.positions);
    float[] work = pass.scratch(rows, blocks.tasks() * (window + 1) * row);
    float factor = (float) (-2 * alpha * beta);
    Kernels.parallel(
        blocks.tasks(),
        task -> {
          int begin = blocks.begin(task);
          int count = blocks.count(task);
          int t = task * (window + 1) * row;
          int sum = t + window * row;
          for (int c = 0; c < blocks.channels + half; c++) {
            if (c < blocks.channels) {
              int at = begin + c * blocks.positions;
              int to = t + c % window * row;
              if (beta == 0.75) {
                spread(
                    dy.data(),
                    dy.offset() + at,
                    x.data(),
                    x.offset() + at,
                    s,
                    at,
                    dx.data(),
                    dx.offset() + at,
                    work,
                    to,
                    count);
              } else {
                spreadPower(
                    dy.data(),
                    dy.offset() + at,
                    x.data(),
                    x.offset() + at,
                    s,
                    at,
                    beta,
                    dx.data(),
                    dx.offset() + at,
                    work,
                    to,
                    count);
              }
            }
            int middle = c - half; // the last channel of its window is done
            if (middle >= 0) {
              Arrays.fill(work, sum, sum + count, 0f);
              int last = Math.min(blocks.channels - 1, c);
              for (int j = Math.max(0, middle - half); j <= last; j++) {
                add(work, t + j % window * row, work, sum, count);
              }
              int at = begin + middle * blocks.positions;
              addProducts(
                  factor, x.data(), x.offset() + at, work, sum, dx.data(), dx.offset() + at, count);
            }
          }
        });
    return dx;
  }

  private static void addSquares(float[] x, int xo, float[] s, int so, int count) {
    for (int i = 0; i < count; i++) {
      s[so + i] += x[xo + i] * x[xo + i];
    }
  }

  /** The squares of five channels at once, which saves storing and loading the sums. */
  private static void squares5(float[] x, int xo, int step, float[] s, int so, int count) {
    int x1 = xo + step;
    int x2 = xo + 2 * step;
    int x3 = xo + 3 * step;
    int x4 = xo + 4 * step;
    for (int i = 0; i < count; i++) {
      float a = x[xo + i];
      float b = x[x1 + i];
      float c = x[x2 + i];
      float d = x[x3 + i];
      float e = x[x4 + i];
      s[so + i] = a * a + b * b + c * c + d * d + e * e;
    }
  }

  /** s = factor s + addend. */
  private static void map(float factor, float addend, float[] s, int so, int count) {
    for (int i = 0; i < count; i++) {
      s[so + i] = factor * s[so + i] + addend;
    }
  }

  /** y = x / s^0.75; y may be s. */
  private static void divide(float[] x, int xo, float[] s, int so, float[] y, int yo, int count) {
    for (int i = 0; i < count; i++) {
      float root = (float) Math.sqrt(s[so + i]);
      y[yo + i] = x[xo + i] / (root * (float) Math.sqrt(root));
    }
  }

  /** y = x / s^beta; y may be s. */
  private static void dividePower(
      float[] x, int xo, float[] s, int so, double beta, float[] y, int yo, int count) {
    for (int i = 0; i < count; i++) {
      y[yo + i] = x[xo + i] * (float) Math.pow(s[so + i], -beta);
    }
  }

  /** dx = dy / s^0.75, t = dx x / s. */
  private static void spread(
      float[] dy,
      int dyo,
      float[] x,
      int xo,
      float[] s,
      int so,
      float[] dx,
      int dxo,
      float[] t,
      int to,
      int count) {
    for (int i = 0; i < count; i++) {
      float root = (float) Math.sqrt(s[so + i]);
      float power = 1f / (root * (float) Math.sqrt(root)); // s^-0.75, and its square s^-1.5
      float d = dy[dyo + i] * power;
      dx[dxo + i] = d;
      t[to + i] = d * x[xo + i] * (power * power * root);
    }
  }

  /** dx = dy / s^beta, t = dx x / s. */
  private static void spreadPower(
      float[] dy,
      int dyo,
      float[] x,
      int xo,
      float[] s,
      int so,
      double beta,
      float[] dx,
      int dxo,
      float[] t,
      int to,
      int count) {
    for (int i = 0; i < count; i++) {
      float d = dy[dyo + i] * (float) Math.pow(s[so + i], -beta);
      dx[dxo + i] = d;
      t[to + i] = d * x[xo + i] / s[so + i];
    }
  }

  private static void add(float[] from, int fromOffset, float[] to, int toOffset, int count) {
    for (int i = 0; i < count; i++) {
      to[toOffset + i] += from[fromOffset + i];
    }
  }

  /** dx += factor x sums. */
  private static void addProducts(
      float factor, float[] x, int xo, float[] sums, int so, float[] dx, int dxo, int count) {
    for (int i = 0; i < count; i++) {
      dx[dxo + i] += factor * x[xo + i] * sums[so + i];
    }
  }

  @Override
  public String toString() {
    return name + " " + (2 * half + 1);
  }
}
