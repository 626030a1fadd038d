package io.github.purenet.nn;

import java.util.ArrayList;
import java.util.List;

/**
 * Factory methods for the specs of all layers, meant for a static import: {@code
 * Network.of(Shape.of(1, 28, 28), seed, conv(30, 5), relu(), maxPool(2), affine(100), relu(),
 * affine(10))}.
 */
public final class Layers {

  private Layers() {}

  /**
   * Returns a spec of a convolution with square filters, stride 1, pad 0, a bias and He
   * initialization: {@code conv(30, 5)}, {@code conv(30, 5).pad(2)}, {@code conv(30, 5).pad(0, 0,
   * 1, 1)} (top, left, bottom, right), {@code conv(30, 5).stride(2).same()}, {@code conv(30,
   * 5).noBias()}.
   *
   * @param filters the number of filters FN, at least 1
   * @param filterSize the height FH and width FW of a filter, at least 1
   * @return the spec
   * @throws IllegalArgumentException if a number is out of range
   */
  public static Convolution.Spec conv(int filters, int filterSize) {
    return conv(filters, filterSize, filterSize);
  }

  /**
   * Returns a spec of a convolution with rectangular filters, stride 1, pad 0, a bias and He
   * initialization.
   *
   * @param filters the number of filters FN, at least 1
   * @param filterHeight the height FH of a filter, at least 1
   * @param filterWidth the width FW of a filter, at least 1
   * @return the spec
   * @throws IllegalArgumentException if a number is out of range
   */
  public static Convolution.Spec conv(int filters, int filterHeight, int filterWidth) {
    return new Convolution.Spec(filters, filterHeight, filterWidth);
  }

  /**
   * Returns a spec of max pooling over square windows that do not overlap. Stride and pad are set
   * as those of a convolution: {@code maxPool(3).stride(2).pad(1)}.
   *
   * @param size the height and width of the window, and the stride, at least 1
   * @return the spec
   * @throws IllegalArgumentException if the size is out of range
   */
  public static Pooling.Spec maxPool(int size) {
    return maxPool(size, size);
  }

  /**
   * Returns a spec of max pooling over rectangular windows that do not overlap.
   *
   * @param height the height of the window and the vertical stride, at least 1
   * @param width the width of the window and the horizontal stride, at least 1
   * @return the spec
   * @throws IllegalArgumentException if a number is out of range
   */
  public static Pooling.Spec maxPool(int height, int width) {
    return new Pooling.Spec(height, width);
  }

  /**
   * Returns a spec of average pooling over square windows that do not overlap. Stride and pad are
   * set as those of a convolution.
   *
   * @param size the height and width of the window, and the stride, at least 1
   * @return the spec
   * @throws IllegalArgumentException if the size is out of range
   */
  public static AveragePooling.Spec avgPool(int size) {
    return avgPool(size, size);
  }

  /**
   * Returns a spec of average pooling over rectangular windows that do not overlap.
   *
   * @param height the height of the window and the vertical stride, at least 1
   * @param width the width of the window and the horizontal stride, at least 1
   * @return the spec
   * @throws IllegalArgumentException if a number is out of range
   */
  public static AveragePooling.Spec avgPool(int height, int width) {
    return new AveragePooling.Spec(height, width);
  }

  /**
   * Returns a spec of global average pooling, the mean of each channel: images (N, C, H, W) of any
   * size become (N, C).
   *
   * @return the spec
   */
  public static LayerSpec globalAvgPool() {
    return GlobalAveragePooling.SPEC;
  }

  /**
   * Returns a spec of a fully connected layer with a bias and He initialization. An input of any
   * rank is flattened.
   *
   * @param outputs the number of features of the output, at least 1
   * @return the spec
   * @throws IllegalArgumentException if the number is out of range
   */
  public static Affine.Spec affine(int outputs) {
    return new Affine.Spec(outputs);
  }

  /**
   * Returns a spec of a layer that flattens each sample to one row.
   *
   * @return the spec
   */
  public static LayerSpec flatten() {
    return Flatten.SPEC;
  }

  /**
   * Returns a spec of the rectifier.
   *
   * @return the spec
   */
  public static LayerSpec relu() {
    return Relu.SPEC;
  }

  /**
   * Returns a spec of the leaky rectifier with slope 0.01 below 0.
   *
   * @return the spec
   */
  public static LeakyRelu.Spec leakyRelu() {
    return leakyRelu(0.01);
  }

  /**
   * Returns a spec of the leaky rectifier.
   *
   * @param slope the slope below 0, finite and at least 0
   * @return the spec
   * @throws IllegalArgumentException if the slope is out of range
   */
  public static LeakyRelu.Spec leakyRelu(double slope) {
    return new LeakyRelu.Spec(slope);
  }

