package io.github.purenet.ndarray;

/**
 * Which entries of an axis {@link NDArray#slice(Range...)} takes. What NumPy writes as {@code
 * x[2:9, :, 1::3]} is {@code x.slice(Range.of(2, 9), Range.all(), Range.from(1).by(3))}.
 *
 * <p>Entries count from 0. A range that does not lie inside of its axis is refused when it is used,
 * not cut to what there is. Immutable.
 */
public final class Range {
  private static final Range ALL = from(0);

  private final int from;
  private final int to;
  private final boolean open;
  private final int step;

  private Range(int from, int to, boolean open, int step) {
    this.from = from;
    this.to = to;
    this.open = open;
    this.step = step;
  }

  /**
   * Returns the range of all entries of an axis, {@code :} in NumPy.
   *
   * @return the range
   */
  public static Range all() {
    return ALL;
  }

  /**
   * Returns the range {@code from, ..., to - 1}, {@code from:to} in NumPy.
   *
   * @param from the first entry
   * @param to the end, exclusive
   * @return the range
   */
  public static Range of(int from, int to) {
    return new Range(from, to, false, 1);
  }

  /**
   * Returns the range from an entry to the end of the axis, {@code from:} in NumPy.
   *
   * @param from the first entry
   * @return the range
   */
  public static Range from(int from) {
    return new Range(from, 0, true, 1);
  }

  /**
   * Returns every step-th entry of this range, the first one included. A negative step takes them
   * in reverse order, the last one first: {@code all().by(-1)} mirrors an axis, and {@code of(a,
   * b).by(-2)} is {@code [a:b][::-2]} in NumPy.
   *
   * @param step the distance between neighbors, not 0; it replaces the former one
   * @return a new range
   * @throws IllegalArgumentException if the step is 0
   */
  public Range by(int step) {
    if (step == 0) {
      throw new IllegalArgumentException("range: expected a step other than 0, got 0 in " + this);
    }
    return new Range(from, to, open, step);
  }

  /** Returns the end of the range, exclusive, on an axis of n entries. */
  int end(int n) {
    return open ? n : to;
  }

  /** Returns whether the range lies inside of an axis of n entries. */
  boolean fits(int n) {
    return from >= 0 && from <= end(n) && end(n) <= n;
  }

  /** Returns the first entry that is taken, from an axis of n entries. */
  int first(int n) {
    return step > 0 ? from : end(n) - 1;
  }

  /** Returns how many entries are taken, from an axis of n entries. */
  int count(int n) {
    long distance = Math.abs((long) step);
    return (int) ((end(n) - from + distance - 1) / distance);
  }

  /** Returns the distance between neighbors, negative in reverse order. */
  int step() {
    return step;
  }

  /** {@return the range as NumPy writes it: {@code 2:9}, {@code 1::3}, {@code [2:9][::-1]}} */
  @Override
  public String toString() {
    String text = (from == 0 && open ? "" : from) + ":" + (open ? "" : to);
    if (step == 1) {
      return text;
    }
    return step > 0 ? text + ":" + step : "[" + text + "][::" + step + "]";
  }
}
