package io.github.purenet.nn;

import io.github.purenet.kernel.Window;
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
          case "avgPool" -> AveragePoolingSpec.of(s);
          case "globalAvgPool" -> globalAvgPool();
          default ->
              throw new IllegalArgumentException(
                  "network: expected a known kind of layer, got " + kind);
        };
    s.requireAllTaken();
    return spec;
  }
}
