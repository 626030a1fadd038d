package io.github.purenet.io;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** Files made by hand for the tests of this package, and where NumPy's are. */
final class Samples {
  /** What src/test/golden/npy.py wrote. */
  static final Path GOLDEN = Path.of("src", "test", "golden", "npy");

  private Samples() {}

  static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  /** An IDX file; a dimension of -1 is stored as 2^32 - 1. */
  static byte[] idx(int type, int[] dimensions, byte[] data) {
    ByteBuffer header = ByteBuffer.allocate(4 + 4 * dimensions.length);
    header.put(bytes(0, 0, type, dimensions.length));
    for (int dimension : dimensions) {
      header.putInt(dimension);
    }
    return join(header.array(), data);
  }

  /** An npy file of version 1.0; the dict begins at byte 10. */
  static byte[] npy(String dict, byte[] data) {
    byte[] header = dict.getBytes(ISO_8859_1);
    return join(
        bytes(0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, header.length % 256, header.length / 256),
        header,
        data);
  }

  /** An npy file of version 2.0; the dict begins at byte 12. */
  static byte[] npy2(String dict, byte[] data) {
    byte[] header = dict.getBytes(ISO_8859_1);
    ByteBuffer length = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
    return join(
        bytes(0x93, 'N', 'U', 'M', 'P', 'Y', 2, 0),
        length.putInt(header.length).array(),
        header,
        data);
  }

  static byte[] gzip(byte[] data) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(data);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  static InputStream stream(byte[] data) {
    return new ByteArrayInputStream(data);
  }
}
