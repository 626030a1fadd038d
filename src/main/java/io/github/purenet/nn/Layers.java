package io.github.purenet.nn;

import java.util.ArrayList;
import java.util.List;

/**
 * Specs of all layers, for a static import: {@code Network.of(Shape.of(1, 28, 28), seed, conv(30,
 * 5), relu(), maxPool(2), affine(100), relu(), affine(10))}.
 */
public final class Layers {

  private Layers() {}

  /**
   * Returns a convolution with square filters, stride 1, pad 0 and He initialization.
   *
   * @param filters FN, at least 1
   * @param filterSize FH and FW, at least 1
   * @return the spec
   * @throws IllegalArgumentException if a number is out of range
   */
  public static Convolution.Spec conv(int filters, int filterSize) {
    return conv(filters, filterSize, filterSize);
  }

  /**
   * Returns a convolution with rectangular filters, stride 1, pad 0 and He initialization.
   *
   * @param filters FN, at least 1
   * @param filterHeight FH, at least 1
   * @param filterWidth FW, at least 1
   * @return the spec
   * @throws IllegalArgumentException if a number is out of range
   */
  public static Convolution.Spec conv(int filters, int filterHeight, int filterWidth) {
    return new Convolution.Spec(filters, filterHeight, filterWidth);
  }

  /**
   * Returns max pooling over square windows that do not overlap.
   *
   * @param size height, width and stride of the window, at least 1
   * @return the spec
   * @throws IllegalArgumentException if the size is out of range
   */
  public static Pooling.Spec maxPool(int size) {
    return maxPool(size, size);
  }

  /**
   * Returns max pooling over rectangular windows that do not overlap.
   *
   * @param height height of the window and vertical stride, at least 1
   * @param width width of the window and horizontal stride, at least 1
   * @return the spec
   * @throws IllegalArgumentException if a number is out of range
   */
  public static Pooling.Spec maxPool(int height, int width) {
    return new Pooling.Spec(height, width);
  }

  /**
   * Returns average pooling over square windows that do not overlap.
   *
   * @param size height, width and stride of the window, at least 1
   * @return the spec
   * @throws IllegalArgumentException if the size is out of range
   */
  public static AveragePooling.Spec avgPool(int size) {
    return avgPool(size, size);
  }

  /**
   * Returns average pooling over rectangular windows that do not overlap.
   *
   * @param height height of the window and vertical stride, at least 1
   * @param width width of the window and horizontal stride, at least 1
   * @return the spec
   * @throws IllegalArgumentException if a number is out of range
   */
  public static AveragePooling.Spec avgPool(int height, int width) {
    return new AveragePooling.Spec(height, width);
  }

  /**
   * Returns the mean of each channel: images (N, C, H, W) of any size become (N, C).
   *
   * @return the spec
   */
  public static LayerSpec globalAvgPool() {
    return GlobalAveragePooling.SPEC;
  }

  /**
   * Returns a fully connected layer with He initialization; an input of any rank is flattened.
   *
   * @param outputs features of the output, at least 1
   * @return the spec
   * @throws IllegalArgumentException if the number is out of range
   */
  public static Affine.Spec affine(int outputs) {
    return new Affine.Spec(outputs);
  }

  /**
   * Returns a layer that makes one row of each sample.
   *
   * @return the spec
   */
  public static LayerSpec flatten() {
    return Flatten.SPEC;
  }

  /**
   * Returns the rectifier.
   *
   * @return the spec
   */
  public static LayerSpec relu() {
    return Relu.SPEC;
  }

  /**
   * Returns the leaky rectifier with slope 0.01 below 0.
   *
   * @return the spec
   */
  public static LeakyRelu.Spec leakyRelu() {
    return leakyRelu(0.01);
  }

  /**
   * Returns the leaky rectifier.
   *
   * @param slope slope below 0, finite and at least 0
   * @return the spec
   * @throws IllegalArgumentException if the slope is out of range
   */
  public static LeakyRelu.Spec leakyRelu(double slope) {
    return new LeakyRelu.Spec(slope);
  }

