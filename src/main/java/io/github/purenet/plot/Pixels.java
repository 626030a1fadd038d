package io.github.purenet.plot;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;

/** Arrays as images, one number or three a pixel, and images made of images. */
final class Pixels {
  /** Images have an alpha channel: what is between the tiles of a mosaic shows the page. */
  private static final int TYPE = BufferedImage.TYPE_INT_ARGB;

  private static final int OPAQUE = 0xff << 24;

  /** Half opaque gray, which shows on white, on black and on gray. */
  private static final int LINE = 0x80_80_80_80;

  /** What a figure says if {@link #hasNan}. */
  static final String NAN_NOTE = "Orange is not a number (NaN).";

  private static final long MAX_PIXELS = 1L << 26;

  private Pixels() {}

  /**
   * Returns an array as images have it, (C, H, W).
   *
   * @param who what it is, for the message
   * @throws IllegalArgumentException unless it is (H, W), (1, H, W) or (3, H, W), not empty
   */
  static NDArray requireImage(String who, NDArray array) {
    Shape shape = array.shape();
    NDArray image = shape.rank() == 2 ? array.reshape(shape.prepend(1)) : array;
    int channels = image.rank() == 3 ? image.dimension(0) : 0;
    if ((channels != 1 && channels != 3) || image.size() == 0) {
      throw new IllegalArgumentException(
          who + ": expected an image (H, W), (1, H, W) or (3, H, W), got " + shape);
    }
    return image;
  }

  static int requireAtLeastOne(String what, int count) {
    if (count < 1) {
      throw new IllegalArgumentException(what + ": expected at least 1, got " + count);
    }
    return count;
  }

  static boolean hasNan(NDArray array) {
    for (int i = 0; i < array.size(); i++) {
      if (Float.isNaN(array.data()[i])) {
        return true;
      }
    }
    return false;
  }

  /** Returns an image of a map (H, W). */
  static BufferedImage map(NDArray map, Span span, ColorMap colors) {
    int h = map.dimension(0);
    int w = map.dimension(1);
    BufferedImage image = create(w, h);
    for (int i = 0; i < h; i++) {
      for (int j = 0; j < w; j++) {
        image.setRGB(j, i, OPAQUE | colors.rgb(span.place(map.data()[i * w + j])));
      }
    }
    return image;
  }

  /** Returns an image of (1, H, W), gray, or (3, H, W), red, green and blue. */
  static BufferedImage image(NDArray array, Span span) {
    int h = array.dimension(1);
    int w = array.dimension(2);
    if (array.dimension(0) == 1) {
      return map(array.reshape(h, w), span, ColorMap.GRAY);
    }
    BufferedImage image = create(w, h);
    float[] data = array.data();
    for (int i = 0; i < h * w; i++) {
      double r = span.place(data[i]);
      double g = span.place(data[h * w + i]);
      double b = span.place(data[2 * h * w + i]);
      boolean nan = Double.isNaN(r + g + b);
      int rgb = nan ? ColorMap.NAN : level(r) << 16 | level(g) << 8 | level(b);
      image.setRGB(i % w, i / w, OPAQUE | rgb);
    }
    return image;
  }

  private static int level(double t) {
    return (int) Math.round(255 * Math.min(1, Math.max(0, t)));
  }

  /** Returns an image in which each pixel has become a square of equal pixels. */
  static BufferedImage enlarge(BufferedImage image, int factor) {
    int w = image.getWidth();
    int h = image.getHeight();
    BufferedImage large = create((long) w * factor, (long) h * factor);
    for (int i = 0; i < h * factor; i++) {
      for (int j = 0; j < w * factor; j++) {
        large.setRGB(j, i, image.getRGB(j / factor, i / factor));
      }
    }
    return large;
  }

  /**
   * Returns an image whose longer side is about the given size: enlarged by a whole factor, or made
   * smaller by one, with the mean of the pixels that become one.
   */
  static BufferedImage fitted(BufferedImage image, int size) {
    int longer = Math.max(image.getWidth(), image.getHeight());
    int factor = Math.max(1, (int) (size / (double) longer + 0.4));
    int divisor = Math.max(1, (int) (longer / (double) size + 0.4));
    return enlarge(shrink(image, divisor), factor);
  }

