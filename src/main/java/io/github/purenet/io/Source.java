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
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.zip.GZIPInputStream;

/**
 * Bytes that are read once from front to back, with a name and a position for the messages.
 *
 * <p>No method believes a size that a header claims. Where the length of the source is known, a
 * claim beyond it is refused at once; otherwise memory doubles as the bytes come in, so that a lie
 * costs no more than the file is long.
 */
final class Source implements Closeable {
  /** The length of a source that does not tell it. */
  static final long UNKNOWN = -1;

  /** The longest array that every common JVM can make. */
  private static final int MAX_ARRAY = Integer.MAX_VALUE - 8;

  /** Bytes read at a time: any multiple of the longest element, 8 bytes, would do. */
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

  /** Opens a file, which closing the source closes. */
  static Source open(Path file) throws IOException {
    Objects.requireNonNull(file, "file");
    long length = Files.isRegularFile(file) ? Files.size(file) : UNKNOWN; // a pipe has no size
    PushbackInputStream in = new PushbackInputStream(Files.newInputStream(file), GZIP_MAGIC.length);
    return new Source(in, file.toString(), "byte ", length);
  }

  /**
   * A source of the given bytes, which stay open when it is closed.
   *
   * @param in the bytes
   * @param name what messages begin with
   * @param length how many bytes there are, or {@link #UNKNOWN}
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

  /** At byte 0: what this source unpacks to if it begins as gzip does, and itself if not. */
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

  /** How many bytes have been read. */
  long position() {
    return position;
  }

  /** An exception that names the file and a byte of it. */
  IOException error(long at, String message) {
    return new IOException(name + ": " + unit + at + ": " + message);
  }

  /**
   * Reads so many bytes.
   *
   * @param count how many
   * @param what what they are, for messages
   * @throws IOException if fewer come
   */
  byte[] bytes(int count, String what) throws IOException {
    Block block = begin(count, what);
    byte[] out = new byte[Math.min(count, CHUNK)];
    int end;
    for (int i = 0; i < count; i = end) {
      end = i + Math.min(CHUNK, count - i);
      if (end > out.length) {
        out = Arrays.copyOf(out, grown(out.length, count));
      }
      fill(out, i, end, block);
    }
    return out;
  }

  /**
   * Reads so many numbers.
   *
   * @param type how each is stored
   * @param order which of its bytes comes first
   * @param count how many
   * @throws IOException if fewer come, or if a float cannot hold one
   */
  float[] floats(NumberType type, ByteOrder order, int count) throws IOException {
    Block block = begin((long) count * type.bytes(), "data");
    byte[] chunk = new byte[(int) Math.min(block.count, CHUNK)];
    ByteBuffer buffer = ByteBuffer.wrap(chunk).order(order);
    int step = CHUNK / type.bytes();
    float[] out = new float[Math.min(count, step)];
    int end;
    for (int i = 0; i < count; i = end) {
      end = i + Math.min(step, count - i);
      if (end > out.length) {
        out = Arrays.copyOf(out, grown(out.length, count));
      }
      fill(chunk, 0, (end - i) * type.bytes(), block);
      try {
        type.decode(buffer.rewind(), out, i, end);
      } catch (NumberType.UnfitException e) {
        long at = block.start + (long) e.index() * type.bytes();
        throw error(at, "element " + e.index() + ": " + e.getMessage());
      }
    }
    return out;
  }

  /** Checks that nothing is left, which also makes gzip compare its checksum. */
  void requireEnd() throws IOException {
    long end = position;
    if (read(new byte[1], 0, 1) > 0) {
      throw error(end, "expected the end of the file, got more bytes");
    }
  }

  /**
   * Makes the dimensions of a header a shape.
   *
   * @param dimensions what the header says, nothing negative. Not modified.
   * @param at where it says so
   * @throws IOException if no array can be so long
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

  /** What an exception of the JDK has to say; some say nothing. */
  static String reason(IOException e) {
    if (e.getMessage() != null) {
      return e.getMessage();
    }
    return e instanceof EOFException ? "unexpected end" : e.getClass().getSimpleName();
  }

  /** So many bytes from a start, and what they are. */
  private record Block(long start, long count, String what) {}

  private Block begin(long count, String what) throws IOException {
    Block block = new Block(position, count, what);
    if (length != UNKNOWN && length - position < count) {
      throw truncated(block, Math.max(length - position, 0));
    }
    return block;
  }

  private IOException truncated(Block block, long got) {
    return error(
        block.start, "expected " + block.count + " bytes of " + block.what + ", got " + got);
  }

  /** Twice the length, or the whole if that is less. */
  private static int grown(int length, int whole) {
    return length + Math.min(length, whole - length);
  }

  /** Reads {@code out[from]} to {@code out[to - 1]}, which are the next bytes of the block. */
  private void fill(byte[] out, int from, int to, Block block) throws IOException {
    if (read(out, from, to - from) < to - from) {
      throw truncated(block, position - block.start);
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
