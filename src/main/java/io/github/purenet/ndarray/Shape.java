package io.github.purenet.ndarray;

import java.util.Arrays;
import java.util.Objects;

/**
 * The lengths of an array's axes, such as {@code (N, C, H, W)}. Immutable.
 *
 * <p>Any rank is allowed, including 0 (one number), and so are dimensions of 0 (no numbers).
 */
public final class Shape {
  private final int[] dimensions;
  private final int size;

  private Shape(int[] dimensions) {
    this.dimensions = dimensions;
    this.size = checkedSize(dimensions);
  }

  /**
   * Creates a shape with the given dimensions, which are copied.
   *
   * @param dimensions the length of each axis; none for the shape of a single number
   * @return the shape
   * @throws IllegalArgumentException if a dimension is negative, or if the dimensions other than 0
   *     multiply to more than {@link Integer#MAX_VALUE}
   */
  public static Shape of(int... dimensions) {
    return new Shape(Objects.requireNonNull(dimensions, "dimensions").clone());
  }

  /** {@return the number of axes} */
  public int rank() {
    return dimensions.length;
  }

  /**
   * Returns the length of one axis.
   *
   * @param axis the axis, where -1 is the last one
   * @return the length of that axis
   * @throws IllegalArgumentException if there is no such axis
   */
  public int dimension(int axis) {
    return dimensions[axis(axis)];
  }

  /** {@return the number of elements: the product of all dimensions, 1 for rank 0} */
  public int size() {
    return size;
  }

  /** {@return the dimensions, as a copy} */
  public int[] toArray() {
    return dimensions.clone();
  }

  /**
   * Returns the shape {@code (n, ...this)}, such as that of a batch of n arrays of this shape.
   *
   * @param n the length of the new first axis
   * @return a shape of one rank more
   * @throws IllegalArgumentException if n is negative or the new shape is too large
   */
  public Shape prepend(int n) {
    int[] longer = new int[dimensions.length + 1];
    longer[0] = n;
    System.arraycopy(dimensions, 0, longer, 1, dimensions.length);
    return new Shape(longer);
  }

  /**
   * Returns this shape without its first dimension, such as that of one image of a batch.
   *
   * @return a shape of one rank less
   * @throws IllegalArgumentException if the rank is 0
   */
  public Shape dropFirst() {
    return dropFirst("dropFirst");
  }

  /** Returns this shape without its first dimension; the message names the caller. */
  Shape dropFirst(String what) {
    if (dimensions.length == 0) {
      throw new IllegalArgumentException(what + ": expected rank 1 or more, got 0 in ()");
    }
    return new Shape(Arrays.copyOfRange(dimensions, 1, dimensions.length));
  }

  /** Returns the axis counted from the front, for an axis that may count from the end. */
  int axis(int axis) {
    return axis(axis, dimensions.length, this);
  }

  /** Returns the axis counted from the front, of so many axes; the message names the shape. */
  static int axis(int axis, int rank, Shape shape) {
    if (axis < -rank || axis >= rank) {
      String expected = rank == 0 ? "no axis" : -rank + " to " + (rank - 1);
      throw new IllegalArgumentException(
          "axis: expected " + expected + ", got " + axis + " in " + shape);
    }
    return axis < 0 ? axis + rank : axis;
  }

  /** Returns the shape without one axis, which counts from the front. */
  Shape without(int axis) {
    int[] shorter = new int[dimensions.length - 1];
    System.arraycopy(dimensions, 0, shorter, 0, axis);
    System.arraycopy(dimensions, axis + 1, shorter, axis, shorter.length - axis);
    return new Shape(shorter);
  }

  /** Returns the shape of some axes, which count from the front, in the given order. */
  Shape select(int... axes) {
    int[] selected = new int[axes.length];
    for (int i = 0; i < axes.length; i++) {
      selected[i] = dimensions[axes[i]];
    }
    return new Shape(selected);
  }

  /** Returns the product of the dimensions {@code from} (inclusive) to {@code to} (exclusive). */
  int product(int from, int to) {
    int product = 1;
    for (int axis = from; axis < to; axis++) {
      product *= dimensions[axis];
    }
    return product;
  }

  /** Returns the distance in memory between neighbors on each axis, in elements. */
  int[] strides() {
    int[] strides = new int[dimensions.length];
    int stride = 1;
    for (int axis = dimensions.length - 1; axis >= 0; axis--) {
      strides[axis] = stride;
      stride *= dimensions[axis];
    }
    return strides;
  }

  private static int checkedSize(int[] dimensions) {
    long nonZero = 1; // zeros are left out, so that dropping an axis never makes a shape too large
    boolean empty = false;
    for (int dimension : dimensions) {
      if (dimension < 0) {
        throw new IllegalArgumentException(
            "shape: expected no negative dimension, got " + dimension + " in " + text(dimensions));
      }
      empty |= dimension == 0;
      nonZero *= Math.max(dimension, 1);
      if (nonZero > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            "shape: expected at most " + Integer.MAX_VALUE + " elements, got " + text(dimensions));
      }
    }
    return empty ? 0 : (int) nonZero;
  }

  private static String text(int[] dimensions) {
    String inner = Arrays.toString(dimensions);
    return "(" + inner.substring(1, inner.length() - 1) + (dimensions.length == 1 ? ",)" : ")");
  }

  /** {@return true if the other object is a shape with the same dimensions} */
  @Override
  public boolean equals(Object other) {
    return other instanceof Shape shape && Arrays.equals(dimensions, shape.dimensions);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(dimensions);
  }

  /** {@return the shape as NumPy writes it: {@code ()}, {@code (3,)}, {@code (2, 3)}} */
  @Override
  public String toString() {
    return text(dimensions);
  }
}
