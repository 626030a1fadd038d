package io.github.purenet.data;

import io.github.purenet.io.Idx;
import io.github.purenet.ndarray.Shape;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * MNIST: handwritten digits, grey images (1, 28, 28) with labels 0 to 9.
 *
 * <p>Source: LeCun, Cortes and Burges, <i>The MNIST database of handwritten digits</i>, 1998;
 * 60,000 training and 10,000 test images, licensed CC BY-SA 3.0.
 *
 * @param train images to learn from
 * @param test images to judge by
 */
public record Mnist(Dataset train, Dataset test) {

  /**
   * The sample inside the library: the first 5,000 training and the first 1,000 test images.
   *
   * @return a new copy
   */
  public static Mnist sample() {
    try {
      return read(
          name -> {
            String file = name + ".gz";
            try (InputStream in = Mnist.class.getResourceAsStream(file)) {
              if (in == null) {
                throw new FileNotFoundException(file + ": missing beside Mnist.class");
              }
              return Idx.read(in, file);
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads the four files of MNIST, or of a data set in its form such as Fashion-MNIST: {@code
   * train-images-idx3-ubyte}, {@code train-labels-idx1-ubyte}, {@code t10k-images-idx3-ubyte} and
   * {@code t10k-labels-idx1-ubyte}, each as it is or with {@code .gz} behind its name.
   *
   * @param directory where the files are
   * @return images of the size that the files say
   * @throws IOException if a file is missing, broken, or not of this form, or if images and labels
   *     differ in number; the text names the file
   */
  public static Mnist load(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      throw new FileNotFoundException(directory + ": expected a directory with the MNIST files");
    }
    return read(
        name -> {
          Path plain = directory.resolve(name);
          Path gzip = directory.resolve(name + ".gz");
          if (!Files.exists(plain) && !Files.exists(gzip)) {
            throw new FileNotFoundException(plain + ": no such file, nor one with .gz");
          }
          return Idx.read(Files.exists(plain) ? plain : gzip);
        });
  }

  private static Mnist read(Source source) throws IOException {
    return new Mnist(read(source, "train"), read(source, "t10k"));
  }

  private static Dataset read(Source source, String part) throws IOException {
    String imagesName = part + "-images-idx3-ubyte";
    String labelsName = part + "-labels-idx1-ubyte";
    Idx images = checked(imagesName, source.open(imagesName), 3);
    Idx labels = checked(labelsName, source.open(labelsName), 1);
    Shape shape = images.shape();
    if (shape.dimension(0) != labels.shape().dimension(0)) {
      throw new IOException(
          String.format(
              "%s: expected %d labels, one for each image of %s, got %d",
              labelsName, shape.dimension(0), imagesName, labels.shape().dimension(0)));
    }
    return Dataset.ofImages(
        Shape.of(1, shape.dimension(1), shape.dimension(2)), images.bytes(), labels.bytes());
  }

  private static Idx checked(String name, Idx idx, int rank) throws IOException {
    if (idx.elementType() != Idx.ElementType.UNSIGNED_BYTE || idx.shape().rank() != rank) {
      throw new IOException(
          String.format(
              "%s: expected unsigned bytes of rank %d, got %s of %s",
              name, rank, idx.elementType(), idx.shape()));
    }
    return idx;
  }

  private interface Source {
    Idx open(String name) throws IOException;
  }
}
