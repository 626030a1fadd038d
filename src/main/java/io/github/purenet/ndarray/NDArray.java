package io.github.purenet.ndarray;

import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.function.DoubleUnaryOperator;
import java.util.random.RandomGenerator;

/**
 * An array of float32 numbers of any rank, with NumPy's rules for shapes.
 *
 * <p>Elements lie row-major and without gaps in a {@code float[]} from its first number on: element
 * i of an array, counted in row-major order, is {@code data()[i]}. The shape never changes; the
 * numbers may. A <em>view</em> shares its numbers with the array it came from, a <em>copy</em> does
 * not. Every method says which of the two it returns; only reshaping and wrapping give views.
 *
 * <p>Indices count from 0 and axes too; a negative axis counts from the end, a negative index is an
 * error. Two arrays are {@code equals} only if they are the same object: compare numbers with
 * {@link #allClose}. Arrays may be read by many threads at once, but are not synchronized for
 * writing.
 */
public final class NDArray {
  private final Shape shape;
  private final float[] data;

  private NDArray(Shape shape, float[] data) {
    this.shape = shape;
    this.data = data;
  }

  // Creation

  /**
   * Creates an array of zeros.
   *
   * @param dimensions the length of each axis; none for a single number
   * @return a new array
   * @throws IllegalArgumentException if {@link Shape#of} rejects the dimensions
   */
  public static NDArray zeros(int... dimensions) {
    return zeros(Shape.of(dimensions));
  }

  /**
   * Creates an array of zeros.
   *
   * @param shape the shape
   * @return a new array
   */
  public static NDArray zeros(Shape shape) {
    Objects.requireNonNull(shape, "shape");
    return new NDArray(shape, new float[shape.size()]);
  }

  /**
   * Creates an array of ones.
   *
   * @param dimensions the length of each axis; none for a single number
   * @return a new array
   * @throws IllegalArgumentException if {@link Shape#of} rejects the dimensions
   */
  public static NDArray ones(int... dimensions) {
    return full(Shape.of(dimensions), 1);
  }

  /**
   * Creates an array of ones.
   *
   * @param shape the shape
   * @return a new array
   */
  public static NDArray ones(Shape shape) {
    return full(shape, 1);
  }

  /**
   * Creates an array filled with one number.
   *
   * @param shape the shape
   * @param value the number
   * @return a new array
   */
  public static NDArray full(Shape shape, float value) {
    return zeros(shape).fill(value);
  }

  /**
   * Creates an array of rank 1 from a copy of the given numbers.
   *
   * @param values the numbers
   * @return a new array of shape {@code (values.length,)}
   */
  public static NDArray of(float... values) {
    Objects.requireNonNull(values, "values");
    return new NDArray(Shape.of(values.length), values.clone());
  }

  /**
   * Creates an array from a copy of the given numbers.
   *
   * @param shape the shape
   * @param values the numbers in row-major order, as many as the shape has elements
   * @return a new array
   * @throws IllegalArgumentException if the number of values is not the size of the shape
   */
  public static NDArray of(Shape shape, float... values) {
    checkLength(shape, values, "values");
    return new NDArray(shape, values.clone());
  }

  /**
   * Wraps the caller's numbers in an array, without copying them.
   *
   * @param shape the shape
   * @param data the numbers in row-major order, as many as the shape has elements
   * @return a view: writing to either changes both
   * @throws IllegalArgumentException if the length of the data is not the size of the shape
   */
  public static NDArray wrap(Shape shape, float[] data) {
    checkLength(shape, data, "data");
    return new NDArray(shape, data);
  }

