package io.github.purenet.nn;

import java.util.Arrays;

/**
 * Sums and linear maps, channel by channel, of a batch of (N, C, positions). With one position, (N,
 * D), neighbours in memory are of different channels and the loops run over blocks of features;
 * with more they run along the planes.
 *
 * <p>What belongs to a channel stands in a table of {@link #ROWS} rows of C numbers. A sum is in
 * two rows, high and low, whose sum it is.
 */
final class Channels {
  /** The mean, rounded. */
  static final int CENTER = 0;

  /** The mean minus the rounded one. */
  static final int REST = 1;

  /** 1 / sqrt(variance + epsilon). */
  static final int INVERSE = 2;

  static final int VARIANCE = 3;

  /** Factors and addends of a linear map. */
  static final int A = 4;

  static final int B = 5;
  static final int C = 6;

  /** Two sums. */
  static final int SUM = 7;

  static final int PRODUCTS = 9;

  static final int ROWS = 12;
  private static final int WORK = 11;

  /** Numbers of one task: some 10 microseconds of work. */
  private static final int CHUNK = 1 << 14;

  private final int n;
  private final int channels;
  private final int positions;
  private final float[] table;
  private final int perTask;

  Channels(int n, int channels, int positions, float[] table) {
    this.n = n;
    this.channels = channels;
    this.positions = positions;
    this.table = table;
    this.perTask = perTask(n * positions, positions == 1);
  }

  /** How many channels of so many numbers make a task; a block of features is wide enough. */
  static int perTask(int numbers, boolean features) {
    return Math.max(features ? 64 : 1, CHUNK / Math.max(1, numbers));
  }

  int tasks() {
    return (channels + perTask - 1) / perTask;
  }

  /** The first channel of a task. */
  int from(int task) {
    return task * perTask;
  }

  /** One past the last channel of a task. */
  int to(int task) {
    return Math.min(channels, (task + 1) * perTask);
  }

  /** Where a channel's number of a row stands in the table. */
  int at(int row, int channel) {
    return row * channels + channel;
  }

  float get(int row, int channel) {
    return table[at(row, channel)];
  }

  void set(int row, int channel, double value) {
    table[at(row, channel)] = (float) value;
  }

  /** What the two rows of a sum hold. */
  double sum(int row, int channel) {
    return (double) get(row, channel) + get(row + 1, channel);
  }

  private void setSum(int row, int channel, double value) {
    set(row, channel, value);
    set(row + 1, channel, value - (float) value);
  }

  /** Where the image's plane of a channel begins, behind the offset of the batch. */
  private int plane(int image, int channel) {
    return (image * channels + channel) * positions;
  }

  /** SUM = the sum of x. */
  void sum(int from, int to, float[] x, int xo) {
    if (positions == 1) {
      beginSums(SUM, from, to);
      for (int i = 0; i < n; i++) {
        NormalizationLoops.addToSums(
            x, xo + plane(i, from), table, at(SUM, from), at(SUM + 1, from), to - from);
      }
      endSums(SUM, from, to);
      return;
    }
    for (int c = from; c < to; c++) {
      double sum = 0;
      for (int i = 0; i < n; i++) {
        sum += NormalizationLoops.sum(x, xo + plane(i, c), positions);
      }
      setSum(SUM, c, sum);
    }
  }

  /** PRODUCTS = the sum of (x - CENTER)². */
  void sumSquares(int from, int to, float[] x, int xo) {
    if (positions == 1) {
      beginSums(PRODUCTS, from, to);
      for (int i = 0; i < n; i++) {
        squares(x, xo + plane(i, from), table, at(CENTER, from), at(WORK, from), to - from);
        addWork(from, to);
      }
      endSums(PRODUCTS, from, to);
      return;
    }
    for (int c = from; c < to; c++) {
      double sum = 0;
      for (int i = 0; i < n; i++) {
        sum += NormalizationLoops.sumSquares(x, xo + plane(i, c), get(CENTER, c), positions);
      }
      setSum(PRODUCTS, c, sum);
    }
  }

