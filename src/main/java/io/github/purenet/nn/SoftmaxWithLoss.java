package io.github.purenet.nn;

import io.github.purenet.kernel.Kernels;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;

/**
 * Softmax and cross entropy in one, the mean over the batch: {@code -log(softmax(y)[t])}.
 *
 * <p>Shapes: y (N, K) logits with N and K at least 1; t either (N) class indices from 0 to K - 1 or
 * (N, K) one row of probabilities a sample, as in one-hot labels. dy = (softmax(y) - t) / N.
 *
 * <p>Source: Saitoh, <i>Deep Learning from Scratch</i>, section 5.6.3. The logarithm is taken of
 * the sum of exponentials, not of a probability, so no small number has to be added to keep it
 * finite.
 */
public final class SoftmaxWithLoss implements Loss {
  private static final String NAME = "SoftmaxWithLoss";

  /** The loss. */
  public SoftmaxWithLoss() {}

  @Override
  public double forward(NDArray y, NDArray t, Pass pass) {
    Check.rank(NAME, "y", 2, "(N, K)", y.shape());
    int n = Check.atLeastOne(NAME, "a batch size", y.dimension(0));
    int k = Check.atLeastOne(NAME, "a number of classes", y.dimension(1));
    boolean indices = t.shape().equals(Shape.of(n));
    if (!indices && !t.shape().equals(y.shape())) {
      throw new IllegalArgumentException(
          NAME + ": expected t of " + Shape.of(n) + " or " + y.shape() + ", got " + t.shape());
    }
    NDArray dy = pass.gradient(this, y.shape());
    double[] logSums = new double[n];
    Kernels.active().softmax(n, k, y.data(), y.offset(), dy.data(), dy.offset(), logSums);
    double loss = 0;
    for (int i = 0; i < n; i++) {
      int row = i * k;
      loss +=
          indices
              ? logSums[i] - subtractLabel(label(t, i, k), y, dy, row)
              : logSums[i] - subtractRow(i, t, y, dy, row);
    }
    for (int i = 0; i < n * k; i++) {
      dy.data()[dy.offset() + i] /= n;
    }
    pass.keep(this, dy);
    return loss / n;
  }

  @Override
  public NDArray backward(Pass pass) {
    return pass.kept(this, NAME);
  }

  /** Turns softmax(y) into softmax(y) - t in a row of dy; returns the logit of the label. */
  private static float subtractLabel(int label, NDArray y, NDArray dy, int row) {
    dy.data()[dy.offset() + row + label] -= 1f;
    return y.data()[y.offset() + row + label];
  }

  /** Turns softmax(y) into softmax(y) - t in a row of dy; returns the expected logit. */
  private static double subtractRow(int i, NDArray t, NDArray y, NDArray dy, int row) {
    int k = y.dimension(1);
    double sum = 0;
    double logit = 0;
    for (int j = 0; j < k; j++) {
      float probability = t.data()[t.offset() + row + j];
      if (!(probability >= 0)) {
        throw new IllegalArgumentException(
            String.format(
                "%s: expected probabilities in t, got %s at (%d, %d) in %s",
                NAME, probability, i, j, t.shape()));
      }
      sum += probability;
      if (probability > 0) {
        logit += (double) probability * y.data()[y.offset() + row + j];
      }
      dy.data()[dy.offset() + row + j] -= probability;
    }
    if (Math.abs(sum - 1) > 1e-4) {
      throw new IllegalArgumentException(
          String.format(
              "%s: expected probabilities that sum to 1 in t, got a sum of %s in row %d of %s",
              NAME, sum, i, t.shape()));
    }
    return logit;
  }

  /** The class index of sample i. */
  private static int label(NDArray t, int i, int k) {
    float label = t.data()[t.offset() + i];
    if (!(label >= 0 && label < k && label == (int) label)) {
      throw new IllegalArgumentException(
          String.format(
              "%s: expected a class index from 0 to %d in t, got %s at %d in %s",
              NAME, k - 1, label, i, t.shape()));
    }
    return (int) label;
  }
}
