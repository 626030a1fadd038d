package io.github.purenet.kernel;

/**
 * The kernels: the loops in which PureNet spends its time. Every array is read and written from its
 * first number on and may be longer than the part that is used; matrices are row-major and without
 * gaps. No method keeps a reference to an array.
 *
 * <p>NaN and infinities follow IEEE 754 throughout, and a maximum over numbers of which one is NaN
 * is NaN, so that bad input shows in the loss.
 */
public interface Kernels {

  /**
   * Returns the kernels of this process, chosen once.
   *
   * @throws IllegalArgumentException if a system property that chooses them is out of range
   */
  static Kernels active() {
    return Backend.kernels();
  }

  /**
   * Returns why the kernels are what they are, for people to read: the width of the vectors, or
   * what stands in the way of vectors.
   *
   * @throws IllegalArgumentException as {@link #active} does
   */
  static String reason() {
    return Backend.choice().reason();
  }

  /** Returns the number of threads that these kernels work with, including the caller's. */
  static int threads() {
    return Backend.threads();
  }

  /** Returns the name of these kernels, as given by {@code PureNet.backend()}. */
  String name();

  /**
   * Computes a matrix product, {@code C = A B} or {@code C += A B}.
   *
   * @param a A (M, K). Not modified.
   * @param b B (K, N). Not modified.
   * @param c C (M, N). Modified.
   * @param accumulate whether the product is added to C instead of replacing it
   */
  void gemm(Matrix a, Matrix b, float[] c, boolean accumulate);

  /**
   * Unfolds each image into a matrix (C FH FW, OH OW): a column for each window, zero where the
   * window covers padding.
   *
   * @param g the sizes; filters and groups are not read
   * @param x images (N, C, H, W). Not modified.
   * @param columns the matrices (N, C FH FW, OH OW). Modified.
   */
  void im2col(ConvGeometry g, float[] x, float[] columns);

  /**
   * Folds matrices back into images: adds each number to the position that {@link #im2col} took it
   * from.
   *
   * @param g the sizes; filters and groups are not read
   * @param columns the matrices (N, C FH FW, OH OW). Not modified.
   * @param x images (N, C, H, W), added to. Modified.
   */
  void col2im(ConvGeometry g, float[] columns, float[] x);

  /**
   * Computes a convolution and what follows it in the same kernel: {@code y = pool(relu(W * x +
   * b))}. The windows of the pool do not overlap; a remainder at the edge is not read. With groups,
   * the FN / groups filters from {@code i FN / groups} on see only the C / groups channels from
   * {@code i C / groups} on.
   *
   * @param g sizes of the convolution
   * @param x images (N, C, H, W). Not modified.
   * @param weight filters (FN, C / groups, FH, FW). Not modified.
   * @param bias one number per filter, or null for none. Not modified.
   * @param epilogue what follows the convolution; {@link ConvGeometry#fuses} it
   * @param y output (N, FN, OH / poolH, OW / poolW). Modified.
   * @param phases for each output the position {@code row * poolW + column} of the maximum in its
   *     window, or null if not wanted. Modified.
   */
  void convolve(
      ConvGeometry g,
      float[] x,
      float[] weight,
      float[] bias,
      Epilogue epilogue,
      float[] y,
      float[] phases);

  /**
   * Computes the gradients of {@link #convolve}.
   *
   * @param g sizes of the convolution
   * @param x the images that were convolved (N, C, H, W). Not modified.
   * @param weight filters (FN, C / groups, FH, FW). Not modified.
   * @param epilogue what followed the convolution; {@link ConvGeometry#fuses} it
   * @param y the output of {@code convolve}. Not modified.
   * @param phases the phases from {@code convolve}. Not modified.
   * @param dy gradient of the output. Not modified.
   * @param dw gradient of the weight, added to, or null if neither it nor db is wanted. Modified.
   * @param db gradient of the bias, added to, or null if there is no bias, or with dw. Modified.
   * @param dx gradient of the images, or null if not wanted. Modified.
   */
  void convolveBackward(
      ConvGeometry g,
      float[] x,
      float[] weight,
      Epilogue epilogue,
      float[] y,
      float[] phases,
      float[] dy,
      float[] dw,
      float[] db,
      float[] dx);

  /**
   * Adds a bias to each column of a matrix.
   *
   * @param rows rows of y
   * @param columns columns of y
   * @param bias one number per column. Not modified.
   * @param y matrix (rows, columns). Modified.
   */
  void addBias(int rows, int columns, float[] bias, float[] y);

  /**
   * Adds the sum of each column of a matrix to {@code sums}.
   *
   * @param rows rows of x
   * @param columns columns of x
   * @param x matrix (rows, columns). Not modified.
   * @param sums one number per column, added to. Modified.
   */
  void sumColumns(int rows, int columns, float[] x, float[] sums);

