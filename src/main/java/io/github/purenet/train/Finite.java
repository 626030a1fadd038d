package io.github.purenet.train;

import io.github.purenet.data.Batch;
import io.github.purenet.ndarray.NDArray;
import java.util.Locale;

/** Checks that numbers are finite. */
final class Finite {

  private Finite() {}

  /** Returns the index of the first number that is NaN or infinite, or -1 if there is none. */
  static int firstNot(NDArray array, int from) {
    for (int i = from; i < array.size(); i++) {
      if (!Float.isFinite(array.data()[i])) {
        return i;
      }
    }
    return -1;
  }

  /** Checks the outputs of a batch whose first sample has the given index. */
  static void require(Batch batch, NDArray y, int first) {
    int at = firstNot(y, 0);
    if (at < 0) {
      return;
    }
    NDArray x = batch.x();
    int sample = at / (y.size() / y.dimension(0));
    int size = x.size() / x.dimension(0);
    int bad = firstNot(x, sample * size);
    if (bad >= 0 && bad / size == sample) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "expected finite numbers in x, got %s in sample %d",
              x.data()[bad],
              first + sample));
    }
    throw new ArithmeticException(
        String.format(
            Locale.ROOT,
            "network: expected finite outputs, got %s for sample %d: the parameters have diverged,"
                + " try a smaller learning rate",
            y.data()[at],
            first + sample));
  }
}
