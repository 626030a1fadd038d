package io.github.purenet.data;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.util.Locale;

/** The checks that every data set makes before it copies a sample to a row of a batch. */
public final class Rows {
  private Rows() {}

  /**
   * Checks the arguments of {@link Dataset#copyTo}.
   *
   * @param dataset the data set that is to copy
   * @param index the index of the sample
   * @param x the samples of the batch
   * @param t the targets of the batch
   * @param row the index of the sample in the batch
   * @throws IllegalArgumentException if there is no such sample or row, or if the samples or
   *     targets have another shape
   */
  public static void check(Dataset dataset, int index, NDArray x, NDArray t, int row) {
    checkIndex(dataset, index);
    check("x", dataset.sampleShape(), x, row);
    check("t", dataset.targetShape(), t, row);
  }

  /**
   * Checks the arguments of {@link Dataset#copyTargetTo}.
   *
   * @param dataset the data set that is to copy
   * @param index the index of the sample
   * @param t the targets of the batch
   * @param row the index of the sample in the batch
   * @throws IllegalArgumentException if there is no such sample or row, or if the targets have
   *     another shape
   */
  public static void checkTarget(Dataset dataset, int index, NDArray t, int row) {
    checkIndex(dataset, index);
    check("t", dataset.targetShape(), t, row);
  }

  private static void checkIndex(Dataset dataset, int index) {
    if (index < 0 || index >= dataset.size()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "index: expected one of %d samples of %s, got %d",
              dataset.size(),
              dataset.sampleShape(),
              index));
    }
  }

  private static void check(String name, Shape one, NDArray all, int row) {
    boolean fits = all.rank() == one.rank() + 1;
    for (int axis = 0; axis < one.rank() && fits; axis++) {
      fits = all.dimension(axis + 1) == one.dimension(axis);
    }
    if (!fits) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "%s: expected rows of %s, got %s", name, one, all.shape()));
    }
    if (row < 0 || row >= all.dimension(0)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "row: expected 0 to %d, got %d in %s of %s",
              all.dimension(0) - 1,
              row,
              name,
              all.shape()));
    }
  }
}
