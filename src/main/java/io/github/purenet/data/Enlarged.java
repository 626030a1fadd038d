package io.github.purenet.data;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.util.Locale;

/** A view of images in a larger size; a sample is enlarged when it is copied. */
final class Enlarged implements Dataset {
  private final Dataset images;
  private final int factor;
  private final Shape shape;

  Enlarged(Dataset images, int factor) {
    Shape image = images.sampleShape();
    if (factor < 1 || image.rank() != 3) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "enlarge: expected images (C, H, W) and a factor of at least 1, got %s and %d",
              image,
              factor));
    }
    long h = (long) image.dimension(1) * factor;
    long w = (long) image.dimension(2) * factor;
    long most = Integer.MAX_VALUE / Math.max(image.dimension(0), 1);
    if (Math.max(h, 1) > most / Math.max(w, 1)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "enlarge: expected a factor with at most %d numbers an image, got %s and %d",
              Integer.MAX_VALUE,
              image,
              factor));
    }
    this.images = images;
    this.factor = factor;
    this.shape = Shape.of(image.dimension(0), (int) h, (int) w);
  }

  @Override
  public int size() {
    return images.size();
  }

  @Override
  public Shape sampleShape() {
    return shape;
  }

  @Override
  public Shape targetShape() {
    return images.targetShape();
  }

  @Override
  public void copyTo(int index, NDArray x, NDArray t, int row) {
    Rows.check(this, index, x, t, row);
    Batch one = Batch.one(images, index);
    one.copyTargetTo(t, row);
    float[] from = one.x().data();
    int w = shape.dimension(2);
    int rows = shape.dimension(0) * shape.dimension(1);
    for (int y = 0; y < rows; y++) {
      int source = y / factor * (w / factor);
      int to = row * shape.size() + y * w;
      for (int i = 0; i < w; i++) {
        x.data()[to + i] = from[source + i / factor];
      }
    }
  }

  @Override
  public void copyTargetTo(int index, NDArray t, int row) {
    Rows.checkTarget(this, index, t, row);
    images.copyTargetTo(index, t, row);
  }

  @Override
  public Dataset inEpoch(long epoch) {
    return new Enlarged(images.inEpoch(epoch), factor);
  }
}
