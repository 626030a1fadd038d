package io.github.purenet.image;

import io.github.purenet.ndarray.NDArray;

/**
 * Scales a part of a picture with a triangle filter, as wide as a source pixel when the picture
 * becomes larger (bilinear interpolation) and as a target pixel when it becomes smaller, one axis
 * after the other. A source row is read once and needed no longer after that.
 */
final class Resampler {

  private Resampler() {}

  /** A part of a picture, in pixels, which need not be whole. */
  record Box(double top, double left, double height, double width) {
    static Box all(Scanlines rows) {
      return new Box(0, 0, rows.height(), rows.width());
    }
  }

  /**
   * Returns a part of a picture in another size.
   *
   * @param from the picture
   * @param box the part
   * @param h the new height, at least 1
   * @param w the new width, at least 1
   * @return (C, h, w), a new array
   */
  static NDArray resample(Scanlines from, Box box, int h, int w) {
    int channels = from.channels();
    NDArray to = NDArray.zeros(channels, h, w);
    Axis rows = Axis.of(from.height(), box.top(), box.height(), h);
    Axis columns = Axis.of(from.width(), box.left(), box.width(), w);
    float[] wide = new float[channels * from.width()];
    float[] narrow = new float[channels * w];
    int first = 0; // the first target row that needs this source row or a later one
    for (int y = rows.start[0]; y < rows.end(h - 1); y++) {
      while (rows.end(first) <= y) {
        first++;
      }
      from.read(y, wide);
      for (int c = 0; c < channels; c++) {
        columns.scale(wide, c * from.width(), narrow, c * w);
      }
      for (int r = first; r < h && rows.start[r] <= y; r++) {
        if (y < rows.end(r)) {
          add(rows.weights[r][y - rows.start[r]], narrow, to, r);
        }
      }
    }
    for (int i = 0; i < to.size(); i++) {
      to.data()[i] = Math.min(1, to.data()[i]); // weights add up to 1 but for their rounding
    }
    return to;
  }

  private static void add(float weight, float[] narrow, NDArray to, int row) {
    int w = to.dimension(2);
    for (int c = 0; c < to.dimension(0); c++) {
      int at = (c * to.dimension(1) + row) * w;
      for (int x = 0; x < w; x++) {
        to.data()[at + x] += weight * narrow[c * w + x];
      }
    }
  }

  /** Which numbers of the source make a number of the target, and with which weights. */
  private static final class Axis {
    private final int[] start;
    private final float[][] weights;

    private Axis(int[] start, float[][] weights) {
      this.start = start;
      this.weights = weights;
    }

    static Axis of(int size, double from, double length, int count) {
      int[] start = new int[count];
      float[][] weights = new float[count][];
      double scale = length / count;
      double reach = Math.max(scale, 1);
      for (int i = 0; i < count; i++) {
        double center = from + (i + 0.5) * scale;
        int first = (int) Math.max(0, Math.min(size - 1, Math.floor(center - reach + 0.5)));
        int end = (int) Math.max(first + 1, Math.min(size, Math.floor(center + reach + 0.5)));
        start[i] = first;
        weights[i] = triangle(first, end, center, reach);
      }
      return new Axis(start, weights);
    }

    private static float[] triangle(int first, int end, double center, double reach) {
      double[] exact = new double[end - first];
      double sum = 0;
      for (int k = 0; k < exact.length; k++) {
        exact[k] = Math.max(0, 1 - Math.abs(first + k + 0.5 - center) / reach);
        sum += exact[k];
      }
      float[] weights = new float[exact.length];
      for (int k = 0; k < exact.length; k++) {
        weights[k] = (float) (sum > 0 ? exact[k] / sum : 1.0 / exact.length);
      }
      return weights;
    }

    int end(int i) {
      return start[i] + weights[i].length;
    }

    void scale(float[] from, int fromAt, float[] to, int toAt) {
      for (int i = 0; i < start.length; i++) {
        float sum = 0;
        for (int k = 0; k < weights[i].length; k++) {
          sum += weights[i][k] * from[fromAt + start[i] + k];
        }
        to[toAt + i] = sum;
      }
    }
  }
}
