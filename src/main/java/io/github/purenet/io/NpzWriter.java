package io.github.purenet.io;

import io.github.purenet.ndarray.NDArray;
import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes npz files: equal arrays make equal files. */
final class NpzWriter {
  private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  private NpzWriter() {}

  static void write(OutputStream out, Map<String, NDArray> arrays) throws IOException {
    ZipOutputStream zip = new ZipOutputStream(out);
    zip.setMethod(ZipOutputStream.STORED);
    for (Map.Entry<String, NDArray> array : arrays.entrySet()) {
      ZipEntry entry = new ZipEntry(array.getKey() + Npz.SUFFIX);
      entry.setTimeLocal(TIME);
      CRC32 crc = new CRC32();
      CountingOutput counter = new CountingOutput(crc);
      Npy.write(counter, array.getValue());
      entry.setSize(counter.bytes);
      entry.setCrc(crc.getValue());
      zip.putNextEntry(entry);
      Npy.write(zip, array.getValue());
      zip.closeEntry();
    }
    zip.finish();
  }

  /** Counts and sums up what is written, which an entry tells before its content. */
  private static final class CountingOutput extends OutputStream {
    private final CRC32 crc;
    private long bytes;

    CountingOutput(CRC32 crc) {
      this.crc = crc;
    }

    @Override
    public void write(int b) {
      crc.update(b);
      bytes++;
    }

    @Override
    public void write(byte[] b, int from, int length) {
      crc.update(b, from, length);
      bytes += length;
    }
  }
}
