package io.github.purenet.kernel;

/**
 * An operand of a matrix product: a {@code float[]} that holds the operand or its transpose in
 * row-major order, from its first number on. The array may be longer.
 *
 * @param data the numbers
 * @param rows the rows of the operand, as it enters the product
 * @param columns the columns of the operand, as it enters the product
 * @param transposed whether {@code data} holds the transpose (columns, rows)
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Matrix(float[] data, int rows, int columns, boolean transposed) {

  /** Creates an operand that an array holds in row-major order. */
  public Matrix(float[] data, int rows, int columns) {
    this(data, rows, columns, false);
  }

  /** Returns the transpose, a view of the same array. */
  public Matrix transpose() {
    return new Matrix(data, columns, rows, !transposed);
  }

  /** Returns the distance in the array from a number to the one below it. */
  int rowStride() {
    return transposed ? 1 : columns;
  }

  /** Returns the distance in the array from a number to the one on its right. */
  int columnStride() {
    return transposed ? rows : 1;
  }
}
