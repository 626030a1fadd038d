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
  /** The length of the longest array that every common JVM supports. */
  private static final int LONGEST = Integer.MAX_VALUE - 8;

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
   * @throws IllegalArgumentException if {@link Shape#of} rejects the dimensions, or if there are
   *     more than 2147483639 elements, which is as many as an array of Java holds
   */
  public static NDArray zeros(int... dimensions) {
    return zeros(Shape.of(dimensions));
  }

  /**
   * Creates an array of zeros.
   *
   * @param shape the shape
   * @return a new array
   * @throws IllegalArgumentException if there are more than 2147483639 elements, which is as many
   *     as an array of Java holds
   */
  public static NDArray zeros(Shape shape) {
    Objects.requireNonNull(shape, "shape");
    if (shape.size() > LONGEST) {
      throw new IllegalArgumentException(
          "shape: expected at most " + LONGEST + " elements in an array, got " + shape);
    }
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
   * float32 (or in double, where a float overflows).
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
    if (step == 0 || !(Float.isFinite(start) && Float.isFinite(stop) && Float.isFinite(step))) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "arange: expected finite numbers and a step other than 0, got start %s, stop %s,"
                  + " step %s",
              start,
              stop,
              step));
    }
    double count = (stop - start) / step; // in float, or 0.3f / 0.1f would be more than 3
    if (!Double.isFinite(count)) {
      count = ((double) stop - start) / step;
    }
    count = Math.ceil(count);
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

  // Reshapes, which are views, and parts and joins, which are copies

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
   * Returns this array with axes of length 1 added. After a reduction it brings the axes back, so
   * that the result broadcasts: {@code x.subtract(x.mean(1, 3).expandDims(1, 3))}.
   *
   * @param axes where the new axes are in the result, where -1 is its last axis
   * @return a view
   * @throws IllegalArgumentException if the result has no such axis or one is named twice
   */
  public NDArray expandDims(int... axes) {
    return reshape(Layout.expanded(shape, axes));
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
   * Returns the entries {@code from, ..., to - 1} of any axis, such as some channels of images.
   *
   * @param axis the axis, where -1 is the last one
   * @param from the first entry
   * @param to the end, exclusive
   * @return a copy of the same rank
   * @throws IllegalArgumentException if there is no such axis or {@code 0 <= from <= to <=
   *     dimension(axis)} does not hold
   */
  public NDArray slice(int axis, int from, int to) {
    Range[] ranges = new Range[shape.axis(axis) + 1];
    Arrays.fill(ranges, Range.all());
    ranges[ranges.length - 1] = Range.of(from, to);
    return Parts.slice(this, ranges);
  }

  /**
   * Returns the entries in a range of each axis: {@code slice(Range.of(2, 9), Range.all(),
   * Range.all().by(-1))} is {@code x[2:9, :, ::-1]} in NumPy.
   *
   * @param ranges the ranges of the first axes; the other axes are taken whole
   * @return a copy of the same rank
   * @throws IllegalArgumentException if there are more ranges than axes, or one does not lie inside
   *     of its axis
   */
  public NDArray slice(Range... ranges) {
    return Parts.slice(this, ranges);
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

  /**
   * Joins arrays along an axis: {@code concatenate(0, a, b)} has the entries of a, then those of b.
   *
   * @param axis the axis, where -1 is the last one
   * @param arrays at least one, of rank 1 or more, equal in shape but for that axis
   * @return a copy
   * @throws IllegalArgumentException if there is no array or no such axis, if the shapes differ
   *     elsewhere, or if the result is too large
   */
  public static NDArray concatenate(int axis, NDArray... arrays) {
    return Parts.concatenate(axis, arrays);
  }

  /**
   * Joins arrays along a new axis: {@code stack(0, images)} makes a batch (N, C, H, W) of N images
   * (C, H, W).
   *
   * @param axis where the new axis is in the result, where -1 is its last axis
   * @param arrays at least one, all of one shape
   * @return a copy of one rank more
   * @throws IllegalArgumentException if there is no array or no such axis, if the shapes differ, or
   *     if the result is too large
   */
  public static NDArray stack(int axis, NDArray... arrays) {
    return Parts.stack(axis, arrays);
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

  /**
   * Returns this array to the power of another one, element by element, with broadcasting, computed
   * in double.
   *
   * @param other the exponent
   * @return a copy, of the common shape
   * @throws IllegalArgumentException if the shapes do not broadcast
   */
  public NDArray power(NDArray other) {
    Objects.requireNonNull(other, "other");
    return Broadcast.apply("power", Operator.POWER, this, other);
  }

  /**
   * Returns each element to the power of a number, computed in double.
   *
   * @param value the exponent
   * @return a copy, of the same shape
   */
  public NDArray power(float value) {
    return Broadcast.apply(Operator.POWER, this, value);
  }

  /**
   * Returns the larger of each two elements of this array and another one, with broadcasting; NaN
   * if either is NaN. -0 is less than 0 here.
   *
   * @param other the array to compare with
   * @return a copy, of the common shape
   * @throws IllegalArgumentException if the shapes do not broadcast
   */
  public NDArray maximum(NDArray other) {
    Objects.requireNonNull(other, "other");
    return Broadcast.apply("maximum", Operator.MAXIMUM, this, other);
  }

  /**
   * Returns the larger of each element and a number; NaN if either is NaN.
   *
   * @param value the number to compare with
   * @return a copy, of the same shape
   */
  public NDArray maximum(float value) {
    return Broadcast.apply(Operator.MAXIMUM, this, value);
  }

  /**
   * Returns the smaller of each two elements of this array and another one, with broadcasting; NaN
   * if either is NaN. -0 is less than 0 here.
   *
   * @param other the array to compare with
   * @return a copy, of the common shape
   * @throws IllegalArgumentException if the shapes do not broadcast
   */
  public NDArray minimum(NDArray other) {
    Objects.requireNonNull(other, "other");
    return Broadcast.apply("minimum", Operator.MINIMUM, this, other);
  }

  /**
   * Returns the smaller of each element and a number; NaN if either is NaN.
   *
   * @param value the number to compare with
   * @return a copy, of the same shape
   */
  public NDArray minimum(float value) {
    return Broadcast.apply(Operator.MINIMUM, this, value);
  }

  /**
   * Limits each element to a range, {@code min(max(x, low), high)}. NaN stays NaN, and a bound that
   * is NaN makes every element NaN.
   *
   * @param low what smaller elements become
   * @param high what larger elements become; all of them, if it is less than low
   * @return a copy, of the same shape
   */
  public NDArray clip(float low, float high) {
    return maximum(low).minimum(high);
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

  // Comparison: 1 where it holds, 0 where it does not

  /**
   * Returns 1 where an element is greater than that of another array, 0 elsewhere, with
   * broadcasting.
   *
   * @param other the array to compare with
   * @return a copy, of the common shape
   * @throws IllegalArgumentException if the shapes do not broadcast
   */
  public NDArray greater(NDArray other) {
    Objects.requireNonNull(other, "other");
    return Broadcast.apply("greater", Operator.GREATER, this, other);
  }

  /**
   * Returns 1 where an element is greater than a number, 0 elsewhere.
   *
   * @param value the number to compare with
   * @return a copy, of the same shape
   */
  public NDArray greater(float value) {
    return Broadcast.apply(Operator.GREATER, this, value);
  }

  /**
   * Returns 1 where an element is at least as great as that of another array, 0 elsewhere, with
   * broadcasting.
   *
   * @param other the array to compare with
   * @return a copy, of the common shape
   * @throws IllegalArgumentException if the shapes do not broadcast
   */
  public NDArray greaterEqual(NDArray other) {
    Objects.requireNonNull(other, "other");
    return Broadcast.apply("greaterEqual", Operator.GREATER_EQUAL, this, other);
  }

  /**
   * Returns 1 where an element is at least as great as a number, 0 elsewhere.
   *
   * @param value the number to compare with
   * @return a copy, of the same shape
   */
  public NDArray greaterEqual(float value) {
    return Broadcast.apply(Operator.GREATER_EQUAL, this, value);
  }

  /**
   * Returns 1 where an element is less than that of another array, 0 elsewhere, with broadcasting.
   *
   * @param other the array to compare with
   * @return a copy, of the common shape
   * @throws IllegalArgumentException if the shapes do not broadcast
   */
  public NDArray less(NDArray other) {
    Objects.requireNonNull(other, "other");
    return Broadcast.apply("less", Operator.LESS, this, other);
  }

  /**
   * Returns 1 where an element is less than a number, 0 elsewhere.
   *
   * @param value the number to compare with
   * @return a copy, of the same shape
   */
  public NDArray less(float value) {
    return Broadcast.apply(Operator.LESS, this, value);
  }

  /**
   * Returns 1 where an element is at most as great as that of another array, 0 elsewhere, with
   * broadcasting.
   *
   * @param other the array to compare with
   * @return a copy, of the common shape
   * @throws IllegalArgumentException if the shapes do not broadcast
   */
  public NDArray lessEqual(NDArray other) {
    Objects.requireNonNull(other, "other");
    return Broadcast.apply("lessEqual", Operator.LESS_EQUAL, this, other);
  }

  /**
   * Returns 1 where an element is at most as great as a number, 0 elsewhere.
   *
   * @param value the number to compare with
   * @return a copy, of the same shape
   */
  public NDArray lessEqual(float value) {
    return Broadcast.apply(Operator.LESS_EQUAL, this, value);
  }

  /**
   * Returns 1 where an element equals that of another array, 0 elsewhere, with broadcasting. NaN
   * equals nothing.
   *
   * @param other the array to compare with
   * @return a copy, of the common shape
   * @throws IllegalArgumentException if the shapes do not broadcast
   */
  public NDArray equal(NDArray other) {
    Objects.requireNonNull(other, "other");
    return Broadcast.apply("equal", Operator.EQUAL, this, other);
  }

  /**
   * Returns 1 where an element equals a number, 0 elsewhere. NaN equals nothing.
   *
   * @param value the number to compare with
   * @return a copy, of the same shape
   */
  public NDArray equal(float value) {
    return Broadcast.apply(Operator.EQUAL, this, value);
  }

  /**
   * Returns 1 where an element differs from that of another array, 0 elsewhere, with broadcasting.
   * NaN differs from everything.
   *
   * @param other the array to compare with
   * @return a copy, of the common shape
   * @throws IllegalArgumentException if the shapes do not broadcast
   */
  public NDArray notEqual(NDArray other) {
    Objects.requireNonNull(other, "other");
    return Broadcast.apply("notEqual", Operator.NOT_EQUAL, this, other);
  }

  /**
   * Returns 1 where an element differs from a number, 0 elsewhere. NaN differs from everything.
   *
   * @param value the number to compare with
   * @return a copy, of the same shape
   */
  public NDArray notEqual(float value) {
    return Broadcast.apply(Operator.NOT_EQUAL, this, value);
  }

  /**
   * Chooses between two arrays, element by element, with broadcasting: {@code where(x.greater(0),
   * x, NDArray.scalar(0))}.
   *
   * @param condition what chooses: any number but 0, NaN included, takes the element of a, 0 that
   *     of b
   * @param a the elements where the condition holds
   * @param b the elements where it does not
   * @return a copy, of the common shape
   * @throws IllegalArgumentException if the shapes do not broadcast
   */
  public static NDArray where(NDArray condition, NDArray a, NDArray b) {
    Objects.requireNonNull(condition, "condition");
    Objects.requireNonNull(a, "a");
    Objects.requireNonNull(b, "b");
    return Where.choose(condition, a, b);
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

  // Reductions. The error bounds are derived in the class Reductions.

  /**
   * Returns the sum of all elements. It is added in double, off from the exact sum by at most
   * 2<sup>-33</sup> of the sum of the magnitudes (2<sup>-39</sup> up to 2<sup>25</sup> elements),
   * and then rounded to float.
   *
   * @return the sum; 0 if there are no elements
   */
  public float sum() {
    return (float) Reductions.sum(this);
  }

  /**
   * Returns the mean of all elements: their sum, as exact as that of {@link #sum()} before it is
   * rounded, divided in double.
   *
   * @return the mean; NaN if there are no elements
   */
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
    return Extreme.MAX.of("max", this);
  }

  /**
   * Returns the smallest element; NaN if any is NaN.
   *
   * @return the minimum
   * @throws IllegalArgumentException if there are no elements
   */
  public float min() {
    return Extreme.MIN.of("min", this);
  }

  /**
   * Returns the position of the largest element in row-major order. Of equal elements the first one
   * counts, and NaN counts as the largest.
   *
   * @return the position of the maximum
   * @throws IllegalArgumentException if there are no elements
   */
  public int argmax() {
    return Extreme.MAX.position("argmax", this);
  }

  /**
   * Returns the position of the smallest element in row-major order. Of equal elements the first
   * one counts, and NaN counts as the smallest.
   *
   * @return the position of the minimum
   * @throws IllegalArgumentException if there are no elements
   */
  public int argmin() {
    return Extreme.MIN.position("argmin", this);
  }

  /**
   * Returns the sums along one or several axes, each as exact as {@link #sum()}.
   *
   * @param axes the axes to reduce, each once, where -1 is the last one
   * @return a copy without these axes; {@link #expandDims} brings them back with length 1
   * @throws IllegalArgumentException if there is no such axis or one is named twice
   */
  public NDArray sum(int... axes) {
    return Reductions.sum(this, axes);
  }

  /**
   * Returns the means along one or several axes, each as exact as {@link #mean()}; NaN for axes of
   * length 0.
   *
   * @param axes the axes to reduce, each once, where -1 is the last one
   * @return a copy without these axes; {@link #expandDims} brings them back with length 1
   * @throws IllegalArgumentException if there is no such axis or one is named twice
   */
  public NDArray mean(int... axes) {
    return Reductions.mean(this, axes);
  }

  /**
   * Returns the largest elements along one or several axes; NaN where any is NaN.
   *
   * @param axes the axes to reduce, each once, where -1 is the last one
   * @return a copy without these axes; {@link #expandDims} brings them back with length 1
   * @throws IllegalArgumentException if there is no such axis, one is named twice or has length 0
   */
  public NDArray max(int... axes) {
    return Extreme.MAX.of("max", this, axes);
  }

  /**
   * Returns the smallest elements along one or several axes; NaN where any is NaN.
   *
   * @param axes the axes to reduce, each once, where -1 is the last one
   * @return a copy without these axes; {@link #expandDims} brings them back with length 1
   * @throws IllegalArgumentException if there is no such axis, one is named twice or has length 0
   */
  public NDArray min(int... axes) {
    return Extreme.MIN.of("min", this, axes);
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
    return Extreme.MAX.positions("argmax", this, axis);
  }

  /**
   * Returns the positions of the smallest elements along one axis. Of equal elements the first one
   * counts, and NaN counts as the smallest. Positions are exact up to 2<sup>24</sup>, since the
   * result holds floats.
   *
   * @param axis the axis to reduce, where -1 is the last one
   * @return a copy without that axis
   * @throws IllegalArgumentException if there is no such axis or its length is 0
   */
  public NDArray argmin(int axis) {
    return Extreme.MIN.positions("argmin", this, axis);
  }

  // Nearness and text

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
