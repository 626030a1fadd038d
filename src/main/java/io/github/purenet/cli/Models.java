package io.github.purenet.cli;

import io.github.purenet.nn.Network;
import java.io.IOException;
import java.nio.file.Path;

/** The files of trained networks. */
final class Models {
  private Models() {}

  static Network load(Path file) throws IOException {
    throw new IOException(file + ": not yet");
  }

  static void save(Network network, Path file) throws IOException {}
}
