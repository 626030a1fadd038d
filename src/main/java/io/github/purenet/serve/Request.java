package io.github.purenet.serve;

import io.github.purenet.json.JsonException;
import io.github.purenet.json.JsonReader;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A request that has been read as a whole. */
public final class Request {
  /** Numbers, texts and the like in one document; a number takes some 30 bytes. */
  static final int MAX_VALUES = 4_000_000;

  /** Bytes of what is made of a byte of JSON: two numbers of one digit are boxed in an array. */
  private static final long BYTES_PER_BYTE = 8;

  /** Bytes of a list with its first places, of an object with them, of an entry, half a text. */
  private static final long BYTES_OF_LIST = 80;

  private static final long BYTES_OF_OBJECT = 136;
  private static final long BYTES_OF_ENTRY = 48;
  private static final long BYTES_PER_QUOTE = 24;

  private final Map<String, String> query;
  private final String type;
  private final byte[] body;
  private final long deadline;
  private final Admission.Guest guest;

  /**
   * Creates a request.
   *
   * @param deadline when the answer must be there, of {@link System#nanoTime}
   * @param guest what holds the memory for it
   */
  Request(
      Map<String, String> query, String type, byte[] body, long deadline, Admission.Guest guest) {
    this.query = query;
    this.type = type;
    this.body = body;
    this.deadline = deadline;
    this.guest = guest;
  }

  /**
   * Returns the parameters of the query.
   *
   * @return names and values, decoded
   */
  public Map<String, String> query() {
    return query;
  }

  /**
   * Returns the media type of the body.
   *
   * @return the type in lower case and without parameters, or nothing
   */
  public String type() {
    return type;
  }

  /**
   * Returns the body.
   *
   * @return its bytes, not a copy
   */
  public byte[] body() {
    return body;
  }

  /**
   * Takes memory until the answer has been sent.
   *
   * @param bytes how much, roughly
   * @throws Problem if other requests have taken too much
   */
  public void hold(long bytes) {
    guest.hold(bytes);
  }

  /**
   * Checks that there is time left, which what computes long does now and then.
   *
   * @throws Problem if there is none
   */
  public void checkTime() {
    if (System.nanoTime() - deadline > 0) {
      throw Problem.unavailable("time: expected an answer sooner; ask for less at once");
    }
  }

  /**
   * Returns the parameters of a query.
   *
   * @throws Problem if it is malformed or names a parameter twice
   */
  static Map<String, String> query(String raw) {
    Map<String, String> query = new HashMap<>();
    if (raw == null || raw.isEmpty()) {
      return query;
    }
    for (String pair : raw.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = decode(equals < 0 ? pair : pair.substring(0, equals));
      String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
      if (query.put(name, value) != null) {
        throw new Problem(400, "query: expected each parameter once, got " + name + " again");
      }
    }
    return query;
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new Problem(400, "query: expected two hexadecimal digits behind each %");
    }
  }

  /**
   * Returns a parameter of the query that is true or false.
   *
   * @param name its name
   * @return its value, if it is there
   * @throws Problem if it is neither
   */
  public Optional<Boolean> flag(String name) {
    String value = query.get(name);
    if (value == null) {
      return Optional.empty();
    }
    if (!value.equals("true") && !value.equals("false")) {
      throw new Problem(400, "query: expected " + name + "=true or false, got another value");
    }
    return Optional.of(value.equals("true"));
  }

  /**
   * Returns what is made of JSON takes at most, roughly: much more than numbers if it is nested.
   */
  private static long sizeAsJson(byte[] json) {
    long size = BYTES_PER_BYTE * json.length;
    for (byte b : json) {
      size +=
          switch (b) {
            case '[' -> BYTES_OF_LIST;
            case '{' -> BYTES_OF_OBJECT;
            case ':' -> BYTES_OF_ENTRY;
            case '"' -> BYTES_PER_QUOTE;
            default -> 0;
          };
    }
    return size;
  }

  /**
   * Reads the body as a JSON object.
   *
   * @return a mutable map, as {@link JsonReader#readObject} returns it
   * @throws Problem if it is none
   */
  public Map<String, Object> json() {
    hold(sizeAsJson(body));
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException e) {
      throw new Problem(400, "body: expected JSON in UTF-8, got other bytes");
    }
    try {
      return JsonReader.readObject(text, MAX_VALUES);
    } catch (JsonException e) {
      throw new Problem(400, "body: expected JSON; " + e.getMessage());
    }
  }
}
