package io.github.purenet.io;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.purenet.ndarray.Shape;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The header of an npy file: a Python dict literal, {@code {'descr': '<f4', 'fortran_order': False,
 * 'shape': (2, 3), }}.
 *
 * @param type how each element is stored
 * @param order the order of its bytes
 * @param fortranOrder whether the first index varies fastest in the file, not the last
 * @param shape the dimensions
 */
record NpyHeader(NumberType type, ByteOrder order, boolean fortranOrder, Shape shape) {
  private static final Map<String, NumberType> TYPES =
      Map.ofEntries(
          Map.entry("f2", NumberType.F16),
          Map.entry("f4", NumberType.F32),
          Map.entry("f8", NumberType.F64),
          Map.entry("i1", NumberType.I8),
          Map.entry("i2", NumberType.I16),
          Map.entry("i4", NumberType.I32),
          Map.entry("i8", NumberType.I64),
          Map.entry("u1", NumberType.U8),
          Map.entry("u2", NumberType.U16),
          Map.entry("u4", NumberType.U32),
          Map.entry("u8", NumberType.U64),
          Map.entry("b1", NumberType.BOOL));

  /**
   * Parses a header in one pass.
   *
   * @param text the dict literal. Not modified.
   * @param offset the position of the text in the source
   * @param source the source, which names the file in messages
   * @throws IOException if the header is malformed, or describes an array that PureNet does not
   *     read
   */
  static NpyHeader parse(byte[] text, long offset, Source source) throws IOException {
    return new Parser(text, offset, source).header();
  }

  /** A parser of as much Python as the three entries need: strings, bools, tuples of integers. */
  private static final class Parser {
    /** The largest rank that NumPy 2 supports. */
    private static final int MAX_RANK = 64;

    /** The most digits that always fit in a long. */
    private static final int MAX_DIGITS = 18;

    /** The most characters of a string that a message quotes. */
    private static final int MAX_QUOTED = 40;

    private static final int END = -1;

    private final byte[] text;
    private final long offset;
    private final Source source;
    private int at;

    private NumberType type;
    private ByteOrder order;
    private boolean fortranOrder;
    private Shape shape;

    Parser(byte[] text, long offset, Source source) {
      this.text = text;
      this.offset = offset;
      this.source = source;
    }

    NpyHeader header() throws IOException {
      Set<String> seen = new HashSet<>();
      expect('{');
      while (peek() != '}') {
        int start = at;
        String key = string("a key in quotes");
        if (!seen.add(key)) {
          throw error(start, "expected each key once, got '" + key + "' again");
        }
        expect(':');
        value(key, start);
        if (peek() != '}') {
          expect(',');
        }
      }
      for (String key : new String[] {"descr", "fortran_order", "shape"}) {
        if (!seen.contains(key)) {
          throw error(at, "expected the key '" + key + "', got the end of the dict");
        }
      }
      expect('}');
      if (peek() != END) {
        throw error(at, "expected nothing after the dict, got " + here());
      }
      return new NpyHeader(type, order, fortranOrder, shape);
    }

    private void value(String key, int keyAt) throws IOException {
      switch (key) {
        case "descr" -> descr();
        case "fortran_order" -> {
          peek();
          fortranOrder = bool();
        }
        case "shape" -> shape = shape();
        default ->
            throw error(
                keyAt, "expected the keys 'descr', 'fortran_order' and 'shape', got " + quote(key));
      }
    }

    private void descr() throws IOException {
      int first = peek();
      int start = at;
      if (first == '[' || first == '(') {
        throw unsupported(start, "a structured type");
      }
      String descr = string("a dtype in quotes");
      String kind = descr.isEmpty() ? "" : descr.substring(1);
      type = TYPES.get(kind);
      if (type == null || "<>=|".indexOf(descr.charAt(0)) < 0) {
        throw unsupported(start, quote(descr) + meaning(kind));
      }
      if (descr.charAt(0) == '|' && type.bytes() > 1) {
        throw error(start, "dtype: expected a byte order < > or =, got " + quote(descr));
      }
      order =
          switch (descr.charAt(0)) {
            case '<' -> ByteOrder.LITTLE_ENDIAN;
            case '>' -> ByteOrder.BIG_ENDIAN;
            default -> ByteOrder.nativeOrder();
          };
    }

