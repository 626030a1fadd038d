package io.github.purenet.json;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A writer of JSON on one line, which {@link JsonReader} reads back as equal values. */
public final class JsonWriter {
  private final StringBuilder out = new StringBuilder();

  private JsonWriter() {}

  /**
   * Writes a value.
   *
   * @param value a Map with String keys, a List, a String, an Integer, a Long, a finite Double, a
   *     Boolean or null, and so on inside
   * @return the text; letters beyond ASCII stay as they are
   * @throws IllegalArgumentException if there is a value of another kind, or a Double that is not
   *     finite
   */
  public static String write(Object value) {
    JsonWriter writer = new JsonWriter();
    writer.value(value);
    return writer.out.toString();
  }

  private void value(Object value) {
    if (value instanceof Map<?, ?> map) {
      object(map);
    } else if (value instanceof List<?> list) {
      array(list);
    } else if (value instanceof String text) {
      string(text);
    } else if (value == null
        || value instanceof Integer
        || value instanceof Long
        || value instanceof Boolean
        || (value instanceof Double number && Double.isFinite(number))) {
      out.append(value);
    } else {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "JSON: expected maps, lists, texts, finite numbers, true, false or null, got %s of %s",
              value,
              value.getClass().getSimpleName()));
    }
  }

  private void object(Map<?, ?> map) {
    String separator = "{";
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      out.append(separator);
      string((String) entry.getKey());
      out.append(':');
      value(entry.getValue());
      separator = ",";
    }
    out.append(map.isEmpty() ? "{}" : "}");
  }

  private void array(List<?> list) {
    String separator = "[";
    for (Object value : list) {
      out.append(separator);
      value(value);
      separator = ",";
    }
    out.append(list.isEmpty() ? "[]" : "]");
  }

  private void string(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < ' ' || Character.isSurrogate(c)) { // a lone surrogate has no UTF-8
            out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }
}
