package io.github.purenet.serve;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Map;

/** Writes answers. */
final class Reply {
  /** What every answer says to browsers. */
  private static final Map<String, String> ALWAYS =
      Map.of(
          "Content-Security-Policy",
          "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none';"
              + " form-action 'none'; frame-ancestors 'none'",
          "X-Content-Type-Options",
          "nosniff",
          "X-Frame-Options",
          "DENY",
          "Referrer-Policy",
          "no-referrer",
          "Cross-Origin-Resource-Policy",
          "same-origin",
          "Cache-Control",
          "no-store");

  private final HttpExchange exchange;
  private final Watchdog watchdog;
  private final Duration time;
  private final Duration linger;

  /** Creates what answers one request. */
  Reply(HttpExchange exchange, Watchdog watchdog, Limits.Times times) {
    this.exchange = exchange;
    this.watchdog = watchdog;
    time = times.answer();
    linger = times.linger();
  }

  /**
   * Sends an answer of bytes. An exception leaves it to the JDK's server to close the connection,
   * which then is no longer counted as open; {@link HttpExchange#close} would hide it.
   *
   * @param unread whether the request has a body that has not been read
   * @throws IOException if the client has gone or is too slow
   * @throws InterruptedException if it still sends, for too long
   */
  void send(Response response, boolean unread) throws IOException, InterruptedException {
    byte[] body = response.body();
    boolean head = exchange.getRequestMethod().equals("HEAD");
    boolean silent = head || body.length == 0; // nobody reads a stream behind a HEAD
    if (silent && unread) {
      throw new IOException("expected no body, got one with a request whose answer has none");
    }
    headers(response, unread);
    if (head && body != null) {
      exchange.getResponseHeaders().set("Content-Length", String.valueOf(body.length));
    }
    try (Watchdog.Guard guard = watchdog.interruptAfter(unread ? linger : time)) {
      exchange.sendResponseHeaders(response.status(), silent ? -1 : body.length);
      if (!silent) {
        OutputStream out = exchange.getResponseBody();
        out.write(body);
        out.flush();
        if (unread) {
          Body.discard(exchange);
        }
        out.close();
      }
      guard.check();
    }
  }

  /** Sends a stream, for as long as it goes on. */
  void stream(Response response, Server.State state) throws IOException, InterruptedException {
    headers(response, false);
    try (Watchdog.Guard guard = watchdog.interruptAfter(time)) {
      exchange.sendResponseHeaders(response.status(), 0);
      exchange.getResponseBody().flush();
      guard.check();
    }
    OutputStream out = exchange.getResponseBody();
    response.writer().write(new EventStream(out, state, watchdog, time));
    try (Watchdog.Guard guard = watchdog.interruptAfter(time)) {
      out.close();
      guard.check();
    }
  }

  /** Sends a problem while another thread still reads the request; it must not be closed here. */
  void sendEarly(Problem problem) {
    Response response = problem.response();
    headers(response, true);
    try {
      exchange.sendResponseHeaders(response.status(), response.body().length);
      exchange.getResponseBody().write(response.body());
      exchange.getResponseBody().flush();
    } catch (IOException e) {
      // The client has gone before it was sent away.
    }
  }

  private void headers(Response response, boolean last) {
    Headers headers = exchange.getResponseHeaders();
    ALWAYS.forEach(headers::set);
    if (response.type() != null) {
      headers.set("Content-Type", response.type());
    }
    response.headers().forEach(headers::set);
    if (last) {
      headers.set("Connection", "close");
    }
  }
}
