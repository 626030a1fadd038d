package io.github.purenet.kernel;

import java.util.List;

/**
 * The padding around an image.
 *
 * @param top rows above
 * @param left columns on the left
 * @param bottom rows below
 * @param right columns on the right
 */
public record Pad(int top, int left, int bottom, int right) {
  /** No padding. */
  static final Pad NONE = new Pad(0, 0, 0, 0);

  /** Returns whether there is no padding. */
  public boolean isNone() {
    // Not equals(): what the JDK generates for a record it keeps, with the class loader of the
    // last.
    return top == 0 && left == 0 && bottom == 0 && right == 0;
  }

  /** Returns whether no side has fewer than 0 rows or columns. */
  boolean isNotNegative() {
    return top >= 0 && left >= 0 && bottom >= 0 && right >= 0;
  }

  /** Returns the numbers: of rows and columns where opposite sides are alike, or else all four. */
  public List<Integer> toList() {
    return top == bottom && left == right ? List.of(top, left) : List.of(top, left, bottom, right);
  }

  /** Returns {@code (rows, columns)} where opposite sides are alike, or else all four numbers. */
  @Override
  public String toString() {
    return toList().toString().replace('[', '(').replace(']', ')');
  }
}
