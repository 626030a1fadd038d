package io.github.purenet.image;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import io.github.purenet.nn.Network;
import io.github.purenet.nn.Normalization;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;

/**
 * Reads pictures as arrays (1, C, H, W) of numbers from 0 to 1, gray if C is 1, red, green and blue
 * if C is 3: {@code network.predict(Images.of(network).read(file))}.
 *
 * <p>Files are PNG, JPEG, BMP or GIF, of which the first frame is read; their first bytes tell, not
 * their names. A JPEG is turned as its EXIF data say. Transparent pixels lie on white. Gray is
 * {@code 0.299 R + 0.587 G + 0.114 B} (ITU-R BT.601). Pixels are averaged with a triangle filter
 * when a picture becomes smaller, and interpolated bilinearly when it becomes larger. Numbers are
 * taken as the file has them: profiles of colors and gamma are ignored. A JPEG of more than 100
 * scans and a BMP that holds a JPEG or PNG are refused, since they may take hours.
 *
 * <p>Immutable; any number of threads may use one object.
 */
public final class Images {
  private static final long MAX_PIXELS = 100_000_000;

  /** Enough for as many pixels of six bytes each. */
  private static final int MAX_BYTES = 1 << 30;

  private final Shape shape;
  private final Fit fit;
  private final boolean asMnist;
  private final Normalization normalization; // null for none
  private final long maxPixels;

  private Images(
      Shape shape, Fit fit, boolean asMnist, Normalization normalization, long maxPixels) {
    this.shape = shape;
    this.fit = fit;
    this.asMnist = asMnist;
    this.normalization = normalization;
    this.maxPixels = maxPixels;
  }

  /**
   * Returns a reader of pictures of one shape.
   *
   * @param shape (C, H, W), where C is 1 or 3
   * @return a reader that stretches pictures and does not normalize them
   * @throws IllegalArgumentException if pictures cannot be of this shape
   */
  public static Images of(Shape shape) {
    Shape s = Objects.requireNonNull(shape, "shape");
    if (s.rank() != 3 || (s.dimension(0) != 1 && s.dimension(0) != 3) || s.size() < 1) {
      throw new IllegalArgumentException(
          "images: expected a shape (1, H, W) or (3, H, W), got " + shape);
    }
    return new Images(shape, Fit.STRETCH, false, null, MAX_PIXELS);
  }

  /**
   * Returns a reader of pictures for a network: of its input shape, and normalized as the network
   * says.
   *
   * @param network a network whose input is pictures (C, H, W)
   * @return a reader that stretches pictures
   * @throws IllegalArgumentException if the input of the network is no pictures
   */
  public static Images of(Network network) {
    Images images = of(network.inputShape());
    return network.normalization().map(images::normalize).orElse(images);
  }

  /**
   * Returns a copy that brings pictures to their size in another way.
   *
   * @param way how, by default {@link Fit#STRETCH}
   * @return a new reader
   */
  public Images fit(Fit way) {
    Objects.requireNonNull(way, "fit");
    return new Images(shape, way, asMnist, normalization, maxPixels);
  }

  /**
   * Returns a copy that prepares pictures of one digit or letter each as MNIST did: ink becomes
   * bright on black, what is inked is scaled to 20 of 28 pixels without changing its proportions,
   * and its center of mass is moved to the center of the picture.
   *
   * <p>The median of the border is taken for the background; if it is brighter than the middle of
   * all numbers, ink is dark. Numbers are stretched so that the background is 0 and the strongest
   * ink 1; what is below 0.1 does not count as ink. A picture without ink is all 0.
   *
   * <p>Source: LeCun, Bottou, Bengio and Haffner 1998, <i>Gradient-Based Learning Applied to
   * Document Recognition</i>, section III.A.
   *
   * @return a new reader, for which {@link #fit} means nothing
   */
  public Images asMnist() {
    return new Images(shape, fit, true, normalization, maxPixels);
  }

  /**
   * Returns a copy that normalizes pictures, {@code (x - mean) / deviation} for each channel.
   *
   * @param value the means and deviations, as many as channels
   * @return a new reader
   * @throws IllegalArgumentException if there are not as many as channels
   */
  public Images normalize(Normalization value) {
    value.apply(NDArray.zeros(shape.prepend(1))); // checks it
    return new Images(shape, fit, asMnist, value, maxPixels);
  }

  /**
   * Returns a copy that refuses larger or also reads larger files. A picture in memory takes some
   * four bytes a pixel, however small its file is.
   *
   * @param count the largest number of pixels, at least 1; 100 million by default
   * @return a new reader
   * @throws IllegalArgumentException if the number is less than 1
   */
  public Images maxPixels(long count) {
    if (count < 1) {
      throw new IllegalArgumentException("maxPixels: expected at least 1, got " + count);
    }
    return new Images(shape, fit, asMnist, normalization, count);
  }

  /**
   * Returns the shape of a picture.
   *
   * @return (C, H, W)
   */
  public Shape shape() {
    return shape;
  }

  /**
   * Reads a file.
   *
   * @param file a file of PNG, JPEG, BMP or GIF
   * @return (1, C, H, W), a new array
   * @throws IOException if the file cannot be read, is damaged, has too many pixels, or more than 1
   *     GB; the message names it
   */
  public NDArray read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return read(in, file.toString());
    }
  }

  /**
   * Reads a stream to its end, of at most 1 GB, without closing it.
   *
   * @param in the content of a file of PNG, JPEG, BMP or GIF
   * @param name the name of the stream in messages
   * @return (1, C, H, W), a new array
   * @throws IOException if the stream cannot be read, is damaged, or has too many pixels; the
   *     message names it
   */
  public NDArray read(InputStream in, String name) throws IOException {
    byte[] file;
    try {
      file = in.readNBytes(MAX_BYTES + 1);
    } catch (IOException e) {
      throw new IOException(name + ": cannot be read: " + e.getMessage(), e);
    }
    if (file.length > MAX_BYTES) {
      throw new IOException(
          String.format(Locale.ROOT, "%s: expected at most %d bytes, got more", name, MAX_BYTES));
    }
    return toArray(Picture.decode(file, name, maxPixels));
  }

  /**
   * Converts a picture in memory.
   *
   * @param image the picture. Not modified.
   * @return (1, C, H, W), a new array
   */
  @SuppressWarnings("exports") // who has a BufferedImage reads java.desktop
  public NDArray convert(BufferedImage image) {
    return toArray(new Picture(image, 1));
  }

  private NDArray toArray(Picture picture) {
    NDArray x = asMnist ? Digit.prepare(picture, shape) : picture.fitted(shape, fit);
    NDArray batch = x.reshape(shape.prepend(1));
    return normalization == null ? batch : normalization.apply(batch);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "Images of %s, %s", shape, asMnist ? "as MNIST" : "fit " + fit);
  }
}
