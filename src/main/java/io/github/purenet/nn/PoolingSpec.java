package io.github.purenet.nn;

import io.github.purenet.ndarray.Shape;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Describes a {@link Pooling}; made by {@link Layers#maxPool(int)}. */
public final class PoolingSpec implements LayerSpec {
  private final int height;
  private final int width;
  private final int strideH;
  private final int strideW;
  private final int padH;
  private final int padW;

  PoolingSpec(int height, int width) {
    this(height, width, height, width, 0, 0);
  }

  private PoolingSpec(int height, int width, int strideH, int strideW, int padH, int padW) {
    Pooling.check("pool", height, width, strideH, strideW, padH, padW);
    this.height = height;
    this.width = width;
    this.strideH = strideH;
    this.strideW = strideW;
    this.padH = padH;
    this.padW = padW;
  }

  /**
   * The same with another stride.
   *
   * @param stride step downwards and to the right, at least 1
   * @return a new spec
   * @throws IllegalArgumentException if the number is out of range
   */
  public PoolingSpec stride(int stride) {
    return stride(stride, stride);
  }

  /**
   * The same with another stride.
   *
   * @param down step downwards, at least 1
   * @param right step to the right, at least 1
   * @return a new spec
   * @throws IllegalArgumentException if a number is out of range
   */
  public PoolingSpec stride(int down, int right) {
    return new PoolingSpec(height, width, down, right, padH, padW);
  }

  /**
   * The same with another pad.
   *
   * @param pad padding on each side, at least 0 and smaller than the window
   * @return a new spec
   * @throws IllegalArgumentException if the number is out of range
   */
  public PoolingSpec pad(int pad) {
    return pad(pad, pad);
  }

  /**
   * The same with another pad.
   *
   * @param rows rows of padding above, and as many below, at least 0 and below the window's height
   * @param columns columns of padding left, and as many right, at least 0 and below its width
   * @return a new spec
   * @throws IllegalArgumentException if a number is out of range
   */
  public PoolingSpec pad(int rows, int columns) {
    return new PoolingSpec(height, width, strideH, strideW, rows, columns);
  }

  @Override
  public String kind() {
    return "pool";
  }

  @Override
  public Map<String, Object> settings() {
    return new Settings(kind())
        .with("size", height, width)
        .with("stride", strideH, strideW)
        .with("pad", padH, padW)
        .toMap();
  }

  static PoolingSpec of(Settings s) {
    int[] size = s.pair("size");
    int[] stride = s.pair("stride");
    int[] pad = s.pair("pad");
    return new PoolingSpec(size[0], size[1], stride[0], stride[1], pad[0], pad[1]);
  }

  @Override
  public Pooling build(String name, Shape input, RandomGenerator random) {
    return new Pooling(name, height, width, strideH, strideW, padH, padW);
  }
}
