package io.github.purenet.bench;

import io.github.purenet.data.Dataset;
import io.github.purenet.data.Mnist;
import java.util.List;
import java.util.function.Supplier;

/**
 * A network as every engine can build it. Weights start from a normal distribution of standard
 * deviation 0.01, biases from 0; training is Adam with learning rate 0.001 on the mean softmax
 * cross entropy.
 *
 * @param name the first word of its measurements
 * @param blocks from the input to the logits; the last is {@link Linear}
 * @param data where its samples come from
 */
record Architecture(String name, List<Block> blocks, Supplier<Data> data) {

  /** The book's SimpleConvNet. */
  static final Architecture SIMPLE =
      new Architecture(
          "simple",
          List.of(
              new Conv(30, 5, 1, 0),
              new Relu(),
              new MaxPool(2, 2),
              new Linear(100),
              new Relu(),
              new Linear(10)),
          Data::mnist);

  /** All of them. A new one goes here, and its measurements into {@link Measurement}. */
  static final List<Architecture> ALL = List.of(SIMPLE);

  /** One step of the way from input to logits. */
  sealed interface Block permits Conv, Relu, MaxPool, Linear {}

  /**
   * A convolution with bias.
   *
   * @param filters FN
   * @param size FH and FW
   * @param stride S
   * @param pad P
   */
  record Conv(int filters, int size, int stride, int pad) implements Block {}

  /** max(x, 0). */
  record Relu() implements Block {}

  /**
   * Max pooling.
   *
   * @param size height and width of the window
   * @param stride S
   */
  record MaxPool(int size, int stride) implements Block {}

  /**
   * A fully connected layer with bias.
   *
   * @param outputs features that leave it
   */
  record Linear(int outputs) implements Block {}

  /**
   * What a network learns and is judged by.
   *
   * @param train images to learn from
   * @param test images to infer from
   */
  record Data(Dataset train, Dataset test) {
    static Data mnist() {
      Mnist mnist = Mnist.sample();
      return new Data(mnist.train(), mnist.test());
    }
  }

  /** How many classes the logits are of. */
  int classes() {
    return ((Linear) blocks.get(blocks.size() - 1)).outputs();
  }
}
