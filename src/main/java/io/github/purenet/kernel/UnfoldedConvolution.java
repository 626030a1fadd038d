package io.github.purenet.kernel;

import java.util.Arrays;

/**
 * A convolution as products with the matrix of im2col, some positions at a time. It reads windows
 * from the image itself, where those of {@link Unfolding} and {@link ConvBackward} are read from
 * copies of it with its padding: {@link #isNeeded} tells where these would be out of proportion, as
 * with a pad of a hundred million, or too large for an array. Everywhere else they are faster.
 */
final class UnfoldedConvolution {
  /** Floats of the matrix, and of its product: 4 MiB. */
  private static final int NUMBERS = 1 << 20;

  /** Floats of a copy that need no reason: 1 MiB. */
  private static final double ALWAYS = 1 << 18;

  /** Floats of a copy for each number of the image, its output and the weight. */
  private static final double EACH = 64;

  /** Floats of the largest copy of an image or part of it: 512 MiB. */
  private static final double LARGEST = 1 << 27;

  /** Floats of a slice of a block's right operand, unless rows of outputs are very long: 64 MiB. */
  private static final double LARGEST_RIGHT = BlockedKernels.DEPTH * Unfolding.BLOCK_SIZE;

  /** Floats of the weights and their gradients in whole vectors: 4 GiB. */
  private static final double LARGEST_WEIGHTS = 1 << 30;

  private final BlockedKernels kernels;

  /** One group. */
  private final ConvGeometry g;

  private final ConvGeometry whole;
  private final int k;

  /** Output rows and columns of the positions that are computed at a time. */
  private final int rows;

  private final int columns;

  UnfoldedConvolution(BlockedKernels kernels, ConvGeometry whole) {
    this(kernels, whole, NUMBERS);
  }

  /** Creates a convolution whose matrices have at most so many numbers, or one column or row. */
  UnfoldedConvolution(BlockedKernels kernels, ConvGeometry whole, int numbers) {
    this.kernels = kernels;
    this.whole = whole;
    g = whole.group();
    k = g.windowSize();
    int positions = Math.max(1, numbers / Math.max(1, Math.max(k, g.fn())));
    columns = Math.min(g.ow(), positions);
    rows = Math.min(g.oh(), Math.max(1, positions / Math.max(1, columns)));
  }

  /** Returns whether the working memory of the other way forward would be too large. */
  static boolean isNeeded(ConvGeometry whole, Epilogue epilogue) {
    ConvGeometry g = whole.group();
    double windowSize = windowSize(g);
    double fair = fair(g);

    // The image rows of a task, with what is left of a remainder's last column.
    double phases = (double) epilogue.poolH() * epilogue.poolW();
    int columns = g.ow() / epilogue.poolW();
    double line = columns * phases;
    double lines = Math.max(1, Unfolding.BLOCK_SIZE / Math.max(1, g.fn() * line));
    double reach = (lines * epilogue.poolH() - 1) * g.strideH() + g.window().extentH();
    double copy = copiedRow(g, epilogue) * Math.min(reach, g.paddedH());

    // A row of outputs before the pool, and the windows under it.
    double product = (g.fn() + Block.WIDEST) * (line + Block.SLACK);
    double right = Math.min(windowSize, BlockedKernels.DEPTH) * line;
    return Math.max(copy, product) > fair
        || right > Math.max(LARGEST_RIGHT, fair)
        || phases > LARGEST_RIGHT // more are no exact floats
        || windowSize * epilogue.poolW() > LARGEST
        || weights(whole) > LARGEST_WEIGHTS;
  }

  /** Returns whether the working memory of the other way back would be too large. */
  static boolean isNeededBackward(ConvGeometry whole, Epilogue epilogue) {
    ConvGeometry g = whole.group();
    double strips = copiedRow(g, epilogue) * Math.max(g.paddedH(), (double) g.oh() * g.fh());
    boolean folds = epilogue.phases() == 1 && !ConvBackward.turns(g);
    double windows = folds ? (windowSize(g) + Block.WIDEST) * g.oh() * g.ow() : 0;
    return Math.max(strips, windows) > fair(g) || weights(whole) > LARGEST_WEIGHTS;
  }

  private static double windowSize(ConvGeometry g) {
    return (double) g.c() * g.fh() * g.fw();
  }

  /** Floats that a copy may have. */
  private static double fair(ConvGeometry g) {
    double x = (double) g.c() * g.h() * g.w();
    double y = (double) g.fn() * g.oh() * g.ow();
    return Math.min(LARGEST, ALWAYS + EACH * (x + y + g.fn() * windowSize(g)));
  }

  /** Floats of a row of a copied image, with what is left of a remainder's last column. */
  private static double copiedRow(ConvGeometry g, Epilogue epilogue) {
    double step = Math.max((double) epilogue.poolW() * g.strideW(), g.dilationW());
    return g.c() * (g.paddedW() + Math.min(step, g.paddedW()));
  }

  /** Floats of the weights and their gradients, in whole vectors. */
  private static double weights(ConvGeometry whole) {
    ConvGeometry g = whole.group();
    double vectors = windowSize(g) + 2 * Block.WIDEST * g.fh() * (double) g.fw();
    return whole.groups() * (g.fn() + Block.WIDEST) * vectors;
  }

