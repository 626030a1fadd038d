package io.github.purenet.nn;

import io.github.purenet.kernel.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Specs of all layers, for a static import: {@code Network.of(Shape.of(1, 28, 28), seed, conv(30,
 * 5), relu(), maxPool(2), affine(100), relu(), affine(10))}.
 */
public final class Layers {

  private Layers() {}

  /**
   * A convolution with square filters, stride 1, pad 0 and He initialisation.
   *
   * @param filters FN, at least 1
   * @param filterSize FH and FW, at least 1
   * @return the spec
   * @throws IllegalArgumentException if a number is out of range
   */
  public static ConvolutionSpec conv(int filters, int filterSize) {
    return conv(filters, filterSize, filterSize);
  }

  /**
   * A convolution with rectangular filters, stride 1, pad 0 and He initialisation.
   *
   * @param filters FN, at least 1
   * @param filterHeight FH, at least 1
   * @param filterWidth FW, at least 1
   * @return the spec
   * @throws IllegalArgumentException if a number is out of range
   */
  public static ConvolutionSpec conv(int filters, int filterHeight, int filterWidth) {
    return new ConvolutionSpec(filters, filterHeight, filterWidth);
  }

  /**
   * Max pooling over square windows that do not overlap.
   *
   * @param size height, width and stride of the window, at least 1
   * @return the spec
   * @throws IllegalArgumentException if the size is out of range
   */
  public static PoolingSpec maxPool(int size) {
    return maxPool(size, size);
  }

  /**
   * Max pooling over rectangular windows that do not overlap.
   *
   * @param height height of the window and vertical stride, at least 1
   * @param width width of the window and horizontal stride, at least 1
   * @return the spec
   * @throws IllegalArgumentException if a number is out of range
   */
  public static PoolingSpec maxPool(int height, int width) {
    return new PoolingSpec(disjoint(height, width));
  }

  /**
   * The rectifier.
   *
   * @return the spec
   */
  public static LayerSpec relu() {
    return PlainSpec.RELU;
  }

  /**
   * A fully connected layer with He initialisation; an input of any rank is flattened.
   *
   * @param outputs features of the output, at least 1
   * @return the spec
   * @throws IllegalArgumentException if the number is out of range
   */
  public static AffineSpec affine(int outputs) {
    return new AffineSpec(outputs, Initializer.heNormal());
  }

  /**
   * The leaky rectifier with slope 0.01 below 0.
   *
   * @return the spec
   */
  public static LayerSpec leakyRelu() {
    return leakyRelu(0.01);
  }

  /**
   * The leaky rectifier.
   *
   * @param slope slope below 0, finite and at least 0
   * @return the spec
   * @throws IllegalArgumentException if the slope is out of range
   */
  public static LayerSpec leakyRelu(double slope) {
    return new LeakyReluSpec(slope);
  }

  /**
   * The exponential linear unit with alpha 1.
   *
   * @return the spec
   */
  public static LayerSpec elu() {
    return elu(1);
  }

  /**
   * The exponential linear unit.
   *
   * @param alpha -y for very negative x, finite and at least 0
   * @return the spec
   * @throws IllegalArgumentException if alpha is out of range
   */
  public static LayerSpec elu(double alpha) {
    return new EluSpec(alpha);
  }

  /**
   * The Gaussian error linear unit, exact.
   *
   * @return the spec
   */
  public static LayerSpec gelu() {
    return new GeluSpec(false);
  }

  /**
   * The Gaussian error linear unit, approximated by a hyperbolic tangent.
   *
   * @return the spec
   */
  public static LayerSpec geluTanh() {
    return new GeluSpec(true);
  }

  /**
   * The logistic sigmoid.
   *
   * @return the spec
   */
  public static LayerSpec sigmoid() {
    return PlainSpec.SIGMOID;
  }

  /**
   * The hyperbolic tangent.
   *
   * @return the spec
   */
  public static LayerSpec tanh() {
    return PlainSpec.TANH;
  }

  /**
   * Swish, also called SiLU, {@code x sigmoid(x)}.
   *
   * @return the spec
   */
  public static LayerSpec swish() {
    return PlainSpec.SWISH;
  }

  /**
   * Swish with straight edges.
   *
   * @return the spec
   */
  public static LayerSpec hardSwish() {
    return PlainSpec.HARD_SWISH;
  }

  /**
   * Softmax along the last axis; not for a network that trains with {@link SoftmaxWithLoss}.
   *
   * @return the spec
   */
  public static LayerSpec softmax() {
    return PlainSpec.SOFTMAX;
  }

  /**
   * Makes one row of each sample.
   *
   * @return the spec
   */
  public static LayerSpec flatten() {
    return PlainSpec.FLATTEN;
  }

  /**
   * Dropout, in training only.
   *
   * @param probability probability of dropping a number, at least 0 and less than 1
   * @return the spec
   * @throws IllegalArgumentException if the probability is out of range
   */
  public static LayerSpec dropout(double probability) {
    return new DropoutSpec(probability);
  }

