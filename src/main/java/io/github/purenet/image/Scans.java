package io.github.purenet.image;

/**
 * Counts the scans of a JPEG (ITU-T T.81, section B.2). Progressive ones may have any number, each
 * of a few bytes.
 */
final class Scans {
  private static final int START_OF_SCAN = 0xda;
  private static final int END_OF_IMAGE = 0xd9;
  private static final int FIRST_RESTART = 0xd0;

  private Scans() {}

  /** Returns how many scans there are up to the end of the picture, or of what can be read. */
  static int count(byte[] jpeg) {
    int scans = 0;
    int at = 2; // behind the marker of the start
    while (at + 1 < jpeg.length) {
      int marker = jpeg[at + 1] & 0xff;
      if ((jpeg[at] & 0xff) != 0xff || marker == 0xff || !hasLength(marker)) { // data of a scan
        if ((jpeg[at] & 0xff) == 0xff && marker == END_OF_IMAGE && scans > 0) {
          return scans; // without a scan, it is the end of tables, and the picture follows
        }
        at++;
        continue;
      }
      scans += marker == START_OF_SCAN ? 1 : 0;
      at += 2 + length(jpeg, at + 2);
    }
    return scans;
  }

  /**
   * Returns whether a marker begins a segment: restarts, start and end do not, and a zero behind
   * 0xff means that byte itself.
   */
  private static boolean hasLength(int marker) {
    return marker > 1 && !(marker >= FIRST_RESTART && marker <= END_OF_IMAGE);
  }

  private static int length(byte[] jpeg, int at) {
    return at + 1 < jpeg.length ? ((jpeg[at] & 0xff) << 8) | (jpeg[at + 1] & 0xff) : 0;
  }
}
