package io.github.purenet.kernel;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * How a window of FH by FW travels over N images of C channels: the sizes that convolution and
 * pooling share.
 *
 * @param n images in the batch
 * @param c channels
 * @param h height of the input
 * @param w width of the input
 * @param fh height of the window
 * @param fw width of the window
 * @param strideH rows from one window to the next
 * @param strideW columns from one window to the next
 * @param padH rows of padding above, and as many below
 * @param padW columns of padding on the left, and as many on the right
 */
public record ConvGeometry(
    int n, int c, int h, int w, int fh, int fw, int strideH, int strideW, int padH, int padW) {

  /**
   * The geometry of a window over images, checked on behalf of who asks.
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
    checkWindow(who, fh, fw, strideH, strideW, padH, padW);
    if (images.length != 4) {
      throw new IllegalArgumentException(
          who + ": expected images (N, C, H, W), got " + text(images));
    }
    if (fh > images[2] + 2L * padH || fw > images[3] + 2L * padW) {
      throw new IllegalArgumentException(
          String.format(
              "%s: expected a window no larger than the padded input, got window (%d, %d) with pad"
                  + " (%d, %d) in %s",
              who, fh, fw, padH, padW, text(images)));
    }
    ConvGeometry g =
        new ConvGeometry(
            images[0], images[1], images[2], images[3], fh, fw, strideH, strideW, padH, padW);
    if (images[2] + 2L * padH > Integer.MAX_VALUE
        || images[3] + 2L * padW > Integer.MAX_VALUE
        || (double) images[1] * fh * fw * g.oh() * g.ow() > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          String.format(
              "%s: expected at most %d numbers under all windows of an image, got window (%d, %d)"
                  + " with pad (%d, %d) in %s",
              who, Integer.MAX_VALUE, fh, fw, padH, padW, text(images)));
    }
    return g;
  }

  /**
   * Checks what can be checked before an image is seen.
   *
   * @param who the layer or function that error texts name
   * @param fh height of the window, at least 1
   * @param fw width of the window, at least 1
   * @param strideH at least 1
   * @param strideW at least 1
   * @param padH at least 0
   * @param padW at least 0
   * @throws IllegalArgumentException if a number is out of range
   */
  public static void checkWindow(
      String who, int fh, int fw, int strideH, int strideW, int padH, int padW) {
    check(fh >= 1 && fw >= 1, who, "a window of at least (1, 1)", fh, fw);
    check(strideH >= 1 && strideW >= 1, who, "a stride of at least (1, 1)", strideH, strideW);
    check(padH >= 0 && padW >= 0, who, "a pad of at least (0, 0)", padH, padW);
  }

  private static void check(boolean ok, String who, String expected, int got0, int got1) {
    if (!ok) {
      throw new IllegalArgumentException(
          String.format("%s: expected %s, got (%d, %d)", who, expected, got0, got1));
    }
  }

  private static String text(int[] shape) {
    return Arrays.stream(shape)
        .mapToObj(Integer::toString)
        .collect(Collectors.joining(", ", "(", shape.length == 1 ? ",)" : ")"));
  }

  /** Output height: {@code floor((H + 2 padH - FH) / strideH) + 1}. */
  public int oh() {
    return outputSize(h, fh, strideH, padH);
  }

  /** Output width: {@code floor((W + 2 padW - FW) / strideW) + 1}. */
  public int ow() {
    return outputSize(w, fw, strideW, padW);
  }

  /** Numbers in one image: C H W. */
  public int imageSize() {
    return c * h * w;
  }

  /** Numbers under one window: C FH FW. */
  public int windowSize() {
    return c * fh * fw;
  }

  /** Windows over one image: OH OW. */
  public int positions() {
    return oh() * ow();
  }

  private static int outputSize(int size, int filter, int stride, int pad) {
    return Math.floorDiv(size + 2 * pad - filter, stride) + 1;
  }
}
