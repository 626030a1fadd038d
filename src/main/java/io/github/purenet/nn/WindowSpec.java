package io.github.purenet.nn;

import io.github.purenet.kernel.Window;

/**
 * A spec of a layer whose window slides over an image.
 *
 * @param <S> the type of the spec itself
 */
abstract class WindowSpec<S extends WindowSpec<S>> extends AbstractSpec {
  final Window window;

  /**
   * Creates a spec after checking each number separately; error messages begin with the name. The
   * largest pad depends on the dilation, which may be set later, so the layer checks it.
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
   * Returns a copy of this spec with the given pad.
   *
   * @param pad the padding on each side, at least 0; the layer requires it to be smaller than the
   *     dilated window
   * @return a new spec
   * @throws IllegalArgumentException if the number is out of range
   */
  public S pad(int pad) {
    return pad(pad, pad);
  }

  /**
   * Returns a copy of this spec with the given pad for each axis.
   *
   * @param height the number of rows of padding on the top and on the bottom, at least 0; the layer
   *     requires it to be smaller than the height of the dilated window
   * @param width the number of columns of padding on the left and on the right, at least 0; the
   *     layer requires it to be smaller than the width of the dilated window
   * @return a new spec
   * @throws IllegalArgumentException if a number is out of range
   */
  public S pad(int height, int width) {
    return with(window.pad(height, width));
  }

  /** Adds size, stride and pad to settings. */
  final SpecSettings put(SpecSettings s) {
    return s.with("size", window.fh(), window.fw())
        .with("stride", window.strideH(), window.strideW())
        .with("pad", window.padH(), window.padW());
  }

  /** Returns the window that {@link #put} added, not checked yet. */
  static Window take(SpecSettings s) {
    int[] size = s.pair("size");
    int[] stride = s.pair("stride");
    int[] pad = s.pair("pad");
    return new Window(size[0], size[1]).stride(stride[0], stride[1]).pad(pad[0], pad[1]);
  }
}
