package io.github.purenet.nn;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;

/** How the array of a parameter lies in a file, compared with memory. */
enum FileLayout {
  /** Alike. */
  SAME,

  /** The weight of an affine layer, (D, K) in memory and (K, D) in a file, as in PyTorch. */
  TRANSPOSED;

  /** Returns the shape in a file for one in memory, or the other way round. */
  Shape of(Shape shape) {
    return this == SAME ? shape : Shape.of(shape.dimension(1), shape.dimension(0));
  }

  /** Returns the array in a file for one in memory, or the other way round; it may be the same. */
  NDArray convert(NDArray array) {
    return this == SAME ? array : array.transpose();
  }
}
