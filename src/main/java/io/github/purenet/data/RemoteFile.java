package io.github.purenet.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A file that mirrors hold, compressed by gzip.
 *
 * @param name its name, on every mirror and here
 * @param size the size of its content, unpacked
 * @param sha256 the SHA-256 of its content, unpacked: mirrors compress each in their own way
 */
record RemoteFile(String name, long size, String sha256) {

  /** Returns whether a directory has the file, packed or not, under any name that is read. */
  boolean isIn(Path directory) {
    return names(name.replaceFirst("\\.gz$", "")).stream()
        .anyMatch(each -> Files.isRegularFile(directory.resolve(each)));
  }

  /** Returns the names under which a file may be there: some mirrors write a dot before idx. */
  static List<String> names(String unpacked) {
    String dotted = unpacked.replace("-idx", ".idx");
    return List.of(unpacked, unpacked + ".gz", dotted, dotted + ".gz");
  }
}
