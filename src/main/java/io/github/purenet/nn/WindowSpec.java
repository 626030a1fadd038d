package io.github.purenet.nn;

import io.github.purenet.kernel.Window;

/**
 * What the specs of all layers share whose window travels over an image.
 *
 * @param <S> the spec itself
 */
abstract class WindowSpec<S extends WindowSpec<S>> extends AbstractSpec {
  final Window window;

  /**
   * Checks each number by itself; error texts begin with the name. Which pads are small enough
   * depends on the dilation, which may be set later: that is for the layer to check.
   */
  WindowSpec(String kind, String name, Window window) {
    super(kind);
    this.window = window.check(name);
  }

  /** A window whose stride is its size. */
  static Window disjoint(int height, int width) {
    return new Window(height, width).stride(height, width);
  }

  /** The same with another window. */
  abstract S with(Window other);

  /**
   * Returns the same spec with another stride.
   *
   * @param stride step downwards and to the right, at least 1
   * @return a new spec
   * @throws IllegalArgumentException if the number is out of range
   */
  public S stride(int stride) {
    return stride(stride, stride);
  }

  /**
   * Returns the same spec with another stride.
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
   * Returns the same spec with another pad.
   *
   * @param pad padding on each side, at least 0; the layer requires it to be smaller than the
   *     window with its dilation
   * @return a new spec
   * @throws IllegalArgumentException if the number is out of range
   */
  public S pad(int pad) {
    return pad(pad, pad);
  }

  /**
   * Returns the same spec with another pad.
   *
   * @param height rows of padding above, and as many below, at least 0; the layer requires fewer
   *     than the window has with its dilation
   * @param width columns of padding left, and as many right, likewise
   * @return a new spec
   * @throws IllegalArgumentException if a number is out of range
   */
  public S pad(int height, int width) {
    return with(window.pad(height, width));
  }

  /** Adds size, stride and pad. */
  final SpecSettings put(SpecSettings s) {
    return s.with("size", window.fh(), window.fw())
        .with("stride", window.strideH(), window.strideW())
        .with("pad", window.padH(), window.padW());
  }

  /** Returns what {@link #put} has added, not checked yet. */
  static Window take(SpecSettings s) {
    int[] size = s.pair("size");
    int[] stride = s.pair("stride");
    int[] pad = s.pair("pad");
    return new Window(size[0], size[1]).stride(stride[0], stride[1]).pad(pad[0], pad[1]);
  }
}
