package io.github.purenet.io;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/**
 * A zip archive in memory. The JDK opens archives from files only, and its {@code ZipInputStream}
 * cannot pass a damaged entry, nor tell an archive that was cut off.
 *
 * <p>Source: PKWARE, <i>APPNOTE.TXT, .ZIP File Format Specification</i>, sections 4.3.7, 4.3.12 and
 * 4.3.16; without encryption, and without the 64-bit fields, which no archive of less than 2 GiB
 * needs in its directory.
 */
final class ZipBytes implements Archive {
  private static final int LOCAL_SIGNATURE = 0x04034b50;
  private static final int LOCAL_SIZE = 30;
  private static final int DIRECTORY_SIGNATURE = 0x02014b50;
  private static final int DIRECTORY_SIZE = 46;
  private static final int END_SIGNATURE = 0x06054b50;
  private static final int END_SIZE = 22;
  private static final int MAX_COMMENT = 0xffff;

  private static final int STORED = 0;
  private static final int DEFLATED = 8;

  private final ByteBuffer bytes;
  private final String name;

  /**
   * Creates an archive.
   *
   * @param bytes its bytes. Not modified.
   * @param name the name that messages begin with
   */
  ZipBytes(byte[] bytes, String name) {
    this.bytes = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    this.name = name;
  }

  @Override
  public long length() {
    return bytes.capacity();
  }

  @Override
  public void close() {}

  @Override
  public List<Entry> entries() throws IOException {
    int end = end();
    long size = unsigned(end + 12);
    long start = end - size; // the directory is in front of its end
    long first = start - unsigned(end + 16); // of the archive, which other bytes may precede
    if (start < 0 || first < 0) {
      throw unsound(end, "a directory inside of the archive");
    }
    List<Entry> entries = new ArrayList<>();
    long next;
    for (long at = start; at < end; at = next) {
      int here = (int) at;
      if (end - at < DIRECTORY_SIZE || bytes.getInt(here) != DIRECTORY_SIGNATURE) {
        throw unsound(at, "an entry of the directory");
      }
      int nameLength = unsignedShort(here + 28);
      next = at + DIRECTORY_SIZE + nameLength + unsignedShort(here + 30) + unsignedShort(here + 32);
      if (next > end) {
        throw unsound(at, "an entry inside of the directory");
      }
      String entryName = new String(bytes.array(), here + DIRECTORY_SIZE, nameLength, UTF_8);
      entries.add(new BytesEntry(here, first + unsigned(here + 42), entryName));
    }
    int count = unsignedShort(end + 10);
    if ((entries.size() & 0xffff) != count) {
      throw unsound(end, "a directory of " + count + " entries, got " + entries.size());
    }
    return entries;
  }

  /** Returns the position of the record that ends the archive. */
  private int end() throws IOException {
    int last = bytes.capacity() - END_SIZE;
    for (int at = last; at >= Math.max(last - MAX_COMMENT, 0); at--) {
      if (bytes.getInt(at) == END_SIGNATURE && unsignedShort(at + 20) == last - at) {
        return at;
      }
    }
    throw new IOException(
        name + ": expected a sound zip file: the end of its directory is missing");
  }

  private IOException unsound(long at, String expected) {
    return new IOException(
        name + ": expected a sound zip file: byte " + at + ": expected " + expected);
  }

  private long unsigned(int at) {
    return Integer.toUnsignedLong(bytes.getInt(at));
  }

  private int unsignedShort(int at) {
    return Short.toUnsignedInt(bytes.getShort(at));
  }

  /** An entry, whose description is at a place in the directory, and itself at another one. */
  private final class BytesEntry implements Entry {
    private final int at;
    private final long local;
    private final String name;

    BytesEntry(int at, long local, String name) {
      this.at = at;
      this.local = local;
      this.name = name;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public long size() {
      return unsigned(at + 24);
    }

    @Override
    public long packedSize() {
      return unsigned(at + 20);
    }

    @Override
    public long crc() {
      return unsigned(at + 16);
    }

    @Override
    public InputStream open() throws IOException {
      if (local > at - LOCAL_SIZE || bytes.getInt((int) local) != LOCAL_SIGNATURE) {
        throw new IOException("expected the entry at byte " + local);
      }
      int header = (int) local;
      long start = local + LOCAL_SIZE + unsignedShort(header + 26) + unsignedShort(header + 28);
      if (start + packedSize() > at) {
        throw new IOException("expected " + packedSize() + " bytes from byte " + start + " on");
      }
      int method = unsignedShort(at + 10);
      int size = (int) packedSize();
      return switch (method) {
        case STORED -> new ByteArrayInputStream(bytes.array(), (int) start, size);
        case DEFLATED -> inflated(new ByteArrayInputStream(bytes.array(), (int) start, size + 1));
        default -> throw new IOException("expected no packing or deflate, got method " + method);
      };
    }

    /** Unpacks bytes, behind which Inflater wants one that does not count. */
    private InputStream inflated(InputStream packed) {
      return new InflaterInputStream(packed, new Inflater(true)) {
        @Override
        public void close() throws IOException {
          super.close();
          inf.end();
        }
      };
    }
  }
}
