package io.github.purenet.html;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Directories that pages are written to. */
public final class PageDirectory {
  private PageDirectory() {}

  /**
   * Makes a directory and checks that it can be written to, before work that would be lost.
   *
   * @param directory the directory, which is made if need be
   * @param what what is written there, for the message
   * @throws IOException if it cannot be written to; the message names the directory
   */
  public static void prepare(Path directory, String what) throws IOException {
    try {
      Files.createDirectories(directory);
    } catch (FileAlreadyExistsException e) {
      throw notWritable(directory, what, "a file", e);
    } catch (IOException e) {
      throw notWritable(directory, what, "one that cannot be made", e);
    }
    if (!Files.isWritable(directory)) {
      throw notWritable(directory, what, "one that cannot be written to", null);
    }
  }

  private static IOException notWritable(
      Path directory, String what, String got, IOException cause) {
    return new IOException(
        String.format(
            Locale.ROOT, "%s: expected a directory for the %s, got %s", directory, what, got),
        cause);
  }
}
