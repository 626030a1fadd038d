package io.github.purenet.kernel;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The sizes that convolution and pooling share: those of a window that moves over N images of C
 * channels. A pooling has neither filters nor groups; C and 1 stand for them.
 *
 * @param n images in the batch
 * @param c channels
 * @param h height of the input
 * @param w width of the input
 * @param window the window, its stride, pad and dilation; {@link #of} gives it the pad that it has
 *     on such images
 * @param fn filters of the convolution
 * @param groups groups into which a convolution divides channels and filters
 */
public record ConvGeometry(int n, int c, int h, int w, Window window, int fn, int groups) {

  /** Creates the geometry of a pooling or of the windows of im2col. */
  public ConvGeometry(int n, int c, int h, int w, Window window) {
    this(n, c, h, w, window, c, 1);
  }

  /**
   * Returns the geometry of a pooling or of the windows of im2col, after checking it.
   *
   * @param who the layer or function that messages name
   * @param images the shape (N, C, H, W)
   * @param window the window
   * @throws IllegalArgumentException if a number is out of range or the window does not fit
   */
  public static ConvGeometry of(String who, int[] images, Window window) {
    return of(who, images, window, images.length > 1 ? images[1] : 0, 1);
  }

  /**
   * Returns the geometry of a convolution, after checking it.
   *
   * @param who the layer or function that messages name
   * @param images the shape (N, C, H, W)
   * @param window the window
   * @param fn filters
   * @param groups groups, which must divide C
   * @throws IllegalArgumentException if a number is out of range or the window does not fit
   */
  public static ConvGeometry of(String who, int[] images, Window window, int fn, int groups) {
    window.check(who);
    if (images.length != 4) {
      throw new IllegalArgumentException(
          who + ": expected images (N, C, H, W), got " + text(images));
    }
    if (groups < 1 || images[1] % groups != 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s: expected groups that divide the %d channels, got %d in %s",
              who,
              images[1],
              groups,
              text(images)));
    }
    Pad pad = window.padOn(images[2], images[3]);
    long rows = images[2] + (long) pad.top() + pad.bottom();
    long columns = images[3] + (long) pad.left() + pad.right();
    if (window.extentH() > rows || window.extentW() > columns) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s: expected a window no larger than the padded input, got window (%d, %d) with pad"
                  + " %s%s in %s",
              who,
              window.fh(),
              window.fw(),
              pad,
              dilation(window),
              text(images)));
    }
    if (rows > Integer.MAX_VALUE || columns > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s: expected at most %d rows and columns with the padding, got pad %s in %s",
              who,
              Integer.MAX_VALUE,
              pad,
              text(images)));
    }
    Window there = window.on(images[2], images[3]);
    return new ConvGeometry(images[0], images[1], images[2], images[3], there, fn, groups);
  }

  private static String dilation(Window window) {
    return window.dilationH() == 1 && window.dilationW() == 1
        ? ""
        : String.format(
            Locale.ROOT, " and dilation (%d, %d)", window.dilationH(), window.dilationW());
  }

  private static String text(int[] shape) {
    return Arrays.stream(shape)
        .mapToObj(Integer::toString)
        .collect(Collectors.joining(", ", "(", shape.length == 1 ? ",)" : ")"));
  }

  /** Returns the geometry of one group: its channels and filters, as if there were no others. */
  ConvGeometry group() {
    return groups == 1 ? this : new ConvGeometry(n, c / groups, h, w, window, fn / groups, 1);
  }

  /**
   * Returns the geometry of the windows at some positions as if there were no others: rows from
   * {@code r0} and columns from {@code c0} of the output. Its pads may be negative.
   */
  ConvGeometry part(int r0, int rows, int c0, int columns) {
    int top = padTop() - r0 * strideH();
    int left = padLeft() - c0 * strideW();
    int bottom = (rows - 1) * strideH() + window.extentH() - h - top;
    int right = (columns - 1) * strideW() + window.extentW() - w - left;
    return new ConvGeometry(n, c, h, w, window.pad(top, left, bottom, right), fn, groups);
  }

  /**
   * Returns whether a convolution and an epilogue with a pool can be one kernel. Otherwise the
   * convolution is computed with an epilogue that has none.
   */
  public boolean fuses(Epilogue epilogue) {
    return (epilogue.poolH() == 1 && epilogue.poolW() == 1)
        || !(UnfoldedConvolution.isNeeded(this, epilogue)
            || UnfoldedConvolution.isNeededBackward(this, epilogue));
  }

  /** {@return the height of the window, dilation not counted} */
  public int fh() {
    return window.fh();
  }

  /** {@return the width of the window, dilation not counted} */
  public int fw() {
    return window.fw();
  }

  /** {@return the number of rows from one window to the next} */
  public int strideH() {
    return window.strideH();
  }

  /** {@return the number of columns from one window to the next} */
  public int strideW() {
    return window.strideW();
  }

  /** {@return the number of rows of padding above} */
  public int padTop() {
    return window.pad().top();
  }

  /** {@return the number of columns of padding on the left} */
  public int padLeft() {
    return window.pad().left();
  }

  /** {@return the height of the input with its padding} */
  public int paddedH() {
    return window.pad().top() + h + window.pad().bottom();
  }

  /** {@return the width of the input with its padding} */
  public int paddedW() {
    return window.pad().left() + w + window.pad().right();
  }

  /** {@return the number of rows of the image from one row of the window to the next} */
  public int dilationH() {
    return window.dilationH();
  }

  /** {@return the number of columns of the image from one column of the window to the next} */
  public int dilationW() {
    return window.dilationW();
  }

  /**
   * Returns the output height: {@code floor((paddedH - dilationH (FH - 1) - 1) / strideH) + 1}. In
   * ceil mode the quotient is rounded up, unless the last window would begin at row H + padTop of
   * the padded image or below.
   */
  public int oh() {
    return window.stepsDown(h);
  }

  /** Returns the output width, computed like {@link #oh}. */
  public int ow() {
    return window.stepsAcross(w);
  }

  /** {@return the number of elements of one image: C H W} */
  public int imageSize() {
    return c * h * w;
  }

  /** {@return the number of elements under one window of a group: C / groups FH FW} */
  public int windowSize() {
    return c / groups * window.fh() * window.fw();
  }

  /** {@return the number of windows over one image: OH OW} */
  public int positions() {
    return oh() * ow();
  }
}
