package io.github.purenet.kernel;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * How a window travels over N images of C channels: the sizes that convolution and pooling share.
 *
 * @param n images in the batch
 * @param c channels
 * @param h height of the input
 * @param w width of the input
 * @param window the window, its stride, pad and dilation
 * @param groups into how many groups a convolution cuts channels and filters; pooling does not read
 *     it
 */
public record ConvGeometry(int n, int c, int h, int w, Window window, int groups) {

  /** Without dilation and groups. */
  public ConvGeometry(
      int n, int c, int h, int w, int fh, int fw, int strideH, int strideW, int padH, int padW) {
    this(n, c, h, w, new Window(fh, fw).stride(strideH, strideW).pad(padH, padW), 1);
  }

  /**
   * The geometry of a window over images, without dilation and groups.
   *
   * @param who the layer or function that error texts name
   * @param images the shape (N, C, H, W)
   * @param fh height of the window
   * @param fw width of the window
   * @param strideH rows from one window to the next
   * @param strideW columns from one window to the next
   * @param padH rows of padding above and below
   * @param padW columns of padding left and right
   * @return the geometry
   * @throws IllegalArgumentException if a number is out of range or the window does not fit
   */
  public static ConvGeometry of(
      String who, int[] images, int fh, int fw, int strideH, int strideW, int padH, int padW) {
    return of(who, images, new Window(fh, fw).stride(strideH, strideW).pad(padH, padW), 1);
  }

  /**
   * The geometry of a window over images, checked on behalf of who asks.
   *
   * @param who the layer or function that error texts name
   * @param images the shape (N, C, H, W)
   * @param window the window
   * @param groups groups of a convolution, which must divide C
   * @return the geometry
   * @throws IllegalArgumentException if a number is out of range or the window does not fit
   */
  public static ConvGeometry of(String who, int[] images, Window window, int groups) {
    window.check(who);
    if (images.length != 4) {
      throw new IllegalArgumentException(
          who + ": expected images (N, C, H, W), got " + text(images));
    }
    if (groups < 1 || images[1] % groups != 0) {
      throw new IllegalArgumentException(
          String.format(
              "%s: expected groups that divide the %d channels, got %d in %s",
              who, images[1], groups, text(images)));
    }
    int padH = window.padH();
    int padW = window.padW();
    if (window.extentH() > images[2] + 2L * padH || window.extentW() > images[3] + 2L * padW) {
      throw new IllegalArgumentException(
          String.format(
              "%s: expected a window no larger than the padded input, got window (%d, %d) with pad"
                  + " (%d, %d)%s in %s",
              who, window.fh(), window.fw(), padH, padW, dilation(window), text(images)));
    }
    ConvGeometry g = new ConvGeometry(images[0], images[1], images[2], images[3], window, groups);
    if (images[2] + 2L * padH > Integer.MAX_VALUE
        || images[3] + 2L * padW > Integer.MAX_VALUE
        || (double) images[1] / groups * window.fh() * window.fw() * g.oh() * g.ow()
            > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          String.format(
              "%s: expected at most %d numbers under all windows of an image, got window (%d, %d)"
                  + " with pad (%d, %d)%s in %s",
              who,
              Integer.MAX_VALUE,
              window.fh(),
              window.fw(),
              padH,
              padW,
              dilation(window),
              text(images)));
    }
    return g;
  }

  private static String dilation(Window window) {
    return window.dilationH() == 1 && window.dilationW() == 1
        ? ""
        : String.format(" and dilation (%d, %d)", window.dilationH(), window.dilationW());
  }

  private static String text(int[] shape) {
    return Arrays.stream(shape)
        .mapToObj(Integer::toString)
        .collect(Collectors.joining(", ", "(", shape.length == 1 ? ",)" : ")"));
  }

  /** What one group sees: its channels, as if there were no others. */
  ConvGeometry group() {
    return groups == 1 ? this : new ConvGeometry(n, c / groups, h, w, window, 1);
  }

  /** Height of the window. */
  public int fh() {
    return window.fh();
  }

  /** Width of the window. */
  public int fw() {
    return window.fw();
  }

  /** Rows from one window to the next. */
  public int strideH() {
    return window.strideH();
  }

  /** Columns from one window to the next. */
  public int strideW() {
    return window.strideW();
  }

  /** Rows of padding above, and as many below. */
  public int padH() {
    return window.padH();
  }

  /** Columns of padding on the left, and as many on the right. */
  public int padW() {
    return window.padW();
  }

  /** Rows of the image from one row of the window to the next. */
  public int dilationH() {
    return window.dilationH();
  }

  /** Columns of the image from one column of the window to the next. */
  public int dilationW() {
    return window.dilationW();
  }

  /**
   * Output height: {@code floor((H + 2 padH - dilationH (FH - 1) - 1) / strideH) + 1}. In ceil mode
   * the quotient is rounded up, unless the last window would begin at row H + padH or below.
   */
  public int oh() {
    return window.steps(h);
  }

  /** Output width: like {@link #oh}. */
  public int ow() {
    return window.stepsAcross(w);
  }

  /** Numbers in one image: C H W. */
  public int imageSize() {
    return c * h * w;
  }

  /** Numbers under one window of a group: C / groups FH FW. */
  public int windowSize() {
    return c / groups * window.fh() * window.fw();
  }

  /** Windows over one image: OH OW. */
  public int positions() {
    return oh() * ow();
  }
}
