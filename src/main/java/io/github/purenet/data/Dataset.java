package io.github.purenet.data;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;

/**
 * A data set: samples with their targets, in whatever form takes the least memory; a {@link Batch}
 * holds them as floats. Any number of threads may read a data set at once.
 */
public interface Dataset {

  /**
   * Returns the number of samples.
   *
   * @return the number of samples, at least 0
   */
  int size();

  /**
   * Returns the shape of one sample.
   *
   * @return the shape, for example (C, H, W)
   */
  Shape sampleShape();

  /**
   * Returns the shape of one target.
   *
   * @return the shape: {@code ()} for a class index, (K) for one-hot targets
   */
  Shape targetShape();

  /**
   * Copies a sample and its target into a batch.
   *
   * @param index the index of the sample, from 0 to size - 1
   * @param x the samples of the batch (N, sample shape), of which {@code row} is written
   * @param t the targets of the batch (N, target shape), of which {@code row} is written
   * @param row the index of the sample in the batch, from 0 to N - 1
   * @throws IllegalArgumentException if there is no such sample or row, or if the samples or
   *     targets have another shape
   */
  void copyTo(int index, NDArray x, NDArray t, int row);

  /**
   * Returns a view of the first samples.
   *
   * @param count the number of samples, at least 0; a number larger than the data set stands for
   *     all of it
   * @return a data set of {@code min(count, size)} samples
   * @throws IllegalArgumentException if count is negative
   */
  default Dataset head(int count) {
    return count >= size() ? this : new Head(this, count);
  }

  /**
   * Returns a view of the images in a larger size, for networks that need it: every pixel becomes a
   * square of equal pixels.
   *
   * @param factor the height and width of the square, at least 1
   * @return a data set of images (C, factor H, factor W); this one if the factor is 1
   * @throws IllegalArgumentException if the factor is less than 1, if it makes images of more than
   *     2147483647 numbers, or if the samples are not images
   */
  default Dataset enlarge(int factor) {
    Dataset enlarged = new Enlarged(this, factor);
    return factor == 1 ? this : enlarged;
  }

  /**
   * Returns all samples and targets as floats.
   *
   * @return a new batch of all samples, in order
   * @throws IllegalArgumentException if an array cannot hold so many numbers
   */
  default Batch all() {
    Batch batch = Batch.allocate(this, size());
    batch.fill(this, 0, size());
    return batch;
  }

  /**
   * Returns a data set of two arrays.
   *
   * @param x the samples (N, ...); kept, not copied
   * @param t the targets (N, ...), for example (N) class indices; kept, not copied
   * @return a data set of N samples
   * @throws IllegalArgumentException if x and t differ in N
   */
  static Dataset of(NDArray x, NDArray t) {
    return new ArrayDataset(x, t);
  }

  /**
   * Returns a data set of images of 8 bits per number, with class indices as targets. A batch holds
   * {@code pixel / 255}.
   *
   * @param imageShape the shape (C, H, W) of one image
   * @param pixels the unsigned bytes of all images (N, C, H, W); kept, not copied
   * @param labels a class index from 0 to 255 for each image, unsigned; kept, not copied
   * @return a data set of N images
   * @throws IllegalArgumentException if the numbers of images and labels differ
   */
  static Dataset ofImages(Shape imageShape, byte[] pixels, byte[] labels) {
    return new ImageDataset(imageShape, pixels, labels);
  }
}
