package io.github.purenet.image;

import io.github.purenet.image.Resampler.Box;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.util.Arrays;

/** A picture of one digit, prepared as MNIST's were. */
final class Digit {
  /** Large enough for the thinnest pen, small enough to be held as floats several times. */
  private static final int LONGEST = 512;

  /** What is fainter is background. */
  private static final float INK = 0.1f;

  /** Less than that between ink and background is none: five steps of 8 bits. */
  private static final float FLAT = 0.02f;

  private Digit() {}

  /** Returns the digit in the given size (C, H, W), equal in all channels. */
  static NDArray prepare(Picture picture, Shape shape) {
    NDArray ink = picture.atMost(LONGEST, 1);
    if (!toInk(ink)) {
      return NDArray.zeros(shape);
    }
    Box box = boundingBox(ink);
    int h = shape.dimension(1);
    int w = shape.dimension(2);
    double side = Math.max(1, 20 / 28.0 * Math.min(h, w));
    double scale = Math.max(box.height(), box.width()) / side;
    int innerH = Picture.inside(box.height() / scale, h);
    int innerW = Picture.inside(box.width() / scale, w);
    NDArray inner = Resampler.resample(Scanlines.of(ink), box, innerH, innerW);
    stretch(inner, 0, inner.max());
    int top = start(massOfRows(inner), h);
    int left = start(massOfRows(inner.transpose(0, 2, 1)), w);
    NDArray placed = Picture.place(inner, Shape.of(1, h, w), top, left);
    NDArray[] channels = new NDArray[shape.dimension(0)];
    Arrays.fill(channels, placed);
    return NDArray.concatenate(0, channels);
  }

  /** Changes gray to ink from 0 to 1, in place; returns whether there is any. */
  private static boolean toInk(NDArray gray) {
    float background = median(border(gray));
    boolean dark = background > (gray.min() + gray.max()) / 2;
    float strongest = dark ? gray.min() : gray.max();
    if (Math.abs(strongest - background) < FLAT) {
      return false;
    }
    stretch(gray, background, strongest);
    return true;
  }

  private static void stretch(NDArray image, float zero, float one) {
    for (int i = 0; i < image.size(); i++) {
      image.data()[i] = Math.max(0, Math.min(1, (image.data()[i] - zero) / (one - zero)));
    }
  }

  private static float[] border(NDArray gray) {
    int h = gray.dimension(1);
    int w = gray.dimension(2);
    float[] border = new float[2 * (h + w)];
    for (int x = 0; x < w; x++) {
      border[2 * x] = gray.get(0, 0, x);
      border[2 * x + 1] = gray.get(0, h - 1, x);
    }
    for (int y = 0; y < h; y++) {
      border[2 * (w + y)] = gray.get(0, y, 0);
      border[2 * (w + y) + 1] = gray.get(0, y, w - 1);
    }
    return border;
  }

  private static float median(float[] numbers) {
    Arrays.sort(numbers);
    return numbers[numbers.length / 2];
  }

  private static Box boundingBox(NDArray ink) {
    int top = Integer.MAX_VALUE;
    int left = Integer.MAX_VALUE;
    int bottom = 0;
    int right = 0;
    int w = ink.dimension(2);
    for (int i = 0; i < ink.size(); i++) {
      if (ink.data()[i] >= INK) {
        top = Math.min(top, i / w);
        bottom = Math.max(bottom, i / w);
        left = Math.min(left, i % w);
        right = Math.max(right, i % w);
      }
    }
    return new Box(top, left, bottom - top + 1, right - left + 1);
  }

  /** Returns the mass of each row. */
  private static float[] massOfRows(NDArray image) {
    return image.sum(2).toArray();
  }

  /**
   * Returns where to begin so that the center of mass comes to the middle, but inside of it all.
   */
  private static int start(float[] mass, int size) {
    double sum = 0;
    double moment = 0;
    for (int i = 0; i < mass.length; i++) {
      sum += mass[i];
      moment += i * (double) mass[i];
    }
    int middle = size / 2; // 14 of 0 to 27, where MNIST has it
    long start = Math.round(middle - moment / sum);
    return (int) Math.max(0, Math.min(size - mass.length, start));
  }
}
