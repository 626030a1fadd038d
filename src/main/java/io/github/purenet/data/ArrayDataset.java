package io.github.purenet.data;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.util.Locale;

/** A data set of two arrays, the samples and the targets. */
final class ArrayDataset implements Dataset {
  private final NDArray x;
  private final NDArray t;
  private final Shape sampleShape;
  private final Shape targetShape;

  ArrayDataset(NDArray x, NDArray t) {
    if (x.rank() < 1 || t.rank() < 1 || x.dimension(0) != t.dimension(0)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "data set: expected as many targets as samples, got t of %s for x of %s",
              t.shape(),
              x.shape()));
    }
    this.x = x;
    this.t = t;
    this.sampleShape = x.shape().dropFirst();
    this.targetShape = t.shape().dropFirst();
  }

  @Override
  public int size() {
    return x.dimension(0);
  }

  @Override
  public Shape sampleShape() {
    return sampleShape;
  }

  @Override
  public Shape targetShape() {
    return targetShape;
  }

  @Override
  public void copyTo(int index, NDArray toX, NDArray toT, int row) {
    Rows.check(this, index, toX, toT, row);
    copyRow(sampleShape.size(), x, index, toX, row);
    copyRow(targetShape.size(), t, index, toT, row);
  }

  @Override
  public void copyTargetTo(int index, NDArray toT, int row) {
    Rows.checkTarget(this, index, toT, row);
    copyRow(targetShape.size(), t, index, toT, row);
  }

  private static void copyRow(int size, NDArray from, int index, NDArray to, int row) {
    System.arraycopy(from.data(), index * size, to.data(), row * size, size);
  }
}
