package io.github.purenet.io;

import io.github.purenet.ndarray.Shape;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.zip.GZIPInputStream;

/**
 * A sequence of bytes that is read once, from front to back, with a name and a position for
 * messages.
 *
 * <p>No method trusts a size that a header claims. If the length of the source is known, a size
 * beyond it is refused at once; otherwise memory doubles as the bytes arrive, so that it stays in
 * proportion to the bytes that there are.
 */
final class Source implements Closeable {
  /** The length of a source whose length is unknown. */
  static final long UNKNOWN = -1;

  /** The length of the longest array that every common JVM supports. */
  static final int MAX_ARRAY = Integer.MAX_VALUE - 8;

  /** The number of bytes read at a time: any multiple of the longest element, 8 bytes, would do. */
  private static final int CHUNK = 1 << 16;

  private static final int[] GZIP_MAGIC = {0x1f, 0x8b};

  private final PushbackInputStream in;
  private final String name;
  private final String unit;
  private final long length;
  private long position;

  private Source(PushbackInputStream in, String name, String unit, long length) {
    this.in = in;
    this.name = name;
    this.unit = unit;
    this.length = length;
  }

  /** Opens a file, which is closed with the source. */
  static Source open(Path file) throws IOException {
    Objects.requireNonNull(file, "file");
    long length = Files.isRegularFile(file) ? Files.size(file) : UNKNOWN; // a pipe has no size
    PushbackInputStream in = new PushbackInputStream(Files.newInputStream(file), GZIP_MAGIC.length);
    return new Source(in, file.toString(), "byte ", length);
  }

  /**
   * Returns a source of the bytes of a stream, which stays open when the source is closed.
   *
   * @param in the stream
   * @param name the name that messages begin with
   * @param length the number of bytes, or {@link #UNKNOWN}
   */
  static Source of(InputStream in, String name, long length) {
    Objects.requireNonNull(in, "in");
    Objects.requireNonNull(name, "name");
    PushbackInputStream unclosed =
        new PushbackInputStream(in, GZIP_MAGIC.length) {
          @Override
          public void close() {}
        };
    return new Source(unclosed, name, "byte ", length);
  }

  /**
   * Returns the unpacked content of this source if it begins as gzip does, otherwise this source.
   * The position must be 0.
   */
  Source unpacked() throws IOException {
    byte[] magic = new byte[GZIP_MAGIC.length];
    int got = read(magic, 0, magic.length);
    position = 0;
    in.unread(magic, 0, got);
    if (Byte.toUnsignedInt(magic[0]) != GZIP_MAGIC[0]
        || Byte.toUnsignedInt(magic[1]) != GZIP_MAGIC[1]) {
      return this;
    }
    try {
      PushbackInputStream unpacked = new PushbackInputStream(new GZIPInputStream(in, CHUNK));
      return new Source(unpacked, name, "unpacked byte ", UNKNOWN);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** Returns the number of bytes that have been read. */
  long position() {
    return position;
  }

  /** Returns an exception that names the file and a byte of it. */
  IOException error(long at, String message) {
    return new IOException(name + ": " + unit + at + ": " + message);
  }

  /**
   * Reads the next bytes.
   *
   * @param count the number of bytes
   * @param what what they are, for messages
   * @throws IOException if there are fewer
   */
  byte[] bytes(int count, String what) throws IOException {
    Section section = begin(count, what);
    byte[] out = new byte[Math.min(count, CHUNK)];
    int end;
    for (int i = 0; i < count; i = end) {
      end = i + Math.min(CHUNK, count - i);
      if (end > out.length) {
        out = Arrays.copyOf(out, grown(out.length, count));
      }
      fill(out, i, end, section);
    }
    return out;
  }

  /**
   * Reads the next numbers as floats.
   *
   * @param type how each number is stored
   * @param order the order of its bytes
   * @param count the number of numbers
   * @throws IOException if there are fewer, or if a float cannot hold one
   */
  float[] floats(NumberType type, ByteOrder order, int count) throws IOException {
    Section section = begin((long) count * type.bytes(), "data");
    byte[] chunk = new byte[(int) Math.min(section.count, CHUNK)];
    ByteBuffer buffer = ByteBuffer.wrap(chunk).order(order);
    int step = CHUNK / type.bytes();
    float[] out = new float[Math.min(count, step)];
    int end;
    for (int i = 0; i < count; i = end) {
      end = i + Math.min(step, count - i);
      if (end > out.length) {
        out = Arrays.copyOf(out, grown(out.length, count));
      }
      fill(chunk, 0, (end - i) * type.bytes(), section);
      try {
        type.decode(buffer.rewind(), out, i, end);
      } catch (NumberType.UnfitException e) {
        long at = section.start + (long) e.index() * type.bytes();
        throw error(at, "element " + e.index() + ": " + e.getMessage());
      }
    }
    return out;
  }

  /** Checks that no bytes are left, which also makes gzip check its checksum. */
  void requireEnd() throws IOException {
    long end = position;
    if (read(new byte[1], 0, 1) > 0) {
      throw error(end, "expected the end of the file, got more bytes");
    }
  }

  /**
   * Returns the shape with the dimensions of a header.
   *
   * @param dimensions the dimensions, none of them negative. Not modified.
   * @param at the position of the dimensions in the source
   * @throws IOException if no array can have so many elements
   */
  Shape shape(long[] dimensions, long at) throws IOException {
    long size = 1;
    for (long dimension : dimensions) {
      long length = Math.max(dimension, 1); // as in Shape, a 0 does not excuse the others
      if (length > MAX_ARRAY / size) {
        String text =
            LongStream.of(dimensions).mapToObj(Long::toString).collect(Collectors.joining(", "));
        throw error(at, "expected at most " + MAX_ARRAY + " elements, got (" + text + ")");
      }
      size *= length;
    }
    return Shape.of(LongStream.of(dimensions).mapToInt(Math::toIntExact).toArray());
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  /** Returns the message of an exception of the JDK, or a substitute if it has none. */
  static String reason(IOException e) {
    if (e.getMessage() != null) {
      return e.getMessage();
    }
    return e instanceof EOFException ? "unexpected end" : e.getClass().getSimpleName();
  }

  /** A section of the source: its first byte, its number of bytes and what they are. */
  private record Section(long start, long count, String what) {}

  private Section begin(long count, String what) throws IOException {
    Section section = new Section(position, count, what);
    if (length != UNKNOWN && length - position < count) {
      throw truncated(section, Math.max(length - position, 0));
    }
    return section;
  }

  private IOException truncated(Section section, long got) {
    return error(
        section.start,
        String.format(
            Locale.ROOT, "expected %d bytes of %s, got %d", section.count, section.what, got));
  }

  /** Returns twice the length, or the whole if that is less. */
  private static int grown(int length, int whole) {
    return length + Math.min(length, whole - length);
  }

  /** Reads {@code out[from]} to {@code out[to - 1]}, which are the next bytes of the section. */
  private void fill(byte[] out, int from, int to, Section section) throws IOException {
    if (read(out, from, to - from) < to - from) {
      throw truncated(section, position - section.start);
    }
  }

  private int read(byte[] out, int offset, int count) throws IOException {
    try {
      int got = in.readNBytes(out, offset, count);
      position += got;
      return got;
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private IOException unreadable(IOException e) {
    return new IOException(name + ": " + unit + position + ": cannot read on: " + reason(e), e);
  }
}
