package io.github.purenet.data;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * The files of a data set in the form of MNIST, and where they are.
 *
 * @param name the name of its directory in the cache
 * @param mirrors the directories that hold the files, tried in this order
 * @param files the four files
 */
record MnistFiles(String name, List<URI> mirrors, List<RemoteFile> files) {
  /** Milliseconds. */
  private static final int TIMEOUT = 30_000;

  /** Returns files of 60,000 and 10,000 images of 28 by 28 with the given SHA-256, unpacked. */
  static MnistFiles of(String name, List<URI> mirrors, String... sha256) {
    return new MnistFiles(
        name,
        mirrors,
        List.of(
            new RemoteFile("train-images-idx3-ubyte.gz", 16 + 60_000 * 784, sha256[0]),
            new RemoteFile("train-labels-idx1-ubyte.gz", 8 + 60_000, sha256[1]),
            new RemoteFile("t10k-images-idx3-ubyte.gz", 16 + 10_000 * 784, sha256[2]),
            new RemoteFile("t10k-labels-idx1-ubyte.gz", 8 + 10_000, sha256[3])));
  }

  Path directory() {
    return Cache.directory(name);
  }

  Mnist download(Path directory, Consumer<String> progress) throws IOException {
    new Download(mirrors, new ProgressBar(progress), TIMEOUT).fetch(files, directory);
    return Mnist.load(directory);
  }
}
