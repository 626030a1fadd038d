package io.github.purenet.data;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.util.Locale;

/** A view of the samples of one data set, followed by those of another. */
record Joined(Dataset first, Dataset second) implements Dataset {

  Joined {
    if (!first.sampleShape().equals(second.sampleShape())
        || !first.targetShape().equals(second.targetShape())) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "concatenate: expected samples of %s and targets of %s, got %s and %s",
              first.sampleShape(),
              first.targetShape(),
              second.sampleShape(),
              second.targetShape()));
    }
    if ((long) first.size() + second.size() > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "concatenate: expected at most %d samples, got %d and %d",
              Integer.MAX_VALUE,
              first.size(),
              second.size()));
    }
  }

  @Override
  public int size() {
    return first.size() + second.size();
  }

  @Override
  public Shape sampleShape() {
    return first.sampleShape();
  }

  @Override
  public Shape targetShape() {
    return first.targetShape();
  }

  @Override
  public void copyTo(int index, NDArray x, NDArray t, int row) {
    Rows.check(this, index, x, t, row);
    boolean isFirst = index < first.size();
    (isFirst ? first : second).copyTo(isFirst ? index : index - first.size(), x, t, row);
  }

  @Override
  public void copyTargetTo(int index, NDArray t, int row) {
    Rows.checkTarget(this, index, t, row);
    boolean isFirst = index < first.size();
    (isFirst ? first : second).copyTargetTo(isFirst ? index : index - first.size(), t, row);
  }

  @Override
  public Dataset inEpoch(long epoch) {
    return new Joined(first.inEpoch(epoch), second.inEpoch(epoch));
  }
}
