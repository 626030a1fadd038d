package io.github.purenet.cli;

import io.github.purenet.nn.Network;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Parameters;

/** The argument that names the file of a trained network. */
final class ModelFile {
  @Parameters(index = "0", paramLabel = "MODEL", description = "The file of a trained network.")
  private Path file;

  Path path() {
    return file;
  }

  Network load() throws IOException {
    return Network.load(file);
  }
}