  private static BufferedImage shrink(BufferedImage image, int divisor) {
    int w = (image.getWidth() + divisor - 1) / divisor;
    int h = (image.getHeight() + divisor - 1) / divisor;
    BufferedImage small = create(w, h);
    for (int i = 0; i < h; i++) {
      for (int j = 0; j < w; j++) {
        small.setRGB(j, i, mean(image, j * divisor, i * divisor, divisor));
      }
    }
    return small;
  }

  /** Returns the mean color of a square, of which some may be outside of the image. */
  private static int mean(BufferedImage image, int left, int top, int side) {
    int right = Math.min(left + side, image.getWidth());
    int bottom = Math.min(top + side, image.getHeight());
    int[] sums = new int[3];
    for (int y = top; y < bottom; y++) {
      for (int x = left; x < right; x++) {
        int rgb = image.getRGB(x, y);
        for (int c = 0; c < 3; c++) {
          sums[c] += (rgb >> (8 * c)) & 0xff;
        }
      }
    }
    int count = (right - left) * (bottom - top);
    int mean = 0;
    for (int c = 0; c < 3; c++) {
      mean |= Math.round(sums[c] / (float) count) << (8 * c);
    }
    return OPAQUE | mean;
  }

  /**
   * Returns images of one size in rows, with gaps of at least one pixel between them. Each has a
   * line around it, which shows where it ends on a page of any color; what is left of the gaps is
   * transparent.
   */
  static BufferedImage mosaic(List<BufferedImage> tiles, int columns, int gap) {
    int w = tiles.get(0).getWidth();
    int h = tiles.get(0).getHeight();
    int across = Math.min(columns, tiles.size());
    int rows = (tiles.size() + across - 1) / across;
    BufferedImage all =
        create((long) across * (w + gap) - gap + 2, (long) rows * (h + gap) - gap + 2);
    for (int k = 0; k < tiles.size(); k++) {
      int left = k % across * (w + gap) + 1;
      int top = k / across * (h + gap) + 1;
      for (int x = left - 1; x <= left + w; x++) {
        all.setRGB(x, top - 1, LINE);
        all.setRGB(x, top + h, LINE);
      }
      for (int y = top; y < top + h; y++) {
        all.setRGB(left - 1, y, LINE);
        all.setRGB(left + w, y, LINE);
      }
      int[] pixels = tiles.get(k).getRGB(0, 0, w, h, null, 0, w);
      all.setRGB(left, top, w, h, pixels, 0, w);
    }
    return all;
  }

  /** Returns an image with a line around it, a pixel larger on each side. */
  static BufferedImage lined(BufferedImage image) {
    return mosaic(List.of(image), 1, 1);
  }

  /**
   * Returns a map (H, W) laid over an image of the same size, the more opaque the farther from the
   * neutral number its numbers are: from 0, or from low if the span begins above it.
   */
  static BufferedImage overlay(BufferedImage image, NDArray map, Span span, ColorMap colors) {
    double neutral = Math.max(0, span.place(0));
    double reach = Math.max(neutral, 1 - neutral);
    int w = image.getWidth();
    BufferedImage blended = create(w, image.getHeight());
    for (int i = 0; i < w * image.getHeight(); i++) {
      double t = span.place(map.data()[i]);
      double strength = Math.min(1, Math.abs(t - neutral) / reach);
      double alpha = Double.isNaN(t) ? 1 : 0.9 * StrictMath.pow(strength, 0.75);
      int below = image.getRGB(i % w, i / w);
      int above = colors.over(t);
      int rgb = 0;
      for (int shift = 0; shift <= 16; shift += 8) {
        double mixed = alpha * (above >> shift & 0xff) + (1 - alpha) * (below >> shift & 0xff);
        rgb |= (int) Math.round(mixed) << shift;
      }
      blended.setRGB(i % w, i / w, OPAQUE | rgb);
    }
    return blended;
  }

  private static BufferedImage create(long width, long height) {
    if (width * height > MAX_PIXELS) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "figure: expected a picture of at most %d pixels, got %d by %d",
              MAX_PIXELS,
              width,
              height));
    }
    return new BufferedImage((int) width, (int) height, TYPE);
  }
}
