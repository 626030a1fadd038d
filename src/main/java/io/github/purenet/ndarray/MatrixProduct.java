package io.github.purenet.ndarray;

import io.github.purenet.kernel.Kernels;
import io.github.purenet.kernel.Matrix;
import java.util.Arrays;
import java.util.Locale;

/** The dot product, which for every supported pair of ranks is one product of two matrices. */
final class MatrixProduct {
  private MatrixProduct() {}

  /**
   * Returns {@code a . b} as a new array.
   *
   * <p>Shapes: a (..., K) is the matrix (M, K) with all leading axes folded into M; b is (K, L), or
   * (K) as one column; the result is (..., L), or (...) for b of rank 1.
   */
  static NDArray dot(NDArray a, NDArray b) {
    if (a.rank() == 0 || b.rank() == 0 || b.rank() > 2) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "dot: expected a left array of rank 1 or more and a right one of rank 1 or 2, got %s"
                  + " and %s",
              a.shape(),
              b.shape()));
    }
    int k = b.dimension(0);
    if (a.dimension(-1) != k) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "dot: expected as many columns on the left as rows on the right, got %s and %s",
              a.shape(),
              b.shape()));
    }
    Shape leading = a.shape().without(a.rank() - 1);
    int m = leading.size();
    int n = b.rank() == 1 ? 1 : b.dimension(1);
    NDArray c = NDArray.zeros(b.rank() == 1 ? leading : append(leading, n));
    if (c.size() > 0 && k > 0) {
      Matrix left = new Matrix(a.data(), m, k);
      Kernels.active().gemm(left, new Matrix(b.data(), k, n), c.data(), false);
    }
    return c;
  }

  private static Shape append(Shape shape, int n) {
    int[] longer = Arrays.copyOf(shape.toArray(), shape.rank() + 1);
    longer[shape.rank()] = n;
    return Shape.of(longer);
  }
}