  /**
   * Batch normalisation with epsilon 1e-5, momentum 0.1, gamma 1 and beta 0.
   *
   * @return the spec
   */
  public static BatchNormalizationSpec batchNorm() {
    return new BatchNormalizationSpec();
  }

  /**
   * Layer normalisation with epsilon 1e-5, gamma 1 and beta 0.
   *
   * @return the spec
   */
  public static LayerNormalizationSpec layerNorm() {
    return new LayerNormalizationSpec();
  }

  /**
   * Local response normalisation as in AlexNet: size 5, alpha 1e-4, beta 0.75, k 2.
   *
   * @return the spec
   */
  public static LocalResponseNormalizationSpec localResponseNorm() {
    return new LocalResponseNormalizationSpec();
  }

  /**
   * Average pooling over square windows that do not overlap.
   *
   * @param size height, width and stride of the window, at least 1
   * @return the spec
   * @throws IllegalArgumentException if the size is out of range
   */
  public static AveragePoolingSpec avgPool(int size) {
    return avgPool(size, size);
  }

  /**
   * Average pooling over rectangular windows that do not overlap.
   *
   * @param height height of the window and vertical stride, at least 1
   * @param width width of the window and horizontal stride, at least 1
   * @return the spec
   * @throws IllegalArgumentException if a number is out of range
   */
  public static AveragePoolingSpec avgPool(int height, int width) {
    return new AveragePoolingSpec(disjoint(height, width), true);
  }

  /** A window whose stride is its size. */
  private static Window disjoint(int height, int width) {
    return new Window(height, width).stride(height, width);
  }

  /**
   * The mean of each channel: images (N, C, H, W) of any size become (N, C).
   *
   * @return the spec
   */
  public static LayerSpec globalAvgPool() {
    return new GlobalAveragePoolingSpec();
  }

  /**
   * A branch that is added to its input; {@code residual(conv(64, 3).pad(1), relu(), conv(64,
   * 3).pad(1))}. A branch that changes the shape needs a {@link ResidualSpec#projection}.
   *
   * @param branch the layers of the branch in order; none is the identity
   * @return the spec
   */
  public static ResidualSpec residual(LayerSpec... branch) {
    return new ResidualSpec(List.of(branch), List.of());
  }

  /**
   * Branches side by side, joined by channel: {@code concat(branch(conv(16, 1)), branch(conv(8, 1),
   * relu(), conv(16, 3).pad(1)))}.
   *
   * @param branches the layers of each, at least one branch; see {@link #branch}
   * @return the spec
   * @throws IllegalArgumentException if there is no branch
   */
  @SafeVarargs
  public static LayerSpec concat(List<LayerSpec>... branches) {
    List<List<LayerSpec>> list = new ArrayList<>();
    for (List<LayerSpec> branch : branches) {
      list.add(branch);
    }
    return new ConcatSpec(list);
  }

  /**
   * A branch for {@link #concat}.
   *
   * @param layers the layers in order; none is the identity
   * @return the layers, unmodifiable
   */
  public static List<LayerSpec> branch(LayerSpec... layers) {
    return List.of(layers);
  }

  /**
   * The spec of a kind with given settings, for reading a stored network.
   *
   * @param kind what {@link LayerSpec#kind} says
   * @param settings what {@link LayerSpec#settings} says
   * @return an equal spec, with default initializers
   * @throws IllegalArgumentException if the kind or a setting is unknown or a value does not fit
   */
  public static LayerSpec spec(String kind, Map<String, Object> settings) {
    Settings s = new Settings(kind, settings);
    LayerSpec spec =
        switch (kind) {
          case "conv" -> ConvolutionSpec.of(s);
          case "pool" -> PoolingSpec.of(s);
          case "relu" -> relu();
          case "affine" -> affine(s.integer("outputs"));
          case "leakyRelu" -> LeakyReluSpec.of(s);
          case "elu" -> EluSpec.of(s);
          case "gelu" -> GeluSpec.of(s);
          case "sigmoid" -> sigmoid();
          case "tanh" -> tanh();
          case "swish" -> swish();
          case "hardSwish" -> hardSwish();
          case "softmax" -> softmax();
          case "flatten" -> flatten();
          case "dropout" -> DropoutSpec.of(s);
          case "batchNorm" -> BatchNormalizationSpec.of(s);
          case "layerNorm" -> LayerNormalizationSpec.of(s);
          case "localResponseNorm" -> LocalResponseNormalizationSpec.of(s);
          case "avgPool" -> AveragePoolingSpec.of(s);
          case "globalAvgPool" -> globalAvgPool();
          case "residual" -> ResidualSpec.of(s);
          case "concat" -> ConcatSpec.of(s);
          default ->
              throw new IllegalArgumentException(
                  "network: expected a known kind of layer, got " + kind);
        };
    s.requireAllTaken();
    return spec;
  }
}
