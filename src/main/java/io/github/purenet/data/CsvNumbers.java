package io.github.purenet.data;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;

/** Reads whole numbers from 0 to 255 from comma-separated text, one after the other. */
final class CsvNumbers {
  private static final int END = -1;

  /** How much of a wrong field a message shows. */
  private static final int SHOWN = 20;

  private final InputStream in;
  private final String name;
  private final byte[] buffer = new byte[1 << 16];
  private int position;
  private int limit;
  private long line = 1;
  private int column;
  private boolean opened; // the quote of the first number has been read

  CsvNumbers(InputStream in, String name) throws IOException {
    this.in = in;
    this.name = name;
    if (peek() == 0xef) { // a byte order mark
      for (int expected : new int[] {0xef, 0xbb, 0xbf}) {
        if (peek() != expected) {
          throw error("expected UTF-8 text, got byte " + peek());
        }
        position++;
      }
    }
  }

  /**
   * Skips the first line that is not empty if it begins with a letter, after counting its columns.
   */
  void skipHeader(int columns) throws IOException {
    hasLine();
    boolean quoted = peek() == '"';
    if (quoted) {
      position++;
    }
    if (!Character.isLetter(peek())) {
      opened = quoted;
      return;
    }
    int count = 1;
    while (peek() != END && peek() != '\n') {
      count += peek() == ',' ? 1 : 0;
      position++;
    }
    column = count;
    if (count != columns) {
      throw error(String.format(Locale.ROOT, "expected %d columns, got %d", columns, count));
    }
    nextLine();
  }

  /** Skips empty lines and returns whether another line begins. */
  boolean hasLine() throws IOException {
    while (true) {
      skipBlanks();
      if (peek() != '\n') {
        return peek() != END;
      }
      nextLine();
    }
  }

  /** Returns the next number of the line. */
  int next(int columns) throws IOException {
    if (column > 0) {
      if (peek() != ',') {
        throw error(String.format(Locale.ROOT, "expected %d columns, got %d", columns, column));
      }
      position++;
    }
    column++;
    skipBlanks();
    StringBuilder field = new StringBuilder();
    boolean quoted = opened || peek() == '"';
    if (quoted && !opened) {
      take(field);
    }
    opened = false;
    int value = 0;
    int digits = 0;
    while (peek() >= '0' && peek() <= '9' && value <= 255) {
      value = 10 * value + peek() - '0';
      digits++;
      take(field);
    }
    boolean closed = !quoted || peek() == '"';
    if (quoted && closed) {
      take(field);
    }
    while (isBlank(peek())) {
      take(field);
    }
    boolean ends = peek() == ',' || peek() == '\n' || peek() == END;
    if (digits == 0 || value > 255 || !closed || !ends) {
      throw error("expected a whole number from 0 to 255, got '" + rest(field) + "'");
    }
    return value;
  }

  /** Ends a line of so many numbers. */
  void endLine(int columns) throws IOException {
    if (peek() == ',') {
      throw error(String.format(Locale.ROOT, "expected %d columns, got more", columns));
    }
    nextLine();
  }

  IOException error(String message) {
    String where =
        column == 0
            ? String.format(Locale.ROOT, "%s: line %d: ", name, line)
            : String.format(Locale.ROOT, "%s: line %d, column %d: ", name, line, column);
    return new IOException(where + message);
  }

  private String rest(StringBuilder field) throws IOException {
    while (peek() != ',' && peek() != '\n' && peek() != END) {
      if (field.length() == SHOWN) {
        return field + "...";
      }
      take(field);
    }
    return field.toString().strip();
  }

  private void take(StringBuilder field) throws IOException {
    if (field.length() < SHOWN) {
      field.append((char) peek());
    }
    position++;
  }

  private void nextLine() {
    position++;
    line++;
    column = 0;
  }

  private void skipBlanks() throws IOException {
    while (isBlank(peek())) {
      position++;
    }
  }

  private static boolean isBlank(int c) {
    return c == ' ' || c == '\t' || c == '\r';
  }

  private int peek() throws IOException {
    if (position == limit) {
      try {
        limit = Math.max(in.read(buffer), 0);
      } catch (IOException e) {
        throw new IOException(
            String.format(Locale.ROOT, "%s: line %d: %s", name, line, e.getMessage()), e);
      }
      position = 0;
    }
    return limit == 0 ? END : buffer[position] & 0xff;
  }
}
