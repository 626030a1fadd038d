package io.github.purenet.io;

import io.github.purenet.json.JsonException;
import io.github.purenet.json.JsonReader;
import io.github.purenet.json.JsonWriter;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.LongStream;

/**
 * The content of a safetensors file: named arrays, and texts about them. Numbers of any type but
 * complex and 8-bit floats are read as float32, which is what is written.
 *
 * <p>A file consists of the length of the header, 8 bytes in little-endian order; the header, JSON
 * that gives the type, shape and place of each array, and the texts under {@code __metadata__}; and
 * the numbers of the arrays, which leave no gap and do not overlap.
 *
 * <p>Source: Hugging Face, <i>Safetensors</i>, the description of the format.
 *
 * @param arrays the arrays by name, in the order of the header; unmodifiable
 * @param metadata the texts by name; unmodifiable
 */
public record Safetensors(Map<String, NDArray> arrays, Map<String, String> metadata) {
  private static final String METADATA = "__metadata__";

  /** The longest header that the reference implementation accepts. */
  private static final long MAX_HEADER = 100_000_000;

  /** Headers end at a multiple of this, as those of the reference implementation do. */
  private static final int ALIGNMENT = 8;

  private static final Map<String, NumberType> TYPES =
      Map.ofEntries(
          Map.entry("BOOL", NumberType.BOOL),
          Map.entry("U8", NumberType.U8),
          Map.entry("I8", NumberType.I8),
          Map.entry("U16", NumberType.U16),
          Map.entry("I16", NumberType.I16),
          Map.entry("U32", NumberType.U32),
          Map.entry("I32", NumberType.I32),
          Map.entry("U64", NumberType.U64),
          Map.entry("I64", NumberType.I64),
          Map.entry("F16", NumberType.F16),
          Map.entry("BF16", NumberType.BF16),
          Map.entry("F32", NumberType.F32),
          Map.entry("F64", NumberType.F64));

  /**
   * Creates the content of a file.
   *
   * @param arrays the arrays by name; the map is copied, the arrays are kept
   * @param metadata the texts by name; copied
   * @throws IllegalArgumentException if an array is named {@code __metadata__}
   */
  public Safetensors {
    if (arrays.containsKey(METADATA)) {
      throw new IllegalArgumentException(
          "safetensors: expected names of arrays other than " + METADATA + ", got it");
    }
    arrays = Collections.unmodifiableMap(new LinkedHashMap<>(arrays));
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
  }

  /**
   * Reads a file.
   *
   * @param file the file
   * @return its content
   * @throws IOException if the file cannot be read, or is not a safetensors file of numbers that a
   *     float can hold; the message names the file and the byte or array
   */
  public static Safetensors read(Path file) throws IOException {
    try (Source source = Source.open(file)) {
      return read(source);
    }
  }

  /**
   * Reads a stream to its end.
   *
   * @param in the stream, which is not closed
   * @param name the name that messages begin with
   * @return its content
   * @throws IOException as for a file
   */
  public static Safetensors read(InputStream in, String name) throws IOException {
    try (Source source = Source.of(in, name, Source.UNKNOWN)) {
      return read(source);
    }
  }

  /** The place of an array: its numbers are the bytes from begin to end, exclusive, of the data. */
  private record Entry(String name, NumberType type, Shape shape, long begin, long end) {}

  private static Safetensors read(Source source) throws IOException {
    byte[] prefix = source.bytes(Long.BYTES, "header length");
    long length = ByteBuffer.wrap(prefix).order(ByteOrder.LITTLE_ENDIAN).getLong();
    if (length < 2 || length > MAX_HEADER) {
      throw source.error(
          0,
          String.format(
              Locale.ROOT,
              "expected a header of 2 to %d bytes, got %s",
              MAX_HEADER,
              Long.toUnsignedString(length)));
    }
    Map<String, Object> header = header(source, (int) length);
    Map<String, String> metadata = metadata(source, header.remove(METADATA));
    List<Entry> entries = new ArrayList<>();
    for (Map.Entry<String, Object> described : header.entrySet()) {
      entries.add(entry(source, described.getKey(), described.getValue()));
    }
    Map<String, NDArray> arrays = new LinkedHashMap<>();
    entries.forEach(entry -> arrays.put(entry.name, null)); // the order of the header
    entries.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
    long next = 0;
    for (Entry entry : entries) {
      if (entry.begin != next) {
        throw wrong(
            source, entry.name, "data that begin where others end, at " + next, entry.begin);
      }
      next = entry.end;
      float[] numbers = source.floats(entry.type, ByteOrder.LITTLE_ENDIAN, entry.shape.size());
      arrays.put(entry.name, NDArray.wrap(entry.shape, numbers));
    }
    source.requireEnd();
    return new Safetensors(arrays, metadata);
  }

