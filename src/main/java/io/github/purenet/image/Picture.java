package io.github.purenet.image;

import io.github.purenet.image.Resampler.Box;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * A picture as it was stored, and how it is to be turned.
 *
 * @param image the picture
 * @param orientation 1 to 8, as in EXIF
 */
record Picture(BufferedImage image, int orientation) {
  /** Deflate packs at most 1032 bytes into one, and no other format packs more pixels of a bit. */
  private static final long MOST_PER_BYTE = 8 * 1032;

  /** Each scan visits all pixels; encoders make some ten, and a few dozen at most. */
  private static final int MOST_SCANS = 100;

  /** Where a BMP says how long its header is; the short one knows of no compression. */
  private static final int BMP_HEADER = 14;

  private static final int BMP_SHORT_HEADER = 12;

  /** Where a BMP says how it is compressed, and what it says if it holds a file of these. */
  private static final int BMP_COMPRESSION = 30;

  private static final int BMP_JPEG = 4;
  private static final int BMP_PNG = 5;

  private enum Format {
    PNG("\u0089PNG\r\n\u001a\n"),
    JPEG("\u00ff\u00d8\u00ff"),
    GIF("GIF8"),
    BMP("BM");

    private final String magic;

    Format(String magic) {
      this.magic = magic;
    }

    static Format of(byte[] file, String name) throws IOException {
      for (Format format : values()) {
        boolean fits = file.length >= format.magic.length();
        for (int i = 0; fits && i < format.magic.length(); i++) {
          fits = (file[i] & 0xff) == format.magic.charAt(i);
        }
        if (fits) {
          return format;
        }
      }
      throw new IOException(
          String.format(
              Locale.ROOT,
              "%s: expected a file of PNG, JPEG, BMP or GIF, got %d bytes of another format",
              name,
              file.length));
    }
  }

  /**
   * Decodes a file.
   *
   * @throws IOException if it is no picture, is damaged, or has too many pixels
   */
  static Picture decode(byte[] file, String name, long maxPixels) throws IOException {
    Format format = Format.of(file, name);
    ImageReader reader = ImageIO.getImageReadersByFormatName(format.name()).next();
    try (MemoryCacheImageInputStream in =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
      Warnings warnings = new Warnings();
      reader.addIIOReadWarningListener(warnings);
      reader.setInput(in, true, true);
      check(format, file);
      long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
      long most = Math.min(maxPixels, MOST_PER_BYTE * file.length);
      if (pixels > most) {
        throw new IOException(
            String.format(
                Locale.ROOT,
                "expected at most %d pixels in %d bytes, got %d by %d",
                most,
                file.length,
                reader.getHeight(0),
                reader.getWidth(0)));
      }
      BufferedImage image = reader.read(0);
      warnings.throwFirst();
      return new Picture(image, format == Format.JPEG ? Exif.orientation(file) : Exif.UPRIGHT);
    } catch (IOException | RuntimeException e) { // the readers of the JDK throw either
      String reason = e.getMessage() == null ? e.toString() : e.getMessage();
      throw new IOException(name + ": cannot be read as " + format + ": " + reason, e);
    } finally {
      reader.dispose();
    }
  }

  /** Refuses what takes long to decode however few pixels it has. */
  private static void check(Format format, byte[] file) throws IOException {
    if (format == Format.BMP
        && file.length > BMP_COMPRESSION
        && file[BMP_HEADER] != BMP_SHORT_HEADER) {
      int compression = file[BMP_COMPRESSION];
      if (compression == BMP_JPEG || compression == BMP_PNG) { // of a size of its own
        throw new IOException("expected pixels, got a JPEG or PNG inside");
      }
    }
    if (format == Format.JPEG && Scans.count(file) > MOST_SCANS) {
      throw new IOException("expected at most " + MOST_SCANS + " scans, got more");
    }
  }

  /** Returns the picture, turned, in the given size (C, H, W). */
  NDArray fitted(Shape shape, Fit fit) {
    Scanlines rows = new Pixels(image, shape.dimension(0));
    boolean turned = orientation >= 5;
    int h = shape.dimension(turned ? 2 : 1);
    int w = shape.dimension(turned ? 1 : 2);
    double byHeight = (double) rows.height() / h;
    double byWidth = (double) rows.width() / w;
    return switch (fit) {
      case STRETCH -> turn(Resampler.resample(rows, Box.all(rows), h, w));
      case CROP -> {
        double scale = Math.min(byHeight, byWidth);
        double top = (rows.height() - scale * h) / 2;
        double left = (rows.width() - scale * w) / 2;
        yield turn(Resampler.resample(rows, new Box(top, left, scale * h, scale * w), h, w));
      }
      case PAD -> {
        double scale = Math.max(byHeight, byWidth);
        int innerH = inside(rows.height() / scale, h);
        int innerW = inside(rows.width() / scale, w);
        NDArray inner = turn(Resampler.resample(rows, Box.all(rows), innerH, innerW));
        int top = (shape.dimension(1) - inner.dimension(1)) / 2;
        int left = (shape.dimension(2) - inner.dimension(2)) / 2;
        yield place(inner, shape, top, left);
      }
    };
  }

  /** Returns the picture, turned, in its own size or with sides of at most {@code longest}. */
  NDArray atMost(int longest, int channels) {
    Scanlines rows = new Pixels(image, channels);
    double scale = Math.max(1, (double) Math.max(rows.height(), rows.width()) / longest);
    int h = inside(rows.height() / scale, longest);
    int w = inside(rows.width() / scale, longest);
    return turn(Resampler.resample(rows, Box.all(rows), h, w));
  }

  /** Rounds a length to at least one pixel and at most those that there are. */
  static int inside(double length, int most) {
    return (int) Math.max(1, Math.min(most, Math.round(length)));
  }

  /** Returns an array of zeros (C, H, W) with a picture at a place inside of it. */
  static NDArray place(NDArray inner, Shape shape, int top, int left) {
    NDArray outer = NDArray.zeros(shape);
    int w = inner.dimension(2);
    for (int c = 0; c < inner.dimension(0); c++) {
      for (int r = 0; r < inner.dimension(1); r++) {
        int from = (c * inner.dimension(1) + r) * w;
        int to = (c * shape.dimension(1) + top + r) * shape.dimension(2) + left;
        System.arraycopy(inner.data(), from, outer.data(), to, w);
      }
    }
    return outer;
  }

  private NDArray turn(NDArray stored) {
    if (orientation == Exif.UPRIGHT) {
      return stored;
    }
    boolean transpose = orientation >= 5;
    boolean fromBottom =
        orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
    boolean fromRight =
        orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
    int h = stored.dimension(1);
    int w = stored.dimension(2);
    NDArray turned = NDArray.zeros(stored.dimension(0), transpose ? w : h, transpose ? h : w);
    int at = 0;
    for (int c = 0; c < turned.dimension(0); c++) {
      for (int r = 0; r < turned.dimension(1); r++) {
        for (int q = 0; q < turned.dimension(2); q++) {
          int row = transpose ? q : r;
          int column = transpose ? r : q;
          row = fromBottom ? h - 1 - row : row;
          column = fromRight ? w - 1 - column : column;
          turned.data()[at++] = stored.data()[(c * h + row) * w + column];
        }
      }
    }
    return turned;
  }
}
