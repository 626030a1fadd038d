package io.github.purenet.data;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.util.Locale;

/** A view of chosen samples of another data set, in an order of its own. */
final class Subset implements Dataset {
  private final Dataset whole;
  private final int[] indices;

  private Subset(Dataset whole, int[] indices) {
    this.whole = whole;
    this.indices = indices;
  }

  /** Returns a view of the samples at the given indices, which are not copied. */
  static Dataset of(Dataset whole, int[] indices) {
    return new Subset(whole, indices);
  }

  /** Returns a view of the samples from {@code from}, inclusive, to {@code to}, exclusive. */
  static Dataset range(Dataset whole, int from, int to) {
    if (from < 0 || to < from || to > whole.size()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "range: expected 0 <= from <= to <= %d, got from %d to %d",
              whole.size(),
              from,
              to));
    }
    int[] indices = new int[to - from];
    for (int i = 0; i < indices.length; i++) {
      indices[i] = from + i;
    }
    return new Subset(whole, indices);
  }

  @Override
  public int size() {
    return indices.length;
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
    whole.copyTo(indices[index], x, t, row);
  }

  @Override
  public void copyTargetTo(int index, NDArray t, int row) {
    Rows.checkTarget(this, index, t, row);
    whole.copyTargetTo(indices[index], t, row);
  }

  @Override
  public Dataset inEpoch(long epoch) {
    Dataset now = whole.inEpoch(epoch);
    return now == whole ? this : new Subset(now, indices);
  }
}
