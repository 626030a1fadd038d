package io.github.purenet.explain;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import io.github.purenet.nn.Network;

/** What pixels from 0 to 1 are as the input of a network, which may want them normalized. */
final class PixelValues {
  private PixelValues() {}

  /** Returns an image (C, H, W) of pixels as the input of a network. */
  static NDArray of(Network network, NDArray pixels) {
    NDArray one = pixels.reshape(pixels.shape().prepend(1));
    return network.normalization().map(n -> n.apply(one)).orElse(one).reshape(pixels.shape());
  }

  /** Returns a gray as the input of a network, a number for each channel. */
  static float[] of(Network network, double gray) {
    Shape pixel = Shape.of(network.inputShape().dimension(0), 1, 1);
    return of(network, NDArray.full(pixel, (float) gray)).toArray();
  }
}
