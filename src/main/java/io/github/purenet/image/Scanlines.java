package io.github.purenet.image;

import io.github.purenet.ndarray.NDArray;

/** A picture that is read row by row, so that a large one need not become floats as a whole. */
interface Scanlines {

  /** Returns the number of channels. */
  int channels();

  /** Returns the number of rows. */
  int height();

  /** Returns the number of pixels of a row. */
  int width();

  /** Reads row y as (C, W) numbers from 0 to 1; {@code row} is modified. */
  void read(int y, float[] row);

  /** Returns the rows of an array (C, H, W), a view. */
  static Scanlines of(NDArray image) {
    return new Scanlines() {
      @Override
      public int channels() {
        return image.dimension(0);
      }

      @Override
      public int height() {
        return image.dimension(1);
      }

      @Override
      public int width() {
        return image.dimension(2);
      }

      @Override
      public void read(int y, float[] row) {
        int w = width();
        for (int c = 0; c < channels(); c++) {
          System.arraycopy(image.data(), (c * height() + y) * w, row, c * w, w);
        }
      }
    };
  }
}
