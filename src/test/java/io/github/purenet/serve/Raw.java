package io.github.purenet.serve;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;

/** A client that sends bytes as they are, which no well-behaved one would. */
final class Raw implements AutoCloseable {
  private final Socket socket;

  Raw(URI server) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), server.getPort());
    socket.setSoTimeout(10_000);
  }

  /** Sends a text; a line break is sent as CR LF. */
  Raw send(String text) throws IOException {
    socket.getOutputStream().write(text.replace("\n", "\r\n").getBytes(ISO_8859_1));
    socket.getOutputStream().flush();
    return this;
  }

  /**
   * Returns all that comes until the server closes the connection; what a reset cuts off is lost.
   */
  String answer() throws IOException {
    StringBuilder text = new StringBuilder();
    byte[] buffer = new byte[1 << 13];
    try {
      for (int n = read(buffer); n >= 0; n = read(buffer)) {
        text.append(new String(buffer, 0, n, ISO_8859_1));
      }
    } catch (SocketException e) {
      return text.toString(); // a reset closes it, too
    }
    return text.toString();
  }

  private int read(byte[] buffer) throws IOException {
    return socket.getInputStream().read(buffer);
  }

  /** Sends a request and returns the whole answer. */
  static String ask(URI server, String request) throws IOException {
    try (Raw raw = new Raw(server)) {
      try {
        raw.send(request);
      } catch (SocketException e) {
        return ""; // closed while it was written to
      }
      return raw.answer();
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
