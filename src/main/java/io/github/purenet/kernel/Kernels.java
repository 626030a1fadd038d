package io.github.purenet.kernel;

import java.util.function.IntConsumer;

/**
 * The loops that PureNet spends its time in. Matrices are row-major; {@code lda} and its like are
 * the distance from one stored row to the next. No method keeps a reference to an array.
 *
 * <p>NaN and infinities follow IEEE 754 throughout, and a maximum over numbers of which one is NaN
 * is NaN, so that a bad input is seen in the loss and not swallowed on the way.
 */
public interface Kernels {

  /**
   * The kernels of this process, chosen once.
   *
   * @throws IllegalArgumentException if a system property that chooses them is out of range
   */
  static Kernels active() {
    return Backend.kernels();
  }

  /** The threads that these kernels work with, the caller's among them. */
  static int threads() {
    return Backend.threads();
  }

  /**
   * Runs {@code task} for 0 to {@code tasks - 1} on the worker threads, in any order, and returns
   * when all are done. For loops that have no kernel of their own.
   *
   * @param tasks how many; must follow from the size of the problem, never from the threads
   * @param task must not depend on the order
   */
  static void parallel(int tasks, IntConsumer task) {
    Backend.workers().run(tasks, task);
  }

  /** A task on the numbers from {@code from} to before {@code to}. */
  @FunctionalInterface
  interface Range {
    /** Works on these numbers only. */
    void run(int from, int to);
  }

  /**
   * Runs a task on ranges that cover 0 to {@code size - 1}, on the worker threads.
   *
   * @param size how many numbers
   * @param each numbers of a range, at least 1; the last range may be shorter
   * @param task must not depend on the order
   */
  static void parallel(int size, int each, Range task) {
    Backend.workers().run(size, each, task);
  }

  /** What {@code PureNet.backend()} calls these kernels. */
  String name();

  /**
   * C = op(A) op(B), or C += op(A) op(B), where op transposes if asked.
   *
   * @param transA whether A is stored as (k, m) instead of (m, k)
   * @param transB whether B is stored as (n, k) instead of (k, n)
   * @param m rows of C
   * @param n columns of C
   * @param k the length of each sum
   * @param a A. Not modified.
   * @param aOffset where A begins
   * @param lda row distance of A as stored
   * @param b B. Not modified.
   * @param bOffset where B begins
   * @param ldb row distance of B as stored
   * @param c C. Modified.
   * @param cOffset where C begins
   * @param ldc row distance of C
   * @param accumulate whether the product is added to C instead of replacing it
   */
  void gemm(
      boolean transA,
      boolean transB,
      int m,
      int n,
      int k,
      float[] a,
      int aOffset,
      int lda,
      float[] b,
      int bOffset,
      int ldb,
      float[] c,
      int cOffset,
      int ldc,
      boolean accumulate);

  /**
   * Unfolds one image into a matrix (C FH FW, OH OW): a column for each window, zero where the
   * window covers padding.
   *
   * @param g sizes; {@code n} and {@code groups} are not read
   * @param x image (C, H, W). Not modified.
   * @param xOffset where the image begins
   * @param columns the matrix. Modified.
   * @param columnsOffset where the matrix begins
   */
  void im2col(ConvGeometry g, float[] x, int xOffset, float[] columns, int columnsOffset);

  /**
   * Folds a matrix (C FH FW, OH OW) back: adds each number to the place of the image that {@link
   * #im2col} took it from.
   *
   * @param g sizes; {@code n} and {@code groups} are not read
   * @param columns the matrix. Not modified.
   * @param columnsOffset where the matrix begins
   * @param x image (C, H, W), added to. Modified.
   * @param xOffset where the image begins
   */
  void col2im(ConvGeometry g, float[] columns, int columnsOffset, float[] x, int xOffset);

  /**
   * Convolution, and what follows it if asked: y = pool(relu(W * x + b)). The windows of the pool
   * do not overlap; its remainder at the edge is not read. With groups, filters {@code i FN /
   * groups} and on see channels {@code i C / groups} and on alone.
   *
   * @param g sizes of the convolution
   * @param fn filters, a multiple of the groups
   * @param x images (N, C, H, W). Not modified.
   * @param xOffset where the images begin
   * @param weight filters (FN, C / groups, FH, FW). Not modified.
   * @param weightOffset where the filters begin
   * @param bias a number a filter. Not modified.
   * @param biasOffset where the biases begin
   * @param tail what follows the convolution
   * @param y output (N, FN, OH / poolH, OW / poolW). Modified.
   * @param yOffset where the output begins
   * @param phases for each output the place {@code row * poolW + column} of the maximum in its
   *     window, or null if nobody will ask. Modified.
   */
  void convolve(
      ConvGeometry g,
      int fn,
      float[] x,
      int xOffset,
      float[] weight,
      int weightOffset,
      float[] bias,
      int biasOffset,
      ConvTail tail,
      float[] y,
      int yOffset,
      float[] phases);

  /**
   * The gradients of {@link #convolve}.
   *
   * @param g sizes of the convolution
   * @param fn filters, a multiple of the groups
   * @param x what was convolved. Not modified.
   * @param xOffset where the images begin
   * @param weight filters (FN, C / groups, FH, FW). Not modified.
   * @param weightOffset where the filters begin
   * @param tail what followed the convolution
   * @param y its output. Not modified.
   * @param yOffset where the output begins
   * @param phases what it left. Not modified.
   * @param dy gradient of the output. Not modified.
   * @param dyOffset where dy begins
   * @param dw gradient of the weight, added to, or null if nobody will ask for it and db. Modified.
   * @param dwOffset where dw begins
   * @param db gradient of the bias, added to, or null with dw. Modified.
   * @param dbOffset where db begins
   * @param dx gradient of the images, or null if nobody will ask. Modified.
   * @param dxOffset where dx begins
   */
  void convolveBackward(
      ConvGeometry g,
      int fn,
      float[] x,
      int xOffset,
      float[] weight,
      int weightOffset,
      ConvTail tail,
      float[] y,
      int yOffset,
      float[] phases,
      float[] dy,
      int dyOffset,
      float[] dw,
      int dwOffset,
      float[] db,
      int dbOffset,
      float[] dx,
      int dxOffset);

