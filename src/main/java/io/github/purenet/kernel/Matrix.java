package io.github.purenet.kernel;

/**
 * An operand of a product of matrices: the numbers of a whole {@code float[]} from its first on, by
 * rows, or those of its transpose. The array may be longer.
 *
 * @param data the numbers
 * @param rows rows of the operand, as it enters the product
 * @param columns columns of the operand, as it enters the product
 * @param transposed whether {@code data} holds the operand by columns: (columns, rows)
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Matrix(float[] data, int rows, int columns, boolean transposed) {

  /** The operand that an array holds by rows. */
  public Matrix(float[] data, int rows, int columns) {
    this(data, rows, columns, false);
  }

  /** Returns the transpose, on the same array. */
  public Matrix transpose() {
    return new Matrix(data, columns, rows, !transposed);
  }

  /** From a number to the one below it. */
  int rowStride() {
    return transposed ? 1 : columns;
  }

  /** From a number to the one on its right. */
  int columnStride() {
    return transposed ? rows : 1;
  }
}