  /**
   * Returns a spec of the exponential linear unit with alpha 1.
   *
   * @return the spec
   */
  public static Elu.Spec elu() {
    return elu(1);
  }

  /**
   * Returns a spec of the exponential linear unit.
   *
   * @param alpha the negative of the limit of y for x toward negative infinity, finite and at least
   *     0
   * @return the spec
   * @throws IllegalArgumentException if alpha is out of range
   */
  public static Elu.Spec elu(double alpha) {
    return new Elu.Spec(alpha);
  }

  /**
   * Returns a spec of the exact Gaussian error linear unit.
   *
   * @return the spec
   */
  public static LayerSpec gelu() {
    return Gelu.SPEC;
  }

  /**
   * Returns a spec of the Gaussian error linear unit, approximated by a hyperbolic tangent.
   *
   * @return the spec
   */
  public static LayerSpec geluTanh() {
    return Gelu.TANH_SPEC;
  }

  /**
   * Returns a spec of the logistic sigmoid.
   *
   * @return the spec
   */
  public static LayerSpec sigmoid() {
    return Sigmoid.SPEC;
  }

  /**
   * Returns a spec of the hyperbolic tangent.
   *
   * @return the spec
   */
  public static LayerSpec tanh() {
    return Tanh.SPEC;
  }

  /**
   * Returns a spec of Swish, also called SiLU, {@code x sigmoid(x)}.
   *
   * @return the spec
   */
  public static LayerSpec swish() {
    return Swish.SPEC;
  }

  /**
   * Returns a spec of hard Swish, a piecewise approximation of Swish, {@code x min(max(x + 3, 0),
   * 6) / 6}.
   *
   * @return the spec
   */
  public static LayerSpec hardSwish() {
    return HardSwish.SPEC;
  }

  /**
   * Returns a spec of softmax along the last axis. A network that is trained with {@link
   * SoftmaxWithLoss} must not end with it, since that loss contains a softmax.
   *
   * @return the spec
   */
  public static LayerSpec softmax() {
    return Softmax.SPEC;
  }

  /**
   * Returns a spec of batch normalization with epsilon 1e-5, momentum 0.1, gamma 1 and beta 0.
   *
   * @return the spec
   */
  public static BatchNormalization.Spec batchNorm() {
    return new BatchNormalization.Spec();
  }

  /**
   * Returns a spec of layer normalization with epsilon 1e-5, gamma 1 and beta 0.
   *
   * @return the spec
   */
  public static LayerNormalization.Spec layerNorm() {
    return new LayerNormalization.Spec();
  }

  /**
   * Returns a spec of local response normalization with the settings of AlexNet: size 5, alpha
   * 1e-4, beta 0.75, k 2.
   *
   * @return the spec
   */
  public static LocalResponseNormalization.Spec localResponseNorm() {
    return new LocalResponseNormalization.Spec();
  }

  /**
   * Returns a spec of dropout, which has an effect in training only.
   *
   * @param probability the probability of dropping a number, at least 0 and less than 1
   * @return the spec
   * @throws IllegalArgumentException if the probability is out of range
   */
  public static Dropout.Spec dropout(double probability) {
    return new Dropout.Spec(probability);
  }

  /**
   * Returns a spec of a residual layer, which adds a branch to its input: {@code residual(conv(64,
   * 3).pad(1), relu(), conv(64, 3).pad(1))}. A branch that changes the shape needs a {@link
   * Residual.Spec#projection}.
   *
   * @param branch the layers of the branch in order; without layers, the branch is the identity
   * @return the spec
   */
  public static Residual.Spec residual(LayerSpec... branch) {
    return new Residual.Spec(List.of(branch), List.of());
  }

  /**
   * Returns a spec of a layer that computes branches from the same input and joins them along the
   * channel axis: {@code concat(branch(conv(16, 1)), branch(conv(8, 1), relu(), conv(16,
   * 3).pad(1)))}.
   *
   * @param branches the branches, at least one, each made by {@link #branch}
   * @return the spec
   * @throws IllegalArgumentException if there is no branch
   */
  @SafeVarargs
  public static Concat.Spec concat(List<LayerSpec>... branches) {
    List<List<LayerSpec>> list = new ArrayList<>();
    for (List<LayerSpec> branch : branches) {
      list.add(branch);
    }
    return new Concat.Spec(list);
  }

  /**
   * Returns a branch for {@link #concat}.
   *
   * @param layers the layers in order; without layers, the branch is the identity
   * @return an unmodifiable list of the layers
   */
  public static List<LayerSpec> branch(LayerSpec... layers) {
    return List.of(layers);
  }
}
