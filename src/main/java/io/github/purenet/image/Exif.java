package io.github.purenet.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads from a JPEG how its picture is to be turned: tag 0x0112 of the first directory of its EXIF
 * data (CIPA DC-008, section 4.6.2). Data that are damaged say nothing.
 */
final class Exif {
  /** The picture is to be shown as it is stored. */
  static final int UPRIGHT = 1;

  private static final byte[] NAME = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);
  private static final int APP1 = 0xe1;
  private static final int START_OF_SCAN = 0xda;
  private static final int ORIENTATION = 0x0112;
  private static final int SHORT = 3;

  private Exif() {}

  /** Returns the orientation of a JPEG, from 1 to 8. */
  static int orientation(byte[] jpeg) {
    int at = 2; // behind the marker of the start
    while (at + 4 <= jpeg.length && (jpeg[at] & 0xff) == 0xff) {
      int marker = jpeg[at + 1] & 0xff;
      if (marker == 0xff) { // a fill byte
        at++;
        continue;
      }
      int length = ((jpeg[at + 2] & 0xff) << 8) | (jpeg[at + 3] & 0xff);
      int start = at + 4;
      int end = at + 2 + length;
      if (marker == START_OF_SCAN || length < 2 || end > jpeg.length) {
        return UPRIGHT;
      }
      if (marker == APP1 && isExif(jpeg, start, end)) {
        return orientation(ByteBuffer.wrap(jpeg, start + 6, end - start - 6).slice());
      }
      at = end;
    }
    return UPRIGHT;
  }

  private static boolean isExif(byte[] jpeg, int start, int end) {
    return end - start >= NAME.length
        && Arrays.equals(jpeg, start, start + NAME.length, NAME, 0, NAME.length);
  }

  /** Reads TIFF data: the order of bytes, 42, where the directory is, and its entries. */
  private static int orientation(ByteBuffer tiff) {
    if (tiff.limit() < 8) {
      return UPRIGHT;
    }
    short order = tiff.getShort(0);
    if (order == 0x4949) {
      tiff.order(ByteOrder.LITTLE_ENDIAN);
    }
    long directory = Integer.toUnsignedLong(tiff.getInt(4));
    if ((order != 0x4949 && order != 0x4d4d)
        || tiff.getShort(2) != 42
        || directory + 2 > tiff.limit()) {
      return UPRIGHT;
    }
    int count = Short.toUnsignedInt(tiff.getShort((int) directory));
    for (int i = 0; i < count; i++) {
      long entry = directory + 2 + 12L * i;
      if (entry + 12 > tiff.limit()) {
        return UPRIGHT;
      }
      int at = (int) entry;
      if (tiff.getShort(at) == ORIENTATION) {
        boolean one = tiff.getShort(at + 2) == SHORT && tiff.getInt(at + 4) == 1;
        int value = Short.toUnsignedInt(tiff.getShort(at + 8));
        return one && value >= 1 && value <= 8 ? value : UPRIGHT;
      }
    }
    return UPRIGHT;
  }
}
