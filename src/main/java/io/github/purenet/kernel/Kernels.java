package io.github.purenet.kernel;

/**
 * The loops that PureNet spends its time in. Every array is read and written from its first number
 * on and may be longer than what is used of it; matrices are row-major and without gaps. No method
 * keeps a reference to an array.
 *
 * <p>NaN and infinities follow IEEE 754 throughout, and a maximum over numbers of which one is NaN
 * is NaN, so that a bad input is seen in the loss and not swallowed on the way.
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

  /** Returns the number of threads that these kernels work with, the caller's among them. */
  static int threads() {
    return Backend.threads();
  }

  /** Returns what {@code PureNet.backend()} calls these kernels. */
  String name();

  /**
   * Computes a product of matrices, {@code C = A B} or {@code C += A B}.
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
   * @param g sizes; filters and groups are not read
   * @param x images (N, C, H, W). Not modified.
   * @param columns the matrices (N, C FH FW, OH OW). Modified.
   */
  void im2col(ConvGeometry g, float[] x, float[] columns);

  /**
   * Folds matrices back into images: adds each number to the place that {@link #im2col} took it
   * from.
   *
   * @param g sizes; filters and groups are not read
   * @param columns the matrices (N, C FH FW, OH OW). Not modified.
   * @param x images (N, C, H, W), added to. Modified.
   */
  void col2im(ConvGeometry g, float[] columns, float[] x);

  /**
   * Convolves, and computes what follows in the same kernel: {@code y = pool(relu(W * x + b))}. The
   * windows of the pool do not overlap; its remainder at the edge is not read. With groups, filters
   * {@code i FN / groups} and on see channels {@code i C / groups} and on alone.
   *
   * @param g sizes of the convolution
   * @param x images (N, C, H, W). Not modified.
   * @param weight filters (FN, C / groups, FH, FW). Not modified.
   * @param bias a number for each filter. Not modified.
   * @param epilogue what follows the convolution
   * @param y output (N, FN, OH / poolH, OW / poolW). Modified.
   * @param phases for each output the place {@code row * poolW + column} of the maximum in its
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
   * @param x what was convolved. Not modified.
   * @param weight filters (FN, C / groups, FH, FW). Not modified.
   * @param epilogue what followed the convolution
   * @param y its output. Not modified.
   * @param phases what it left. Not modified.
   * @param dy gradient of the output. Not modified.
   * @param dw gradient of the weight, added to, or null if neither it nor db is wanted. Modified.
   * @param db gradient of the bias, added to, or null with dw. Modified.
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
   * @param bias a number for each column. Not modified.
   * @param y matrix (rows, columns). Modified.
   */
  void addBias(int rows, int columns, float[] bias, float[] y);

  /**
   * Adds the sum of each column of a matrix to what stands in {@code sums}.
   *
   * @param rows rows of x
   * @param columns columns of x
   * @param x matrix (rows, columns). Not modified.
   * @param sums a number for each column, added to. Modified.
   */
  void sumColumns(int rows, int columns, float[] x, float[] sums);

  /**
   * Computes {@code sum = a + b}.
   *
   * @param size how many numbers
   * @param a first summand. Not modified, unless it is the sum.
   * @param b second summand. Not modified, unless it is the sum.
   * @param sum the sums. Modified.
   */
  void add(int size, float[] a, float[] b, float[] sum);

  /**
   * Computes {@code y = max(x, 0)}.
   *
   * @param size how many numbers
   * @param x input. Not modified.
   * @param y output. Modified.
   */
  void relu(int size, float[] x, float[] y);

  /**
   * Computes dx = dy where y is above 0 (or NaN), 0 elsewhere.
   *
   * @param size how many numbers
   * @param y what {@link #relu} gave. Not modified.
   * @param dy gradient of the output. Not modified.
   * @param dx gradient of the input. Modified.
   */
  void reluBackward(int size, float[] y, float[] dy, float[] dx);

  /**
   * Finds the maximum under each window, and where in its plane (H, W) it stands. Padding never
   * wins; of equal numbers the first wins, and before all others the first NaN. A maximum of -0 is
   * given as 0.
   *
   * @param g sizes, with pads smaller than the window and without dilation
   * @param x images (N, C, H, W). Not modified.
   * @param y maxima (N, C, OH, OW). Modified.
   * @param argMax for each maximum {@code row * W + column} in its plane, or null if not wanted.
   *     Modified.
   */
  void maxPool(ConvGeometry g, float[] x, float[] y, int[] argMax);

  /**
   * Gives each dy to the place that its maximum came from, and 0 to the others.
   *
   * @param g sizes
   * @param dy gradient (N, C, OH, OW). Not modified.
   * @param argMax what {@link #maxPool} left. Not modified.
   * @param dx gradient (N, C, H, W). Modified.
   */
  void maxPoolBackward(ConvGeometry g, float[] dy, int[] argMax, float[] dx);

  /**
   * Computes the mean of the numbers under each window.
   *
   * @param g sizes, with pads smaller than the window and without dilation
   * @param countIncludePad whether a sum is divided by all places of its window, padding included,
   *     or by those inside the image. What lies beyond the padding, in ceil mode, never counts.
   * @param x images (N, C, H, W). Not modified.
   * @param y means (N, C, OH, OW). Modified.
   */
  void averagePool(ConvGeometry g, boolean countIncludePad, float[] x, float[] y);

  /**
   * Divides each dy among the numbers that its mean came from.
   *
   * @param g sizes
   * @param countIncludePad as in {@link #averagePool}
   * @param dy gradient (N, C, OH, OW). Not modified.
   * @param dx gradient (N, C, H, W). Modified.
   */
  void averagePoolBackward(ConvGeometry g, boolean countIncludePad, float[] dy, float[] dx);

  /**
   * Computes y = softmax(x) along each row, stable for any finite x: {@code exp(x - max) / sum};
   * and the logarithm of the sum of exponentials, from which a loss is computed without underflow.
   *
   * @param rows rows of x and y
   * @param columns columns of x and y, at least 1
   * @param x logits. Not modified.
   * @param y probabilities. Modified.
   * @param logSums {@code log(sum(exp(x)))} of each row, or null if not wanted. Modified.
   */
  void softmax(int rows, int columns, float[] x, float[] y, double[] logSums);

  /**
   * Computes {@code dx = y (dy - sum(y dy))} along each row, the sum in double.
   *
   * @param rows rows of y, dy and dx
   * @param columns columns of y, dy and dx, at least 1
   * @param y what {@link #softmax} gave. Not modified.
   * @param dy gradient of the output. Not modified.
   * @param dx gradient of the input. Modified.
   */
  void softmaxBackward(int rows, int columns, float[] y, float[] dy, float[] dx);

  /**
   * Makes one Adam update: g = gradientScale gradient + decay value, m = beta1 m + (1 - beta1) g, v
   * = beta2 v + (1 - beta2) g², value -= rate m / (sqrt(v) rootScale + epsilon) + shrink value.
   *
   * @param size how many numbers
   * @param gradient what backward left. Not modified.
   * @param m first moment. Modified.
   * @param v second moment. Modified.
   * @param value the parameter. Modified.
   * @param step the other numbers
   */
  void adam(int size, float[] gradient, float[] m, float[] v, float[] value, AdamStep step);
}
