package io.github.purenet.serve;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.purenet.json.JsonWriter;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a handler answers: bytes that are there, or a stream that goes on. */
public final class Response {
  /** Writes a stream until it is over. */
  @FunctionalInterface
  public interface Writer {
    /**
     * Writes the stream.
     *
     * @param stream where to; writing fails when the client has gone
     * @throws IOException if the client has gone
     * @throws InterruptedException if the server ends
     */
    void write(EventStream stream) throws IOException, InterruptedException;
  }

  private final int status;
  private final String type;
  private final byte[] body; // null for a stream
  private final Writer writer;
  private final Map<String, String> headers = new LinkedHashMap<>();
  private int predictions;

  private Response(int status, String type, byte[] body, Writer writer) {
    this.status = status;
    this.type = type;
    this.body = body;
    this.writer = writer;
  }

  /** Returns an answer of bytes. The array is not copied. */
  static Response of(int status, String type, byte[] body) {
    return new Response(status, type, body, null);
  }

  /** Returns an answer of text, in UTF-8. */
  static Response of(int status, String type, String text) {
    return of(status, type, text.getBytes(UTF_8));
  }

  /**
   * Returns a JSON document, which browsers do not store.
   *
   * @param document what {@link JsonWriter} writes
   * @return an answer with the status 200
   */
  public static Response json(Object document) {
    return of(200, "application/json", JsonWriter.write(document) + "\n");
  }

  /**
   * Returns server-sent events.
   *
   * @param writer what writes them, in the thread of the request
   * @return an answer with the status 200
   */
  public static Response events(Writer writer) {
    return new Response(200, EventStream.TYPE, null, writer);
  }

  /** Sets a header. */
  Response header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  /**
   * Says how many samples a network has classified for this answer, which is counted.
   *
   * @param count how many
   * @return this answer
   */
  public Response predictions(int count) {
    predictions = count;
    return this;
  }

  int predictions() {
    return predictions;
  }

  int status() {
    return status;
  }

  String type() {
    return type;
  }

  /** Returns the bytes, or null for a stream. */
  byte[] body() {
    return body;
  }

  Writer writer() {
    return writer;
  }

  Map<String, String> headers() {
    return headers;
  }
}
