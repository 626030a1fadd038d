package io.github.purenet.ndarray;

import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

/** Arrays cut into parts, and parts joined to arrays. All results are copies. */
final class Parts {
  private Parts() {}

  /** Returns the entries that a range for each of the first axes takes. */
  static NDArray slice(NDArray x, Range[] ranges) {
    Objects.requireNonNull(ranges, "ranges");
    Shape shape = x.shape();
    if (ranges.length > shape.rank()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "slice: expected at most %d ranges, got %s in %s",
              shape.rank(),
              Arrays.toString(ranges),
              shape));
    }
    int[] lengths = shape.toArray();
    int[] strides = shape.strides();
    int first = 0;
    for (int axis = 0; axis < ranges.length; axis++) {
      Range range = Objects.requireNonNull(ranges[axis], "range");
      int n = lengths[axis];
      if (!range.fits(n)) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "slice: expected 0 <= from <= to <= %d on axis %d, got %s in %s",
                n,
                axis,
                range,
                shape));
      }
      lengths[axis] = range.count(n);
      first += range.first(n) * strides[axis];
      strides[axis] *= range.step(); // which may wrap, if there is one entry only
    }
    NDArray y = NDArray.zeros(lengths);
    Walk.gather(x, first, strides, y);
    return y;
  }

  /** Returns arrays that are equal in shape, but for one axis, one after the other along it. */
  static NDArray concatenate(int axis, NDArray[] arrays) {
    Shape shape = first("concatenate", arrays).shape();
    int joined = shape.axis(axis);
    int[] lengths = shape.toArray();
    long total = 0;
    for (NDArray array : arrays) {
      boolean same = array.rank() == lengths.length;
      for (int i = 0; i < lengths.length && same; i++) {
        same = i == joined || array.dimension(i) == lengths[i];
      }
      if (!same) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "concatenate: expected one shape, axis %d aside, got %s",
                joined,
                shapes(arrays)));
      }
      total += array.dimension(joined);
    }
    if (total > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "concatenate: expected at most %d entries on axis %d, got %d from %s",
              Integer.MAX_VALUE,
              joined,
              total,
              shapes(arrays)));
    }
    lengths[joined] = (int) total;
    NDArray y = NDArray.zeros(lengths);
    int[] strides = y.shape().strides();
    int at = 0;
    for (NDArray array : arrays) {
      Walk.scatter(array, y, at * strides[joined], strides);
      at += array.dimension(joined);
    }
    return y;
  }

  /** Returns arrays of one shape, one after the other along a new axis. */
  static NDArray stack(int axis, NDArray[] arrays) {
    Shape shape = first("stack", arrays).shape();
    for (NDArray array : arrays) {
      if (!array.shape().equals(shape)) {
        throw new IllegalArgumentException("stack: expected one shape, got " + shapes(arrays));
      }
    }
    NDArray[] entries = new NDArray[arrays.length];
    for (int i = 0; i < entries.length; i++) {
      entries[i] = arrays[i].expandDims(axis);
    }
    return concatenate(axis, entries);
  }

  private static NDArray first(String what, NDArray[] arrays) {
    Objects.requireNonNull(arrays, "arrays");
    if (arrays.length == 0) {
      throw new IllegalArgumentException(what + ": expected at least 1 array, got 0");
    }
    for (int i = 0; i < arrays.length; i++) {
      Objects.requireNonNull(arrays[i], "arrays[" + i + "]");
    }
    return arrays[0];
  }

  private static String shapes(NDArray[] arrays) {
    return Arrays.stream(arrays)
        .map(array -> array.shape().toString())
        .collect(Collectors.joining(", "));
  }
}
