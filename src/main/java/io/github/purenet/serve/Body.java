package io.github.purenet.serve;

import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** Reads bodies of requests. */
final class Body {
  /** What is read of a body that nobody wants, so that the client gets to read the answer. */
  private static final long DISCARDED = 64L << 20;

  private static final int CHUNK = 1 << 14;

  /** What is discarded at full speed; the rest at some 16 MB a second, to leave time to others. */
  private static final long AT_ONCE = 1 << 20;

  private Body() {}

  /** Returns whether a request has a body. */
  static boolean isExpected(HttpExchange exchange) {
    String length = exchange.getRequestHeaders().getFirst("Content-Length");
    return exchange.getRequestHeaders().containsKey("Transfer-Encoding")
        || !(length == null || length.equals("0"));
  }

  /**
   * Reads a body of a limited size.
   *
   * @throws Problem if it is larger, or there is no memory for it
   */
  static byte[] read(HttpExchange exchange, int limit, Admission.Guest guest) throws IOException {
    String length = exchange.getRequestHeaders().getFirst("Content-Length");
    if (length != null && Long.parseLong(length) > limit) { // the JDK has checked that it is one
      throw tooLarge(limit);
    }
    InputStream in = exchange.getRequestBody();
    ByteArrayOutputStream body = new ByteArrayOutputStream(CHUNK);
    byte[] chunk = new byte[CHUNK];
    for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
      if (n > limit - body.size()) {
        throw tooLarge(limit);
      }
      guest.hold(2L * n); // the stream doubles its array
      body.write(chunk, 0, n);
    }
    return body.toByteArray();
  }

  private static Problem tooLarge(int limit) {
    return new Problem(413, "body: expected at most " + limit + " bytes, got more");
  }

  /** Reads the rest of a body, up to some length, and forgets it. */
  static void discard(HttpExchange exchange) throws IOException, InterruptedException {
    InputStream in = exchange.getRequestBody();
    byte[] chunk = new byte[CHUNK];
    long rest = DISCARDED;
    for (int n = in.read(chunk); n >= 0 && rest > 0; n = in.read(chunk)) {
      rest -= n;
      if (DISCARDED - rest > AT_ONCE) {
        Thread.sleep(1);
      }
    }
  }
}
