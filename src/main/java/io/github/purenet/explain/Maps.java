package io.github.purenet.explain;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;

/** Heat maps (N, H, W) over images (N, C, H, W). */
final class Maps {
  private Maps() {}

  /** Checks that samples are images; the message begins with what needs them. */
  static void requireImages(String who, Shape sample) {
    if (sample.rank() != 3) {
      throw new IllegalArgumentException(
          who + ": expected images (C, H, W), got samples of " + sample);
    }
  }

  /** Returns the largest absolute value over the channels, (N, H, W) of (N, C, H, W). */
  static NDArray largest(NDArray gradient) {
    return gradient.abs().max(1);
  }

  /**
   * Enlarges maps by bilinear interpolation between the centers of their positions, which is
   * PyTorch's {@code interpolate} with {@code align_corners=False}. Beyond the outermost centers,
   * numbers are those at the edge.
   *
   * @param maps the maps (N, h, w)
   * @param height H, at least 1
   * @param width W, at least 1
   * @return the maps (N, H, W), a copy
   */
  static NDArray enlarge(NDArray maps, int height, int width) {
    int h = maps.dimension(1);
    int w = maps.dimension(2);
    NDArray enlarged = NDArray.zeros(maps.dimension(0), height, width);
    float[] from = maps.data();
    float[] to = enlarged.data();
    int at = 0;
    for (int n = 0; n < maps.dimension(0); n++) {
      for (int row = 0; row < height; row++) {
        double down = center(row, h, height);
        int top = (n * h + (int) down) * w;
        int bottom = (int) down + 1 < h ? top + w : top;
        double below = down - (int) down;
        for (int column = 0; column < width; column++) {
          double across = center(column, w, width);
          int left = (int) across;
          int right = Math.min(left + 1, w - 1);
          double beside = across - left;
          double upper = (1 - beside) * from[top + left] + beside * from[top + right];
          double lower = (1 - beside) * from[bottom + left] + beside * from[bottom + right];
          to[at++] = (float) ((1 - below) * upper + below * lower);
        }
      }
    }
    return enlarged;
  }

  /** Returns where the center of a position of the enlarged map lies between those of the map. */
  private static double center(int position, int size, int enlarged) {
    double at = (position + 0.5) * size / enlarged - 0.5;
    return Math.max(0, Math.min(size - 1, at));
  }
}
