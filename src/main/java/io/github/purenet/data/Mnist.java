package io.github.purenet.data;

import io.github.purenet.io.Idx;
import io.github.purenet.ndarray.Shape;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * The MNIST data set: handwritten digits, grayscale images (1, 28, 28) with labels 0 to 9.
 *
 * <p>Source: LeCun, Cortes and Burges, <i>The MNIST database of handwritten digits</i>, 1998;
 * 60,000 training and 10,000 test images, licensed CC BY-SA 3.0.
 *
 * @param train the training images
 * @param test the test images
 */
public record Mnist(Dataset train, Dataset test) {

  /**
   * Returns the sample that the library contains: the first 5,000 training and the first 1,000 test
   * images.
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
              return new IdxFile(file, Idx.read(in, file));
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads the four files of MNIST, or of a data set in the same form, such as Fashion-MNIST: {@code
   * train-images-idx3-ubyte}, {@code train-labels-idx1-ubyte}, {@code t10k-images-idx3-ubyte} and
   * {@code t10k-labels-idx1-ubyte}, each plain, or compressed with {@code .gz} appended to its
   * name. Some mirrors write a dot in front of {@code idx}, as in {@code train-images.idx3-ubyte},
   * which is read too.
   *
   * @param directory the directory of the files
   * @return the images, in the size that the files declare
   * @throws IOException if a file is missing, damaged or not of this form, or if the numbers of
   *     images and labels differ; the message names the file, or all names that were looked for
   */
  public static Mnist load(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      throw new FileNotFoundException(directory + ": expected a directory with the MNIST files");
    }
    return read(
        name -> {
          String dotted = name.replace("-idx", ".idx");
          List<String> names = List.of(name, name + ".gz", dotted, dotted + ".gz");
          for (String file : names) {
            Path path = directory.resolve(file);
            if (Files.exists(path) && !Files.isDirectory(path)) { // some mirrors have one of each
              return new IdxFile(file, Idx.read(path));
            }
          }
          throw new FileNotFoundException(
              directory + ": expected a file " + String.join(" or ", names) + ", got none of them");
        });
  }

  private static Mnist read(IdxFiles files) throws IOException {
    return new Mnist(read(files, "train"), read(files, "t10k"));
  }

  private static Dataset read(IdxFiles files, String part) throws IOException {
    IdxFile images = checked(files.open(part + "-images-idx3-ubyte"), 3);
    IdxFile labels = checked(files.open(part + "-labels-idx1-ubyte"), 1);
    Shape shape = images.idx.shape();
    if (shape.dimension(0) != labels.idx.shape().dimension(0)) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "%s: expected %d labels, one for each image of %s, got %d",
              labels.name,
              shape.dimension(0),
              images.name,
              labels.idx.shape().dimension(0)));
    }
    return Dataset.ofImages(
        Shape.of(1, shape.dimension(1), shape.dimension(2)),
        images.idx.bytes(),
        labels.idx.bytes());
  }

  private static IdxFile checked(IdxFile file, int rank) throws IOException {
    Idx idx = file.idx;
    if (idx.elementType() != Idx.ElementType.UNSIGNED_BYTE || idx.shape().rank() != rank) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "%s: expected unsigned bytes of rank %d, got %s of %s",
              file.name,
              rank,
              idx.elementType(),
              idx.shape()));
    }
    return file;
  }

  /** What a file holds, with the name of that file. */
  private record IdxFile(String name, Idx idx) {}

  /** Opens the files of a data set by their names. */
  private interface IdxFiles {
    IdxFile open(String name) throws IOException;
  }
}
