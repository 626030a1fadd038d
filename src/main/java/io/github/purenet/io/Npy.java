package io.github.purenet.io;

import io.github.purenet.ndarray.NDArray;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Reads arrays that {@code numpy.save} wrote, as float32.
 *
 * <p>The format versions are 1.0, 2.0 and 3.0. The types are f4, f8, i1, i2, i4, i8, u1, u2, u4, u8
 * and b1, in either byte order: a float64 is rounded to the nearest float, false and true become 0
 * and 1. An array of rank 2 or more must lie in C order, for which {@code numpy.ascontiguousarray}
 * cares.
 *
 * <p>Everything else is an IOException that names the file and the byte: another type (float16,
 * complex, strings, Python objects, records), Fortran order, a malformed header, too few bytes or
 * too many, an integer that a float cannot hold exactly, a finite float64 beyond the range of a
 * float.
 */
public final class Npy {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

  /** NumPy itself refuses headers beyond 10,000 bytes unless told otherwise. */
  private static final int MAX_HEADER = 1 << 20;

  private Npy() {}

  /**
   * Reads a file.
   *
   * @param file the file
   * @return its array
   * @throws IOException if the file cannot be read, or is not one that this class reads
   */
  public static NDArray read(Path file) throws IOException {
    try (Source source = Source.open(file)) {
      return read(source);
    }
  }

  /**
   * Reads a stream to its end; does not close it.
   *
   * @param in the stream
   * @param name what to call it in messages
   * @return its array
   * @throws IOException if the stream cannot be read, or is not one that this class reads
   */
  public static NDArray read(InputStream in, String name) throws IOException {
    try (Source source = Source.of(in, name, Source.UNKNOWN)) {
      return read(source);
    }
  }

  static NDArray read(Source source) throws IOException {
    byte[] magic = source.bytes(MAGIC.length, "npy magic");
    if (!Arrays.equals(magic, MAGIC)) {
      throw source.error(0, "expected " + hex(MAGIC) + " as npy begins, got " + hex(magic));
    }
    byte[] version = source.bytes(2, "format version");
    if (version[0] < 1 || version[0] > 3 || version[1] != 0) {
      throw source.error(
          MAGIC.length,
          String.format(
              "expected format version 1.0, 2.0 or 3.0, got %d.%d",
              Byte.toUnsignedInt(version[0]), Byte.toUnsignedInt(version[1])));
    }
    int length = headerLength(version[0] == 1 ? 2 : 4, source);
    long at = source.position();
    NpyHeader header = NpyHeader.parse(source.bytes(length, "header"), at, source);
    float[] data = source.floats(header.type(), header.order(), header.shape().size());
    source.requireEnd();
    return NDArray.wrap(header.shape(), data);
  }

  private static int headerLength(int bytes, Source source) throws IOException {
    long at = source.position();
    byte[] raw = Arrays.copyOf(source.bytes(bytes, "header length"), Integer.BYTES);
    int length = ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN).getInt();
    if (Integer.compareUnsigned(length, MAX_HEADER) > 0) {
      throw source.error(
          at,
          "expected a header of at most "
              + MAX_HEADER
              + " bytes, got "
              + Integer.toUnsignedString(length));
    }
    return length;
  }

  private static String hex(byte[] bytes) {
    return HexFormat.ofDelimiter(" ").formatHex(bytes);
  }
}