  /**
   * Returns the exponential linear unit with alpha 1.
   *
   * @return the spec
   */
  public static Elu.Spec elu() {
    return elu(1);
  }

  /**
   * Returns the exponential linear unit.
   *
   * @param alpha -y for very negative x, finite and at least 0
   * @return the spec
   * @throws IllegalArgumentException if alpha is out of range
   */
  public static Elu.Spec elu(double alpha) {
    return new Elu.Spec(alpha);
  }

  /**
   * Returns the Gaussian error linear unit, exact.
   *
   * @return the spec
   */
  public static LayerSpec gelu() {
    return Gelu.SPEC;
  }

  /**
   * Returns the Gaussian error linear unit, approximated by a hyperbolic tangent.
   *
   * @return the spec
   */
  public static LayerSpec geluTanh() {
    return Gelu.TANH_SPEC;
  }

  /**
   * Returns the logistic sigmoid.
   *
   * @return the spec
   */
  public static LayerSpec sigmoid() {
    return Sigmoid.SPEC;
  }

  /**
   * Returns the hyperbolic tangent.
   *
   * @return the spec
   */
  public static LayerSpec tanh() {
    return Tanh.SPEC;
  }

  /**
   * Returns Swish, also called SiLU, {@code x sigmoid(x)}.
   *
   * @return the spec
   */
  public static LayerSpec swish() {
    return Swish.SPEC;
  }

  /**
   * Returns Swish with straight edges.
   *
   * @return the spec
   */
  public static LayerSpec hardSwish() {
    return HardSwish.SPEC;
  }

  /**
   * Returns softmax along the last axis; not for a network that trains with {@link
   * SoftmaxWithLoss}.
   *
   * @return the spec
   */
  public static LayerSpec softmax() {
    return Softmax.SPEC;
  }

  /**
   * Returns batch normalization with epsilon 1e-5, momentum 0.1, gamma 1 and beta 0.
   *
   * @return the spec
   */
  public static BatchNormalization.Spec batchNorm() {
    return new BatchNormalization.Spec();
  }

  /**
   * Returns layer normalization with epsilon 1e-5, gamma 1 and beta 0.
   *
   * @return the spec
   */
  public static LayerNormalization.Spec layerNorm() {
    return new LayerNormalization.Spec();
  }

  /**
   * Returns local response normalization as in AlexNet: size 5, alpha 1e-4, beta 0.75, k 2.
   *
   * @return the spec
   */
  public static LocalResponseNormalization.Spec localResponseNorm() {
    return new LocalResponseNormalization.Spec();
  }

  /**
   * Returns dropout, in training only.
   *
   * @param probability probability of dropping a number, at least 0 and less than 1
   * @return the spec
   * @throws IllegalArgumentException if the probability is out of range
   */
  public static Dropout.Spec dropout(double probability) {
    return new Dropout.Spec(probability);
  }

  /**
   * Returns a branch that is added to its input; {@code residual(conv(64, 3).pad(1), relu(),
   * conv(64, 3).pad(1))}. A branch that changes the shape needs a {@link Residual.Spec#projection}.
   *
   * @param branch the layers of the branch in order; none is the identity
   * @return the spec
   */
  public static Residual.Spec residual(LayerSpec... branch) {
    return new Residual.Spec(List.of(branch), List.of());
  }

  /**
   * Returns branches side by side, joined by channel: {@code concat(branch(conv(16, 1)),
   * branch(conv(8, 1), relu(), conv(16, 3).pad(1)))}.
   *
   * @param branches the layers of each, at least one branch; see {@link #branch}
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
   * @param layers the layers in order; none is the identity
   * @return the layers, unmodifiable
   */
  public static List<LayerSpec> branch(LayerSpec... layers) {
    return List.of(layers);
  }
}
