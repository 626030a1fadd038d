package io.github.purenet.nn;

import io.github.purenet.kernel.ConvGeometry;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;

/** Describes a {@link Convolution}; made by {@link Layers#conv(int, int)}. */
public final class ConvolutionSpec implements LayerSpec {
  private final int filters;
  private final int fh;
  private final int fw;
  private final int strideH;
  private final int strideW;
  private final int padH;
  private final int padW;
  private final Initializer initializer;

  ConvolutionSpec(int filters, int fh, int fw) {
    this(filters, fh, fw, 1, 1, 0, 0, Initializer.he());
  }

  private ConvolutionSpec(
      int filters,
      int fh,
      int fw,
      int strideH,
      int strideW,
      int padH,
      int padW,
      Initializer initializer) {
    this.filters = Check.atLeastOne("conv", "a number of filters", filters);
    ConvGeometry.checkWindow("conv", fh, fw, strideH, strideW, padH, padW);
    this.fh = fh;
    this.fw = fw;
    this.strideH = strideH;
    this.strideW = strideW;
    this.padH = padH;
    this.padW = padW;
    this.initializer = Objects.requireNonNull(initializer, "initializer");
  }

  /**
   * The same with another stride.
   *
   * @param stride step downwards and to the right, at least 1
   * @return a new spec
   * @throws IllegalArgumentException if the number is out of range
   */
  public ConvolutionSpec stride(int stride) {
    return stride(stride, stride);
  }

  /**
   * The same with another stride.
   *
   * @param height step downwards, at least 1
   * @param width step to the right, at least 1
   * @return a new spec
   * @throws IllegalArgumentException if a number is out of range
   */
  public ConvolutionSpec stride(int height, int width) {
    return new ConvolutionSpec(filters, fh, fw, height, width, padH, padW, initializer);
  }

  /**
   * The same with another pad.
   *
   * @param pad zeros on each side, at least 0
   * @return a new spec
   * @throws IllegalArgumentException if the number is out of range
   */
  public ConvolutionSpec pad(int pad) {
    return pad(pad, pad);
  }

  /**
   * The same with another pad.
   *
   * @param height rows of zeros above, and as many below, at least 0
   * @param width columns of zeros left, and as many right, at least 0
   * @return a new spec
   * @throws IllegalArgumentException if a number is out of range
   */
  public ConvolutionSpec pad(int height, int width) {
    return new ConvolutionSpec(filters, fh, fw, strideH, strideW, height, width, initializer);
  }

  /**
   * The same with another initializer of the weight.
   *
   * @param weight replaces He initialisation
   * @return a new spec
   */
  public ConvolutionSpec initializer(Initializer weight) {
    return new ConvolutionSpec(filters, fh, fw, strideH, strideW, padH, padW, weight);
  }

  @Override
  public String kind() {
    return "conv";
  }

  @Override
  public Map<String, Object> settings() {
    return new Settings(kind())
        .with("filters", filters)
        .with("size", fh, fw)
        .with("stride", strideH, strideW)
        .with("pad", padH, padW)
        .toMap();
  }

  static ConvolutionSpec of(Settings s) {
    int[] size = s.pair("size");
    int[] stride = s.pair("stride");
    int[] pad = s.pair("pad");
    return new ConvolutionSpec(s.integer("filters"), size[0], size[1])
        .stride(stride[0], stride[1])
        .pad(pad[0], pad[1]);
  }

  @Override
  public Convolution build(String name, Shape input, RandomGenerator random) {
    Check.rank(name, "an input", 3, "(C, H, W)", input);
    int channels = input.dimension(0);
    NDArray weight =
        initializer.create(
            Shape.of(filters, channels, fh, fw), channels * fh * fw, filters * fh * fw, random);
    return new Convolution(name, weight, NDArray.zeros(filters), strideH, strideW, padH, padW);
  }
}
