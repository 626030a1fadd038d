package io.github.purenet.data;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * A random change of an image that leaves its class as it is. {@link Dataset#augment} applies
 * augmentations in their order to each sample when it is copied, with random numbers that are a
 * function of the seed, the epoch and the index of the sample: the same on any number of threads.
 *
 * <p>{@link Warp} moves, turns, scales and distorts images; the other changes are made here.
 */
@FunctionalInterface
public interface Augmentation {

  /**
   * Changes an image in place.
   *
   * @param image the image (C, H, W). Modified.
   * @param random the generator to draw from
   */
  void apply(NDArray image, RandomGenerator random);

  /**
   * Checks that images of the given shape can be changed. By default accepts images (C, H, W).
   *
   * @param image the shape of a sample
   * @throws IllegalArgumentException if the shape does not fit
   */
  default void check(Shape image) {
    if (image.rank() != 3) {
      throw new IllegalArgumentException(
          "augment: expected images (C, H, W), got samples of " + image);
    }
  }

  /**
   * Returns an augmentation that mirrors every other image, left to right.
   *
   * @return the augmentation
   */
  static Augmentation flip() {
    return (image, random) -> {
      if (random.nextLong() < 0) {
        Pixels.mirror(image);
      }
    };
  }

  /**
   * Returns an augmentation that pads an image with zeros on all sides and cuts a piece of the old
   * size out of it, anywhere: a shift by whole pixels.
   *
   * <p>Source: Lee et al. 2015, <i>Deeply-Supervised Nets</i>, section 3.
   *
   * @param pad the largest shift in pixels, at least 0; 4 is usual for images of 32 by 32
   * @return the augmentation
   * @throws IllegalArgumentException if the number is negative
   */
  static Augmentation crop(int pad) {
    if (pad < 0) {
      throw new IllegalArgumentException("crop: expected a pad of at least 0, got " + pad);
    }
    return (image, random) -> {
      int down = Pixels.between(-pad, pad, random);
      int right = Pixels.between(-pad, pad, random);
      Pixels.shift(image, down, right);
    };
  }

  /**
   * Returns an augmentation that adds one random number to all numbers of an image.
   *
   * @param most the largest number added or subtracted, at least 0 and finite
   * @return the augmentation
   * @throws IllegalArgumentException if the number is out of range
   */
  static Augmentation brightness(double most) {
    requireFinite("brightness", "at least 0", most, most >= 0);
    return (image, random) -> {
      float by = (float) Pixels.uniform(-most, most, random);
      Pixels.scaleAndAdd(image, 1, by);
    };
  }

  /**
   * Returns an augmentation that multiplies the differences from the mean of an image by one random
   * number.
   *
   * @param least the smallest factor, at least 0
   * @param most the largest factor, at least the smallest and finite
   * @return the augmentation
   * @throws IllegalArgumentException if a number is out of range
   */
  static Augmentation contrast(double least, double most) {
    requireFinite("contrast", "0 <= least <= most", most, least >= 0 && most >= least);
    return (image, random) -> {
      float factor = (float) Pixels.uniform(least, most, random);
      Pixels.scaleAndAdd(image, factor, (1 - factor) * image.mean());
    };
  }

  /**
   * Returns an augmentation that sets a square of an image, in all channels, to 0. Its center is
   * anywhere in the image, so that parts of the square may lie outside.
   *
   * <p>Source: DeVries and Taylor 2017, <i>Improved Regularization of Convolutional Neural Networks
   * with Cutout</i>, section 3.
   *
   * @param size the height and width of the square, at least 1
   * @return the augmentation
   * @throws IllegalArgumentException if the number is less than 1
   */
  static Augmentation cutout(int size) {
    if (size < 1) {
      throw new IllegalArgumentException("cutout: expected a size of at least 1, got " + size);
    }
    return (image, random) -> {
      int row = Pixels.between(0, image.dimension(1) - 1, random) - size / 2;
      int column = Pixels.between(0, image.dimension(2) - 1, random) - size / 2;
      Pixels.clear(image, row, column, size);
    };
  }

  private static void requireFinite(String who, String expected, double most, boolean fits) {
    if (!fits || !Float.isFinite((float) most)) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "%s: expected %s, finite, got %s", who, expected, most));
    }
  }
}
