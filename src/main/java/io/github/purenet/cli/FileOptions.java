package io.github.purenet.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The options that say which files a training writes and goes on from. */
final class FileOptions {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      defaultValue = "model.safetensors",
      description =
          "The file of the trained network, which is replaced (default: ${DEFAULT-VALUE}).")
  private Path output;

  Path output() {
    return output;
  }

  /** Checks that the file can be written, before a training that would be in vain. */
  void check() throws IOException {
    Path directory = output.toAbsolutePath().getParent();
    if (directory == null || Files.isDirectory(output)) {
      throw new IOException(output + ": expected a file to write, got a directory");
    }
    if (!Files.exists(directory)) {
      throw new NoSuchFileException(directory.toString());
    }
    if (!Files.isDirectory(directory)) {
      throw new NotDirectoryException(directory.toString());
    }
    if (!Files.isWritable(directory)) {
      throw new AccessDeniedException(directory.toString());
    }
  }
}
