package io.github.purenet.model;

import static io.github.purenet.nn.Layers.affine;
import static io.github.purenet.nn.Layers.conv;
import static io.github.purenet.nn.Layers.maxPool;
import static io.github.purenet.nn.Layers.relu;

import io.github.purenet.ndarray.Shape;
import io.github.purenet.nn.Network;

/**
 * LeNet-5: conv - relu - pool - conv - relu - pool - affine - relu - affine - relu - affine -
 * softmax, with 6 and 16 filters of 5 by 5 and 120 and 84 features.
 *
 * <p>Shapes: x (N, C, H, W), y (N, K) logits; (N, 1, 28, 28) and (N, 10) by default, with 61,706
 * parameters. The first convolution pads by 2, so that 28 by 28 takes the place of the paper's 32
 * by 32.
 *
 * <p>Simplified as is usual today: Relu instead of a scaled tanh, max pooling instead of trained
 * subsampling, filters of the second convolution that all see all six maps, and softmax instead of
 * radial basis functions at the end.
 *
 * <p>Source: LeCun, Bottou, Bengio and Haffner 1998, <i>Gradient-Based Learning Applied to Document
 * Recognition</i>, section II.B; Saitoh, <i>Deep Learning from Scratch</i>, section 7.7.1.
 */
public final class LeNet extends Network {

  LeNet(Stored stored) {
    super(stored);
  }

  private LeNet(Shape input, int classes, long seed) {
    super(
        input,
        seed,
        conv(6, 5).pad(2),
        relu(),
        maxPool(2),
        conv(16, 5),
        relu(),
        maxPool(2),
        affine(120),
        relu(),
        affine(84),
        relu(),
        affine(classes));
  }

  /**
   * Returns a network for MNIST: images (1, 28, 28), 10 classes.
   *
   * @param seed the seed of the initial parameters (He)
   * @return a new network
   */
  public static LeNet of(long seed) {
    return of(Shape.of(1, 28, 28), 10, seed);
  }

  /**
   * Returns a network for other images.
   *
   * @param input the shape of one image (C, H, W), at least 12 by 12
   * @param classes the number of classes K, at least 1
   * @param seed the seed of the initial parameters (He)
   * @return a new network
   * @throws IllegalArgumentException if a number is out of range or the images are too small
   */
  public static LeNet of(Shape input, int classes, long seed) {
    return new LeNet(input, classes, seed);
  }
}