  /**
   * Adds {@code bias[j]} to every number of column j.
   *
   * @param rows rows of y
   * @param columns columns of y
   * @param bias a number for each column. Not modified.
   * @param biasOffset where the bias begins
   * @param y matrix (rows, columns). Modified.
   * @param yOffset where the matrix begins
   */
  void addToColumns(int rows, int columns, float[] bias, int biasOffset, float[] y, int yOffset);

  /**
   * Adds the sum of column j to {@code sums[j]}.
   *
   * @param rows rows of x
   * @param columns columns of x
   * @param x matrix (rows, columns). Not modified.
   * @param xOffset where the matrix begins
   * @param sums a number for each column. Modified.
   * @param sumsOffset where the sums begin
   */
  void sumColumns(int rows, int columns, float[] x, int xOffset, float[] sums, int sumsOffset);

  /**
   * y = max(x, 0).
   *
   * @param size how many numbers
   * @param x input. Not modified.
   * @param xOffset where the input begins
   * @param y output. Modified.
   * @param yOffset where the output begins
   */
  void relu(int size, float[] x, int xOffset, float[] y, int yOffset);

  /**
   * dx = dy where y is above 0 (or NaN), 0 elsewhere.
   *
   * @param size how many numbers
   * @param y what {@link #relu} gave. Not modified.
   * @param yOffset where y begins
   * @param dy gradient of the output. Not modified.
   * @param dyOffset where dy begins
   * @param dx gradient of the input. Modified.
   * @param dxOffset where dx begins
   */
  void reluBackward(
      int size, float[] y, int yOffset, float[] dy, int dyOffset, float[] dx, int dxOffset);

  /**
   * The maximum under each window, and where in its plane (H, W) it stands. Padding never wins; of
   * equal numbers the first wins, and before all others the first NaN. A maximum of -0 is given as
   * 0.
   *
   * @param g sizes, with pads smaller than the window and without dilation
   * @param x images (N, C, H, W). Not modified.
   * @param xOffset where the images begin
   * @param y maxima (N, C, OH, OW). Modified.
   * @param yOffset where the maxima begin
   * @param argMax for each maximum {@code row * W + column} in its plane, or null if nobody will
   *     ask. Modified.
   */
  void maxPool(ConvGeometry g, float[] x, int xOffset, float[] y, int yOffset, int[] argMax);

  /**
   * Gives each dy to the place that its maximum came from, and 0 to the others.
   *
   * @param g sizes
   * @param dy gradient (N, C, OH, OW). Not modified.
   * @param dyOffset where dy begins
   * @param argMax what {@link #maxPool} left. Not modified.
   * @param dx gradient (N, C, H, W). Modified.
   * @param dxOffset where dx begins
   */
  void maxPoolBackward(
      ConvGeometry g, float[] dy, int dyOffset, int[] argMax, float[] dx, int dxOffset);

  /**
   * The mean of the numbers under each window.
   *
   * @param g sizes, with pads smaller than the window and without dilation
   * @param countPadding whether a sum is divided by all places of its window, padding included, or
   *     by those inside the image. What lies beyond the padding, in ceil mode, never counts.
   * @param x images (N, C, H, W). Not modified.
   * @param xOffset where the images begin
   * @param y means (N, C, OH, OW). Modified.
   * @param yOffset where the means begin
   */
  void averagePool(
      ConvGeometry g, boolean countPadding, float[] x, int xOffset, float[] y, int yOffset);

  /**
   * Divides each dy among the numbers that its mean came from.
   *
   * @param g sizes
   * @param countPadding as in {@link #averagePool}
   * @param dy gradient (N, C, OH, OW). Not modified.
   * @param dyOffset where dy begins
   * @param dx gradient (N, C, H, W). Modified.
   * @param dxOffset where dx begins
   */
  void averagePoolBackward(
      ConvGeometry g, boolean countPadding, float[] dy, int dyOffset, float[] dx, int dxOffset);

  /**
   * y = softmax(x) along each row, stable for any finite x: {@code exp(x - max) / sum}; and the
   * logarithm of the sum of exponentials, from which a loss is computed without underflow.
   *
   * @param rows rows of x and y
   * @param columns columns of x and y, at least 1
   * @param x logits. Not modified.
   * @param xOffset where x begins
   * @param y probabilities. Modified.
   * @param yOffset where y begins
   * @param logSums {@code log(sum(exp(x)))} of each row, or null if nobody will ask. Modified.
   */
  void softmax(
      int rows, int columns, float[] x, int xOffset, float[] y, int yOffset, double[] logSums);

  /**
   * One Adam update: g = gradientScale gradient + decay value, m = beta1 m + (1 - beta1) g, v =
   * beta2 v + (1 - beta2) g², value -= rate m / (sqrt(v) rootScale + epsilon) + shrink value.
   *
   * @param size how many numbers
   * @param gradient what backward left. Not modified.
   * @param gradientOffset where the gradient begins
   * @param m first moment. Modified.
   * @param v second moment. Modified.
   * @param value the parameter. Modified.
   * @param valueOffset where the parameter begins
   * @param step the other numbers
   */
  void adam(
      int size,
      float[] gradient,
      int gradientOffset,
      float[] m,
      float[] v,
      float[] value,
      int valueOffset,
      AdamStep step);
}
