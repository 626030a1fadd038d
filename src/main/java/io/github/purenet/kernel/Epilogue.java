package io.github.purenet.kernel;

/**
 * The operations that follow a convolution in the same kernel.
 *
 * @param relu whether negative numbers become 0
 * @param poolH height of the max pool's window and its stride; 1 if there is none
 * @param poolW width of the max pool's window and its stride; 1 if there is none
 */
public record Epilogue(boolean relu, int poolH, int poolW) {

  /** The epilogue that leaves y as it is. */
  public static final Epilogue NONE = new Epilogue(false, 1, 1);

  /** {@return the number of elements under one window of the pool} */
  public int phases() {
    return poolH * poolW;
  }
}
