package io.github.purenet.cli;

import io.github.purenet.data.Dataset;
import io.github.purenet.data.Mnist;
import io.github.purenet.data.Split;
import io.github.purenet.ndarray.Shape;
import io.github.purenet.nn.Network;
import io.github.purenet.nn.Normalization;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * What {@code --data} names.
 *
 * @param train the images to learn from
 * @param heldBack the training images that are held back, if any
 * @param test the images to test with
 * @param classNames the names of the classes
 */
record ImageData(Dataset train, Optional<Dataset> heldBack, Dataset test, List<String> classNames) {
  static final List<String> DIGITS = IntStream.range(0, 10).mapToObj(Integer::toString).toList();

  ImageData(Dataset train, Dataset test, List<String> classNames) {
    this(train, Optional.empty(), test, classNames);
  }

  static ImageData ofDigits(Mnist mnist) {
    return new ImageData(mnist.train(), mnist.test(), DIGITS);
  }

  /** Returns the images to look at after each epoch: those that are held back, or the test ones. */
  Dataset validation() {
    return heldBack.orElse(test);
  }

  /** Returns how many images there are of each part, in words. */
  String counts() {
    String held =
        heldBack
            .map(images -> String.format(Locale.ROOT, ", %d validation", images.size()))
            .orElse("");
    return String.format(
        Locale.ROOT, "%d training%s and %d test images", train.size(), held, test.size());
  }

  private ImageData map(UnaryOperator<Dataset> change) {
    return new ImageData(change.apply(train), heldBack.map(change), change.apply(test), classNames);
  }

  /** Returns these with the first training images. */
  ImageData limit(int count) {
    return new ImageData(train.head(count), heldBack, test, classNames);
  }

  /** Returns these with a share of the training images, the same of each class, to look at. */
  ImageData holdBack(double share, long seed) {
    if (!(share > 0 && share < 1)) {
      throw new WrongUse("--validation: expected a share above 0 and below 1, got " + share);
    }
    Split split = train.stratifiedSplit(1 - share, seed);
    return new ImageData(split.first(), Optional.of(split.second()), test, classNames);
  }

  /**
   * Returns these images as a trained network expects them: enlarged and normalized.
   *
   * @throws IllegalArgumentException if the network has learned images that these cannot become, or
   *     other classes
   */
  ImageData fitting(Network network) {
    ImageData enlarged = sized(network);
    return network
        .normalization()
        .map(by -> enlarged.map(images -> normalize(images, by)))
        .orElse(enlarged);
  }

  /**
   * Returns these images in the size that a trained network expects, not normalized.
   *
   * @throws IllegalArgumentException as {@link #fitting}
   */
  ImageData sized(Network network) {
    List<String> learned = network.classNames();
    if (!learned.isEmpty() && !learned.equals(classNames)) {
      throw new IllegalArgumentException(
          "--data: expected the classes of the network, " + learned + ", got " + classNames);
    }
    return enlarge(factor(network.inputShape()));
  }

  private int factor(Shape wanted) {
    Shape shape = train.sampleShape();
    if (wanted.rank() == 3) {
      int factor = Math.max(1, wanted.dimension(1) / Math.max(1, shape.dimension(1)));
      if (wanted.equals(
          Shape.of(shape.dimension(0), factor * shape.dimension(1), factor * shape.dimension(2)))) {
        return factor;
      }
    }
    throw new IllegalArgumentException(
        String.format(
            Locale.ROOT, "--data: expected images of %s for the network, got %s", wanted, shape));
  }

  /** Returns these images with every pixel a square. */
  ImageData enlarge(int factor) {
    return map(images -> images.enlarge(factor));
  }

  /** Returns images normalized. */
  static Dataset normalize(Dataset images, Normalization by) {
    return images.normalize(
        by.mean().stream().mapToDouble(mean -> mean).toArray(),
        by.deviation().stream().mapToDouble(deviation -> deviation).toArray());
  }
}
