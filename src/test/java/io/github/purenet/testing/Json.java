package io.github.purenet.testing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A reader of JSON as Python's {@code json.dumps} writes it, without escapes in texts: objects
 * become Maps, arrays Lists, numbers Integers or, with a point or an exponent, Doubles.
 */
final class Json {
  private final String text;
  private int at;

  private Json(String text) {
    this.text = text;
  }

  /** Returns the value that a text is. */
  static Object read(String text) {
    Json json = new Json(text);
    Object value = json.value();
    if (json.at < text.length()) {
      throw json.error("the end");
    }
    return value;
  }

  private Object value() {
    return switch (text.charAt(at)) {
      case '{' -> object();
      case '[' -> array();
      case '"' -> string();
      default -> plain();
    };
  }

  private Map<String, Object> object() {
    Map<String, Object> map = new LinkedHashMap<>();
    at++;
    while (!takes("}")) {
      String key = string();
      require(": ");
      map.put(key, value());
      takes(", ");
    }
    return map;
  }

  private List<Object> array() {
    List<Object> list = new ArrayList<>();
    at++;
    while (!takes("]")) {
      list.add(value());
      takes(", ");
    }
    return list;
  }

  private String string() {
    require("\"");
    int from = at;
    at = text.indexOf('"', from) + 1;
    return text.substring(from, at - 1);
  }

  /** Reads a number, or true or false. */
  private Object plain() {
    int from = at;
    while (at < text.length() && ",]}".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    String word = text.substring(from, at);
    if (word.equals("true") || word.equals("false")) {
      return word.equals("true");
    }
    boolean integer = word.chars().allMatch(c -> Character.isDigit(c) || c == '-');
    return integer ? (Object) Integer.valueOf(word) : (Object) Double.valueOf(word);
  }

  private boolean takes(String expected) {
    boolean there = text.startsWith(expected, at);
    at += there ? expected.length() : 0;
    return there;
  }

  private void require(String expected) {
    if (!takes(expected)) {
      throw error(expected);
    }
  }

  private IllegalArgumentException error(String expected) {
    return new IllegalArgumentException(
        String.format(Locale.ROOT, "expected %s at %d of %s", expected, at, text));
  }
}
