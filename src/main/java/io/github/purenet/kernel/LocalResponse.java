package io.github.purenet.kernel;

import java.util.Arrays;

/**
 * The computations of local response normalization: {@code y_c = x_c / s_c^beta} with the scale
 * {@code s_c = k + alpha sum(x_j²)} over the channels j of a window around c, separately at each
 * position.
 *
 * <p>A task is a block of positions of one image, through all channels; the blocks depend only on
 * the number of positions. A task works on rows, arrays from 0 with one number for each position,
 * so that C2 vectorizes the loops. The rows of a window are reused in turn: the row of the channel
 * that enters the window overwrites that of the channel that left it.
 *
 * <p>Each window is summed anew, not updated by adding one square and subtracting another: that
 * would carry rounding errors, and NaN, from one channel to all channels after it.
 */
public final class LocalResponse {
  /** The number of rows of a task before those of its window: the rows of x, of s and of d. */
  private static final int WINDOW = 3;

  private final int half;
  private final double alpha;
  private final double beta;
  private final double k;

  /**
   * Creates the computations for windows of {@code 2 half + 1} channels, cut at the first and last.
   */
  public LocalResponse(int half, double alpha, double beta, double k) {
    this.half = half;
    this.alpha = alpha;
    this.beta = beta;
    this.k = k;
  }

  /**
   * Computes y.
   *
   * @param n the number of images
   * @param c the number of channels
   * @param positions the number of positions of an image
   * @param x the images (N, C, positions). Not modified.
   * @param scale the scale s of each number, or null not to store it. Modified.
   * @param y the output (N, C, positions). Modified.
   */
  public void forward(int n, int c, int positions, float[] x, float[] scale, float[] y) {
    forEachBlock(n, c, positions, (rows, image, count) -> forward(rows, image, count, x, scale, y));
  }

  private void forward(Rows rows, int image, int count, float[] x, float[] scale, float[] y) {
    for (int ahead = 0; ahead < rows.channels + half; ahead++) {
      if (ahead < rows.channels) {
        float[] row = rows.ofWindow(ahead);
        System.arraycopy(x, image + ahead * rows.positions, row, 0, count);
        square(row, count);
      }
      int c = ahead - half; // all of its window is there
      if (c >= 0) {
        int at = image + c * rows.positions;
        rows.sum(c, half, count);
        map((float) alpha, (float) k, rows.s, count);
        if (scale != null) {
          System.arraycopy(rows.s, 0, scale, at, count);
        }
        System.arraycopy(x, at, rows.x, 0, count);
        if (beta == 0.75) {
          divide(rows.x, rows.s, count);
        } else {
          dividePower(rows.x, rows.s, beta, count);
        }
        System.arraycopy(rows.x, 0, y, at, count);
      }
    }
  }

  /**
   * Computes the gradient, {@code dx_c = dy_c / s_c^beta - 2 alpha beta x_c sum(t_j)} with {@code
   * t_j = dy_j x_j / s_j^(beta + 1)}. The sum is over the same window, since j is in the window of
   * c whenever c is in that of j.
   *
   * @param n the number of images
   * @param c the number of channels
   * @param positions the number of positions of an image
   * @param dy the gradient of the output. Not modified.
   * @param x the images that were normalized. Not modified.
   * @param scale the scale that {@link #forward} stored. Not modified.
   * @param dx the gradient of x. Modified.
   */
  public void backward(
      int n, int c, int positions, float[] dy, float[] x, float[] scale, float[] dx) {
    forEachBlock(
        n, c, positions, (rows, image, count) -> backward(rows, image, count, dy, x, scale, dx));
  }

  private void backward(
      Rows rows, int image, int count, float[] dy, float[] x, float[] scale, float[] dx) {
    for (int ahead = 0; ahead < rows.channels + half; ahead++) {
      if (ahead < rows.channels) {
        int at = image + ahead * rows.positions;
        System.arraycopy(dy, at, rows.d, 0, count);
        System.arraycopy(x, at, rows.x, 0, count);
        System.arraycopy(scale, at, rows.s, 0, count);
        if (beta == 0.75) {
          spread(rows.d, rows.x, rows.s, rows.ofWindow(ahead), count);
        } else {
          spreadPower(rows.d, rows.x, rows.s, beta, rows.ofWindow(ahead), count);
        }
        System.arraycopy(rows.d, 0, dx, at, count);
      }
      int c = ahead - half;
      if (c >= 0) {
        int at = image + c * rows.positions;
        rows.sum(c, half, count);
        System.arraycopy(x, at, rows.x, 0, count);
        System.arraycopy(dx, at, rows.d, 0, count);
        addProducts((float) (-2 * alpha * beta), rows.x, rows.s, rows.d, count);
        System.arraycopy(rows.d, 0, dx, at, count);
      }
    }
  }

