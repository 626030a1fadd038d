package io.github.purenet.data;

import io.github.purenet.ndarray.NDArray;

/** Memory for a number of samples and their targets, filled again for each step. */
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
   * Memory for samples of a data set.
   *
   * @param dataset whose samples it will hold
   * @param capacity how many samples at the most, at least 0
   * @return an empty batch
   */
  public static Batch allocate(Dataset dataset, int capacity) {
    return new Batch(
        NDArray.zeros(dataset.sampleShape().prepend(capacity)),
        NDArray.zeros(dataset.targetShape().prepend(capacity)));
  }

  /**
   * Fills the batch with chosen samples.
   *
   * @param dataset where the samples come from
   * @param indices indices of samples; those from {@code from} to {@code to - 1} are read
   * @param from the first place in indices
   * @param to one past the last place, at most the capacity from {@code from}
   */
  public void fill(Dataset dataset, int[] indices, int from, int to) {
    resize(to - from);
    for (int i = from; i < to; i++) {
      dataset.copyTo(indices[i], x, t, i - from);
    }
  }

  /**
   * Fills the batch with samples in their order.
   *
   * @param dataset where the samples come from
   * @param from index of the first sample
   * @param to one past the last, at most the capacity from {@code from}
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
   * The samples.
   *
   * @return (N, sample shape), a view on the batch's memory
   */
  public NDArray x() {
    return filledX;
  }

  /**
   * The targets.
   *
   * @return (N, target shape), a view on the batch's memory
   */
  public NDArray t() {
    return filledT;
  }
}
