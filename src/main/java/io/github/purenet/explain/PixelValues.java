package io.github.purenet.explain;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import io.github.purenet.nn.Network;

/** What pixels from 0 to 1 are as the input of a network, which may want them normalized. */
final class PixelValues {
  private PixelValues() {}

  /**
   * Returns a gray as the input of a network.
   *
   * @param network a network of images (C, H, W)
   * @param gray the value of the pixel, the same in all channels
   * @return the number in each of C channels
   */
  static float[] of(Network network, double gray) {
    int channels = network.inputShape().dimension(0);
    NDArray pixel = NDArray.full(Shape.of(1, channels, 1, 1), (float) gray);
    return network.normalization().map(n -> n.apply(pixel)).orElse(pixel).toArray();
  }
}
