package io.github.purenet.io;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The content of an IDX file, the format of MNIST: an array of any rank and one type of number.
 * Immutable, unless {@link #bytes()} is written to.
 *
 * <p>A file is two zero bytes, a byte for the {@linkplain ElementType type}, a byte for the rank, a
 * four-byte length of each axis, and the elements in row-major order, all big-endian. It may be
 * compressed with gzip, which its first two bytes tell, not its name.
 *
 * <p>Any fault of a file causes an IOException that names the file and the byte, counted in
 * unpacked bytes if the file is compressed: another format, an unknown type, too few bytes or too
 * many, dimensions that no array can have, damaged gzip.
 */
public final class Idx {
  private final ElementType elementType;
  private final Shape shape;
  private final byte[] bytes; // of the one-byte types, else null
  private final float[] floats; // of the others, else null

  private Idx(ElementType elementType, Shape shape, byte[] bytes, float[] floats) {
    this.elementType = elementType;
    this.shape = shape;
    this.bytes = bytes;
    this.floats = floats;
  }

  /** The element types of the format. */
  public enum ElementType {
    /** 0x08: 0 to 255, the type of MNIST. */
    UNSIGNED_BYTE(0x08, NumberType.U8),
    /** 0x09: -128 to 127. */
    BYTE(0x09, NumberType.I8),
    /** 0x0B: two bytes, with a sign. */
    SHORT(0x0B, NumberType.I16),
    /** 0x0C: four bytes, with a sign. */
    INT(0x0C, NumberType.I32),
    /** 0x0D: four bytes. */
    FLOAT(0x0D, NumberType.F32),
    /** 0x0E: eight bytes. */
    DOUBLE(0x0E, NumberType.F64);

    private final int code;
    private final NumberType number;

    ElementType(int code, NumberType number) {
      this.code = code;
      this.number = number;
    }
  }

  /**
   * Reads a file, compressed or not.
   *
   * @param file the file
   * @return the array that it holds
   * @throws IOException if the file cannot be read or is not valid IDX, or if it holds an int that
   *     a float cannot hold exactly or a double beyond the range of a float
   */
  public static Idx read(Path file) throws IOException {
    try (Source source = Source.open(file)) {
      return read(source);
    }
  }

  /**
   * Reads a stream, compressed or not, to its end, without closing it.
   *
   * @param in the stream
   * @param name the name of the stream in messages
   * @return the array that it holds
   * @throws IOException if the stream cannot be read or is not valid IDX, or if it holds an int
   *     that a float cannot hold exactly or a double beyond the range of a float
   */
  public static Idx read(InputStream in, String name) throws IOException {
    try (Source source = Source.of(in, name, Source.UNKNOWN)) {
      return read(source);
    }
  }

  private static Idx read(Source raw) throws IOException {
    try (Source source = raw.unpacked()) {
      byte[] magic = source.bytes(4, "IDX magic");
      if (magic[0] != 0 || magic[1] != 0) {
        throw source.error(
            0,
            String.format(
                Locale.ROOT, "expected 00 00 as IDX begins, got %02x %02x", magic[0], magic[1]));
      }
      ElementType type = elementType(magic[2], source);
      int rank = Byte.toUnsignedInt(magic[3]);
      long at = source.position();
      ByteBuffer header = ByteBuffer.wrap(source.bytes(4 * rank, "dimensions"));
      long[] dimensions = new long[rank];
      for (int axis = 0; axis < rank; axis++) {
        dimensions[axis] = Integer.toUnsignedLong(header.getInt());
      }
      Shape shape = source.shape(dimensions, at);
      boolean narrow = type.number.bytes() == 1;
      byte[] bytes = narrow ? source.bytes(shape.size(), "data") : null;
      float[] floats =
          narrow ? null : source.floats(type.number, ByteOrder.BIG_ENDIAN, shape.size());
      source.requireEnd();
      return new Idx(type, shape, bytes, floats);
    }
  }

  private static ElementType elementType(byte code, Source source) throws IOException {
    for (ElementType type : ElementType.values()) {
      if (type.code == code) {
        return type;
      }
    }
    throw source.error(
        2,
        String.format(
            Locale.ROOT,
            "expected an element type of 08, 09, 0b, 0c, 0d or 0e (hexadecimal), got %02x",
            code));
  }

  /**
   * Returns the type of the elements.
   *
   * @return the type
   */
  public ElementType elementType() {
    return elementType;
  }

  /**
   * Returns the shape that the header gives.
   *
   * @return the shape
   */
  public Shape shape() {
    return shape;
  }

  /**
   * Returns the elements of a file of signed or unsigned bytes, in row-major order. This is a view,
   * because data sets are large: the array belongs to this object and must not be written to while
   * another thread reads this object.
   *
   * @return the bytes, one per element, not copied
   * @throws IllegalStateException if an element is longer than a byte
   */
  public byte[] bytes() {
    if (bytes == null) {
      throw new IllegalStateException(
          "bytes: expected elements of one byte, got " + elementType + " in " + shape);
    }
    return bytes;
  }

  /**
   * Returns a copy of the elements as float32. A double is rounded to the nearest float; every
   * other number is exact, since a file with a number that no float holds is refused.
   *
   * @return a copy, in the shape of the file, not scaled
   */
  public NDArray toNDArray() {
    return NDArray.wrap(shape, bytes == null ? floats.clone() : widened());
  }

  private float[] widened() {
    float[] out = new float[bytes.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = elementType == ElementType.BYTE ? bytes[i] : Byte.toUnsignedInt(bytes[i]);
    }
    return out;
  }
}
