package io.github.purenet.nn;

import io.github.purenet.kernel.ConvGeometry;
import io.github.purenet.kernel.Kernels;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;

/**
 * Max pooling: the largest number under each window, channel by channel.
 *
 * <p>Shapes: x (N, C, H, W), y (N, C, OH, OW) with {@code OH = floor((H + 2 pad - PH) / stride) +
 * 1}, and OW likewise; a remainder at the edge is not read. Padding never wins over a number of the
 * image, not even over a negative one; of equal numbers the first one receives the gradient. A NaN
 * under the window makes the maximum NaN.
 *
 * <p>Source: Saitoh, <i>Deep Learning from Scratch</i>, section 7.4.4, whose code pads with zeros
 * and forgets them in the output size.
 */
public final class Pooling implements Layer {
  private final String name;
  private final int height;
  private final int width;
  private final int strideH;
  private final int strideW;
  private final int padH;
  private final int padW;

  /**
   * Max pooling.
   *
   * @param height height PH of the window, at least 1
   * @param width width PW of the window, at least 1
   * @param stride step downwards and to the right, at least 1
   * @param pad padding on each side, at least 0 and smaller than the window
   * @throws IllegalArgumentException if a number is out of range
   */
  public Pooling(int height, int width, int stride, int pad) {
    this("Pooling", height, width, stride, stride, pad, pad);
  }

  Pooling(String name, int height, int width, int strideH, int strideW, int padH, int padW) {
    check(name, height, width, strideH, strideW, padH, padW);
    this.name = name;
    this.height = height;
    this.width = width;
    this.strideH = strideH;
    this.strideW = strideW;
    this.padH = padH;
    this.padW = padW;
  }

  static void check(
      String name, int height, int width, int strideH, int strideW, int padH, int padW) {
    ConvGeometry.checkWindow(name, height, width, strideH, strideW, padH, padW);
    if (padH >= height || padW >= width) {
      throw new IllegalArgumentException(
          String.format(
              "%s: expected a pad smaller than the window (%d, %d), got (%d, %d)",
              name, height, width, padH, padW));
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Shape outputShape(Shape input) {
    return outputShape(geometry(input));
  }

  @Override
  public NDArray forward(NDArray x, Pass pass) {
    ConvGeometry g = geometry(x.shape());
    NDArray y = pass.output(this, outputShape(g));
    int[] argMax = pass.indices(this, y.size());
    Kernels.active().maxPool(g, x.data(), x.offset(), y.data(), y.offset(), argMax);
    pass.keep(this, x);
    return y;
  }

  @Override
  public NDArray backward(NDArray dy, Pass pass) {
    NDArray x = pass.kept(this, name);
    ConvGeometry g = geometry(x.shape());
    Check.sameShape(name, "dy", outputShape(g), dy.shape());
    int[] argMax = pass.indices(this, dy.size());
    NDArray dx = pass.gradient(this, x.shape());
    Kernels.active().maxPoolBackward(g, dy.data(), dy.offset(), argMax, dx.data(), dx.offset());
    return dx;
  }

  /** Whether the windows touch without overlap, gap or padding. */
  boolean isDisjoint() {
    return strideH == height && strideW == width && padH == 0 && padW == 0;
  }

  int height() {
    return height;
  }

  int width() {
    return width;
  }

  private static Shape outputShape(ConvGeometry g) {
    return Shape.of(g.n(), g.c(), g.oh(), g.ow());
  }

  private ConvGeometry geometry(Shape input) {
    return ConvGeometry.of(name, input.toArray(), height, width, strideH, strideW, padH, padW);
  }

  @Override
  public String toString() {
    return name + " (" + height + ", " + width + ")";
  }
}
