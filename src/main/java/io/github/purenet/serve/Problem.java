package io.github.purenet.serve;

import io.github.purenet.json.JsonWriter;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Thrown when a request cannot be answered as it was meant: the answer is this problem, as RFC 9457
 * defines it, with type {@code about:blank}.
 */
public final class Problem extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** The media type of problems. */
  static final String TYPE = "application/problem+json";

  private final int status;
  private final transient Map<String, String> headers = new LinkedHashMap<>();

  /**
   * Creates a problem.
   *
   * @param status the status of the answer, 4xx or 5xx
   * @param detail what was expected and what came, for the client to read
   */
  public Problem(int status, String detail) {
    super(detail, null, false, false); // it is an answer: where it comes from does not matter
    this.status = status;
  }

  /** Adds a header to the answer. */
  Problem with(String name, String value) {
    headers.put(name, value);
    return this;
  }

  /** Returns the problem of a server that has too much to do, or is about to end. */
  static Problem unavailable(String detail) {
    return new Problem(503, detail).with("Retry-After", "1");
  }

  int status() {
    return status;
  }

  /** Returns the answer, one line of JSON. */
  Response response() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("type", "about:blank");
    document.put("title", title(status));
    document.put("status", status);
    document.put("detail", getMessage());
    Response response = Response.of(status, TYPE, JsonWriter.write(document) + "\n");
    headers.forEach(response::header);
    return response;
  }

  private static String title(int status) {
    return switch (status) {
      case 400 -> "Bad Request";
      case 403 -> "Forbidden";
      case 404 -> "Not Found";
      case 405 -> "Method Not Allowed";
      case 406 -> "Not Acceptable";
      case 408 -> "Request Timeout";
      case 409 -> "Conflict";
      case 413 -> "Content Too Large";
      case 414 -> "URI Too Long";
      case 415 -> "Unsupported Media Type";
      case 421 -> "Misdirected Request";
      case 422 -> "Unprocessable Content";
      case 429 -> "Too Many Requests";
      case 503 -> "Service Unavailable";
      default -> status < 500 ? "Bad Request" : "Internal Server Error";
    };
  }
}
