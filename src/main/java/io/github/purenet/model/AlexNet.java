package io.github.purenet.model;

import static io.github.purenet.nn.Layers.affine;
import static io.github.purenet.nn.Layers.conv;
import static io.github.purenet.nn.Layers.dropout;
import static io.github.purenet.nn.Layers.localResponseNorm;
import static io.github.purenet.nn.Layers.maxPool;
import static io.github.purenet.nn.Layers.relu;

import io.github.purenet.ndarray.Shape;
import io.github.purenet.nn.Network;

/**
 * AlexNet: five convolutions, the second, fourth and fifth in two groups; local response
 * normalization after the first two; overlapping max pools; three affine layers with dropout.
 *
 * <p>Shapes: x (N, C, H, W), y (N, K) logits; (N, 3, 227, 227) and (N, 1000) by default, with
 * 60,965,224 parameters, 244 MB. Smaller images make the first affine layer smaller.
 *
 * <p>The two groups are the paper's two GPUs. The initial weights follow He and the biases are 0,
 * so that the network learns without tuning; the paper draws the weights from a normal distribution
 * of standard deviation 0.01 and sets some biases to 1.
 *
 * <p>Source: Krizhevsky, Sutskever and Hinton 2012, <i>ImageNet Classification with Deep
 * Convolutional Neural Networks</i>, section 3; Saitoh, <i>Deep Learning from Scratch</i>, section
 * 7.7.2.
 */
public final class AlexNet extends Network {

  AlexNet(Stored stored) {
    super(stored);
  }

  private AlexNet(Shape input, int classes, double dropout, long seed) {
    super(
        input,
        seed,
        conv(96, 11).stride(4),
        relu(),
        localResponseNorm(),
        maxPool(3).stride(2),
        conv(256, 5).pad(2).groups(2),
        relu(),
        localResponseNorm(),
        maxPool(3).stride(2),
        conv(384, 3).pad(1),
        relu(),
        conv(384, 3).pad(1).groups(2),
        relu(),
        conv(256, 3).pad(1).groups(2),
        relu(),
        maxPool(3).stride(2),
        affine(4096),
        relu(),
        dropout(dropout),
        affine(4096),
        relu(),
        dropout(dropout),
        affine(classes));
  }

  /**
   * Returns a network for ImageNet: images (3, 227, 227), 1,000 classes, dropout 0.5.
   *
   * @param seed the seed of the initial parameters and of the dropout
   * @return a new network
   */
  public static AlexNet of(long seed) {
    return of(Shape.of(3, 227, 227), 1000, 0.5, seed);
  }

  /**
   * Returns a network for other images.
   *
   * @param input the shape of one image (C, H, W), at least 67 by 67
   * @param classes the number of classes K, at least 1
   * @param dropout the probability that a feature is dropped in training, in [0, 1)
   * @param seed the seed of the initial parameters and of the dropout
   * @return a new network
   * @throws IllegalArgumentException if a number is out of range or the images are too small
   */
  public static AlexNet of(Shape input, int classes, double dropout, long seed) {
    return new AlexNet(input, classes, dropout, seed);
  }
}
