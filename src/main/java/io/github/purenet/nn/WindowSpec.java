package io.github.purenet.nn;

import io.github.purenet.kernel.Window;

/**
 * What the specs of all layers share whose window travels over an image.
 *
 * @param <S> the spec itself
 */
abstract class WindowSpec<S extends WindowSpec<S>> implements LayerSpec {
  final Window window;

  WindowSpec(Window window) {
    this.window = window.checkWithPad(kind());
  }

  /** The same with another window. */
  abstract S with(Window other);

  /**
   * The same with another stride.
   *
   * @param stride step downwards and to the right, at least 1
   * @return a new spec
   * @throws IllegalArgumentException if the number is out of range
   */
  public S stride(int stride) {
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
  public S stride(int height, int width) {
    return with(window.stride(height, width));
  }

  /**
   * The same with another pad.
   *
   * @param pad padding on each side, at least 0 and smaller than the window; where the window has a
   *     dilation, set that first
   * @return a new spec
   * @throws IllegalArgumentException if the number is out of range
   */
  public S pad(int pad) {
    return pad(pad, pad);
  }

  /**
   * The same with another pad.
   *
   * @param height rows of padding above, and as many below, at least 0 and below the window's
   *     height; where the window has a dilation, set that first
   * @param width columns of padding left, and as many right, at least 0 and below its width
   * @return a new spec
   * @throws IllegalArgumentException if a number is out of range
   */
  public S pad(int height, int width) {
    return with(window.pad(height, width));
  }

  /** Settings with size, stride and pad. */
  final Settings put(Settings s) {
    return s.with("size", window.fh(), window.fw())
        .with("stride", window.strideH(), window.strideW())
        .with("pad", window.padH(), window.padW());
  }

  /** What {@link #put} has put, not checked yet. */
  static Window take(Settings s) {
    int[] size = s.pair("size");
    int[] stride = s.pair("stride");
    int[] pad = s.pair("pad");
    return new Window(size[0], size[1]).stride(stride[0], stride[1]).pad(pad[0], pad[1]);
  }
}
