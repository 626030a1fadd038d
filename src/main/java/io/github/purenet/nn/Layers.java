package io.github.purenet.nn;

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
    return new PoolingSpec(height, width);
  }

  /**
   * The rectifier.
   *
   * @return the spec
   */
  public static LayerSpec relu() {
    return new ReluSpec();
  }

  /**
   * A fully connected layer with He initialisation; an input of any rank is flattened.
   *
   * @param outputs features of the output, at least 1
   * @return the spec
   * @throws IllegalArgumentException if the number is out of range
   */
  public static AffineSpec affine(int outputs) {
    return new AffineSpec(outputs, Initializer.he());
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
