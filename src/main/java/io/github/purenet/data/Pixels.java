package io.github.purenet.data;

import io.github.purenet.ndarray.NDArray;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** The loops of augmentations, over images (C, H, W) that they change in place. */
final class Pixels {

  private Pixels() {}

  /** Returns a random number from low to high. */
  static double uniform(double low, double high, RandomGenerator random) {
    return low + (high - low) * (random.nextLong() >>> 11) * 0x1p-53;
  }

  /** Returns a random whole number from low to high, both inclusive. */
  static int between(int low, int high, RandomGenerator random) {
    return (int) Math.min(high, Math.floor(uniform(low, high + 1.0, random)));
  }

  static void mirror(NDArray image) {
    float[] data = image.data();
    int w = image.dimension(2);
    for (int row = 0; row < image.size(); row += w) {
      for (int i = row, j = row + w - 1; i < j; i++, j--) {
        float swap = data[i];
        data[i] = data[j];
        data[j] = swap;
      }
    }
  }

  static void scaleAndAdd(NDArray image, float factor, float summand) {
    float[] data = image.data();
    for (int i = 0; i < image.size(); i++) {
      data[i] = factor * data[i] + summand;
    }
  }

  /** Moves an image by whole pixels; what comes in from outside is 0. */
  static void shift(NDArray image, int down, int right) {
    float[] old = image.toArray();
    float[] data = image.data();
    int h = image.dimension(1);
    int w = image.dimension(2);
    Arrays.fill(data, 0, image.size(), 0f);
    int firstRow = Math.max(0, down);
    int endRow = Math.min(h, h + down);
    int first = Math.max(0, right);
    int width = Math.min(w, w + right) - first;
    for (int c = 0; c < image.dimension(0) && width > 0; c++) {
      for (int row = firstRow; row < endRow; row++) {
        int from = (c * h + row - down) * w + first - right;
        System.arraycopy(old, from, data, (c * h + row) * w + first, width);
      }
    }
  }

  /** Sets a square to 0, as far as it lies inside. */
  static void clear(NDArray image, int row, int column, int size) {
    int h = image.dimension(1);
    int w = image.dimension(2);
    int first = Math.max(0, column);
    int end = (int) Math.min(w, (long) column + size);
    long endRow = Math.min(h, (long) row + size);
    for (int c = 0; c < image.dimension(0); c++) {
      for (int r = Math.max(0, row); r < endRow; r++) {
        int start = (c * h + r) * w;
        Arrays.fill(image.data(), start + first, start + end, 0f);
      }
    }
  }
}
