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
 * @param pad the padding around the image; none if it is the same
 * @param dilationH rows of the image from one row of the window to the next
 * @param dilationW columns of the image from one column of the window to the next
 * @param ceil whether a last window may reach beyond the padding, if it begins inside the image or
 *     its leading padding
 * @param same whether the padding follows from the image, so that as many windows fit as with a
 *     window of one number and no padding
 */
public record Window(
    int fh,
    int fw,
    int strideH,
    int strideW,
    Pad pad,
    int dilationH,
    int dilationW,
    boolean ceil,
    boolean same) {

  /** Creates a window with stride 1, pad 0 and dilation 1. */
  public Window(int fh, int fw) {
    this(fh, fw, 1, 1, Pad.NONE, 1, 1, false, false);
  }

  /** Returns this window with another stride. */
  public Window stride(int height, int width) {
    return new Window(fh, fw, height, width, pad, dilationH, dilationW, ceil, same);
  }

  /** Returns this window with another pad, the same on opposite sides. */
  public Window pad(int height, int width) {
    return pad(height, width, height, width);
  }

  /** Returns this window with another pad. */
  public Window pad(int top, int left, int bottom, int right) {
    Pad other = new Pad(top, left, bottom, right);
    return new Window(fh, fw, strideH, strideW, other, dilationH, dilationW, ceil, false);
  }

  /**
   * Returns this window with the pad that gives {@code ceil(size / stride)} windows along each axis
   * of an image, and no more of it than needed. If it is odd, the bottom and the right have one
   * more.
   */
  public Window padSame() {
    return new Window(fh, fw, strideH, strideW, Pad.NONE, dilationH, dilationW, ceil, true);
  }

  /** Returns this window with another dilation. */
  public Window dilation(int height, int width) {
    return new Window(fh, fw, strideH, strideW, pad, height, width, ceil, same);
  }

  /** Returns this window with ceil mode switched on or off. */
  public Window ceil(boolean on) {
    return new Window(fh, fw, strideH, strideW, pad, dilationH, dilationW, on, same);
  }

  /** Returns the pad that this window has on images of the given size. */
  Pad padOn(int height, int width) {
    if (!same) {
      return pad;
    }
    int rows = padding(height, extentH(), strideH);
    int columns = padding(width, extentW(), strideW);
    return new Pad(rows / 2, columns / 2, rows - rows / 2, columns - columns / 2);
  }

  /**
   * Returns this window as it moves over images of the given size: with the pad that it has there,
   * without a stride beyond the padded image, which leads nowhere, and without the dilation of a
   * single number.
   */
  Window on(int height, int width) {
    Pad there = padOn(height, width);
    int rows = there.top() + height + there.bottom();
    int columns = there.left() + width + there.right();
    int down = Math.min(strideH, Math.max(1, rows));
    int across = Math.min(strideW, Math.max(1, columns));
    int apartH = fh == 1 ? 1 : dilationH;
    int apartW = fw == 1 ? 1 : dilationW;
    boolean isThis =
        !same && down == strideH && across == strideW && apartH == dilationH && apartW == dilationW;
    return isThis ? this : new Window(fh, fw, down, across, there, apartH, apartW, ceil, false);
  }

  /** The padding on both sides with which {@code ceil(size / stride)} windows fit. */
  private static int padding(int size, int extent, int stride) {
    long last = (Tasks.ceilDiv(size, stride) - 1L) * stride;
    return (int) Math.max(0, last + extent - size);
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
    if (!pad.isNotNegative()) {
      throw expected(who, "a pad of at least (0, 0)", pad);
    }
    check(
        dilationH >= 1 && dilationW >= 1,
        who,
        "a dilation of at least (1, 1)",
        dilationH,
        dilationW);
    if (Math.max(dilationH * (fh - 1L), dilationW * (fw - 1L)) >= Integer.MAX_VALUE) {
      String what = "a dilation that fits the window (" + fh + ", " + fw + ")";
      throw expected(who, what, "(" + dilationH + ", " + dilationW + ")");
    }
    return this;
  }

  /**
   * Checks what {@link #check(String)} does, and that no window lies entirely in the padding, where
   * a pool would have no number.
   *
   * @param who the layer or function that messages name
   * @return this window
   * @throws IllegalArgumentException if a number is out of range
   */
  public Window checkWithPad(String who) {
    check(who);
    int rows = Math.max(pad.top(), pad.bottom());
    int columns = Math.max(pad.left(), pad.right());
    if (rows >= extentH() || columns >= extentW()) {
      String what = "a pad smaller than the window (" + extentH() + ", " + extentW() + ")";
      throw expected(who, what, pad);
    }
    return this;
  }

  private static void check(boolean ok, String who, String expected, int got0, int got1) {
    if (!ok) {
      throw expected(who, expected, "(" + got0 + ", " + got1 + ")");
    }
  }

  private static IllegalArgumentException expected(String who, String what, Object got) {
    return new IllegalArgumentException(
        String.format(Locale.ROOT, "%s: expected %s, got %s", who, what, got));
  }

  /** Returns the number of windows from top to bottom of an image of the given height. */
  int stepsDown(int height) {
    return steps(height, extentH(), strideH, pad.top(), pad.bottom());
  }

  /** Returns the number of windows from left to right of an image of the given width. */
  int stepsAcross(int width) {
    return steps(width, extentW(), strideW, pad.left(), pad.right());
  }

  private int steps(int size, int extent, int stride, int before, int after) {
    int room = before + size + after - extent;
    if (!ceil) {
      return Math.floorDiv(room, stride) + 1;
    }
    int last = Tasks.ceilDiv(room, stride);
    return last * (long) stride < size + (long) before ? last + 1 : last;
  }
}
