package io.github.purenet.data;

import io.github.purenet.ndarray.NDArray;
import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * Random shifts, rotations, scalings and elastic distortions of images, all in one step, so that
 * pixels are interpolated only once: {@code Warp.none().shift(2).rotate(10).zoom(0.9, 1.1)}.
 *
 * <p>Numbers between pixels are interpolated bilinearly; beyond the image they are 0.
 *
 * <p>Source: Simard, Steinkraus and Platt 2003, <i>Best Practices for Convolutional Neural Networks
 * Applied to Visual Document Analysis</i>, section 2.
 *
 * @param shift the largest shift in pixels, on each axis
 * @param degrees the largest rotation about the center, in degrees
 * @param least the smallest scale
 * @param most the largest scale
 * @param alpha the scale of elastic distortions, in pixels; 0 for none
 * @param sigma the width of the Gaussian that smooths them, in pixels
 */
public record Warp(
    double shift, double degrees, double least, double most, double alpha, double sigma)
    implements Augmentation {

  /**
   * Creates a warp.
   *
   * @param shift the largest shift in pixels, at least 0 and finite
   * @param degrees the largest rotation, from 0 to 180 degrees
   * @param least the smallest scale, above 0
   * @param most the largest scale, from {@code least} to 1e6
   * @param alpha the scale of elastic distortions, from 0 to 1e6 pixels
   * @param sigma the width of the Gaussian that smooths them, from 0 to 1000 pixels
   * @throws IllegalArgumentException if a number is out of range
   */
  public Warp {
    check(shift >= 0 && Double.isFinite(shift), "a shift of at least 0 pixels", shift);
    check(degrees >= 0 && degrees <= 180, "a rotation from 0 to 180 degrees", degrees);
    check(least > 0 && least <= most, "scales 0 < least <= most", least);
    check(most <= 1e6, "scales of at most 1e6", most);
    check(alpha >= 0 && alpha <= 1e6, "an alpha from 0 to 1e6", alpha);
    check(sigma >= 0 && sigma <= 1000, "a sigma from 0 to 1000 pixels", sigma);
  }

  private static void check(boolean fits, String expected, double got) {
    if (!fits) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "warp: expected %s, got %s", expected, got));
    }
  }

  /**
   * Returns a warp that changes nothing, to be set further.
   *
   * @return the warp
   */
  public static Warp none() {
    return new Warp(0, 0, 1, 1, 0, 0);
  }

  /**
   * Returns a copy that also shifts images, by a random number of pixels on each axis.
   *
   * @param pixels the largest shift, at least 0
   * @return a new warp
   * @throws IllegalArgumentException if the number is out of range
   */
  public Warp shift(double pixels) {
    return new Warp(pixels, degrees, least, most, alpha, sigma);
  }

  /**
   * Returns a copy that also rotates images about their center, by a random angle either way.
   *
   * @param most the largest angle in degrees, from 0 to 180
   * @return a new warp
   * @throws IllegalArgumentException if the number is out of range
   */
  public Warp rotate(double most) {
    return new Warp(shift, most, least, this.most, alpha, sigma);
  }

  /**
   * Returns a copy that also scales images, by a random factor.
   *
   * @param least the smallest factor, above 0
   * @param most the largest factor, at least the smallest
   * @return a new warp
   * @throws IllegalArgumentException if a number is out of range
   */
  public Warp zoom(double least, double most) {
    return new Warp(shift, degrees, least, most, alpha, sigma);
  }

  /**
   * Returns a copy that also distorts images elastically: every pixel moves by alpha times a random
   * number from -1 to 1 on each axis, after a Gaussian has smoothed these numbers over the image.
   *
   * @param alpha the scale, at least 0; the source has 34 for images of 29 by 29
   * @param sigma the width of the Gaussian in pixels, at least 0; the source has 4
   * @return a new warp
   * @throws IllegalArgumentException if a number is out of range
   */
  public Warp elastic(double alpha, double sigma) {
    return new Warp(shift, degrees, least, most, alpha, sigma);
  }

  @Override
  public void apply(NDArray image, RandomGenerator random) {
    double down = Pixels.uniform(-shift, shift, random);
    double right = Pixels.uniform(-shift, shift, random);
    double angle = Math.toRadians(Pixels.uniform(-degrees, degrees, random));
    double scale = Pixels.uniform(least, most, random);
    int h = image.dimension(1);
    int w = image.dimension(2);
    float[] dy = alpha == 0 ? null : field(h, w, random);
    float[] dx = alpha == 0 ? null : field(h, w, random);
    // StrictMath: these numbers are to be the same on every machine.
    double cos = StrictMath.cos(angle) / scale;
    double sin = StrictMath.sin(angle) / scale;
    double centerY = (h - 1) / 2.0;
    double centerX = (w - 1) / 2.0;
    float[] old = image.toArray();
    for (int r = 0; r < h; r++) {
      for (int q = 0; q < w; q++) {
        double y = r - centerY - down;
        double x = q - centerX - right;
        double fromY = centerY + cos * y - sin * x;
        double fromX = centerX + sin * y + cos * x;
        if (dy != null) {
          fromY += dy[r * w + q];
          fromX += dx[r * w + q];
        }
        for (int c = 0; c < image.dimension(0); c++) {
          image.data()[(c * h + r) * w + q] = interpolate(old, c * h * w, h, w, fromY, fromX);
        }
      }
    }
  }

  private static float interpolate(float[] data, int plane, int h, int w, double y, double x) {
    if (!(y > -1 && y < h && x > -1 && x < w)) {
      return 0;
    }
    int top = (int) Math.floor(y);
    int left = (int) Math.floor(x);
    double below = y - top;
    double beside = x - left;
    double upper =
        (1 - beside) * pixel(data, plane, h, w, top, left)
            + beside * pixel(data, plane, h, w, top, left + 1);
    double lower =
        (1 - beside) * pixel(data, plane, h, w, top + 1, left)
            + beside * pixel(data, plane, h, w, top + 1, left + 1);
    return (float) ((1 - below) * upper + below * lower);
  }

  private static float pixel(float[] data, int plane, int h, int w, int row, int column) {
    boolean inside = row >= 0 && row < h && column >= 0 && column < w;
    return inside ? data[plane + row * w + column] : 0;
  }

  /** Returns alpha times random numbers from -1 to 1, smoothed along both axes. */
  private float[] field(int h, int w, RandomGenerator random) {
    float[] field = new float[h * w];
    for (int i = 0; i < field.length; i++) {
      field[i] = (float) (alpha * Pixels.uniform(-1, 1, random));
    }
    double[] kernel = gaussian(Math.max(h, w));
    float[] smooth = smooth(field, h, w, w, 1, kernel);
    return smooth(smooth, w, h, 1, w, kernel);
  }

  /** Returns the right half of a Gaussian, of sum 1 on both sides, cut off at three sigma. */
  private double[] gaussian(int longest) {
    int radius = (int) Math.min(Math.ceil(3 * sigma), longest);
    double[] kernel = new double[radius + 1];
    double sum = 0;
    for (int i = 0; i <= radius; i++) {
      kernel[i] = sigma == 0 ? 1 : StrictMath.exp(-0.5 * i * i / (sigma * sigma));
      sum += i == 0 ? kernel[i] : 2 * kernel[i];
    }
    for (int i = 0; i <= radius; i++) {
      kernel[i] /= sum;
    }
    return kernel;
  }

  /** Smooths lines of numbers; beyond their ends they are 0. */
  private static float[] smooth(
      float[] from, int lines, int length, int lineStep, int step, double[] kernel) {
    float[] to = new float[from.length];
    for (int line = 0; line < lines; line++) {
      for (int i = 0; i < length; i++) {
        int at = line * lineStep + i * step;
        double sum = kernel[0] * from[at];
        for (int k = 1; k < kernel.length; k++) {
          sum += i >= k ? kernel[k] * from[at - k * step] : 0;
          sum += i + k < length ? kernel[k] * from[at + k * step] : 0;
        }
        to[at] = (float) sum;
      }
    }
    return to;
  }
}
