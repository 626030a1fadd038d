package io.github.purenet.kernel;

import java.util.Locale;

/**
 * A window that moves over an image: the settings of convolution and pooling that are known before
 * the image.
 *
 * @param fh height of the window, dilation not counted
 * @param fw width of the window, dilation not counted
 * @param strideH rows from one window to the next
 * @param strideW columns from one window to the next
 * @param padH rows of padding above, and as many below
 * @param padW columns of padding on the left, and as many on the right
 * @param dilationH rows of the image from one row of the window to the next
 * @param dilationW columns of the image from one column of the window to the next
 * @param ceil whether a last window may reach beyond the padding, if it begins inside the image or
 *     its leading padding
 */
public record Window(
    int fh,
    int fw,
    int strideH,
    int strideW,
    int padH,
    int padW,
    int dilationH,
    int dilationW,
    boolean ceil) {

  /** Creates a window with stride 1, pad 0 and dilation 1. */
  public Window(int fh, int fw) {
    this(fh, fw, 1, 1, 0, 0, 1, 1, false);
  }

  /** Returns this window with another stride. */
  public Window stride(int height, int width) {
    return new Window(fh, fw, height, width, padH, padW, dilationH, dilationW, ceil);
  }

  /** Returns this window with another pad. */
  public Window pad(int height, int width) {
    return new Window(fh, fw, strideH, strideW, height, width, dilationH, dilationW, ceil);
  }

  /** Returns this window with another dilation. */
  public Window dilation(int height, int width) {
    return new Window(fh, fw, strideH, strideW, padH, padW, height, width, ceil);
  }

  /** Returns this window with ceil mode switched on or off. */
  public Window ceil(boolean on) {
    return new Window(fh, fw, strideH, strideW, padH, padW, dilationH, dilationW, on);
  }

  /** {@return the number of rows of the image from the first to the last under the window} */
  public int extentH() {
    return dilationH * (fh - 1) + 1;
  }

  /** {@return the number of columns of the image from the first to the last under the window} */
  public int extentW() {
    return dilationW * (fw - 1) + 1;
  }

  /**
   * Checks what can be checked without an image.
   *
   * @param who the layer or function that messages name
   * @return this window
   * @throws IllegalArgumentException if a number is out of range
   */
  public Window check(String who) {
    check(fh >= 1 && fw >= 1, who, "a window of at least (1, 1)", fh, fw);
    check(strideH >= 1 && strideW >= 1, who, "a stride of at least (1, 1)", strideH, strideW);
    check(padH >= 0 && padW >= 0, who, "a pad of at least (0, 0)", padH, padW);
    check(
        dilationH >= 1 && dilationW >= 1,
        who,
        "a dilation of at least (1, 1)",
        dilationH,
        dilationW);
    check(
        dilationH * (fh - 1L) < Integer.MAX_VALUE && dilationW * (fw - 1L) < Integer.MAX_VALUE,
        who,
        "a dilation that fits the window (" + fh + ", " + fw + ")",
        dilationH,
        dilationW);
    return this;
  }

  /**
   * Checks what {@link #check(String)} does, and that no window lies entirely in the padding.
   *
   * @param who the layer or function that messages name
   * @return this window
   * @throws IllegalArgumentException if a number is out of range
   */
  public Window checkWithPad(String who) {
    check(who);
    String expected = "a pad smaller than the window (" + extentH() + ", " + extentW() + ")";
    check(padH < extentH() && padW < extentW(), who, expected, padH, padW);
    return this;
  }

  private static void check(boolean ok, String who, String expected, int got0, int got1) {
    if (!ok) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "%s: expected %s, got (%d, %d)", who, expected, got0, got1));
    }
  }

  /** Returns the number of windows from top to bottom of an image of the given height. */
  int stepsDown(int height) {
    return steps(height, extentH(), strideH, padH);
  }

  /** Returns the number of windows from left to right of an image of the given width. */
  int stepsAcross(int width) {
    return steps(width, extentW(), strideW, padW);
  }

  private int steps(int size, int extent, int stride, int pad) {
    int room = size + 2 * pad - extent;
    if (!ceil) {
      return Math.floorDiv(room, stride) + 1;
    }
    int last = Tasks.ceilDiv(room, stride);
    return last * (long) stride < size + (long) pad ? last + 1 : last;
  }
}
