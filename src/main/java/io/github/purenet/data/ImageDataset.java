package io.github.purenet.data;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.util.Locale;

/** A data set of images and class indices, which takes one byte per number. */
final class ImageDataset implements Dataset {
  private static final Shape CLASS_INDEX = Shape.of();
  private static final float[] INTENSITY = new float[256];

  static {
    for (int i = 0; i < 256; i++) {
      INTENSITY[i] = i / 255f;
    }
  }

  private final Shape imageShape;
  private final byte[] pixels;
  private final byte[] labels;

  ImageDataset(Shape imageShape, byte[] pixels, byte[] labels) {
    if (pixels.length != (long) labels.length * imageShape.size()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "data set: expected %d bytes for %d labels and images of %s, got %d",
              (long) labels.length * imageShape.size(),
              labels.length,
              imageShape,
              pixels.length));
    }
    this.imageShape = imageShape;
    this.pixels = pixels;
    this.labels = labels;
  }

  @Override
  public int size() {
    return labels.length;
  }

  @Override
  public Shape sampleShape() {
    return imageShape;
  }

  @Override
  public Shape targetShape() {
    return CLASS_INDEX;
  }

  @Override
  public void copyTo(int index, NDArray x, NDArray t, int row) {
    Rows.check(this, index, x, t, row);
    int size = imageShape.size();
    int from = index * size;
    int to = row * size;
    float[] data = x.data();
    for (int i = 0; i < size; i++) {
      data[to + i] = INTENSITY[pixels[from + i] & 0xff];
    }
    t.data()[row] = labels[index] & 0xff;
  }

  @Override
  public void copyTargetTo(int index, NDArray t, int row) {
    Rows.checkTarget(this, index, t, row);
    t.data()[row] = labels[index] & 0xff;
  }
}
