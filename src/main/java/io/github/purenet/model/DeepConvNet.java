package io.github.purenet.model;

import static io.github.purenet.nn.Layers.affine;
import static io.github.purenet.nn.Layers.conv;
import static io.github.purenet.nn.Layers.dropout;
import static io.github.purenet.nn.Layers.maxPool;
import static io.github.purenet.nn.Layers.relu;

import io.github.purenet.ndarray.Shape;
import io.github.purenet.nn.Network;

/**
 * The book's deep network: six convolutions of 3 by 3 with 16, 16, 32, 32, 64 and 64 filters, each
 * followed by a Relu, and every second one by a max pool; then affine 50 - relu - dropout - affine
 * - dropout - softmax.
 *
 * <p>Shapes: x (N, C, H, W), y (N, K) logits; (N, 1, 28, 28) and (N, 10) by default. The
 * convolutions pad by 1, the fourth by 2, so that 28 by 28 becomes 4 by 4. The initial weights
 * follow He. As in the book, the last affine layer is followed by a dropout, too.
 *
 * <p>Source: Saitoh, <i>Deep Learning from Scratch</i>, section 8.1.1.
 */
public final class DeepConvNet extends Network {

  DeepConvNet(Stored stored) {
    super(stored);
  }

  private DeepConvNet(Shape input, int classes, double dropout, long seed) {
    super(
        input,
        seed,
        conv(16, 3).pad(1),
        relu(),
        conv(16, 3).pad(1),
        relu(),
        maxPool(2),
        conv(32, 3).pad(1),
        relu(),
        conv(32, 3).pad(2),
        relu(),
        maxPool(2),
        conv(64, 3).pad(1),
        relu(),
        conv(64, 3).pad(1),
        relu(),
        maxPool(2),
        affine(50),
        relu(),
        dropout(dropout),
        affine(classes),
        dropout(dropout));
  }

  /**
   * Returns a network for MNIST: images (1, 28, 28), 10 classes, dropout 0.5.
   *
   * @param seed the seed of the initial parameters and of the dropout
   * @return a new network
   */
  public static DeepConvNet of(long seed) {
    return of(Shape.of(1, 28, 28), 10, 0.5, seed);
  }

  /**
   * Returns a network for other images.
   *
   * @param input the shape of one image (C, H, W), at least 6 by 6
   * @param classes the number of classes K, at least 1
   * @param dropout the probability that a feature is dropped in training, in [0, 1)
   * @param seed the seed of the initial parameters and of the dropout
   * @return a new network
   * @throws IllegalArgumentException if a number is out of range or the images are too small
   */
  public static DeepConvNet of(Shape input, int classes, double dropout, long seed) {
    return new DeepConvNet(input, classes, dropout, seed);
  }
}
