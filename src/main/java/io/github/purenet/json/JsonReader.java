package io.github.purenet.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A reader of JSON as RFC 8259 defines it, and no more: no comments, no trailing commas, no names
 * that occur twice in one object. The depth is limited, so that no text can exhaust the stack, and
 * memory stays in proportion to the text.
 */
public final class JsonReader {
  private static final int MAX_DEPTH = 64;

  private final String text;
  private final int maxValues;
  private int values;
  private int at;

  private JsonReader(String text, int maxValues) {
    this.text = text;
    this.maxValues = maxValues;
  }

  /**
   * Reads a text that holds one value.
   *
   * @param text the text
   * @return the value: a mutable Map in the order of the text, a mutable List, a String, an Integer
   *     or else a Long for a number without fraction and exponent, a Double, a Boolean or null
   * @throws JsonException if the text is no JSON, is deeper than 64 arrays and objects, or holds a
   *     number beyond Long or Double
   */
  public static Object read(String text) throws JsonException {
    return read(text, Integer.MAX_VALUE);
  }

  private static Object read(String text, int maxValues) throws JsonException {
    JsonReader reader = new JsonReader(text, maxValues);
    Object value = reader.value(0);
    reader.skipSpace();
    if (reader.at < text.length()) {
      throw reader.expected("the end");
    }
    return value;
  }

  /**
   * Reads a text that holds an object.
   *
   * @param text the text
   * @return a mutable Map in the order of the text, of values as {@link #read} returns them
   * @throws JsonException if the text is no JSON, or no object
   */
  public static Map<String, Object> readObject(String text) throws JsonException {
    return readObject(text, Integer.MAX_VALUE);
  }

  /**
   * Reads a text that holds an object, of a stranger, who may want to fill the memory.
   *
   * @param text the text
   * @param maxValues the most values that it may have, objects and arrays included
   * @return a mutable Map in the order of the text, of values as {@link #read} returns them
   * @throws JsonException if the text is no JSON, or no object, or has more values
   */
  @SuppressWarnings("unchecked") // the map of an object has Strings as keys
  public static Map<String, Object> readObject(String text, int maxValues) throws JsonException {
    if (read(text, maxValues) instanceof Map<?, ?> map) {
      return (Map<String, Object>) map;
    }
    throw new JsonException("character 0: expected an object");
  }

  private Object value(int depth) throws JsonException {
    skipSpace();
    if (depth > MAX_DEPTH) {
      throw new JsonException(
          "character " + at + ": expected at most " + MAX_DEPTH + " nested arrays and objects");
    }
    if (++values > maxValues) {
      throw new JsonException(
          "character " + at + ": expected at most " + maxValues + " values, got more");
    }
    char first = at < text.length() ? text.charAt(at) : 0;
    return switch (first) {
      case '{' -> object(depth);
      case '[' -> array(depth);
      case '"' -> string();
      case 't' -> word("true", true);
      case 'f' -> word("false", false);
      case 'n' -> word("null", null);
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
      default -> throw expected("a value");
    };
  }

  private Map<String, Object> object(int depth) throws JsonException {
    Map<String, Object> map = new LinkedHashMap<>();
    at++;
    skipSpace();
    if (isNext('}')) {
      return map;
    }
    do {
      skipSpace();
      int start = at;
      if (at == text.length() || text.charAt(at) != '"') {
        throw expected("a name");
      }
      String name = string();
      if (map.containsKey(name)) {
        throw new JsonException(
            "character " + start + ": expected each name once, got " + begin(name) + " again");
      }
      skipSpace();
      if (!isNext(':')) {
        throw expected("a colon");
      }
      map.put(name, value(depth + 1));
      skipSpace();
    } while (isNext(','));
    if (!isNext('}')) {
      throw expected("a comma or a closing brace");
    }
    return map;
  }

  private List<Object> array(int depth) throws JsonException {
    List<Object> list = new ArrayList<>();
    at++;
    skipSpace();
    if (isNext(']')) {
      return list;
    }
    do {
      list.add(value(depth + 1));
      skipSpace();
    } while (isNext(','));
    if (!isNext(']')) {
      throw expected("a comma or a closing bracket");
    }
    return list;
  }

  private String string() throws JsonException {
    at++;
    StringBuilder out = new StringBuilder();
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '"') {
        at++;
        return out.toString();
      }
      if (c < ' ') {
        throw expected("a control character as an escape");
      }
      at++;
      out.append(c == '\\' ? escaped() : c);
    }
    throw expected("the end of a string");
  }

  private char escaped() throws JsonException {
    char c = at < text.length() ? text.charAt(at) : 0;
    char meant =
        switch (c) {
          case '"', '\\', '/' -> c;
          case 'b' -> '\b';
          case 'f' -> '\f';
          case 'n' -> '\n';
          case 'r' -> '\r';
          case 't' -> '\t';
          case 'u' -> unicode();
          default -> throw expected("an escape");
        };
    at++;
    return meant;
  }

  /** Reads the four digits behind u, and stops at the last. */
  private char unicode() throws JsonException {
    int code = 0;
    for (int i = 0; i < 4; i++) {
      at++;
      int digit =
          at < text.length() && text.charAt(at) < 128 ? Character.digit(text.charAt(at), 16) : -1;
      if (digit < 0) {
        throw expected("a hexadecimal digit");
      }
      code = code * 16 + digit;
    }
    return (char) code;
  }

  private Object word(String word, Object meaning) throws JsonException {
    if (!text.startsWith(word, at)) {
      throw expected("a value");
    }
    at += word.length();
    return meaning;
  }

  private Object number() throws JsonException {
    int start = at;
    isNext('-');
    if (!isNext('0')) {
      digits();
    }
    boolean whole = true;
    if (isNext('.')) {
      whole = false;
      digits();
    }
    if (isNext('e') || isNext('E')) {
      whole = false;
      if (!isNext('+')) {
        isNext('-');
      }
      digits();
    }
    String number = text.substring(start, at);
    if (whole) {
      try {
        long value = Long.parseLong(number);
        return value == (int) value ? (Object) (int) value : (Object) value;
      } catch (NumberFormatException e) {
        throw beyond(start, number);
      }
    }
    double value = Double.parseDouble(number);
    if (Double.isInfinite(value)) {
      throw beyond(start, number);
    }
    return value;
  }

  private static JsonException beyond(int start, String number) {
    return new JsonException(
        "character "
            + start
            + ": expected a number in the range of Long or Double, got "
            + begin(number));
  }

  private static String begin(String part) {
    return part.length() > 30 ? part.substring(0, 30) + "..." : part;
  }

  private void digits() throws JsonException {
    int start = at;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    if (at == start) {
      throw expected("a digit");
    }
  }

  private boolean isNext(char c) {
    boolean is = at < text.length() && text.charAt(at) == c;
    at += is ? 1 : 0;
    return is;
  }

  private void skipSpace() {
    while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private JsonException expected(String what) {
    String got = "the end";
    if (at < text.length()) {
      char c = text.charAt(at);
      got = c >= ' ' && c < 127 ? String.valueOf(c) : String.format(Locale.ROOT, "U+%04X", (int) c);
    }
    return new JsonException("character " + at + ": expected " + what + ", got " + got);
  }
}
