package io.github.purenet.io;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A zip archive, whose entries can be read each by itself: an entry that is damaged does not keep
 * the others from being read.
 */
interface Archive extends Closeable {

  /**
   * Returns the entries, in the order of the archive's directory; a name may occur twice.
   *
   * @throws IOException if the directory is damaged
   */
  List<Entry> entries() throws IOException;

  /**
   * Returns the length of the archive, in bytes. Its entries, packed, are not longer together,
   * unless they overlap, with which a small file could unpack to any amount.
   */
  long length();

  /** What the directory tells of an entry; sizes are in bytes, and nothing is to be trusted. */
  interface Entry {
    String name();

    /** Returns the size of what is unpacked. */
    long size();

    long packedSize();

    /** Returns the CRC-32 of what is unpacked. */
    long crc();

    /** Opens what is unpacked, without checking the CRC. */
    InputStream open() throws IOException;
  }

  /** Opens a file of the default file system. */
  static Archive open(Path file) throws IOException {
    long length = file.toFile().length();
    ZipFile zip;
    try {
      zip = new ZipFile(file.toFile());
    } catch (FileSystemException e) {
      throw e; // names the file
    } catch (IOException e) {
      throw new IOException(file + ": expected a sound zip file: " + Source.reason(e), e);
    }
    return new Archive() {
      @Override
      public List<Entry> entries() throws IOException {
        try {
          List<Entry> entries = new ArrayList<>();
          for (ZipEntry entry : Collections.list(zip.entries())) {
            entries.add(new FileEntry(zip, entry));
          }
          return entries;
        } catch (IllegalArgumentException e) { // a comment that is not UTF-8, for one
          throw new IOException(file + ": expected a sound zip file: " + e.getMessage(), e);
        }
      }

      @Override
      public long length() {
        return length;
      }

      @Override
      public void close() throws IOException {
        zip.close();
      }
    };
  }

  /** An entry of a file. */
  record FileEntry(ZipFile zip, ZipEntry entry) implements Entry {
    @Override
    public String name() {
      return entry.getName();
    }

    @Override
    public long size() {
      return entry.getSize();
    }

    @Override
    public long packedSize() {
      return entry.getCompressedSize();
    }

    @Override
    public long crc() {
      return entry.getCrc();
    }

    @Override
    public InputStream open() throws IOException {
      return zip.getInputStream(entry);
    }
  }
}
