package io.github.purenet.testing;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;

/** Damages files as transport and malice do. */
public final class Damage {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private Damage() {}

  /** Reads a file of these bytes. */
  @FunctionalInterface
  public interface Reader {
    void read(byte[] file) throws IOException;
  }

  /** Returns a copy with up to four wounds: a bit flipped, a byte replaced, an end or piece cut. */
  public static byte[] wound(byte[] sound, Random random) {
    byte[] file = sound.clone();
    for (int wounds = 1 + random.nextInt(4); wounds > 0 && file.length > 0; wounds--) {
      int at = random.nextInt(file.length);
      switch (random.nextInt(8)) {
        case 0 -> file = Arrays.copyOf(file, at);
        case 1 -> {
          int to = at + random.nextInt(Math.min(8, file.length - at) + 1);
          byte[] old = file;
          file = Arrays.copyOf(old, old.length - (to - at));
          System.arraycopy(old, to, file, at, old.length - to);
        }
        case 2, 3, 4 -> file[at] = (byte) random.nextInt(256);
        default -> file[at] ^= (byte) (1 << random.nextInt(8));
      }
    }
    return file;
  }

  /**
   * Reads a file cut off at every length, then so many damaged ones. The reader may return, or
   * throw an IOException whose message names the file, after allocating no more than it may.
   */
  public static void test(byte[] sound, String name, int cases, long mostBytes, Reader reader)
      throws IOException {
    reader.read(sound);
    for (int length = 0; length < sound.length; length++) {
      read(Arrays.copyOf(sound, length), "length " + length, name, mostBytes, reader);
    }
    long seed = 20260101;
    Random random = new Random(seed);
    for (int i = 0; i < cases; i++) {
      byte[] file = wound(sound, random);
      read(file, "seed " + seed + ", case " + i, name, mostBytes, reader);
    }
  }

  private static void read(byte[] file, String what, String name, long mostBytes, Reader reader) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    Throwable thrown = null;
    try {
      reader.read(file);
    } catch (Throwable e) {
      thrown = e;
    }
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
    boolean documented =
        thrown == null || (thrown instanceof IOException && thrown.getMessage().contains(name));
    if (!documented || allocated > mostBytes) {
      String description = what + ": " + HexFormat.of().formatHex(file);
      throw new AssertionError(description + " took " + allocated + " bytes", thrown);
    }
  }
}
