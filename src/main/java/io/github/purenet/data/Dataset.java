package io.github.purenet.data;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A data set: samples with their targets, in whatever form takes the least memory; a {@link Batch}
 * holds them as floats. Any number of threads may read a data set at once.
 *
 * <p>This is the interface for data of one's own, too: an implementation says its size and shapes,
 * and copies one sample at a time, which it may read from a file or a database just then. All views
 * ({@link #augment}, {@link #split} and so on) work with it. {@link Rows#check} checks the
 * arguments.
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
   * Copies a target into a batch, without its sample. By default copies both, which is slow where
   * samples are read from files.
   *
   * @param index the index of the sample, from 0 to size - 1
   * @param t the targets of the batch (N, target shape), of which {@code row} is written
   * @param row the index of the sample in the batch, from 0 to N - 1
   * @throws IllegalArgumentException if there is no such sample or row, or if the targets have
   *     another shape
   */
  default void copyTargetTo(int index, NDArray t, int row) {
    Rows.checkTarget(this, index, t, row);
    Batch.one(this, index).copyTargetTo(t, row);
  }

  /**
   * Returns the data set as it is in one epoch of training. By default that is this data set; one
   * that changes its samples at random, such as {@link #augment}, changes them in another way in
   * each epoch.
   *
   * @param epoch the number of the epoch, counted from 0 over all calls of a trainer
   * @return a data set of the same size and shapes
   */
  default Dataset inEpoch(long epoch) {
    return this;
  }

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
   * Returns a view of the samples after the first ones.
   *
   * @param count the number of samples to leave out, at least 0; a number larger than the data set
   *     stands for all of it
   * @return a data set of {@code max(0, size - count)} samples
   * @throws IllegalArgumentException if count is negative
   */
  default Dataset skip(int count) {
    return Subset.range(this, Math.min(count, size()), size());
  }

  /**
   * Returns a view of the samples in an order of its own.
   *
   * @param seed determines the order; the same on every machine
   * @return a data set of the same samples
   */
  default Dataset shuffle(long seed) {
    return Subset.of(this, Indices.shuffled(size(), seed));
  }

  /**
   * Splits the data set in two, at random.
   *
   * @param share the share of the samples in the first part, above 0 and below 1
   * @param seed determines which they are; the same on every machine
   * @return the first part, of {@code round(share size)} samples, and the others
   * @throws IllegalArgumentException if the share is out of range
   */
  default Split split(double share, long seed) {
    return Indices.split(this, share, seed);
  }

  /**
   * Splits the data set in two at random, so that each class has its share in both parts. Targets
   * are class indices, or rows in which the largest number tells the class.
   *
   * @param share the share of the samples of each class in the first part, above 0 and below 1
   * @param seed determines which they are; the same on every machine
   * @return the first part, of {@code round(share count)} samples of each class, and the others
   * @throws IllegalArgumentException if the share is out of range or the targets are no classes
   */
  default Split stratifiedSplit(double share, long seed) {
    return Indices.stratifiedSplit(this, share, seed);
  }

  /**
   * Returns a view of the samples of some classes, in their order. Targets are class indices, or
   * rows in which the largest number tells the class.
   *
   * @param classes the indices of the classes, which stay the same
   * @return a data set of those samples
   * @throws IllegalArgumentException if the targets are no classes, or an index is negative
   */
  default Dataset ofClasses(int... classes) {
    return Subset.of(this, Classes.indices(this, classes));
  }

  /**
   * Returns a weight for each class, {@code size / (K count)}, with which {@code
   * SoftmaxWithLoss.classWeights} makes all classes count alike.
   *
   * @param classes K, the number of classes
   * @return a new array of K numbers; 0 for a class without samples
   * @throws IllegalArgumentException if the targets are no classes, or one is K or more
   */
  default double[] balancedClassWeights(int classes) {
    return Classes.balancedWeights(this, classes);
  }

  /**
   * Returns a view of changed samples. The function is applied whenever a sample is copied, on any
   * thread; {@link #cache} keeps the results.
   *
   * @param function gets a copy of a sample, without a batch axis, and returns the changed one, of
   *     the same shape for all samples
   * @return a data set of the changed samples and the same targets
   */
  default Dataset map(UnaryOperator<NDArray> function) {
    return Mapped.of(this, function);
  }

  /**
   * Returns a view of images that are changed at random when they are copied: in each epoch in
   * another way, but always in the same way for one seed, epoch and image.
   *
   * @param seed the seed of the changes
   * @param augmentations the changes, made in this order
   * @return a data set of the changed images and the same targets
   * @throws IllegalArgumentException if the samples are no images (C, H, W)
   */
  default Dataset augment(long seed, Augmentation... augmentations) {
    return new Augmented(this, List.of(augmentations), seed, 0);
  }

  /**
   * Returns a view of samples each of which is mixed with another one, at random: both the samples
   * and their targets, which become rows of probabilities.
   *
   * <p>Source: Zhang, Cissé, Dauphin and Lopez-Paz 2018, <i>mixup: Beyond Empirical Risk
   * Minimization</i>, section 2; the share of a sample is drawn from Beta(alpha, alpha).
   *
   * @param alpha above 0; 0.2 is usual, and smaller numbers mix less
   * @param classes K, the number of classes
   * @param seed the seed of the changes
   * @return a data set of samples of the same shape and targets (K)
   * @throws IllegalArgumentException if alpha is out of range or the targets are no classes
   */
  default Dataset mixup(double alpha, int classes, long seed) {
    return new Mixup(this, alpha, classes, seed, 0);
  }

  /**
   * Returns a view of normalized images, {@code (x - mean) / deviation} for each channel.
   *
   * @param mean the mean of each channel, finite
   * @param deviation the standard deviation of each channel, above 0 and finite
   * @return a data set of the normalized images and the same targets
   * @throws IllegalArgumentException if the samples are no images (C, H, W), or a number is out of
   *     range or missing
   */
  default Dataset normalize(double[] mean, double[] deviation) {
    return Normalized.of(this, mean, deviation);
  }

  /**
   * Returns a view of the samples of this data set, followed by those of another.
   *
   * @param other the other data set
   * @return a data set of all samples
   * @throws IllegalArgumentException if the shapes of samples or targets differ
   */
  default Dataset concatenate(Dataset other) {
    return new Joined(this, other);
  }

  /**
   * Returns a data set that holds all samples as floats, as they are now.
   *
   * @return a data set in memory
   */
  default Dataset cache() {
    Batch all = all();
    return of(all.x(), all.t());
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
