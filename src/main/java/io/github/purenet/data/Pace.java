package io.github.purenet.data;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Locale;

/**
 * Watches how fast bytes arrive, since a server that sends one now and then keeps a connection for
 * ever without reaching a time-out.
 */
final class Pace {
  /** Bytes a second; a modem is faster. */
  private static final int LEAST = 1024;

  private final long window;
  private long start = System.nanoTime();
  private long bytes;

  /** Creates a watch for a connection with the given time-out in milliseconds. */
  Pace(int timeout) {
    window = 2_000_000L * timeout;
  }

  /** Takes note of bytes, and throws if they are too few or if the thread is interrupted. */
  void arrived(int count) throws IOException {
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException("interrupted while downloading");
    }
    bytes += count;
    long now = System.nanoTime();
    if (now - start < window) {
      return;
    }
    double rate = bytes * 1e9 / (now - start);
    if (rate < LEAST) {
      throw new IOException(
          String.format(Locale.ROOT, "expected at least %d bytes a second, got %.0f", LEAST, rate));
    }
    start = now;
    bytes = 0;
  }
}
