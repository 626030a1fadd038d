package io.github.purenet.data;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.util.Locale;

/** A data set of two arrays, the samples and the targets. */
record ArrayDataset(NDArray x, NDArray t) implements Dataset {

  ArrayDataset {
    if (x.rank() < 1 || t.rank() < 1 || x.dimension(0) != t.dimension(0)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "data set: expected as many targets as samples, got t of %s for x of %s",
              t.shape(),
              x.shape()));
    }
  }

  @Override
  public int size() {
    return x.dimension(0);
  }

  @Override
  public Shape sampleShape() {
    return x.shape().dropFirst();
  }

  @Override
  public Shape targetShape() {
    return t.shape().dropFirst();
  }

  @Override
  public void copyTo(int index, NDArray toX, NDArray toT, int row) {
    copyRow(x, index, toX, row);
    copyRow(t, index, toT, row);
  }

  @Override
  public void copyTargetTo(int index, NDArray toT, int row) {
    copyRow(t, index, toT, row);
  }

  private static void copyRow(NDArray from, int index, NDArray to, int row) {
    int size = from.size() / from.dimension(0);
    System.arraycopy(from.data(), index * size, to.data(), row * size, size);
  }
}
