package io.github.purenet.explain;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The eigenvalues and eigenvectors of a small symmetric matrix, by cyclic Jacobi rotations.
 *
 * <p>Source: Golub and Van Loan 2013, <i>Matrix Computations</i>, section 8.5.
 */
final class SymmetricEigen {
  private static final int SWEEPS = 60;

  private final double[] values;
  private final double[][] vectors;

  private SymmetricEigen(double[] values, double[][] vectors) {
    this.values = values;
    this.vectors = vectors;
  }

  /** Returns an eigenvalue, 0 being the index of the largest. */
  double value(int i) {
    return values[i];
  }

  /** Returns an eigenvector of length 1, not a copy. */
  double[] vector(int i) {
    return vectors[i];
  }

  /** Decomposes a matrix. Modified. */
  static SymmetricEigen of(double[][] a) {
    int n = a.length;
    double[][] v = new double[n][n]; // its rows become the eigenvectors
    for (int i = 0; i < n; i++) {
      v[i][i] = 1;
    }
    for (int sweep = 0; sweep < SWEEPS && !isDiagonal(a); sweep++) {
      for (int p = 0; p < n - 1; p++) {
        for (int q = p + 1; q < n; q++) {
          rotate(a, v, p, q);
        }
      }
    }
    int[] order =
        IntStream.range(0, n)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> a[i][i]).reversed())
            .mapToInt(i -> i)
            .toArray();
    double[] values = new double[n];
    double[][] vectors = new double[n][];
    for (int i = 0; i < n; i++) {
      values[i] = a[order[i]][order[i]];
      vectors[i] = v[order[i]];
    }
    return new SymmetricEigen(values, vectors);
  }

  private static boolean isDiagonal(double[][] a) {
    double off = 0;
    double on = 0;
    for (int i = 0; i < a.length; i++) {
      on += a[i][i] * a[i][i];
      for (int j = 0; j < i; j++) {
        off += a[i][j] * a[i][j];
      }
    }
    return off <= 1e-32 * on;
  }

  /** Makes one number 0 by a rotation in the plane of two axes. */
  private static void rotate(double[][] a, double[][] v, int p, int q) {
    if (a[p][q] == 0) {
      return;
    }
    double tau = (a[q][q] - a[p][p]) / (2 * a[p][q]);
    double t = Math.copySign(1, tau) / (Math.abs(tau) + Math.sqrt(1 + tau * tau));
    double cos = 1 / Math.sqrt(1 + t * t);
    double sin = t * cos;
    for (double[] row : a) {
      double atP = row[p];
      row[p] = cos * atP - sin * row[q];
      row[q] = sin * atP + cos * row[q];
    }
    rotateRows(a, p, q, cos, sin);
    rotateRows(v, p, q, cos, sin);
  }

  private static void rotateRows(double[][] a, int p, int q, double cos, double sin) {
    for (int j = 0; j < a.length; j++) {
      double atP = a[p][j];
      a[p][j] = cos * atP - sin * a[q][j];
      a[q][j] = sin * atP + cos * a[q][j];
    }
  }
}