  /**
   * Computes {@code sum = a + b}.
   *
   * @param size the number of elements
   * @param a first summand. Not modified, unless it is the sum.
   * @param b second summand. Not modified, unless it is the sum.
   * @param sum the sum. Modified.
   */
  void add(int size, float[] a, float[] b, float[] sum);

  /**
   * Computes {@code y = max(x, 0)}.
   *
   * @param size the number of elements
   * @param x input. Not modified.
   * @param y output. Modified.
   */
  void relu(int size, float[] x, float[] y);

  /**
   * Computes the gradient of {@link #relu}: dx = dy where y is above 0 (or NaN), 0 elsewhere.
   *
   * @param size the number of elements
   * @param y the output of {@link #relu}. Not modified.
   * @param dy gradient of the output. Not modified.
   * @param dx gradient of the input. Modified.
   */
  void reluBackward(int size, float[] y, float[] dy, float[] dx);

  /**
   * Computes the maximum under each window and its position in its plane (H, W). Padding never
   * counts; of equal numbers the first one counts, and the first NaN before all other numbers. A
   * maximum of -0 is given as 0.
   *
   * @param g the sizes, with pads smaller than the window and without dilation
   * @param x images (N, C, H, W). Not modified.
   * @param y maxima (N, C, OH, OW). Modified.
   * @param argMax for each maximum {@code row * W + column} in its plane, or null if not wanted.
   *     Modified.
   */
  void maxPool(ConvGeometry g, float[] x, float[] y, int[] argMax);

  /**
   * Computes the gradient of {@link #maxPool}: adds each dy to the position of its maximum, in a dx
   * that is 0 elsewhere.
   *
   * @param g sizes
   * @param dy gradient (N, C, OH, OW). Not modified.
   * @param argMax the positions from {@link #maxPool}. Not modified.
   * @param dx gradient (N, C, H, W). Modified.
   */
  void maxPoolBackward(ConvGeometry g, float[] dy, int[] argMax, float[] dx);

  /**
   * Computes the mean of the numbers under each window.
   *
   * @param g sizes, with pads smaller than the window and without dilation
   * @param countIncludePad whether a sum is divided by the number of all positions of its window,
   *     including padding, or of those inside the image. Positions beyond the padding, in ceil
   *     mode, never count.
   * @param x images (N, C, H, W). Not modified.
   * @param y means (N, C, OH, OW). Modified.
   */
  void averagePool(ConvGeometry g, boolean countIncludePad, float[] x, float[] y);

  /**
   * Computes the gradient of {@link #averagePool}: divides each dy among the numbers of its window.
   *
   * @param g sizes
   * @param countIncludePad as in {@link #averagePool}
   * @param dy gradient (N, C, OH, OW). Not modified.
   * @param dx gradient (N, C, H, W). Modified.
   */
  void averagePoolBackward(ConvGeometry g, boolean countIncludePad, float[] dy, float[] dx);

  /**
   * Computes y = softmax(x) along each row, stable for any finite x: {@code exp(x - max) / sum};
   * and the logarithm of the sum of exponentials, from which a loss can be computed without
   * underflow.
   *
   * @param rows rows of x and y
   * @param columns columns of x and y, at least 1
   * @param x logits. Not modified.
   * @param y probabilities. Modified.
   * @param logSums {@code log(sum(exp(x)))} of each row, or null if not wanted. Modified.
   */
  void softmax(int rows, int columns, float[] x, float[] y, double[] logSums);

  /**
   * Computes the gradient of {@link #softmax}: {@code dx = y (dy - sum(y dy))} along each row, the
   * sum in double.
   *
   * @param rows rows of y, dy and dx
   * @param columns columns of y, dy and dx, at least 1
   * @param y the output of {@link #softmax}. Not modified.
   * @param dy gradient of the output. Not modified.
   * @param dx gradient of the input. Modified.
   */
  void softmaxBackward(int rows, int columns, float[] y, float[] dy, float[] dx);

  /**
   * Performs one Adam update: g = gradientScale gradient + decay value, m = beta1 m + (1 - beta1)
   * g, v = beta2 v + (1 - beta2) g², value -= rate m / (sqrt(v) rootScale + epsilon) + shrink
   * value.
   *
   * @param size the number of elements
   * @param gradient the gradient. Not modified.
   * @param m first moment. Modified.
   * @param v second moment. Modified.
   * @param value the parameter. Modified.
   * @param step the settings of the update
   */
  void adam(int size, float[] gradient, float[] m, float[] v, float[] value, AdamStep step);
}
