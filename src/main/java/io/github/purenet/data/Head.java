package io.github.purenet.data;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;

/** A view of the first samples of another data set. */
record Head(Dataset whole, int size) implements Dataset {

  Head {
    if (size < 0) {
      throw new IllegalArgumentException("head: expected a count of at least 0, got " + size);
    }
  }

  @Override
  public Shape sampleShape() {
    return whole.sampleShape();
  }

  @Override
  public Shape targetShape() {
    return whole.targetShape();
  }

  @Override
  public void copyTo(int index, NDArray x, NDArray t, int row) {
    Rows.check(this, index, x, t, row);
    whole.copyTo(index, x, t, row);
  }

  @Override
  public void copyTargetTo(int index, NDArray t, int row) {
    Rows.checkTarget(this, index, t, row);
    whole.copyTargetTo(index, t, row);
  }

  @Override
  public Dataset inEpoch(long epoch) {
    return new Head(whole.inEpoch(epoch), size);
  }
}
