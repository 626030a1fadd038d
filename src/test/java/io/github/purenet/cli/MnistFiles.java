package io.github.purenet.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/** The four files of a tiny data set: 6 training and 3 test images of 8 by 8 gray pixels. */
record MnistFiles(Path directory) {

  static MnistFiles write(Path directory) throws IOException {
    MnistFiles files = new MnistFiles(directory);
    files.idx("train-images-idx3-ubyte", 100, 6, 8, 8);
    files.idx("train-labels-idx1-ubyte", -1, 6);
    files.idx("t10k-images-idx3-ubyte", 100, 3, 8, 8);
    files.idx("t10k-labels-idx1-ubyte", -1, 3);
    return files;
  }

  /** Writes bytes that are all alike, or that count from 0 up if the value is below 0. */
  void idx(String name, int value, int... dimensions) throws IOException {
    int size = 1;
    for (int d : dimensions) {
      size *= d;
    }
    ByteBuffer buffer = ByteBuffer.allocate(4 + 4 * dimensions.length + size);
    buffer.putInt(0x0800 + dimensions.length);
    for (int d : dimensions) {
      buffer.putInt(d);
    }
    for (int i = 0; i < size; i++) {
      buffer.put((byte) (value < 0 ? i : value));
    }
    Files.write(directory.resolve(name), buffer.array());
  }
}
