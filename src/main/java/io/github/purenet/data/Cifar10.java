package io.github.purenet.data;

import io.github.purenet.ndarray.Shape;
import java.io.BufferedInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * The CIFAR-10 data set: color images (3, 32, 32) of ten classes, of 8 bits per number.
 *
 * <p>Source: Krizhevsky 2009, <i>Learning Multiple Layers of Features from Tiny Images</i>, chapter
 * 3; 50,000 training and 10,000 test images.
 *
 * @param train the training images
 * @param test the test images
 * @param classNames the names of the ten classes, in the order of the labels
 */
public record Cifar10(Dataset train, Dataset test, List<String> classNames) {
  private static final List<String> CLASS_NAMES =
      List.of(
          "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");

  private static final Shape IMAGE = Shape.of(3, 32, 32);
  private static final String META = "batches.meta.txt";

  /** Ten names are far shorter. */
  private static final int MAX_META = 1 << 16;

  /**
   * Creates a data set of parts.
   *
   * @param train the training images
   * @param test the test images
   * @param classNames the names of the classes; copied
   */
  public Cifar10 {
    classNames = List.copyOf(classNames);
  }

  /**
   * Reads the binary version: {@code data_batch_1.bin} to {@code data_batch_5.bin} and {@code
   * test_batch.bin}, each of any number of images, and the names of the classes in {@code
   * batches.meta.txt}, if that is there.
   *
   * @param directory the directory of the files, {@code cifar-10-batches-bin} in the archive
   * @return the images and the names of their classes
   * @throws IOException if a file is missing or not of this form; the message names the file
   */
  public static Cifar10 load(Path directory) throws IOException {
    List<Path> train =
        IntStream.rangeClosed(1, 5)
            .mapToObj(i -> directory.resolve("data_batch_" + i + ".bin"))
            .toList();
    List<Path> test = List.of(directory.resolve("test_batch.bin"));
    return new Cifar10(read(train), read(test), names(directory.resolve(META)));
  }

  /** Reads files of images, each a byte for the label, then the planes of red, green and blue. */
  private static Dataset read(List<Path> files) throws IOException {
    int record = 1 + IMAGE.size();
    long images = 0;
    for (Path file : files) {
      if (!Files.isRegularFile(file)) {
        throw new FileNotFoundException(file + ": expected a file of CIFAR-10, got none");
      }
      long size = Files.size(file);
      if (size == 0 || size % record != 0) {
        throw new IOException(
            String.format(
                Locale.ROOT,
                "%s: expected a multiple of %d bytes (a label and an image of %s), got %d bytes",
                file,
                record,
                IMAGE,
                size));
      }
      images += size / record;
    }
    if (images > Integer.MAX_VALUE / record) {
      throw new IOException(
          files.get(0).getParent() + ": expected images that fit in memory, got " + images);
    }
    byte[] pixels = new byte[(int) images * IMAGE.size()];
    byte[] labels = new byte[(int) images];
    int start = 0;
    for (Path file : files) {
      int count = (int) Math.min(Files.size(file) / record, labels.length - start);
      try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
        for (int i = 0; i < count; i++) {
          labels[start + i] = label(in.read(), file, i);
          int got = in.readNBytes(pixels, (start + i) * IMAGE.size(), IMAGE.size());
          if (got < IMAGE.size()) {
            throw new IOException(file + ": expected image " + i + ", got the end of the file");
          }
        }
      }
      start += count;
    }
    return Dataset.ofImages(IMAGE, pixels, labels);
  }

  private static byte label(int label, Path file, int image) throws IOException {
    if (label < 0 || label >= CLASS_NAMES.size()) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "%s: byte %d: expected a label from 0 to 9, got %d for image %d",
              file,
              (long) image * (1 + IMAGE.size()),
              label,
              image));
    }
    return (byte) label;
  }

  private static List<String> names(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return CLASS_NAMES;
    }
    byte[] text;
    try (InputStream in = Files.newInputStream(file)) {
      text = in.readNBytes(MAX_META);
    }
    List<String> names =
        new String(text, StandardCharsets.UTF_8)
            .lines()
            .map(String::strip)
            .filter(line -> !line.isEmpty())
            .toList();
    if (names.size() != CLASS_NAMES.size()) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "%s: expected the names of %d classes, a line each, got %d lines",
              file,
              CLASS_NAMES.size(),
              names.size()));
    }
    return names;
  }
}