  /**
   * Computes {@code count} positions, the first of which is at index {@code image} in channel 0.
   */
  private interface BlockTask {
    void run(Rows rows, int image, int count);
  }

  private void forEachBlock(int n, int c, int positions, BlockTask task) {
    int window = Math.min(2 * half + 1, c);
    Tasks.positions(
        n,
        positions,
        (i, from, to) -> {
          Block block = Block.take();
          float[][] memory = block.right(WINDOW + window, Tasks.POSITIONS);
          double[] totals = block.zeroTotals(window > Sums.LONGEST ? Tasks.POSITIONS : 0);
          Rows rows = new Rows(memory, totals, window, c, positions);
          task.run(rows, i * c * positions + from, to - from);
          block.release();
        });
  }

  /** The rows that a task works on. */
  private static final class Rows {
    final float[] x;
    final float[] s;
    final float[] d;
    final int channels;
    final int positions;
    private final float[][] memory;
    private final int window;
    private final double[] totals;

    Rows(float[][] memory, double[] totals, int window, int channels, int positions) {
      x = memory[0];
      s = memory[1];
      d = memory[2];
      this.memory = memory;
      this.window = window;
      this.channels = channels;
      this.positions = positions;
      this.totals = totals;
    }

    /** Returns the row of channel c in the window, that of the channel that left the window. */
    float[] ofWindow(int c) {
      return memory[WINDOW + c % window];
    }

    /** Computes s, the sum of the rows in the window of channel c. */
    void sum(int c, int half, int count) {
      int first = Math.max(0, c - half);
      int last = Math.min(channels - 1, c + half);
      if (last - first == 4) {
        addFive(
            ofWindow(first),
            ofWindow(first + 1),
            ofWindow(first + 2),
            ofWindow(first + 3),
            ofWindow(last),
            s,
            count);
        return;
      }
      Arrays.fill(s, 0, count, 0f);
      boolean isLong = last - first >= Sums.LONGEST;
      if (isLong) {
        Arrays.fill(totals, 0, count, 0);
      }
      for (int j = first; j <= last; j++) {
        add(ofWindow(j), s, count);
        if (isLong && (j % Sums.RUN == 0 || j == last)) {
          Sums.move(s, 0, totals, 0, count);
        }
      }
      if (isLong) {
        Sums.round(totals, 0, s, 0, count);
      }
    }
  }

  private static void square(float[] row, int count) {
    for (int i = 0; i < count; i++) {
      row[i] *= row[i];
    }
  }

  private static void add(float[] row, float[] s, int count) {
    for (int i = 0; i < count; i++) {
      s[i] += row[i];
    }
  }

  /** Adds the five rows of the usual window at once, which saves storing and loading sums. */
  private static void addFive(
      float[] a, float[] b, float[] c, float[] d, float[] e, float[] s, int count) {
    for (int i = 0; i < count; i++) {
      s[i] = a[i] + b[i] + c[i] + d[i] + e[i];
    }
  }

  /** Computes s = factor s + addend. */
  private static void map(float factor, float addend, float[] s, int count) {
    for (int i = 0; i < count; i++) {
      s[i] = factor * s[i] + addend;
    }
  }

  /** Computes x = x / s^0.75. */
  private static void divide(float[] x, float[] s, int count) {
    for (int i = 0; i < count; i++) {
      float root = (float) Math.sqrt(s[i]);
      x[i] = x[i] / (root * (float) Math.sqrt(root));
    }
  }

  /** Computes x = x / s^beta. */
  private static void dividePower(float[] x, float[] s, double beta, int count) {
    for (int i = 0; i < count; i++) {
      x[i] *= (float) Math.pow(s[i], -beta);
    }
  }

  /** Computes d = dy / s^0.75 from d = dy, and t = d x / s. */
  private static void spread(float[] d, float[] x, float[] s, float[] t, int count) {
    for (int i = 0; i < count; i++) {
      float root = (float) Math.sqrt(s[i]);
      float power = 1f / (root * (float) Math.sqrt(root)); // s^-0.75, and its square s^-1.5
      float product = d[i] * power;
      d[i] = product;
      t[i] = product * x[i] * (power * power * root);
    }
  }

  /** Computes d = dy / s^beta from d = dy, and t = d x / s. */
  private static void spreadPower(
      float[] d, float[] x, float[] s, double beta, float[] t, int count) {
    for (int i = 0; i < count; i++) {
      float product = d[i] * (float) Math.pow(s[i], -beta);
      d[i] = product;
      t[i] = product * x[i] / s[i];
    }
  }

  /** Computes d += factor x s. */
  private static void addProducts(float factor, float[] x, float[] s, float[] d, int count) {
    for (int i = 0; i < count; i++) {
      d[i] += factor * x[i] * s[i];
    }
  }
}
