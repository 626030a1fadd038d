package io.github.purenet.image;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;

/**
 * The rows of a picture in memory, gray or red, green and blue, on white where it is transparent.
 *
 * <p>Samples of gray and RGB are taken as they are. {@code BufferedImage.getRGB} would brighten
 * gray ones, which Java takes for linear, and convert profiles pixel by pixel.
 */
final class Pixels implements Scanlines {
  private final BufferedImage image;
  private final int channels;
  private final boolean raw;
  private final int colors;
  private final int bands;
  private final float[] most;
  private final int[] samples;

  Pixels(BufferedImage image, int channels) {
    this.image = image;
    this.channels = channels;
    ColorModel model = image.getColorModel();
    raw = isRaw(model);
    colors = raw ? model.getNumColorComponents() : 3;
    bands = raw ? model.getNumComponents() : 4;
    most = new float[bands];
    for (int band = 0; band < bands; band++) {
      most[band] = raw ? (float) Math.scalb(1.0, model.getComponentSize(band)) - 1 : 255;
    }
    samples = new int[bands * image.getWidth()];
  }

  private static boolean isRaw(ColorModel model) {
    int space = model.getColorSpace().getType();
    int type = model.getTransferType();
    return model instanceof ComponentColorModel
        && !model.isAlphaPremultiplied()
        && (type == DataBuffer.TYPE_BYTE || type == DataBuffer.TYPE_USHORT)
        && (space == ColorSpace.TYPE_GRAY || space == ColorSpace.TYPE_RGB);
  }

  @Override
  public int channels() {
    return channels;
  }

  @Override
  public int height() {
    return image.getHeight();
  }

  @Override
  public int width() {
    return image.getWidth();
  }

  @Override
  public void read(int y, float[] row) {
    int w = width();
    if (raw) {
      image.getRaster().getPixels(0, y, w, 1, samples);
    } else {
      image.getRGB(0, y, w, 1, samples, 0, w);
      for (int x = w - 1; x >= 0; x--) { // from the end: a pixel becomes four samples
        int argb = samples[x];
        samples[4 * x] = (argb >> 16) & 0xff;
        samples[4 * x + 1] = (argb >> 8) & 0xff;
        samples[4 * x + 2] = argb & 0xff;
        samples[4 * x + 3] = argb >>> 24;
      }
    }
    for (int x = 0; x < w; x++) {
      float first = color(x, 0);
      float second = colors == 1 ? first : color(x, 1);
      float third = colors == 1 ? first : color(x, 2);
      if (channels == 1) {
        row[x] = colors == 1 ? first : 0.299f * first + 0.587f * second + 0.114f * third;
      } else {
        row[x] = first;
        row[w + x] = second;
        row[2 * w + x] = third;
      }
    }
  }

  private float color(int x, int band) {
    float value = samples[x * bands + band] / most[band];
    if (bands == colors) {
      return value;
    }
    float alpha = samples[x * bands + bands - 1] / most[bands - 1];
    return alpha * value + (1 - alpha);
  }
}
