package io.github.purenet.optim;

import io.github.purenet.kernel.Tasks;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.nn.Parameter;
import java.util.Arrays;
import java.util.List;

/** Clips gradients by value and computes their norm; frozen parameters do not count. */
final class Clipping {
  /** The number of squares that are added at once, 2 KiB, each to a sum of its own. */
  private static final int LANES = 512;

  /** Sums of squares, one for each chunk, added in this order whichever thread computed them. */
  private double[] partial = new double[0];

  /** For each chunk its sums and the numbers to square: arrays from 0, so that loops vectorize. */
  private float[][][] rows = new float[0][][];

  /** Clips every number of the gradients to {@code [-max, max]}, in place; NaN stays NaN. */
  static void byValue(List<Parameter> parameters, float max) {
    for (Parameter parameter : parameters) {
      if (!parameter.isFrozen()) {
        NDArray gradient = parameter.gradient();
        float[] numbers = gradient.data();
        Tasks.parallel(gradient.size(), Tasks.CHEAP, (from, to) -> clamp(numbers, from, to, max));
      }
    }
  }

  private static void clamp(float[] numbers, int from, int to, float max) {
    for (int i = from; i < to; i++) {
      numbers[i] = Math.max(-max, Math.min(max, numbers[i]));
    }
  }

  /** Returns the root of the sum of the squares of all gradients, in double precision. */
  double norm(List<Parameter> parameters) {
    double sum = 0;
    for (Parameter parameter : parameters) {
      if (!parameter.isFrozen()) {
        sum += sumOfChunks(parameter.gradient(), Clipping::sumOfSquares);
      }
    }
    return Math.sqrt(sum);
  }

  /**
   * Returns whether the norm of all gradients is below a number, roughly, from sums in float. False
   * if a sum is not finite. Takes half the time of {@link #norm}.
   */
  boolean isNormBelow(double max, List<Parameter> parameters) {
    double sum = 0;
    for (Parameter parameter : parameters) {
      if (!parameter.isFrozen()) {
        int chunks = Tasks.ceilDiv(parameter.value().size(), Tasks.CHEAP);
        if (rows.length < chunks) {
          rows = new float[chunks][2][LANES];
        }
        float[][][] memory = rows;
        sum +=
            sumOfChunks(
                parameter.gradient(),
                (numbers, from, to) -> {
                  float[][] own = memory[from / Tasks.CHEAP];
                  return roughSumOfSquares(numbers, from, to, own[0], own[1]);
                });
      }
    }
    return sum < max * max;
  }

  private static double roughSumOfSquares(
      float[] numbers, int from, int to, float[] sums, float[] row) {
    Arrays.fill(sums, 0f);
    for (int i = from; i < to; i += LANES) {
      int count = Math.min(LANES, to - i);
      System.arraycopy(numbers, i, row, 0, count);
      for (int j = 0; j < count; j++) {
        sums[j] += row[j] * row[j];
      }
    }
    double sum = 0;
    for (int j = 0; j < Math.min(LANES, to - from); j++) {
      sum += sums[j];
    }
    return sum;
  }

  /** A sum over a range of numbers. */
  private interface Sum {
    double of(float[] numbers, int from, int to);
  }

  private double sumOfChunks(NDArray gradient, Sum sum) {
    int chunks = Tasks.ceilDiv(gradient.size(), Tasks.CHEAP);
    if (partial.length < chunks) {
      partial = new double[chunks];
    }
    double[] sums = partial;
    float[] numbers = gradient.data();
    Tasks.parallel(
        gradient.size(),
        Tasks.CHEAP,
        (from, to) -> sums[from / Tasks.CHEAP] = sum.of(numbers, from, to));
    double total = 0;
    for (int i = 0; i < chunks; i++) {
      total += sums[i];
    }
    return total;
  }

  /** Four sums side by side: one alone would wait for each addition before the next. */
  private static double sumOfSquares(float[] numbers, int from, int to) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int i = from;
    for (; i + 4 <= to; i += 4) {
      a += (double) numbers[i] * numbers[i];
      b += (double) numbers[i + 1] * numbers[i + 1];
      c += (double) numbers[i + 2] * numbers[i + 2];
      d += (double) numbers[i + 3] * numbers[i + 3];
    }
    for (; i < to; i++) {
      a += (double) numbers[i] * numbers[i];
    }
    return (a + b) + (c + d);
  }
}
