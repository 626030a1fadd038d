package io.github.purenet.data;

import io.github.purenet.ndarray.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * Images as comma-separated text, a line an image, as Kaggle has them: an optional header ({@code
 * label,pixel0,pixel1,...}), then lines of a label from 0 to 255 and C H W pixels from 0 to 255,
 * row by row. A file of test images has no labels. Lines end with a line feed, with or without a
 * carriage return in front; numbers may have spaces around them, or quotes.
 *
 * <p>A file is read from front to back; in memory, a number takes a byte.
 */
public final class PixelCsv {

  private PixelCsv() {}

  /**
   * Reads images with their labels.
   *
   * @param file the file
   * @param imageShape the shape (C, H, W) of one image, for example (1, 28, 28), of at least one
   *     pixel
   * @return a data set of the images, {@code pixel / 255}, and class indices as targets
   * @throws IOException if the file cannot be read, or if it is not of this form; the message names
   *     file, line and column
   */
  public static Dataset read(Path file, Shape imageShape) throws IOException {
    return read(file, imageShape, true);
  }

  /**
   * Reads images without labels.
   *
   * @param file the file
   * @param imageShape the shape (C, H, W) of one image, for example (1, 28, 28), of at least one
   *     pixel
   * @return a data set of the images, {@code pixel / 255}, whose targets are all 0
   * @throws IOException if the file cannot be read, or if it is not of this form; the message names
   *     file, line and column
   */
  public static Dataset readUnlabeled(Path file, Shape imageShape) throws IOException {
    return read(file, imageShape, false);
  }

  private static Dataset read(Path file, Shape imageShape, boolean labeled) throws IOException {
    if (imageShape.size() < 1 || imageShape.size() == Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "imageShape: expected at least one pixel, fewer than 2147483647, got " + imageShape);
    }
    int columns = imageShape.size() + (labeled ? 1 : 0);
    Bytes pixels = new Bytes();
    Bytes labels = new Bytes();
    try (InputStream in = Files.newInputStream(file)) {
      CsvNumbers numbers = new CsvNumbers(in, file.toString());
      numbers.skipHeader(columns);
      while (numbers.hasLine()) {
        if (labeled) {
          labels.add(numbers.next(columns), numbers);
        }
        for (int i = 0; i < imageShape.size(); i++) {
          pixels.add(numbers.next(columns), numbers);
        }
        if (!labeled) {
          labels.add(0, numbers);
        }
        numbers.endLine(columns);
      }
    }
    return Dataset.ofImages(imageShape, pixels.toArray(), labels.toArray());
  }

  /** Bytes whose memory doubles as they arrive. */
  private static final class Bytes {
    private byte[] all = new byte[1 << 10];
    private int size;

    void add(int value, CsvNumbers numbers) throws IOException {
      if (size == all.length) {
        if (size > Integer.MAX_VALUE / 2) {
          throw numbers.error(
              String.format(Locale.ROOT, "expected fewer numbers in one file, got %d", size));
        }
        all = Arrays.copyOf(all, 2 * size);
      }
      all[size++] = (byte) value;
    }

    byte[] toArray() {
      return Arrays.copyOf(all, size);
    }
  }
}
