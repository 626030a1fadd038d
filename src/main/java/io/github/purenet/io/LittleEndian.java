package io.github.purenet.io;

import io.github.purenet.ndarray.NDArray;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Writes the numbers of an array as float32, the lowest byte first, as file formats want them. */
final class LittleEndian {
  private static final int CHUNK = 1 << 14;

  private LittleEndian() {}

  static void write(NDArray array, OutputStream out) throws IOException {
    byte[] bytes = new byte[Math.min(array.size(), CHUNK) * Float.BYTES];
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int from = 0, to; from < array.size(); from = to) {
      to = from + Math.min(array.size() - from, CHUNK);
      buffer.asFloatBuffer().put(array.data(), from, to - from);
      out.write(bytes, 0, (to - from) * Float.BYTES);
    }
  }
}
