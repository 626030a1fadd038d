package io.github.purenet.serve;

import io.github.purenet.ndarray.NDArray;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a layer answers to one image, as JSON that is small enough to be sent at every stroke. */
final class FeatureMaps {
  /** The most maps, and the most numbers of a layer without maps, that are shown. */
  private static final int MOST_MAPS = 64;

  private static final int MOST_NUMBERS = 256;

  /** The longest side of a map; larger ones are averaged. */
  private static final int LONGEST = 48;

  private FeatureMaps() {}

  /**
   * Returns a layer's output as bytes: 128 is 0, and 1 and 255 are the largest magnitude of what is
   * shown of the layer.
   *
   * @param name the name of the layer
   * @param output (1, C, H, W), or another shape, whose numbers are then shown as (1, C, 1, 1)
   */
  static Map<String, Object> of(String name, NDArray output) {
    boolean maps = output.rank() == 4;
    int count = maps ? output.dimension(1) : output.size();
    int height = maps ? output.dimension(2) : 1;
    int width = maps ? output.dimension(3) : 1;
    int shown = Math.min(count, height * width > 1 ? MOST_MAPS : MOST_NUMBERS);
    int block = Math.max(1, (Math.max(height, width) + LONGEST - 1) / LONGEST);
    float[] means = means(output.data(), shown, height, width, block);

    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", name);
    json.put("maps", count);
    json.put("shown", shown);
    json.put("height", blocks(height, block));
    json.put("width", blocks(width, block));
    json.put("fullHeight", height);
    json.put("fullWidth", width);
    int strongest = output.reshape(output.size()).argmax();
    json.put("strongest", strongest / (height * width));
    float largest = output.data()[strongest];
    json.put("largest", Float.isFinite(largest) ? (Double) (double) largest : (Double) 0.0);
    json.put("data", Base64.getEncoder().encodeToString(signed(means)));
    return json;
  }

  private static int blocks(int length, int block) {
    return (length + block - 1) / block;
  }

  /** Returns the means of blocks of the first maps. */
  private static float[] means(float[] maps, int count, int height, int width, int block) {
    int h = blocks(height, block);
    int w = blocks(width, block);
    float[] sums = new float[count * h * w];
    int[] sizes = new int[h * w];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        sizes[y / block * w + x / block]++;
      }
    }
    for (int c = 0; c < count; c++) {
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          int to = y / block * w + x / block;
          sums[c * h * w + to] += maps[(c * height + y) * width + x] / sizes[to];
        }
      }
    }
    return sums;
  }

  private static byte[] signed(float[] values) {
    float most = 0;
    for (float value : values) {
      most = Math.max(most, Math.abs(value));
    }
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (128 + (most > 0 ? Math.round(127 * values[i] / most) : 0));
    }
    return bytes;
  }

  /** Returns numbers from 0 to some largest one as bytes from 0 to 255. */
  static String grays(float[] values, float largest) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      float share = largest > 0 ? values[i] / largest : 0;
      bytes[i] = (byte) Math.round(255 * Math.max(0, Math.min(1, share)));
    }
    return Base64.getEncoder().encodeToString(bytes);
  }
}
