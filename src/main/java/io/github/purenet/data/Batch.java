package io.github.purenet.data;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.util.Locale;

/** A batch of samples and their targets, whose memory is filled anew for each step. */
public final class Batch {
  private final NDArray x;
  private final NDArray t;
  private NDArray filledX;
  private NDArray filledT;

  private Batch(NDArray x, NDArray t) {
    this.x = x;
    this.t = t;
    resize(0);
  }

  /**
   * Allocates a batch for samples of a data set.
   *
   * @param dataset the data set whose samples it will hold
   * @param capacity the largest number of samples, at least 0
   * @return an empty batch
   * @throws IllegalArgumentException if the capacity is negative, or if an array cannot hold so
   *     many samples or targets
   */
  public static Batch allocate(Dataset dataset, int capacity) {
    checkCapacity(capacity, "samples", dataset.sampleShape());
    checkCapacity(capacity, "targets", dataset.targetShape());
    return new Batch(
        NDArray.zeros(dataset.sampleShape().prepend(capacity)),
        NDArray.zeros(dataset.targetShape().prepend(capacity)));
  }

  /** Returns one sample of a data set, in memory of its own. */
  static Batch one(Dataset dataset, int index) {
    Batch batch = allocate(dataset, 1);
    batch.resize(1);
    dataset.copyTo(index, batch.x, batch.t, 0);
    return batch;
  }

  /** Copies the target of the only sample to a row of other targets. */
  void copyTargetTo(NDArray to, int row) {
    System.arraycopy(t.data(), 0, to.data(), row * t.size(), t.size());
  }

  private static void checkCapacity(int capacity, String what, Shape shape) {
    int most = Integer.MAX_VALUE / Math.max(shape.size(), 1);
    if (capacity < 0 || capacity > most) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "capacity: expected 0 to %d %s of %s, got %d",
              most,
              what,
              shape,
              capacity));
    }
  }

  /**
   * Fills the batch with the samples at the given indices.
   *
   * @param dataset the data set to read from
   * @param indices indices of samples; those from {@code from} to {@code to - 1} are read
   * @param from the first position in indices
   * @param to the end of the positions, exclusive; {@code to - from} is at most the capacity
   * @throws IllegalArgumentException if {@code 0 <= from <= to <= indices.length} does not hold, if
   *     they are more than the capacity, or if the data set has no sample of such an index
   */
  public void fill(Dataset dataset, int[] indices, int from, int to) {
    checkRange(from, to, indices.length, "indices");
    int size = dataset.size();
    for (int i = from; i < to; i++) {
      if (indices[i] < 0 || indices[i] >= size) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "batch: expected the index of one of %d samples of %s, got %d as indices[%d]",
                size,
                dataset.sampleShape(),
                indices[i],
                i));
      }
    }
    resize(to - from);
    for (int i = from; i < to; i++) {
      dataset.copyTo(indices[i], x, t, i - from);
    }
  }

  /**
   * Fills the batch with consecutive samples.
   *
   * @param dataset the data set to read from
   * @param from index of the first sample
   * @param to the end of the samples, exclusive; {@code to - from} is at most the capacity
   * @throws IllegalArgumentException if {@code 0 <= from <= to <= dataset.size()} does not hold, or
   *     if they are more than the capacity
   */
  public void fill(Dataset dataset, int from, int to) {
    checkRange(from, to, dataset.size(), "samples");
    resize(to - from);
    for (int i = from; i < to; i++) {
      dataset.copyTo(i, x, t, i - from);
    }
  }

  private void checkRange(int from, int to, int length, String what) {
    if (from < 0 || from > to || to > length) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "batch: expected 0 <= from <= to <= %d %s, got %d to %d for a batch of %s",
              length,
              what,
              from,
              to,
              x.shape()));
    }
  }

  private void resize(int count) {
    if (count > x.dimension(0)) {
      throw new IllegalArgumentException(
          "batch: expected at most " + x.dimension(0) + " samples, got " + count);
    }
    if (filledX == null || filledX.dimension(0) != count) {
      filledX = first(x, count);
      filledT = first(t, count);
    }
  }

  /** Returns a view of the first rows. */
  private static NDArray first(NDArray all, int count) {
    return NDArray.wrapFirst(all.shape().dropFirst().prepend(count), all.data());
  }

  /**
   * Returns the samples.
   *
   * @return (N, sample shape), a view of the batch's memory
   */
  public NDArray x() {
    return filledX;
  }

  /**
   * Returns the targets.
   *
   * @return (N, target shape), a view of the batch's memory
   */
  public NDArray t() {
    return filledT;
  }
}
