package io.github.purenet.data;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;

/**
 * Samples with their targets, in whatever form takes the least memory; a {@link Batch} makes floats
 * of them. Any number of threads may read at once.
 */
public interface Dataset {

  /**
   * How many samples there are.
   *
   * @return a count, at least 0
   */
  int size();

  /**
   * The shape of one sample.
   *
   * @return for example (C, H, W)
   */
  Shape sampleShape();

  /**
   * The shape of one target.
   *
   * @return {@code ()} for a class index, (K) for one-hot
   */
  Shape targetShape();

  /**
   * Copies a sample into a batch.
   *
   * @param index of the sample, from 0 to size - 1
   * @param x samples of the batch (N, sample shape); row {@code row} is written
   * @param t targets of the batch (N, target shape); row {@code row} is written
   * @param row from 0 to N - 1
   */
  void copyTo(int index, NDArray x, NDArray t, int row);

  /**
   * The first samples, a view.
   *
   * @param count how many, at least 0; more than there are gives all
   * @return a data set of {@code min(count, size)} samples
   * @throws IllegalArgumentException if count is negative
   */
  default Dataset head(int count) {
    return count >= size() ? this : new Head(this, count);
  }

  /**
   * Larger images, for networks that need them: every pixel becomes a square of equal pixels.
   *
   * @param factor height and width of the square, at least 1
   * @return a data set of images (C, factor H, factor W), a view; this one if the factor is 1
   * @throws IllegalArgumentException if the factor is out of range or samples are no images
   */
  default Dataset enlarge(int factor) {
    Dataset enlarged = new Enlarged(this, factor);
    return factor == 1 ? this : enlarged;
  }

  /**
   * All samples and targets as floats.
   *
   * @return a new batch of all samples in order
   */
  default Batch all() {
    Batch batch = Batch.allocate(this, size());
    batch.fill(this, 0, size());
    return batch;
  }

  /**
   * A data set in memory.
   *
   * @param x samples (N, ...); kept, not copied
   * @param t targets (N, ...), for example (N) class indices; kept, not copied
   * @return a data set of N samples
   * @throws IllegalArgumentException if x and t differ in N
   */
  static Dataset of(NDArray x, NDArray t) {
    return new ArrayDataset(x, t);
  }

  /**
   * Images of 8 bits a number, with class indices. A batch holds {@code pixel / 255}.
   *
   * @param imageShape shape (C, H, W) of one image
   * @param pixels unsigned bytes of all images (N, C, H, W); kept, not copied
   * @param labels a class index from 0 to 255 for each image, unsigned; kept, not copied
   * @return a data set of N images
   * @throws IllegalArgumentException if images and labels differ in number
   */
  static Dataset ofImages(Shape imageShape, byte[] pixels, byte[] labels) {
    return new ImageDataset(imageShape, pixels, labels);
  }
}