  /** Work on positions that follow one another: a part of an output row, or whole rows. */
  private interface Tile {
    /**
     * Does the work.
     *
     * @param tile the sizes as if there were no other positions
     * @param n a group of an image, of all groups of all images
     * @param first the first position
     */
    void run(ConvGeometry tile, int n, int first);
  }

  private void forEachTile(int group, Tile work) {
    int across = Tasks.ceilDiv(g.ow(), columns);
    int tiles = Tasks.ceilDiv(g.oh(), rows) * across;
    for (int n = group; n < g.n() * whole.groups(); n += whole.groups()) {
      for (int tile = 0; tile < tiles; tile++) {
        int r0 = tile / across * rows;
        int c0 = tile % across * columns;
        int height = Math.min(rows, g.oh() - r0);
        int width = Math.min(columns, g.ow() - c0);
        work.run(g.part(r0, height, c0, width), n, r0 * g.ow() + c0);
      }
    }
  }

  /** Where the outputs of a filter begin. */
  private int outputs(int n, int f) {
    return (n * g.fn() + f) * g.positions();
  }

  private Matrix weightOf(int group, float[] weight) {
    int size = g.fn() * k;
    float[] w =
        whole.groups() == 1 ? weight : Arrays.copyOfRange(weight, group * size, (group + 1) * size);
    return new Matrix(w, g.fn(), k);
  }

  /**
   * Lays the windows of a tile out: a row for each number of a window, a column for each window.
   */
  private Matrix unfold(ConvGeometry tile, float[] x, int image, float[] to) {
    int count = tile.positions();
    kernels.run(k, count, row -> ElementKernels.unfoldRow(tile, row, x, image, to, row * count));
    return new Matrix(to, k, count);
  }

  /** See {@link Kernels#convolve}; the epilogue is at most a Relu. */
  void convolve(float[] x, float[] weight, float[] bias, boolean relu, float[] y) {
    Block block = Block.take();
    float[] unfolded = block.image(k * rows * columns);
    float[] product = block.phases(g.fn() * rows * columns);
    for (int group = 0; group < whole.groups(); group++) {
      Matrix w = weightOf(group, weight);
      int filter = group * g.fn();
      forEachTile(
          group,
          (tile, n, first) -> {
            int count = tile.positions();
            kernels.gemm(w, unfold(tile, x, n * g.imageSize(), unfolded), product, false);
            for (int f = 0; f < g.fn(); f++) {
              float b = bias == null ? 0f : bias[filter + f];
              finish(product, f * count, count, b, relu, y, outputs(n, f) + first);
            }
          });
    }
    block.release();
  }

  private static void finish(
      float[] product, int from, int count, float bias, boolean relu, float[] y, int to) {
    for (int j = 0; j < count; j++) {
      float v = product[from + j] + bias;
      y[to + j] = relu ? Math.max(v, 0f) : v;
    }
  }

  /** See {@link Kernels#convolveBackward}; the epilogue was at most a Relu. */
  void convolveBackward(
      float[] x,
      float[] weight,
      boolean relu,
      float[] y,
      float[] dy,
      float[] dw,
      float[] db,
      float[] dx) {
    Block block = Block.take();
    float[] unfolded = block.image(k * rows * columns);
    float[] d = block.phases(g.fn() * rows * columns);
    if (dx != null) {
      Arrays.fill(dx, 0, g.n() * whole.imageSize(), 0f);
    }
    for (int group = 0; group < whole.groups(); group++) {
      Matrix w = weightOf(group, weight);
      float[] weights = new float[dw == null ? 0 : g.fn() * k];
      double[] totals = new double[weights.length];
      double[] biases = new double[g.fn()];
      forEachTile(
          group,
          (tile, n, first) -> {
            int count = tile.positions();
            int image = n * g.imageSize();
            for (int f = 0; f < g.fn(); f++) {
              int from = outputs(n, f) + first;
              if (relu) {
                kernels.passRelu(y, dy, from, d, f * count, count);
              } else {
                System.arraycopy(dy, from, d, f * count, count);
              }
              biases[f] += ElementKernels.sum(d, f * count, count);
            }
            Matrix gradient = new Matrix(d, g.fn(), count);
            if (dw != null) {
              Matrix windows = unfold(tile, x, image, unfolded);
              kernels.gemm(gradient, windows.transpose(), weights, false);
              Sums.add(weights, 0, totals, 0, weights.length);
            }
            if (dx != null) {
              kernels.gemm(w.transpose(), gradient, unfolded, false);
              fold(tile, unfolded, dx, image);
            }
          });
      for (int i = 0; i < weights.length; i++) {
        dw[group * weights.length + i] += (float) totals[i];
      }
      for (int f = 0; f < g.fn() && db != null; f++) {
        db[group * g.fn() + f] += (float) biases[f];
      }
    }
    block.release();
  }

  /** Adds the rows of a tile's matrix back to the image, a task for each channel. */
  private void fold(ConvGeometry tile, float[] unfolded, float[] dx, int image) {
    int taps = g.fh() * g.fw();
    int count = tile.positions();
    kernels.run(
        g.c(),
        (long) taps * count,
        channel -> {
          for (int row = channel * taps; row < (channel + 1) * taps; row++) {
            kernels.foldRow(tile, row, unfolded, row * count, dx, image);
          }
        });
  }
}
