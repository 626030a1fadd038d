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
import java.util.Map;
import java.util.Objects;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Reads the named arrays that {@code numpy.savez} or {@code numpy.savez_compressed} wrote, as
 * float32. The file is a zip of {@linkplain Npy npy files}, and what holds for those holds here.
 */
public final class Npz {
  private static final String SUFFIX = ".npy";

  private Npz() {}

  /**
   * Reads all arrays of a file.
   *
   * @param file the file
   * @return the arrays by name (without {@code .npy}) in the order of the file; unmodifiable
   * @throws IOException if the file cannot be read or is no sound zip, if an entry is not npy or
   *     not one that {@link Npy} reads, or if a name comes twice
   * @throws IllegalArgumentException if the file is not in the default file system, for the JDK
   *     opens zip files only there
   */
  public static Map<String, NDArray> read(Path file) throws IOException {
    Objects.requireNonNull(file, "file");
    if (file.getFileSystem() != FileSystems.getDefault()) {
      throw new IllegalArgumentException(
          file
              + ": expected a file of the default file system, got one of "
              + file.getFileSystem().provider().getScheme());
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
    CRC32 crc = new CRC32(); // ZipFile does not compare it
    NDArray array;
    try (InputStream in = stream(zip, entry, name);
        Source source = Source.of(new CheckedInputStream(in, crc), name, entry.getSize())) {
      array = Npy.read(source);
    }
    if (crc.getValue() != entry.getCrc()) {
      throw new IOException(
          String.format(
              "%s: expected a checksum of %08x, got %08x", name, entry.getCrc(), crc.getValue()));
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
