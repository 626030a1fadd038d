package io.github.purenet.ndarray;

import io.github.purenet.kernel.ConvGeometry;
import io.github.purenet.kernel.Kernels;
import io.github.purenet.kernel.Window;
import java.util.Locale;

/**
 * The transform that makes a convolution one matrix product: {@code im2col} lays out every window
 * of every image as a row, {@code col2im} is its adjoint.
 *
 * <p>Source: Saitoh, <i>Deep Learning from Scratch</i>, section 7.4.3. Row {@code (n * OH + oy) *
 * OW + ox} is the window at output position (oy, ox) of image n; its columns run over channel,
 * filter row and filter column. {@code OH = floor((H + 2 pad - FH) / stride) + 1}, and OW likewise;
 * a remainder at the edge is not read.
 */
public final class Im2col {

  private Im2col() {}

  /**
   * Unfolds images into rows, with the same stride and pad along both axes.
   *
   * <p>Shapes: x (N, C, H, W), result (N OH OW, C FH FW). {@code (1, 3, 7, 7)} with a 5 by 5 filter
   * becomes {@code (9, 75)}.
   *
   * @param x the images (N, C, H, W)
   * @param filterHeight FH, at least 1
   * @param filterWidth FW, at least 1
   * @param stride the step of the window, at least 1
   * @param pad the number of zeros on each side of an image, at least 0
   * @return the rows, a copy
   * @throws IllegalArgumentException if a number is out of range, the filter is larger than the
   *     padded image, or an array cannot hold the rows
   */
  public static NDArray im2col(NDArray x, int filterHeight, int filterWidth, int stride, int pad) {
    return im2col(x, filterHeight, filterWidth, stride, stride, pad, pad);
  }

  /**
   * Unfolds images into rows, with a stride and a pad for each axis.
   *
   * @param x the images (N, C, H, W)
   * @param filterHeight FH, at least 1
   * @param filterWidth FW, at least 1
   * @param strideHeight the step of the window down the image, at least 1
   * @param strideWidth the step of the window to the right, at least 1
   * @param padHeight the number of rows of zeros above, and as many below, at least 0
   * @param padWidth the number of columns of zeros on the left, and as many on the right, at least
   *     0
   * @return the rows (N OH OW, C FH FW), a copy
   * @throws IllegalArgumentException if a number is out of range, the filter is larger than the
   *     padded image, or an array cannot hold the rows
   */
  public static NDArray im2col(
      NDArray x,
      int filterHeight,
      int filterWidth,
      int strideHeight,
      int strideWidth,
      int padHeight,
      int padWidth) {
    Window window =
        new Window(filterHeight, filterWidth)
            .stride(strideHeight, strideWidth)
            .pad(padHeight, padWidth);
    ConvGeometry g = geometry("im2col", x.shape(), window);
    NDArray columns = NDArray.zeros(Shape.of(g.n(), g.windowSize(), g.positions()));
    Kernels.active().im2col(g, x.data(), columns.data());
    return columns.transpose(0, 2, 1).reshape(g.n() * g.positions(), g.windowSize());
  }

  /**
   * Adds rows back into images, with the same stride and pad along both axes: the adjoint of {@link
   * #im2col(NDArray, int, int, int, int)}.
   *
   * @param columns the rows (N OH OW, C FH FW)
   * @param inputShape the shape of the images (N, C, H, W)
   * @param filterHeight FH, at least 1
   * @param filterWidth FW, at least 1
   * @param stride the step of the window, at least 1
   * @param pad the number of zeros on each side of an image, at least 0
   * @return the images (N, C, H, W), a copy; what falls on padding is dropped
   * @throws IllegalArgumentException if a number is out of range or the rows do not fit
   */
  public static NDArray col2im(
      NDArray columns, Shape inputShape, int filterHeight, int filterWidth, int stride, int pad) {
    return col2im(columns, inputShape, filterHeight, filterWidth, stride, stride, pad, pad);
  }

  /**
   * Adds rows back into images, with a stride and a pad for each axis.
   *
   * @param columns the rows (N OH OW, C FH FW)
   * @param inputShape the shape of the images (N, C, H, W)
   * @param filterHeight FH, at least 1
   * @param filterWidth FW, at least 1
   * @param strideHeight the step of the window down the image, at least 1
   * @param strideWidth the step of the window to the right, at least 1
   * @param padHeight the number of rows of zeros above, and as many below, at least 0
   * @param padWidth the number of columns of zeros on the left, and as many on the right, at least
   *     0
   * @return the images (N, C, H, W), a copy; what falls on padding is dropped
   * @throws IllegalArgumentException if a number is out of range or the rows do not fit
   */
  public static NDArray col2im(
      NDArray columns,
      Shape inputShape,
      int filterHeight,
      int filterWidth,
      int strideHeight,
      int strideWidth,
      int padHeight,
      int padWidth) {
    Window window =
        new Window(filterHeight, filterWidth)
            .stride(strideHeight, strideWidth)
            .pad(padHeight, padWidth);
    ConvGeometry g = geometry("col2im", inputShape, window);
    Shape expected = Shape.of(g.n() * g.positions(), g.windowSize());
    if (!columns.shape().equals(expected)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "col2im: expected columns of %s for images %s, got %s",
              expected,
              inputShape,
              columns.shape()));
    }
    NDArray unfolded = columns.reshape(g.n(), g.positions(), g.windowSize()).transpose(0, 2, 1);
    NDArray x = NDArray.zeros(inputShape);
    Kernels.active().col2im(g, unfolded.data(), x.data());
    return x;
  }

  /** Returns the sizes after checking them, and that an array can hold the rows. */
  private static ConvGeometry geometry(String who, Shape images, Window window) {
    ConvGeometry g = ConvGeometry.of(who, images.toArray(), window);
    double positions = (double) Math.max(1, g.n()) * g.oh() * g.ow();
    if (positions * Math.max(1, g.c()) * g.fh() * g.fw() > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s: expected at most %d numbers under all windows, got windows of (%d, %d) at"
                  + " (%d, %d) positions in %s",
              who,
              Integer.MAX_VALUE,
              g.fh(),
              g.fw(),
              g.oh(),
              g.ow(),
              images));
    }
    return g;
  }
}
