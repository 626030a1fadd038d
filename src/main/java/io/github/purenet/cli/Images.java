package io.github.purenet.cli;

import io.github.purenet.data.Dataset;
import io.github.purenet.data.Mnist;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What {@code --data} names.
 *
 * @param train the images to learn from
 * @param test the images to test with
 * @param classNames the names of the classes
 */
record Images(Dataset train, Dataset test, List<String> classNames) {
  private static final List<String> DIGITS =
      IntStream.range(0, 10).mapToObj(Integer::toString).toList();

  static Images ofDigits(Mnist mnist) {
    return new Images(mnist.train(), mnist.test(), DIGITS);
  }
}
