package io.github.purenet.explain;

import io.github.purenet.ndarray.NDArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * The matrix {@code S = sum of (x - mean)(x - mean)^T} over rows x of D numbers, which is never
 * formed, and its leading eigenvectors.
 *
 * <p>They come from a block Krylov method with restarts: from a block B of vectors, the space of B,
 * S B, S² B and so on is spanned up to a limit, S is projected to it, and the eigenvectors of the
 * small matrix give the vectors of the next round. A space of all D dimensions gives all of them at
 * once, whatever S is. Where S leads nowhere new, as with fewer rows than dimensions, random
 * vectors fill the space.
 *
 * <p>Source: Saad 2011, <i>Numerical Methods for Large Eigenvalue Problems</i>, chapters 6 and 7.
 */
final class ScatterMatrix {
  /** The dimension of the space, unless many vectors are wanted. */
  private static final int DIMENSIONS = 64;

  /** Vectors in a block beyond those wanted, which speed up the last of those. */
  private static final int MORE = 8;

  private static final int ROUNDS = 100;

  /** What may be missing of an eigenvector, as a share of the largest eigenvalue. */
  private static final double TOLERANCE = 1e-10;

  private final NDArray x;
  private final double[] mean;
  private final Random random = new Random(0);

  ScatterMatrix(NDArray x, double[] mean) {
    this.x = x;
    this.mean = mean;
  }

  /** Returns the eigenvectors of the k largest eigenvalues, of length 1, the largest first. */
  double[][] leading(int k) {
    int d = mean.length;
    int block = Math.min(d, k + MORE);
    int dimensions = Math.min(d, Math.max(DIMENSIONS, 4 * block));
    double[][] start = new double[block][];
    for (int i = 0; i < block; i++) {
      start[i] = gaussian();
    }
    for (int round = 1; ; round++) {
      List<double[]> basis = new ArrayList<>(); // at right angles, of length 1
      List<double[]> images = new ArrayList<>(); // S times each of them
      span(dimensions, start, basis, images);
      SymmetricEigen eigen = SymmetricEigen.of(products(basis, images));
      for (int i = 0; i < block; i++) {
        start[i] = combination(basis, eigen.vector(i));
      }
      if (dimensions == d || round == ROUNDS || isPrecise(start, images, eigen, k)) {
        return Arrays.copyOf(start, k);
      }
    }
  }

  /** Spans the space of the vectors, S times the vectors, and so on. */
  private void span(int dimensions, double[][] start, List<double[]> basis, List<double[]> images) {
    while (basis.size() < dimensions) {
      int i = basis.size();
      double[] next = i < start.length ? start[i] : images.get(i - start.length).clone();
      while (!orthonormalize(next, basis)) {
        next = gaussian();
      }
      basis.add(next);
      images.add(times(next));
    }
  }

  /** Makes a vector of length 1, at right angles to others; returns false if it is one of them. */
  private static boolean orthonormalize(double[] v, List<double[]> others) {
    double before = Math.sqrt(dot(v, v));
    for (int twice = 0; twice < 2; twice++) { // once is not precise
      for (double[] other : others) {
        add(v, -dot(v, other), other);
      }
    }
    double length = Math.sqrt(dot(v, v));
    if (!(length > 1e-10 * before)) {
      return false;
    }
    for (int j = 0; j < v.length; j++) {
      v[j] /= length;
    }
    return true;
  }

  /** Returns S v. */
  private double[] times(double[] v) {
    int d = mean.length;
    double[] sum = new double[d];
    double[] row = new double[d];
    for (int n = 0; n < x.dimension(0); n++) {
      for (int j = 0; j < d; j++) {
        row[j] = x.data()[n * d + j] - mean[j];
      }
      add(sum, dot(row, v), row);
    }
    return sum;
  }

  /** Returns the symmetric matrix of the products of each vector with each image. */
  private static double[][] products(List<double[]> basis, List<double[]> images) {
    double[][] products = new double[basis.size()][basis.size()];
    for (int i = 0; i < products.length; i++) {
      for (int j = 0; j <= i; j++) {
        products[i][j] = dot(basis.get(i), images.get(j));
        products[j][i] = products[i][j];
      }
    }
    return products;
  }

  /** Returns whether S v is the eigenvalue times v, for the first k vectors. */
  private static boolean isPrecise(
      double[][] vectors, List<double[]> images, SymmetricEigen eigen, int k) {
    for (int i = 0; i < k; i++) {
      double[] rest = combination(images, eigen.vector(i));
      add(rest, -eigen.value(i), vectors[i]);
      if (!(Math.sqrt(dot(rest, rest)) <= TOLERANCE * eigen.value(0))) {
        return false;
      }
    }
    return true;
  }

  private static double[] combination(List<double[]> vectors, double[] weights) {
    double[] sum = new double[vectors.get(0).length];
    for (int i = 0; i < weights.length; i++) {
      add(sum, weights[i], vectors.get(i));
    }
    return sum;
  }

  /** Adds a multiple of a vector to a sum. */
  private static void add(double[] sum, double factor, double[] v) {
    for (int j = 0; j < sum.length; j++) {
      sum[j] += factor * v[j];
    }
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int j = 0; j < a.length; j++) {
      sum += a[j] * b[j];
    }
    return sum;
  }

  private double[] gaussian() {
    double[] vector = new double[mean.length];
    for (int j = 0; j < vector.length; j++) {
      vector[j] = random.nextGaussian();
    }
    return vector;
  }
}
