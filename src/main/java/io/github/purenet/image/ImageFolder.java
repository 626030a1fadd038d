package io.github.purenet.image;

import io.github.purenet.data.Dataset;
import io.github.purenet.data.Rows;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A folder of pictures as a data set: each sub-folder is a class, whose name is that of the folder,
 * and holds the pictures of the class, itself or in folders below it.
 *
 * <p>Classes and files are in the order of their names, the same on every machine. Files that do
 * not end in {@code .png}, {@code .jpg}, {@code .jpeg}, {@code .bmp} or {@code .gif} are passed
 * over, and so is what begins with a dot. A file is read whenever its sample is copied, so that the
 * data may be larger than memory; {@link #cache} keeps them. Any number of threads may read at
 * once.
 *
 * <p>A picture that cannot be read causes an {@link UncheckedIOException} when it is copied, whose
 * cause names the file; {@link #readable} finds all of those before training begins.
 */
public final class ImageFolder implements Dataset {
  private final List<String> classNames;
  private final List<Path> files;
  private final int[] labels;
  private final Images images;
  private final List<String> skipped;

  private ImageFolder(
      List<String> classNames,
      List<Path> files,
      int[] labels,
      Images images,
      List<String> skipped) {
    this.classNames = List.copyOf(classNames);
    this.files = List.copyOf(files);
    this.labels = labels;
    this.images = images;
    this.skipped = List.copyOf(skipped);
  }

  /**
   * Lists the pictures of a folder, without reading them.
   *
   * @param directory the folder
   * @param images how a picture becomes a sample (C, H, W)
   * @return a data set with class indices as targets
   * @throws IOException if there are no sub-folders, one has no pictures, or one cannot be listed;
   *     the message names it
   */
  public static ImageFolder open(Path directory, Images images) throws IOException {
    if (!Files.isDirectory(directory)) {
      throw new NotDirectoryException(directory + ": expected a folder of folders of pictures");
    }
    List<String> names = new ArrayList<>();
    List<Path> files = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    for (Path folder : list(directory, 1, Files::isDirectory)) {
      List<Path> pictures = list(folder, Integer.MAX_VALUE, ImageFolder::isPicture);
      if (pictures.isEmpty()) {
        throw new IOException(folder + ": expected pictures of a class, got none");
      }
      pictures.forEach(picture -> labels.add(names.size()));
      files.addAll(pictures);
      names.add(folder.getFileName().toString());
    }
    if (names.isEmpty()) {
      throw new IOException(directory + ": expected a folder for each class, got none");
    }
    int[] targets = labels.stream().mapToInt(Integer::intValue).toArray();
    return new ImageFolder(names, files, targets, images, List.of());
  }

  /** Lists what is in a folder and fits, but not hidden, in the order of the names. */
  private static List<Path> list(Path folder, int depth, Predicate<Path> fits) throws IOException {
    try (Stream<Path> all = Files.walk(folder, depth, FileVisitOption.FOLLOW_LINKS)) {
      return all.filter(path -> !path.equals(folder) && !isHidden(folder.relativize(path)))
          .filter(fits)
          .sorted(Comparator.comparing(path -> key(folder.relativize(path))))
          .toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static String key(Path relative) {
    return relative.toString().replace('\\', '/');
  }

  private static boolean isHidden(Path relative) {
    return IntStream.range(0, relative.getNameCount())
        .anyMatch(i -> relative.getName(i).toString().startsWith("."));
  }

  private static boolean isPicture(Path path) {
    String name = path.getFileName().toString().toLowerCase(Locale.ROOT);
    return Stream.of(".png", ".jpg", ".jpeg", ".bmp", ".gif").anyMatch(name::endsWith)
        && Files.isRegularFile(path);
  }

  /**
   * Returns a data set without the pictures that cannot be read, all of which this method reads
   * once; {@link #skipped} says which they are.
   *
   * @return a data set of the others
   */
  public ImageFolder readable() {
    String[] faults = new String[files.size()];
    IntStream.range(0, faults.length)
        .parallel()
        .forEach(
            i -> {
              try {
                images.read(files.get(i));
              } catch (IOException e) {
                faults[i] = e.getMessage() == null ? files.get(i) + ": " + e : e.getMessage();
              }
            });
    int[] kept = IntStream.range(0, faults.length).filter(i -> faults[i] == null).toArray();
    List<String> all = new ArrayList<>(skipped);
    Arrays.stream(faults).filter(fault -> fault != null).forEach(all::add);
    return new ImageFolder(
        classNames,
        Arrays.stream(kept).mapToObj(files::get).toList(),
        Arrays.stream(kept).map(i -> labels[i]).toArray(),
        images,
        all);
  }

  /**
   * Returns what was wrong with the pictures that {@link #readable} has left out.
   *
   * @return a message for each, which begins with its file; empty if none was left out
   */
  public List<String> skipped() {
    return skipped;
  }

  /**
   * Returns the names of the classes.
   *
   * @return the names of the folders, sorted; a target is an index in this list
   */
  public List<String> classNames() {
    return classNames;
  }

  /**
   * Returns the file of a sample.
   *
   * @param index the index of the sample, from 0 to size - 1
   * @return the file
   * @throws IllegalArgumentException if there is no such sample
   */
  public Path file(int index) {
    if (index < 0 || index >= size()) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "index: expected one of %d files, got %d", size(), index));
    }
    return files.get(index);
  }

  @Override
  public int size() {
    return files.size();
  }

  @Override
  public Shape sampleShape() {
    return images.shape();
  }

  @Override
  public Shape targetShape() {
    return Shape.of();
  }

  /**
   * {@inheritDoc}
   *
   * @throws UncheckedIOException if the file cannot be read; the cause names it
   */
  @Override
  public void copyTo(int index, NDArray x, NDArray t, int row) {
    Rows.check(this, index, x, t, row);
    try {
      NDArray sample = images.read(files.get(index));
      System.arraycopy(sample.data(), 0, x.data(), row * sample.size(), sample.size());
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
    t.data()[row] = labels[index];
  }

  @Override
  public void copyTargetTo(int index, NDArray t, int row) {
    Rows.checkTarget(this, index, t, row);
    t.data()[row] = labels[index];
  }
}
