package io.github.purenet.nn;

import io.github.purenet.kernel.Window;

/**
 * A spec of a layer whose window slides over an image.
 *
 * @param <S> the type of the spec itself
 */
abstract class WindowSpec<S extends WindowSpec<S>> extends AbstractSpec {
  /** The setting of a pad that follows from the input. */
  private static final String SAME = "same";

  final Window window;

  /**
   * Creates a spec after checking each number separately; error messages begin with the name. Which
   * pads fit a window is checked by the layer.
   */
  WindowSpec(String kind, String name, Window window) {
    super(kind);
    this.window = window.check(name);
  }

  /** Returns a window whose stride is its size. */
  static Window disjoint(int height, int width) {
    return new Window(height, width).stride(height, width);
  }

  /** Returns a copy of this spec with the given window. */
  abstract S with(Window other);

  /**
   * Returns a copy of this spec with the given stride.
   *
   * @param stride the vertical and the horizontal stride, at least 1
   * @return a new spec
   * @throws IllegalArgumentException if the number is out of range
   */
  public S stride(int stride) {
    return stride(stride, stride);
  }

  /**
   * Returns a copy of this spec with the given stride for each axis.
   *
   * @param height the vertical stride, at least 1
   * @param width the horizontal stride, at least 1
   * @return a new spec
   * @throws IllegalArgumentException if a number is out of range
   */
  public S stride(int height, int width) {
    return with(window.stride(height, width));
  }

  /**
   * Returns a copy of this spec with the given pad, instead of any before.
   *
   * @param pad the padding on each side, at least 0; a pool requires it to be smaller than the
   *     window
   * @return a new spec
   * @throws IllegalArgumentException if the number is out of range
   */
  public S pad(int pad) {
    return pad(pad, pad);
  }

  /**
   * Returns a copy of this spec with the given pad for each axis, instead of any before.
   *
   * @param height the number of rows of padding on the top and on the bottom, at least 0; a pool
   *     requires it to be smaller than the height of the window
   * @param width the number of columns of padding on the left and on the right, at least 0; a pool
   *     requires it to be smaller than the width of the window
   * @return a new spec
   * @throws IllegalArgumentException if a number is out of range
   */
  public S pad(int height, int width) {
    return pad(height, width, height, width);
  }

  /**
   * Returns a copy of this spec with the given pad for each side, instead of any before. The order
   * is that of ONNX.
   *
   * @param top the number of rows of padding on the top, at least 0; a pool requires it to be
   *     smaller than the height of the window
   * @param left the number of columns of padding on the left, at least 0; a pool requires it to be
   *     smaller than the width of the window
   * @param bottom the number of rows of padding on the bottom, like {@code top}
   * @param right the number of columns of padding on the right, like {@code left}
   * @return a new spec
   * @throws IllegalArgumentException if a number is out of range
   */
  public S pad(int top, int left, int bottom, int right) {
    return with(window.pad(top, left, bottom, right));
  }

  /**
   * Returns a copy of this spec with the pad that makes the output as large as the input divided by
   * the stride, instead of any pad before: {@code OH = ceil(H / stride)}, and OW likewise. Where
   * the pad is odd, the bottom or the right gets one more than the top or the left, as with {@code
   * padding="same"} in Keras and {@code SAME_UPPER} in ONNX.
   *
   * @return a new spec
   */
  public S same() {
    return with(window.padSame());
  }

  /** Adds size, stride and pad to settings. */
  final Settings put(Settings s) {
    return s.with("size", window.fh(), window.fw())
        .with("stride", window.strideH(), window.strideW())
        .with("pad", window.same() ? SAME : window.pad().toList());
  }

  /** Returns the window that {@link #put} added, not checked yet. */
  static Window take(Settings s) {
    int[] size = s.pair("size");
    int[] stride = s.pair("stride");
    Window window = new Window(size[0], size[1]).stride(stride[0], stride[1]);
    if (s.is("pad", SAME)) {
      return window.padSame();
    }
    int[] pad = s.pairOrFour("pad");
    return pad.length == 2
        ? window.pad(pad[0], pad[1])
        : window.pad(pad[0], pad[1], pad[2], pad[3]);
  }
}
