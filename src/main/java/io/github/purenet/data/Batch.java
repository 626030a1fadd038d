package io.github.purenet.data;

import io.github.purenet.ndarray.NDArray;

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
   */
  public static Batch allocate(Dataset dataset, int capacity) {
    return new Batch(
        NDArray.zeros(dataset.sampleShape().prepend(capacity)),
        NDArray.zeros(dataset.targetShape().prepend(capacity)));
  }

  /**
   * Fills the batch with the samples at the given indices.
   *
   * @param dataset the data set to read from
   * @param indices indices of samples; those from {@code from} to {@code to - 1} are read
   * @param from the first position in indices
   * @param to the end of the positions, exclusive; {@code to - from} is at most the capacity
   */
  public void fill(Dataset dataset, int[] indices, int from, int to) {
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
   */
  public void fill(Dataset dataset, int from, int to) {
    resize(to - from);
    for (int i = from; i < to; i++) {
      dataset.copyTo(i, x, t, i - from);
    }
  }

  private void resize(int count) {
    if (count < 0 || count > x.dimension(0)) {
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