    private IOException unsupported(int start, String got) {
      return error(
          start,
          "dtype: expected < > = or | and one of f2 f4 f8 i1 i2 i4 i8 u1 u2 u4 u8 b1, got " + got);
    }

    private static String meaning(String kind) {
      return switch (kind.isEmpty() ? ' ' : kind.charAt(0)) {
        case 'O' -> " (Python objects)";
        case 'S', 'a' -> " (byte strings)";
        case 'U' -> " (strings)";
        case 'V' -> " (raw bytes)";
        case 'c' -> " (complex numbers)";
        case 'm', 'M' -> " (dates or times)";
        default -> "";
      };
    }

    private boolean bool() throws IOException {
      for (String word : new String[] {"True", "False"}) {
        int end = at + word.length();
        if (end <= text.length
            && Arrays.equals(text, at, end, word.getBytes(US_ASCII), 0, word.length())) {
          at = end;
          return word.equals("True");
        }
      }
      throw error(at, "expected True or False, got " + here());
    }

    private Shape shape() throws IOException {
      expect('(');
      int start = at - 1;
      long[] dimensions = new long[MAX_RANK];
      int rank = 0;
      while (peek() != ')') {
        if (rank == MAX_RANK) {
          throw error(at, "expected at most " + MAX_RANK + " dimensions, got more");
        }
        dimensions[rank++] = integer();
        // (3) is a number in Python and (3,) a tuple.
        if (peek() != ')' || rank == 1) {
          expect(',');
        }
      }
      expect(')');
      return source.shape(Arrays.copyOf(dimensions, rank), offset + start);
    }

    private long integer() throws IOException {
      int start = at;
      long value = 0;
      while (at < text.length && text[at] >= '0' && text[at] <= '9') {
        if (at - start == MAX_DIGITS) {
          throw error(start, "expected a dimension of at most " + MAX_DIGITS + " digits, got more");
        }
        value = 10 * value + (text[at++] - '0');
      }
      if (at == start) {
        throw error(at, "expected a dimension, got " + here());
      }
      if (at < text.length && text[at] == 'L') {
        at++; // a long of Python 2
      }
      return value;
    }

    private String string(String what) throws IOException {
      int quote = peek();
      if (quote != '\'' && quote != '"') {
        throw error(at, "expected " + what + ", got " + here());
      }
      int start = ++at;
      while (at < text.length && text[at] != quote) {
        if (text[at] < ' ' || text[at] > '~' || text[at] == '\\') {
          throw error(at, "expected a plain character, got " + here());
        }
        at++;
      }
      String string = new String(text, start, at - start, US_ASCII);
      expect(quote);
      return string;
    }

    private void expect(int character) throws IOException {
      if (peek() != character) {
        throw error(at, "expected '" + (char) character + "', got " + here());
      }
      at++;
    }

    /** Returns the next byte that is not white space, END if there is none; does not consume it. */
    private int peek() {
      while (at < text.length
          && (text[at] == ' ' || text[at] == '\n' || text[at] == '\t' || text[at] == '\r')) {
        at++;
      }
      return at < text.length ? Byte.toUnsignedInt(text[at]) : END;
    }

    private String here() {
      if (at == text.length) {
        return "the end of the header";
      }
      return text[at] >= ' ' && text[at] <= '~'
          ? "'" + (char) text[at] + "'"
          : String.format(Locale.ROOT, "byte %02x", text[at]);
    }

    private static String quote(String string) {
      return string.length() <= MAX_QUOTED
          ? "'" + string + "'"
          : "'" + string.substring(0, MAX_QUOTED) + "...'";
    }

    private IOException error(int at, String message) {
      return source.error(offset + at, "header: " + message);
    }
  }
}
