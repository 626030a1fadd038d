package io.github.purenet.io;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Static methods that replace a file as a whole: whoever opens it, even after a crash at any
 * moment, sees either the old content or the new one.
 *
 * <p>The new content goes to a temporary file in the same directory, {@code .NAME.DIGITS.tmp},
 * which is forced to the disk and then renamed. If writing fails, the temporary file is deleted;
 * only a process that dies leaves it behind. A thread that is interrupted writes the whole file,
 * too, and stays interrupted: what it has computed is not to be lost.
 */
public final class AtomicFile {
  private static final int BUFFER = 1 << 16;

  private AtomicFile() {}

  /** What writes the content. */
  @FunctionalInterface
  public interface Content {
    /**
     * Writes the content.
     *
     * @param out where it goes; buffered, need not be closed
     * @throws IOException if it cannot be written
     */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Creates or replaces a file, which keeps its permissions. What is no regular file, such as a
   * pipe, is written to directly; behind a symbolic link, the file that it points to is replaced.
   *
   * @param file the file
   * @param content what writes the new content
   * @throws IOException if the file cannot be written, which leaves the old one as it was; the
   *     message names the file
   */
  public static void write(Path file, Content content) throws IOException {
    try {
      if (Files.exists(file) && !Files.isRegularFile(file)) {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), BUFFER)) {
          content.writeTo(out);
        }
      } else {
        replace(Files.exists(file) ? file.toRealPath() : file.toAbsolutePath(), content);
      }
    } catch (IOException e) {
      throw new IOException(file + ": cannot write: " + reason(e), e);
    }
  }

  /** Returns what went wrong, without the name of the temporary file. */
  private static String reason(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "no such directory";
    }
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    return e instanceof FileSystemException file && file.getReason() != null
        ? file.getReason()
        : Source.reason(e);
  }

  private static void replace(Path file, Content content) throws IOException {
    Path temporary = create(file);
    try {
      // Such a stream, unlike a channel, is not closed by an interrupt.
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(temporary), BUFFER)) {
        content.writeTo(out);
      }
      force(temporary, StandardOpenOption.WRITE);
      keepPermissions(file, temporary);
      try {
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
      } catch (AtomicMoveNotSupportedException e) {
        Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (Throwable e) {
      Files.deleteIfExists(temporary);
      throw e;
    }
    forceDirectory(file.getParent());
  }

  /** Creates an empty file beside another one, with the permissions that new files have. */
  private static Path create(Path file) throws IOException {
    while (true) {
      int number = ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE);
      Path temporary = file.resolveSibling("." + file.getFileName() + "." + number + ".tmp");
      try {
        return Files.createFile(temporary);
      } catch (FileAlreadyExistsException e) {
        // of another writer, which drew the same number
      }
    }
  }

  private static void keepPermissions(Path from, Path to) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(to, PosixFileAttributeView.class);
    if (view != null && Files.exists(from)) {
      view.setPermissions(Files.getPosixFilePermissions(from));
    }
  }

  /** Forces what has been written to the disk, whether the thread is interrupted or not. */
  private static void force(Path path, OpenOption option) throws IOException {
    boolean interrupted = Thread.interrupted();
    try {
      while (true) {
        try (FileChannel channel = FileChannel.open(path, option)) {
          channel.force(true);
          return;
        } catch (ClosedByInterruptException e) {
          interrupted = Thread.interrupted();
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Forces the rename to the disk, where a directory can be opened, which Windows refuses. */
  private static void forceDirectory(Path directory) {
    try {
      force(directory, StandardOpenOption.READ);
    } catch (IOException e) {
      // the file is whole in any case
    }
  }
}
