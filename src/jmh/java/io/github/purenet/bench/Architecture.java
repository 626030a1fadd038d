package io.github.purenet.bench;

import io.github.purenet.data.Batch;
import io.github.purenet.data.Dataset;
import io.github.purenet.data.Mnist;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
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

  /** LeNet-5 as in our {@code LeNet}. */
  static final Architecture LENET =
      new Architecture(
          "lenet",
          List.of(
              new Conv(6, 5, 1, 2),
              new Relu(),
              new MaxPool(2, 2),
              new Conv(16, 5, 1, 0),
              new Relu(),
              new MaxPool(2, 2),
              new Linear(120),
              new Relu(),
              new Linear(84),
              new Relu(),
              new Linear(10)),
          Data::mnist);

  /** The book's deep network without the dropout behind its logits. */
  static final Architecture DEEP =
      new Architecture(
          "deep",
          List.of(
              new Conv(16, 3, 1, 1),
              new Relu(),
              new Conv(16, 3, 1, 1),
              new Relu(),
              new MaxPool(2, 2),
              new Conv(32, 3, 1, 1),
              new Relu(),
              new Conv(32, 3, 1, 2),
              new Relu(),
              new MaxPool(2, 2),
              new Conv(64, 3, 1, 1),
              new Relu(),
              new Conv(64, 3, 1, 1),
              new Relu(),
              new MaxPool(2, 2),
              new Linear(50),
              new Relu(),
              new Dropout(0.5f),
              new Linear(10)),
          Data::mnist);

  /** AlexNet for images of 227 by 227 and 1,000 classes. */
  static final Architecture ALEX =
      new Architecture(
          "alexnet",
          List.of(
              new Conv(96, 11, 4, 0),
              new Relu(),
              new ResponseNorm(),
              new MaxPool(3, 2),
              new Conv(256, 5, 1, 2, 2),
              new Relu(),
              new ResponseNorm(),
              new MaxPool(3, 2),
              new Conv(384, 3, 1, 1),
              new Relu(),
              new Conv(384, 3, 1, 1, 2),
              new Relu(),
              new Conv(256, 3, 1, 1, 2),
              new Relu(),
              new MaxPool(3, 2),
              new Linear(4096),
              new Relu(),
              new Dropout(0.5f),
              new Linear(4096),
              new Relu(),
              new Dropout(0.5f),
              new Linear(1000)),
          Data::large);

  /** One step of the way from input to logits. */
  sealed interface Block permits Conv, Relu, MaxPool, Linear, Dropout, ResponseNorm {}

  /**
   * A convolution with bias.
   *
   * @param filters FN
   * @param size FH and FW
   * @param stride S
   * @param pad P
   * @param groups groups of channels and filters
   */
  record Conv(int filters, int size, int stride, int pad, int groups) implements Block {
    Conv(int filters, int size, int stride, int pad) {
      this(filters, size, stride, pad, 1);
    }
  }

  /**
   * Dropout in training.
   *
   * @param rate share of the features that are dropped
   */
  record Dropout(float rate) implements Block {}

  /** AlexNet's local response normalisation: 5 channels, alpha 1e-4, beta 0.75, k 2. */
  record ResponseNorm() implements Block {}

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

    /** 64 digits, eight times as large and in three channels, with a margin: (3, 227, 227). */
    static Data large() {
      int n = 64;
      int size = 227;
      Batch digits = Mnist.sample().train().head(n).all();
      float[] pixels = digits.x().toArray();
      float[] images = new float[n * 3 * size * size];
      for (int i = 0; i < images.length; i++) {
        int row = i / size % size / 8;
        int column = i % size / 8;
        int image = i / (3 * size * size);
        if (row < 28 && column < 28) {
          images[i] = pixels[(image * 28 + row) * 28 + column];
        }
      }
      Dataset all = Dataset.of(NDArray.wrap(Shape.of(n, 3, size, size), images), digits.t());
      return new Data(all, all);
    }
  }

  /** Whether Deeplearning4j can build it: it knows no groups. */
  boolean isPlain() {
    return blocks.stream().noneMatch(block -> block instanceof Conv conv && conv.groups() > 1);
  }

  /** How many classes the logits are of. */
  int classes() {
    return ((Linear) blocks.get(blocks.size() - 1)).outputs();
  }
}
