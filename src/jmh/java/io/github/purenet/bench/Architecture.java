package io.github.purenet.bench;

import io.github.purenet.data.Batch;
import io.github.purenet.data.Dataset;
import io.github.purenet.data.Mnist;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.util.List;
import java.util.function.Supplier;

/**
 * A network in a form that every engine can build. Weights start from a normal distribution of
 * standard deviation 0.01, biases from 0; training is by Adam with learning rate 0.001 on the mean
 * softmax cross entropy.
 *
 * @param name the first word of the names of its measurements
 * @param stages the stages from the input to the logits; the last is {@link Linear}
 * @param data supplies its samples
 */
record Architecture(String name, List<Stage> stages, Supplier<Data> data) {

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

  /** LeNet-5, as in {@code LeNet} of this library. */
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

  /** The book's deep network, without the dropout after its logits. */
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

  /** A stage between the input and the logits, such as a layer. */
  sealed interface Stage permits Conv, Relu, MaxPool, Linear, Dropout, ResponseNorm {}

  /**
   * A convolution with bias.
   *
   * @param filters FN
   * @param size FH and FW
   * @param stride S
   * @param pad P
   * @param groups groups of channels and filters
   */
  record Conv(int filters, int size, int stride, int pad, int groups) implements Stage {
    Conv(int filters, int size, int stride, int pad) {
      this(filters, size, stride, pad, 1);
    }
  }

  /**
   * Dropout in training.
   *
   * @param rate the share of the features that is dropped
   */
  record Dropout(float rate) implements Stage {}

  /** AlexNet's local response normalization: 5 channels, alpha 1e-4, beta 0.75, k 2. */
  record ResponseNorm() implements Stage {}

  /** The rectified linear unit, max(x, 0). */
  record Relu() implements Stage {}

  /**
   * Max pooling.
   *
   * @param size height and width of the window
   * @param stride S
   */
  record MaxPool(int size, int stride) implements Stage {}

  /**
   * A fully connected layer with bias.
   *
   * @param outputs features that leave it
   */
  record Linear(int outputs) implements Stage {}

  /**
   * The data of a network.
   *
   * @param train the images for training
   * @param test the images for inference
   */
  record Data(Dataset train, Dataset test) {
    static Data mnist() {
      Mnist mnist = Mnist.sample();
      return new Data(mnist.train(), mnist.test());
    }

    /**
     * Returns 64 digits, eight times as large, in three channels and with a margin: (3, 227, 227).
     */
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

  /** Returns whether Deeplearning4j can build this network: it supports no groups. */
  boolean isPlain() {
    return stages.stream().noneMatch(stage -> stage instanceof Conv conv && conv.groups() > 1);
  }

  /** Returns the number of classes. */
  int classes() {
    return ((Linear) stages.get(stages.size() - 1)).outputs();
  }
}
