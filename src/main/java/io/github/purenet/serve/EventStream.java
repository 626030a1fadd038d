package io.github.purenet.serve;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;

/** Server-sent events on their way to one client (HTML standard, section 9.2). */
public final class EventStream {
  static final String TYPE = "text/event-stream";

  private final OutputStream out;
  private final Server.State state;
  private final Watchdog watchdog;
  private final Duration time;

  EventStream(OutputStream out, Server.State state, Watchdog watchdog, Duration time) {
    this.out = out;
    this.state = state;
    this.watchdog = watchdog;
    this.time = time;
  }

  /**
   * Sends an event.
   *
   * @param event its name
   * @param data its data, of one line, such as a JSON document
   * @throws IOException if the client has gone, or does not read
   */
  public void send(String event, String data) throws IOException {
    write("event: " + event + "\ndata: " + data + "\n\n");
  }

  /**
   * Sends a comment, which shows whether the client is still there.
   *
   * @throws IOException if it is not
   */
  public void ping() throws IOException {
    write(":\n\n");
  }

  private void write(String text) throws IOException {
    try (Watchdog.Guard guard = watchdog.interruptAfter(time)) {
      out.write(text.getBytes(UTF_8));
      out.flush();
      guard.check();
    }
  }

  /**
   * Waits, unless the server ends.
   *
   * @param duration how long
   * @return false if the server ends; the stream is over then
   * @throws InterruptedException if the thread is interrupted
   */
  public boolean await(Duration duration) throws InterruptedException {
    return !state.awaitClosing(duration);
  }
}
