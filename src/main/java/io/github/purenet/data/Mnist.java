package io.github.purenet.data;

import io.github.purenet.io.Idx;
import io.github.purenet.ndarray.Shape;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

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
  static final MnistFiles FILES =
      MnistFiles.of(
          "mnist",
          List.of(
              URI.create("https://storage.googleapis.com/cvdf-datasets/mnist/"),
              URI.create("https://ossci-datasets.s3.amazonaws.com/mnist/"),
              URI.create("https://raw.githubusercontent.com/fgnt/mnist/master/")),
          "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
          "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
          "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
          "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2");

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
   * Downloads the four files of MNIST, 12 MB, to {@link #cacheDirectory()}, unless they are there,
   * and reads them. A file appears under its name only when it is whole and its SHA-256 is right; a
   * download that was cut off is gone on with at the next call. Any number of threads and processes
   * may call this at once.
   *
   * @return the images
   * @throws IOException if a file is not there and no mirror has it: the message says what each
   *     mirror answered, and which files to put where by hand; or if a file cannot be read
   */
  public static Mnist download() throws IOException {
    return FILES.download(FILES.directory(), text -> {});
  }

  /**
   * Downloads the four files of MNIST to a directory, unless they are there, and reads them, as
   * {@link #download()} does. It shows how far it is: {@code Mnist.download(Mnist.cacheDirectory(),
   * System.err::print)}.
   *
   * @param directory the directory, which is created if it is not there
   * @param progress gets a progress bar, as text to be printed as it is; each begins with a
   *     carriage return, and the last one of a file ends with a line separator
   * @return the images
   * @throws IOException if a file is not there and no mirror has it: the message says what each
   *     mirror answered, and which files to put where by hand; or if a file cannot be read
   */
  public static Mnist download(Path directory, Consumer<String> progress) throws IOException {
    return FILES.download(directory, progress);
  }

  /**
   * Returns the directory to which {@link #download()} downloads: {@code mnist} in the directory
   * that the environment variable {@code PURENET_HOME} names, otherwise in {@code purenet} where
   * the platform keeps what programs can get again ({@code ~/.cache}, {@code ~/Library/Caches},
   * {@code %LOCALAPPDATA%}).
   *
   * @return the directory, which need not exist
   */
  public static Path cacheDirectory() {
    return FILES.directory();
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
          List<String> names = RemoteFile.names(name);
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
