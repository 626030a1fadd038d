package io.github.purenet.optim;

import io.github.purenet.kernel.Tasks;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.nn.Parameter;
import java.util.List;

/** Clips gradients by value and computes their norm; frozen parameters do not count. */
final class Clipping {
  /** Sums of squares, one for each chunk, added in this order whichever thread computed them. */
  private double[] partial = new double[0];

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
        sum += sumOfSquares(parameter.gradient());
      }
    }
    return Math.sqrt(sum);
  }

  private double sumOfSquares(NDArray gradient) {
    int chunks = Tasks.ceilDiv(gradient.size(), Tasks.CHEAP);
    if (partial.length < chunks) {
      partial = new double[chunks];
    }
    double[] sums = partial;
    float[] numbers = gradient.data();
    Tasks.parallel(
        gradient.size(),
        Tasks.CHEAP,
        (from, to) -> sums[from / Tasks.CHEAP] = sumOfSquares(numbers, from, to));
    double sum = 0;
    for (int i = 0; i < chunks; i++) {
      sum += sums[i];
    }
    return sum;
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