  /**
   * Wraps the first of the caller's numbers in an array, without copying them.
   *
   * @param shape the shape
   * @param memory the numbers in row-major order, at least as many as the shape has elements; what
   *     follows them does not belong to the array
   * @return a view: writing to either changes both
   * @throws IllegalArgumentException if the memory is too short
   */
  public static NDArray wrapFirst(Shape shape, float[] memory) {
    Objects.requireNonNull(shape, "shape");
    Objects.requireNonNull(memory, "memory");
    if (memory.length < shape.size()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "memory: expected at least %d numbers for %s, got %d",
              shape.size(),
              shape,
              memory.length));
    }
    return new NDArray(shape, memory);
  }

  /**
   * Creates an array of rank 0, which holds a single number.
   *
   * @param value the number
   * @return a new array of shape {@code ()}
   */
  public static NDArray scalar(float value) {
    return new NDArray(Shape.of(), new float[] {value});
  }

  /**
   * Creates the array {@code 0, 1, ..., stop - 1}.
   *
   * @param stop the end, exclusive
   * @return a new array of rank 1, empty if stop is 0 or less
   */
  public static NDArray arange(int stop) {
    NDArray result = zeros(Math.max(stop, 0));
    for (int i = 0; i < stop; i++) {
      result.data[i] = i;
    }
    return result;
  }

  /**
   * Creates the array {@code start, start + step, ...} up to {@code stop}, exclusive: {@code
   * ceil((stop - start) / step)} numbers, a count that is computed in float, as NumPy does for
   * float32.
   *
   * @param start the first number
   * @param stop the end, exclusive (though rounding of the count can include it for a fractional
   *     step)
   * @param step the distance between neighbors, which may be negative
   * @return a new array of rank 1, empty if the steps lead away from stop
   * @throws IllegalArgumentException if the step is 0, a number is not finite, or there would be
   *     too many numbers
   */
  public static NDArray arange(float start, float stop, float step) {
    float ratio = (stop - start) / step; // in float, or 0.3f / 0.1f would be more than 3
    if (step == 0 || !Float.isFinite(ratio) || !Float.isFinite(step)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "arange: expected finite numbers and a step other than 0, got start %s, stop %s,"
                  + " step %s",
              start,
              stop,
              step));
    }
    double count = Math.ceil(ratio);
    if (count > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "arange: expected at most " + Integer.MAX_VALUE + " numbers, got " + count);
    }
    NDArray result = zeros(Math.max((int) count, 0));
    for (int i = 0; i < result.data.length; i++) {
      result.data[i] = (float) (start + (double) step * i);
    }
    return result;
  }

  /**
   * Creates an array of normally distributed random numbers.
   *
   * @param shape the shape
   * @param mean the mean of the distribution
   * @param standardDeviation the standard deviation, not negative
   * @param random the source of random numbers
   * @return a new array
   * @throws IllegalArgumentException if the standard deviation is negative or NaN
   */
  public static NDArray normal(
      Shape shape, float mean, float standardDeviation, RandomGenerator random) {
    Objects.requireNonNull(random, "random");
    if (!(standardDeviation >= 0)) {
      throw new IllegalArgumentException(
          "normal: expected a standardDeviation of 0 or more, got " + standardDeviation);
    }
    NDArray result = zeros(shape);
    for (int i = 0; i < result.data.length; i++) {
      result.data[i] = (float) (mean + standardDeviation * random.nextGaussian());
    }
    return result;
  }

  /**
   * Creates an array of random numbers that are uniformly distributed from {@code low} to {@code
   * high}.
   *
   * @param shape the shape
   * @param low the smallest number, inclusive
   * @param high the end, exclusive; larger than low
   * @param random the source of random numbers
   * @return a new array
   * @throws IllegalArgumentException if {@code low < high} does not hold, or one is not finite
   */
  public static NDArray uniform(Shape shape, float low, float high, RandomGenerator random) {
    Objects.requireNonNull(random, "random");
    if (!(low < high && Float.isFinite(low) && Float.isFinite(high))) {
      throw new IllegalArgumentException(
          "uniform: expected finite low < high, got low " + low + ", high " + high);
    }
    NDArray result = zeros(shape);
    for (int i = 0; i < result.data.length; i++) {
      float value = (float) (low + ((double) high - low) * random.nextFloat());
      result.data[i] = value < high ? value : Math.nextDown(high);
    }
    return result;
  }

  // Access

  /** {@return the shape} */
  public Shape shape() {
    return shape;
  }

  /** {@return the number of axes} */
  public int rank() {
    return shape.rank();
  }

  /** {@return the number of elements} */
  public int size() {
    return shape.size();
  }

  /**
   * Returns the length of one axis.
   *
   * @param axis the axis, where -1 is the last one
   * @return the length of that axis
   * @throws IllegalArgumentException if there is no such axis
   */
  public int dimension(int axis) {
    return shape.dimension(axis);
  }

  /**
   * Returns one element.
   *
   * @param index the position on each axis
   * @return the element
   * @throws IllegalArgumentException if the index does not fit the shape
   */
  public float get(int... index) {
    return data[position(index)];
  }

  /**
   * Replaces one element.
   *
   * @param value the new number
   * @param index the position on each axis
   * @throws IllegalArgumentException if the index does not fit the shape
   */
  public void set(float value, int... index) {
    data[position(index)] = value;
  }

  /**
   * Returns the only element of an array of size 1 and any rank.
   *
   * @return the element
   * @throws IllegalArgumentException if the size is not 1
   */
  public float item() {
    if (size() != 1) {
      throw new IllegalArgumentException("item: expected size 1, got " + size() + " in " + shape);
    }
    return data[0];
  }

  /**
   * Returns the backing array itself, for kernels and custom layers. Writing to it changes this
   * array and every view of it. Element i of this array, in row-major order, is {@code data()[i]}.
   *
   * @return the numbers, not a copy, at least {@link #size()} of them; what follows does not belong
   *     to this array
   */
  public float[] data() {
    return data;
  }

  /** {@return the elements in row-major order, as a copy of length {@link #size()}} */
  public float[] toArray() {
    return Arrays.copyOf(data, size());
  }

  /** {@return a copy of this array, which shares nothing with it} */
  public NDArray copy() {
    return new NDArray(shape, toArray());
  }

  // Reshapes, which are views, and parts, which are copies

  /**
   * Returns this array in another shape of the same size.
   *
   * @param dimensions the new length of each axis; at most one may be -1, to be computed from the
   *     size
   * @return a view
   * @throws IllegalArgumentException if the sizes differ or the -1 cannot be computed
   */
  public NDArray reshape(int... dimensions) {
    return reshape(Layout.inferred(shape, dimensions));
  }

  /**
   * Returns this array in another shape of the same size.
   *
   * @param newShape the new shape
   * @return a view
   * @throws IllegalArgumentException if the sizes differ
   */
  public NDArray reshape(Shape newShape) {
    Objects.requireNonNull(newShape, "newShape");
    if (newShape.size() != size()) {
      throw new IllegalArgumentException(
          "reshape: expected a shape of size " + size() + ", got " + newShape + " from " + shape);
    }
    return new NDArray(newShape, data);
  }

  /**
   * Returns the entries {@code from, ..., to - 1} of the first axis, such as some images of a
   * batch.
   *
   * @param from the first entry
   * @param to the end, exclusive
   * @return a copy of shape {@code (to - from, ...)}
   * @throws IllegalArgumentException if the rank is 0 or {@code 0 <= from <= to <= dimension(0)}
   *     does not hold
   */
  public NDArray slice(int from, int to) {
    Shape entry = shape.dropFirst("slice");
    int n = shape.dimension(0);
    if (from < 0 || to < from || to > n) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "slice: expected 0 <= from <= to <= %d, got %d to %d in %s",
              n,
              from,
              to,
              shape));
    }
    return entries(entry.prepend(to - from), from * entry.size());
  }

  /**
   * Returns entry i of the first axis, such as one image of a batch.
   *
   * @param i the index of the entry
   * @return a copy of one rank less
   * @throws IllegalArgumentException if the rank is 0 or there is no such entry
   */
  public NDArray at(int i) {
    Shape entry = shape.dropFirst("at");
    checkIndex(i, 0);
    return entries(entry, i * entry.size());
  }

  /** Returns a copy of the numbers from a position on, in a shape of their own. */
  private NDArray entries(Shape part, int from) {
    return new NDArray(part, Arrays.copyOfRange(data, from, from + part.size()));
  }

  // Copies in another layout

  /** {@return a copy with the axes in reverse order; for a matrix, its transpose} */
  public NDArray transpose() {
    int[] axes = new int[rank()];
    for (int i = 0; i < axes.length; i++) {
      axes[i] = axes.length - 1 - i;
    }
    return Layout.transpose(this, axes);
  }

  /**
   * Returns this array with its axes in another order: {@code transpose(0, 2, 3, 1)} turns {@code
   * (N, C, H, W)} into {@code (N, H, W, C)}.
   *
   * @param axes for each axis of the result, which axis of this array it is
   * @return a copy
   * @throws IllegalArgumentException if the axes are not all axes of this array, each once
   */
  public NDArray transpose(int... axes) {
    return Layout.transpose(this, axes);
  }

  /**
   * Returns this array surrounded by zeros: {@code pad(new int[2], new int[2], new int[] {1, 1},
   * new int[] {1, 1})} pads images.
   *
   * @param beforeAndAfter for each axis a pair, the number of zeros before and after
   * @return a copy, each axis longer by the sum of its pair
   * @throws IllegalArgumentException if there is not one pair for each axis, or if one has a
   *     negative number
   */
  public NDArray pad(int[]... beforeAndAfter) {
    return Layout.pad(this, beforeAndAfter);
  }

  // Arithmetic

  /**
   * Returns the element-wise sum of this array and another one, with broadcasting.
   *
   * @param other the summand
   * @return a copy, of the common shape
   * @throws IllegalArgumentException if the shapes do not broadcast
   */
  public NDArray add(NDArray other) {
    Objects.requireNonNull(other, "other");
    return Broadcast.apply("add", Operator.ADD, this, other);
  }

  /**
   * Returns the sum of each element and a number.
   *
   * @param value the summand
   * @return a copy, of the same shape
   */
  public NDArray add(float value) {
    return Broadcast.apply(Operator.ADD, this, value);
  }

  /**
   * Returns the element-wise difference between this array and another one, with broadcasting.
   *
   * @param other the subtrahend
   * @return a copy, of the common shape
   * @throws IllegalArgumentException if the shapes do not broadcast
   */
  public NDArray subtract(NDArray other) {
    Objects.requireNonNull(other, "other");
    return Broadcast.apply("subtract", Operator.SUBTRACT, this, other);
  }

  /**
   * Returns the difference between each element and a number.
   *
   * @param value the subtrahend
   * @return a copy, of the same shape
   */
  public NDArray subtract(float value) {
    return Broadcast.apply(Operator.SUBTRACT, this, value);
  }

  /**
   * Returns the element-wise product of this array and another one, with broadcasting.
   *
   * @param other the factor
   * @return a copy, of the common shape
   * @throws IllegalArgumentException if the shapes do not broadcast
   */
  public NDArray multiply(NDArray other) {
    Objects.requireNonNull(other, "other");
    return Broadcast.apply("multiply", Operator.MULTIPLY, this, other);
  }

  /**
   * Returns the product of each element and a number.
   *
   * @param value the factor
   * @return a copy, of the same shape
   */
  public NDArray multiply(float value) {
    return Broadcast.apply(Operator.MULTIPLY, this, value);
  }

  /**
   * Returns the element-wise quotient of this array and another one, with broadcasting.
   *
   * @param other the divisor
   * @return a copy, of the common shape
   * @throws IllegalArgumentException if the shapes do not broadcast
   */
  public NDArray divide(NDArray other) {
    Objects.requireNonNull(other, "other");
    return Broadcast.apply("divide", Operator.DIVIDE, this, other);
  }

  /**
   * Returns the quotient of each element and a number.
   *
   * @param value the divisor
   * @return a copy, of the same shape
   */
  public NDArray divide(float value) {
    return Broadcast.apply(Operator.DIVIDE, this, value);
  }

  /** {@return a copy with the sign of every element changed} */
  public NDArray negate() {
    return multiply(-1);
  }

  /**
   * Returns the result of a function for every element, computed in double and rounded to float.
   *
   * @param function the function
   * @return a copy, of the same shape
   */
  public NDArray map(DoubleUnaryOperator function) {
    Objects.requireNonNull(function, "function");
    NDArray result = zeros(shape);
    for (int i = 0; i < result.data.length; i++) {
      result.data[i] = (float) function.applyAsDouble(data[i]);
    }
    return result;
  }

  /** {@return a copy with e raised to every element} */
  public NDArray exp() {
    return map(Math::exp);
  }

  /** {@return a copy with the natural logarithm of every element} */
  public NDArray log() {
    return map(Math::log);
  }

  /** {@return a copy with the square root of every element} */
  public NDArray sqrt() {
    return map(Math::sqrt);
  }

  /** {@return a copy with the absolute value of every element} */
  public NDArray abs() {
    return map(Math::abs);
  }

  /**
   * Returns the dot product, a sum of products over the last axis of this array and the first of
   * the other.
   *
   * <p>Shapes: this (..., K) and other (K, L) give (..., L); this (..., K) and other (K) give
   * (...), which for two arrays of rank 1 is {@code ()}.
   *
   * @param other the right factor, of rank 1 or 2
   * @return a copy
   * @throws IllegalArgumentException if this array has rank 0, if the other one has a rank other
   *     than 1 or 2, or if the two K differ
   */
  public NDArray dot(NDArray other) {
    Objects.requireNonNull(other, "other");
    return MatrixProduct.dot(this, other);
  }

  // In place

  /**
   * Adds another array to this one in place, repeating it to this shape as broadcasting does.
   *
   * @param other the summand; may be this array or a view of it
   * @return this array
   * @throws IllegalArgumentException if the other shape does not broadcast to this one
   */
  public NDArray addInPlace(NDArray other) {
    Objects.requireNonNull(other, "other");
    Broadcast.applyInPlace("addInPlace", Operator.ADD, this, other);
    return this;
  }

  /**
   * Sets every element to one number.
   *
   * @param value the number
   * @return this array
   */
  public NDArray fill(float value) {
    Arrays.fill(data, 0, size(), value);
    return this;
  }

  // Reductions

  /** {@return the sum of all elements, added in double; 0 if there are none} */
  public float sum() {
    return (float) Reductions.sum(this);
  }

  /** {@return the mean of all elements, computed in double; NaN if there are none} */
  public float mean() {
    return (float) (Reductions.sum(this) / size());
  }

  /**
   * Returns the largest element; NaN if any is NaN.
   *
   * @return the maximum
   * @throws IllegalArgumentException if there are no elements
   */
  public float max() {
    return Reductions.max(this);
  }

  /**
   * Returns the position of the largest element in row-major order. Of equal elements the first one
   * counts, and NaN counts as the largest.
   *
   * @return the position of the maximum
   * @throws IllegalArgumentException if there are no elements
   */
  public int argmax() {
    return Reductions.argmax(this);
  }

  /**
   * Returns the sums along one axis, added in double.
   *
   * @param axis the axis to reduce, where -1 is the last one
   * @return a copy without that axis
   * @throws IllegalArgumentException if there is no such axis
   */
  public NDArray sum(int axis) {
    return Reductions.sum(this, shape.axis(axis), 1);
  }

  /**
   * Returns the means along one axis, computed in double; NaN for an axis of length 0.
   *
   * @param axis the axis to reduce, where -1 is the last one
   * @return a copy without that axis
   * @throws IllegalArgumentException if there is no such axis
   */
  public NDArray mean(int axis) {
    return Reductions.sum(this, shape.axis(axis), dimension(axis));
  }

  /**
   * Returns the largest elements along one axis; NaN where any is NaN.
   *
   * @param axis the axis to reduce, where -1 is the last one
   * @return a copy without that axis
   * @throws IllegalArgumentException if there is no such axis or its length is 0
   */
  public NDArray max(int axis) {
    return Reductions.max(this, shape.axis(axis));
  }

  /**
   * Returns the positions of the largest elements along one axis. Of equal elements the first one
   * counts, and NaN counts as the largest. Positions are exact up to 2<sup>24</sup>, since the
   * result holds floats.
   *
   * @param axis the axis to reduce, where -1 is the last one
   * @return a copy without that axis
   * @throws IllegalArgumentException if there is no such axis or its length is 0
   */
  public NDArray argmax(int axis) {
    return Reductions.argmax(this, shape.axis(axis));
  }

  // Comparison and text

  /**
   * Tests whether two arrays have the same shape and nearly the same elements: {@code |a - b| <=
   * absoluteTolerance + relativeTolerance * |b|} for every element a of this array and b of the
   * other. Infinities are close only to themselves, NaN to nothing.
   *
   * @param other the array to compare with, to which the relative tolerance refers
   * @param relativeTolerance the tolerance for b = 1 beyond the absolute one, such as 1e-5
   * @param absoluteTolerance the tolerance for b = 0, such as 1e-8
   * @return whether all elements are close; false if the shapes differ
   * @throws IllegalArgumentException if a tolerance is negative or NaN
   */
  public boolean allClose(NDArray other, double relativeTolerance, double absoluteTolerance) {
    Objects.requireNonNull(other, "other");
    if (!(relativeTolerance >= 0 && absoluteTolerance >= 0)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "allClose: expected tolerances of 0 or more, got relative %s, absolute %s",
              relativeTolerance,
              absoluteTolerance));
    }
    if (!shape.equals(other.shape)) {
      return false;
    }
    for (int i = 0; i < size(); i++) {
      double a = data[i];
      double b = other.data[i];
      boolean near =
          Double.isFinite(b)
              && Math.abs(a - b) <= absoluteTolerance + relativeTolerance * Math.abs(b);
      if (a != b && !near) {
        return false;
      }
    }
    return true;
  }

  /**
   * Returns the numbers as NumPy prints them: nested brackets, columns aligned, up to 8 digits
   * after the point, and only the first and last 3 entries of each axis if there are more than 1000
   * elements.
   *
   * @return the text, on several lines if there are several rows
   */
  @Override
  public String toString() {
    return ArrayPrinter.print(this);
  }

  // Checks

  private int position(int[] index) {
    Objects.requireNonNull(index, "index");
    if (index.length != rank()) {
      throw new IllegalArgumentException(
          "index: expected " + rank() + " numbers, got " + Arrays.toString(index) + " in " + shape);
    }
    int position = 0;
    for (int axis = 0; axis < index.length; axis++) {
      checkIndex(index[axis], axis);
      position = position * shape.dimension(axis) + index[axis];
    }
    return position;
  }

  private void checkIndex(int i, int axis) {
    int n = shape.dimension(axis);
    if (i < 0 || i >= n) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "index: expected at least 0 and less than %d on axis %d, got %d in %s",
              n,
              axis,
              i,
              shape));
    }
  }

  private static void checkLength(Shape shape, float[] values, String name) {
    Objects.requireNonNull(shape, "shape");
    Objects.requireNonNull(values, name);
    if (values.length != shape.size()) {
      throw new IllegalArgumentException(
          name + ": expected " + shape.size() + " numbers for " + shape + ", got " + values.length);
    }
  }
}
