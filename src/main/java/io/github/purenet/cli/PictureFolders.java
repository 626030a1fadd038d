package io.github.purenet.cli;

import io.github.purenet.data.Dataset;
import io.github.purenet.data.Split;
import io.github.purenet.image.ImageFolder;
import io.github.purenet.image.Images;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Reads folders of pictures, a folder for each class. */
final class PictureFolders {
  /** The share of the pictures that are learned where none are for tests. */
  private static final double LEARNED = 0.8;

  private final Images reader;
  private final boolean skipDamaged;
  private final Output output;

  PictureFolders(Images reader, boolean skipDamaged, Output output) {
    this.reader = reader;
    this.skipDamaged = skipDamaged;
    this.output = output;
  }

  /**
   * Reads {@code train} and {@code test} in a directory, or else the directory itself.
   *
   * @param split whether the directory itself is split in two, always in the same way
   */
  ImageData read(Path directory, boolean split) throws IOException {
    Path train = directory.resolve("train");
    Path test = directory.resolve("test");
    if (Files.isDirectory(train) && Files.isDirectory(test)) {
      ImageFolder learned = folder(train);
      ImageFolder tested = folder(test);
      if (!tested.classNames().equals(learned.classNames())) {
        throw new IOException(
            String.format(
                Locale.ROOT,
                "%s: expected folders of the classes %s, got %s",
                test,
                learned.classNames(),
                tested.classNames()));
      }
      return new ImageData(cached(learned), cached(tested), learned.classNames());
    }
    ImageFolder folder = folder(directory);
    Dataset all = cached(folder);
    if (!split) {
      return new ImageData(all, all, folder.classNames());
    }
    Split parts = all.stratifiedSplit(LEARNED, 0);
    return new ImageData(parts.first(), parts.second(), folder.classNames());
  }

  /** Reads every picture once: a damaged one is found now, not in the middle of a training. */
  private ImageFolder folder(Path directory) throws IOException {
    ImageFolder folder = ImageFolder.open(directory, reader).readable();
    List<String> damaged = folder.skipped();
    if (!damaged.isEmpty() && !skipDamaged) {
      String more = damaged.size() == 1 ? "" : ", and " + (damaged.size() - 1) + " more";
      throw new IOException(damaged.get(0) + more + "; --skip-damaged leaves them out");
    }
    damaged.forEach(fault -> output.note("skipped " + fault));
    return folder;
  }

  /** Returns the pictures in memory where they are a small part of it. */
  private static Dataset cached(ImageFolder folder) {
    long bytes = (long) folder.size() * folder.sampleShape().size() * Float.BYTES;
    return bytes < Runtime.getRuntime().maxMemory() / 8 ? folder.cache() : folder;
  }
}