  /** PRODUCTS = the sum of dy (x - CENTER). */
  void sumProducts(int from, int to, float[] dy, int dyo, float[] x, int xo) {
    if (positions == 1) {
      beginSums(PRODUCTS, from, to);
      for (int i = 0; i < n; i++) {
        int begin = plane(i, from);
        products(
            dy, dyo + begin, x, xo + begin, table, at(CENTER, from), at(WORK, from), to - from);
        addWork(from, to);
      }
      endSums(PRODUCTS, from, to);
      return;
    }
    for (int c = from; c < to; c++) {
      double sum = 0;
      for (int i = 0; i < n; i++) {
        int begin = plane(i, c);
        sum +=
            NormalizationLoops.sumProducts(
                dy, dyo + begin, x, xo + begin, get(CENTER, c), positions);
      }
      setSum(PRODUCTS, c, sum);
    }
  }

  /** y = (x - CENTER) A + B. */
  void normalize(int from, int to, float[] x, int xo, float[] y, int yo) {
    for (int i = 0; i < n; i++) {
      if (positions == 1) {
        int begin = plane(i, from);
        normalize(x, xo + begin, table, from, channels, y, yo + begin, to - from);
        continue;
      }
      for (int c = from; c < to; c++) {
        int begin = plane(i, c);
        NormalizationLoops.normalize(
            x, xo + begin, get(CENTER, c), get(A, c), get(B, c), y, yo + begin, positions);
      }
    }
  }

  /** dx = dy A + (x - CENTER) B + C. */
  void combine(int from, int to, float[] dy, int dyo, float[] x, int xo, float[] dx, int dxo) {
    for (int i = 0; i < n; i++) {
      if (positions == 1) {
        int begin = plane(i, from);
        combine(dy, dyo + begin, x, xo + begin, table, from, channels, dx, dxo + begin, to - from);
        continue;
      }
      for (int c = from; c < to; c++) {
        int begin = plane(i, c);
        System.arraycopy(dy, dyo + begin, dx, dxo + begin, positions);
        NormalizationLoops.combine(
            x,
            xo + begin,
            get(CENTER, c),
            get(A, c),
            get(B, c),
            get(C, c),
            dx,
            dxo + begin,
            positions);
      }
    }
  }

  private void beginSums(int row, int from, int to) {
    Arrays.fill(table, at(row, from), at(row, to), 0f);
    Arrays.fill(table, at(row + 1, from), at(row + 1, to), 0f);
  }

  private void addWork(int from, int to) {
    NormalizationLoops.addToSums(
        table, at(WORK, from), table, at(PRODUCTS, from), at(PRODUCTS + 1, from), to - from);
  }

  /** From a sum and its loss, whose sign is minus, to high and low. */
  private void endSums(int row, int from, int to) {
    for (int c = from; c < to; c++) {
      set(row + 1, c, -get(row + 1, c));
    }
  }

  private static void squares(float[] x, int xo, float[] table, int center, int work, int count) {
    for (int i = 0; i < count; i++) {
      float d = x[xo + i] - table[center + i];
      table[work + i] = d * d;
    }
  }

  private static void products(
      float[] dy, int dyo, float[] x, int xo, float[] table, int center, int work, int count) {
    for (int i = 0; i < count; i++) {
      table[work + i] = dy[dyo + i] * (x[xo + i] - table[center + i]);
    }
  }

  private static void normalize(
      float[] x, int xo, float[] table, int from, int channels, float[] y, int yo, int count) {
    int center = CENTER * channels + from;
    int a = A * channels + from;
    int b = B * channels + from;
    for (int i = 0; i < count; i++) {
      y[yo + i] = (x[xo + i] - table[center + i]) * table[a + i] + table[b + i];
    }
  }

  private static void combine(
      float[] dy,
      int dyo,
      float[] x,
      int xo,
      float[] table,
      int from,
      int channels,
      float[] dx,
      int dxo,
      int count) {
    int center = CENTER * channels + from;
    int a = A * channels + from;
    int b = B * channels + from;
    int c = C * channels + from;
    for (int i = 0; i < count; i++) {
      dx[dxo + i] =
          dy[dyo + i] * table[a + i]
              + (x[xo + i] - table[center + i]) * table[b + i]
              + table[c + i];
    }
  }
}
