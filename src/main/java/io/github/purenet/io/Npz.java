package io.github.purenet.io;

import io.github.purenet.ndarray.NDArray;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Static methods that read the named arrays written by {@code numpy.savez} or {@code
 * numpy.savez_compressed}, as float32. Such a file is a zip archive of {@linkplain Npy npy files},
 * each of which must be one that {@link Npy} supports.
 */
public final class Npz {
  private static final String SUFFIX = ".npy";

  private Npz() {}

  /**
   * Reads all arrays of a file.
   *
   * @param file the file
   * @return the arrays by name (without {@code .npy}), in the order of the file; unmodifiable
   * @throws IOException if the file cannot be read or is not a valid zip archive, if an entry is
   *     not an npy file that {@link Npy} supports, or if a name occurs twice
   * @throws IllegalArgumentException if the file is not in the default file system, the only one in
   *     which the JDK opens zip files
   */
  public static Map<String, NDArray> read(Path file) throws IOException {
    Objects.requireNonNull(file, "file");
    if (file.getFileSystem() != FileSystems.getDefault()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s: expected a file of the default file system, got one of %s",
              file,
              file.getFileSystem().provider().getScheme()));
    }
    try (ZipFile zip = open(file)) {
      Map<String, NDArray> arrays = new LinkedHashMap<>();
      for (ZipEntry entry : entries(zip, file)) {
        String name = entry.getName();
        if (!name.endsWith(SUFFIX)) {
          throw new IOException(file + ": expected entries that end in .npy, got " + name);
        }
        String key = name.substring(0, name.length() - SUFFIX.length());
        if (arrays.containsKey(key)) {
          throw new IOException(file + ": expected each name once, got " + name + " again");
        }
        arrays.put(key, read(zip, entry, file + ": " + name));
      }
      return Collections.unmodifiableMap(arrays);
    }
  }

  private static ZipFile open(Path file) throws IOException {
    try {
      return new ZipFile(file.toFile());
    } catch (FileSystemException e) {
      throw e; // names the file
    } catch (IOException e) {
      throw new IOException(file + ": expected a sound zip file: " + Source.reason(e), e);
    }
  }

  private static List<? extends ZipEntry> entries(ZipFile zip, Path file) throws IOException {
    try {
      return Collections.list(zip.entries());
    } catch (IllegalArgumentException e) { // a comment that is not UTF-8, for one
      throw new IOException(file + ": expected a sound zip file: " + e.getMessage(), e);
    }
  }

  private static NDArray read(ZipFile zip, ZipEntry entry, String name) throws IOException {
    CRC32 crc = new CRC32(); // ZipFile does not check it
    NDArray array;
    try (InputStream in = stream(zip, entry, name);
        Source source = Source.of(new CheckedInputStream(in, crc), name, entry.getSize())) {
      array = Npy.read(source);
    }
    if (crc.getValue() != entry.getCrc()) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "%s: expected a checksum of %08x, got %08x",
              name,
              entry.getCrc(),
              crc.getValue()));
    }
    return array;
  }

  private static InputStream stream(ZipFile zip, ZipEntry entry, String name) throws IOException {
    try {
      return zip.getInputStream(entry);
    } catch (IOException e) {
      throw new IOException(name + ": cannot open the entry: " + Source.reason(e), e);
    }
  }
}
