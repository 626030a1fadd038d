package io.github.purenet.io;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Objects;

/**
 * Static methods that read arrays written by {@code numpy.save}, as float32, and write such files
 * for {@code numpy.load}.
 *
 * <p>Read are the format versions 1.0, 2.0 and 3.0, the types f2, f4, f8, i1, i2, i4, i8, u1, u2,
 * u4, u8 and b1 in either byte order, and both orders of elements, C and Fortran: a float64 is
 * rounded to the nearest float, a float16 is exact, false and true become 0 and 1.
 *
 * <p>Anything else causes an IOException that names the file and the byte: another type (complex,
 * strings, Python objects, records), a malformed header, too few bytes or too many, an integer that
 * a float cannot hold exactly, a finite float64 beyond the range of a float.
 */
public final class Npy {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

  private static final byte[] VERSION_1 = {1, 0};

  /** The longest header that is read, in bytes; NumPy refuses more than 10,000 by default. */
  private static final int MAX_HEADER = 1 << 20;

  /** What NumPy aligns the numbers to. */
  private static final int ALIGNMENT = 64;

  private Npy() {}

  /**
   * Reads a file.
   *
   * @param file the file
   * @return the array that it holds
   * @throws IOException if the file cannot be read or is not one that this class supports
   */
  public static NDArray read(Path file) throws IOException {
    try (Source source = Source.open(file)) {
      return read(source);
    }
  }

  /**
   * Reads a stream to its end, without closing it.
   *
   * @param in the stream
   * @param name the name of the stream in messages
   * @return the array that it holds
   * @throws IOException if the stream cannot be read or is not one that this class supports
   */
  public static NDArray read(InputStream in, String name) throws IOException {
    try (Source source = Source.of(in, name, Source.UNKNOWN)) {
      return read(source);
    }
  }

  /**
   * Writes a file as a whole, in format version 1.0, with numbers of type f4 in little-endian and C
   * order.
   *
   * @param file the file, which is created or replaced
   * @param array the array
   * @throws IOException if it cannot be written, which leaves an old one as it was; the message
   *     names the file
   */
  public static void write(Path file, NDArray array) throws IOException {
    Objects.requireNonNull(array, "array");
    AtomicFile.write(Objects.requireNonNull(file, "file"), out -> write(array, out));
  }

  static void write(NDArray array, OutputStream out) throws IOException {
    out.write(begin(array.shape()));
    LittleEndian.write(array, out);
  }

  /** Returns the size of the file of an array, in bytes. */
  static long size(NDArray array) {
    return begin(array.shape()).length + (long) array.size() * Float.BYTES;
  }

  /** Returns what comes before the numbers. */
  private static byte[] begin(Shape shape) {
    String header = "{'descr': '<f4', 'fortran_order': False, 'shape': " + shape + ", }";
    int before = MAGIC.length + VERSION_1.length + Short.BYTES;
    int padding = Math.floorMod(-(before + header.length() + 1), ALIGNMENT);
    byte[] text = (header + " ".repeat(padding) + "\n").getBytes(StandardCharsets.US_ASCII);
    ByteBuffer begin = ByteBuffer.allocate(before + text.length).order(ByteOrder.LITTLE_ENDIAN);
    return begin.put(MAGIC).put(VERSION_1).putShort((short) text.length).put(text).array();
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
              Locale.ROOT,
              "expected format version 1.0, 2.0 or 3.0, got %d.%d",
              Byte.toUnsignedInt(version[0]),
              Byte.toUnsignedInt(version[1])));
    }
    int length = headerLength(version[0] == 1 ? 2 : 4, source);
    long at = source.position();
    NpyHeader header = NpyHeader.parse(source.bytes(length, "header"), at, source);
    float[] data = source.floats(header.type(), header.order(), header.shape().size());
    source.requireEnd();
    return header.fortranOrder()
        ? NDArray.wrap(reversed(header.shape()), data).transpose()
        : NDArray.wrap(header.shape(), data);
  }

  private static Shape reversed(Shape shape) {
    int[] dimensions = new int[shape.rank()];
    for (int i = 0; i < dimensions.length; i++) {
      dimensions[i] = shape.dimension(-1 - i);
    }
    return Shape.of(dimensions);
  }

  private static int headerLength(int bytes, Source source) throws IOException {
    long at = source.position();
    byte[] raw = Arrays.copyOf(source.bytes(bytes, "header length"), Integer.BYTES);
    int length = ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN).getInt();
    if (Integer.compareUnsigned(length, MAX_HEADER) > 0) {
      throw source.error(
          at,
          String.format(
              Locale.ROOT,
              "expected a header of at most %d bytes, got %s",
              MAX_HEADER,
              Integer.toUnsignedString(length)));
    }
    return length;
  }

  private static String hex(byte[] bytes) {
    return HexFormat.ofDelimiter(" ").formatHex(bytes);
  }
}