  private static Map<String, Object> header(Source source, int length) throws IOException {
    byte[] bytes = source.bytes(length, "header");
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      if (!text.startsWith("{")) { // nor with a space
        throw source.error(Long.BYTES, "expected a header that begins with a brace");
      }
      return JsonReader.readObject(text);
    } catch (CharacterCodingException e) {
      throw source.error(Long.BYTES, "expected a header in UTF-8");
    } catch (JsonException e) {
      throw source.error(Long.BYTES, "header: " + e.getMessage());
    }
  }

  private static Map<String, String> metadata(Source source, Object value) throws IOException {
    Map<String, String> metadata = new LinkedHashMap<>();
    if (value == null) {
      return metadata;
    }
    if (!(value instanceof Map<?, ?> map)) {
      throw wrong(source, METADATA, "texts by name", value);
    }
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (!(entry.getValue() instanceof String text)) {
        throw wrong(source, METADATA, "a text for " + entry.getKey(), entry.getValue());
      }
      metadata.put((String) entry.getKey(), text);
    }
    return metadata;
  }

  private static Entry entry(Source source, String name, Object value) throws IOException {
    if (!(value instanceof Map<?, ?> map)
        || map.size() != 3
        || !(map.get("dtype") instanceof String dtype)
        || !(map.get("shape") instanceof List<?> shape)
        || !(map.get("data_offsets") instanceof List<?> offsets)) {
      throw wrong(source, name, "dtype, shape and data_offsets", value);
    }
    NumberType type = TYPES.get(dtype);
    if (type == null) {
      throw wrong(source, name, "one of the types " + new TreeSet<>(TYPES.keySet()), dtype);
    }
    long[] dimensions = longs(source, name, "a shape of numbers of at least 0", shape);
    long[] place = longs(source, name, "two offsets of at least 0", offsets);
    if (place.length != 2) {
      throw wrong(source, name, "two offsets of at least 0", offsets);
    }
    Shape checked;
    try {
      checked = source.shape(dimensions, Long.BYTES);
    } catch (IOException e) {
      throw new IOException(e.getMessage() + " for " + name, e);
    }
    long bytes = (long) checked.size() * type.bytes();
    if (place[1] - place[0] != bytes) {
      throw wrong(
          source, name, bytes + " bytes for " + dtype + " of " + checked, Arrays.toString(place));
    }
    return new Entry(name, type, checked, place[0], place[1]);
  }

  private static long[] longs(Source source, String name, String expected, List<?> values)
      throws IOException {
    long[] longs = new long[values.size()];
    for (int i = 0; i < longs.length; i++) {
      boolean whole = values.get(i) instanceof Integer || values.get(i) instanceof Long;
      longs[i] = whole ? ((Number) values.get(i)).longValue() : -1;
      if (longs[i] < 0) {
        throw wrong(source, name, expected, values);
      }
    }
    return longs;
  }

  private static IOException wrong(Source source, String name, String expected, Object got) {
    String text = String.valueOf(got);
    return source.error(
        Long.BYTES,
        String.format(
            Locale.ROOT,
            "%s: expected %s, got %s",
            name,
            expected,
            text.length() > 200 ? text.substring(0, 200) + "..." : text));
  }

  /**
   * Writes a file as a whole: whoever opens it sees the old content or the new one, even after a
   * crash.
   *
   * @param file the file, which is created or replaced
   * @throws IOException if it cannot be written, which leaves an old one as it was; the message
   *     names the file
   */
  public void write(Path file) throws IOException {
    Objects.requireNonNull(file, "file");
    AtomicFile.write(file, this::write);
  }

  /**
   * Writes to a stream.
   *
   * @param out the stream, which is not closed
   * @throws IOException if the stream throws it
   */
  public void write(OutputStream out) throws IOException {
    byte[] header = header().getBytes(StandardCharsets.UTF_8);
    int padding = Math.floorMod(-header.length, ALIGNMENT);
    ByteBuffer prefix = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    out.write(prefix.putLong(header.length + padding).array());
    out.write(header);
    out.write(" ".repeat(padding).getBytes(StandardCharsets.US_ASCII));
    for (NDArray array : arrays.values()) {
      LittleEndian.write(array, out);
    }
  }

  private String header() {
    Map<String, Object> header = new LinkedHashMap<>();
    if (!metadata.isEmpty()) {
      header.put(METADATA, metadata);
    }
    long begin = 0;
    for (Map.Entry<String, NDArray> entry : arrays.entrySet()) {
      NDArray array = entry.getValue();
      long end = begin + (long) array.size() * Float.BYTES;
      Map<String, Object> described = new LinkedHashMap<>();
      described.put("dtype", "F32");
      described.put("shape", Arrays.stream(array.shape().toArray()).boxed().toList());
      described.put("data_offsets", LongStream.of(begin, end).boxed().toList());
      header.put(entry.getKey(), described);
      begin = end;
    }
    return JsonWriter.write(header);
  }
}
