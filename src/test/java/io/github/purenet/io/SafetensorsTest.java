package io.github.purenet.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsTest {
  @TempDir Path folder;

  /** The bytes of a file with this header and these data. */
  static byte[] file(String header, int... data) {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer file =
        ByteBuffer.allocate(8 + text.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
    file.putLong(text.length).put(text);
    for (int b : data) {
      file.put((byte) b);
    }
    return file.array();
  }

  private static Safetensors read(byte[] file) throws IOException {
    return Safetensors.read(Samples.stream(file), "test.safetensors");
  }

  @Test
  void reads_back_what_it_writes() throws IOException {
    Map<String, NDArray> arrays = new LinkedHashMap<>();
    arrays.put("z.weight", NDArray.normal(Shape.of(3, 1, 5), 0, 1, new Random(1)));
    arrays.put("scalar", NDArray.scalar(Float.NaN));
    arrays.put("empty", NDArray.zeros(2, 0, 3));
    arrays.put("größer \"1\"", NDArray.of(Float.MIN_VALUE, -0f, Float.POSITIVE_INFINITY));
    arrays.put("large", NDArray.arange(40_000));
    Map<String, String> metadata = Map.of("format", "pt", "names", "[\"ä\",\"\\u0000\"]");
    Path file = folder.resolve("model.safetensors");

    new Safetensors(arrays, metadata).write(file);
    Safetensors read = Safetensors.read(file);

    assertThat(read.metadata()).isEqualTo(metadata);
    assertThat(read.arrays().keySet()).containsExactlyElementsOf(arrays.keySet());
    arrays.forEach(
        (name, array) -> {
          assertThat(read.arrays().get(name).shape()).isEqualTo(array.shape());
          assertThat(read.arrays().get(name).toArray()).isEqualTo(array.toArray());
        });
    byte[] bytes = Files.readAllBytes(file);
    assertThat(read(bytes).arrays()).hasSize(5);
    ByteArrayOutputStream again = new ByteArrayOutputStream();
    read.write(again);
    assertThat(again.toByteArray()).isEqualTo(bytes);
    long header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
    assertThat(header % 8).isZero();
  }

  @Test
  void writes_the_bytes_of_the_format() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new Safetensors(Map.of("a", NDArray.of(1f, -2f)), Map.of("k", "v")).write(out);
    assertThat(out.toByteArray())
        .isEqualTo(
            file(
                "{\"__metadata__\":{\"k\":\"v\"},"
                    + "\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}} ",
                0,
                0,
                0x80,
                0x3f,
                0,
                0,
                0,
                0xc0));
  }

  @Test
  void reads_arrays_in_any_order_and_every_type_of_number() throws IOException {
    Safetensors read =
        read(
            file(
                "{\"b\":{\"dtype\":\"I16\",\"shape\":[2],\"data_offsets\":[9,13]},"
                    + "\"a\":{\"shape\":[],\"dtype\":\"F64\",\"data_offsets\":[0,8]},"
                    + "\"e\":{\"dtype\":\"F32\",\"shape\":[0,7],\"data_offsets\":[9,9]},"
                    + "\"c\":{\"dtype\":\"BOOL\",\"shape\":[1],\"data_offsets\":[8,9]}}",
                0,
                0,
                0,
                0,
                0,
                0,
                0xf8,
                0x3f,
                1,
                0xff,
                0xff,
                2,
                0));
    assertThat(read.arrays().keySet()).containsExactly("b", "a", "e", "c");
    assertThat(read.arrays().get("b").toArray()).containsExactly(-1, 2);
    assertThat(read.arrays().get("a").item()).isEqualTo(1.5f);
    assertThat(read.arrays().get("e").shape()).isEqualTo(Shape.of(0, 7));
    assertThat(read.arrays().get("c").toArray()).containsExactly(1);
    assertThat(read(file("{}")).arrays()).isEmpty();
    assertThat(read(file("{}   ")).metadata()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "` {}` | byte 8: expected a header that begins with a brace",
        "[] | byte 8: expected a header that begins with a brace",
        "{] | byte 8: header: character 1: expected a name, got ]",
        "{\"a\":1} | byte 8: a: expected dtype, shape and data_offsets, got 1",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1]}} | byte 8: a: expected dtype, shape and data_offsets, got {dtype=F32, shape=[1]}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4],\"x\":1}} | byte 8: a: expected dtype, shape and data_offsets, got {dtype=F32, shape=[1], data_offsets=[0, 4], x=1}",
        "{\"a\":{\"dtype\":\"C64\",\"shape\":[1],\"data_offsets\":[0,8]}} | `byte 8: a: expected one of the types `",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}} | byte 8: a: expected a shape of numbers of at least 0, got [-1]",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1.0],\"data_offsets\":[0,4]}} | byte 8: a: expected a shape of numbers of at least 0, got [1.0]",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0]}} | byte 8: a: expected two offsets of at least 0, got [0]",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,0]}} | byte 8: a: expected 4 bytes for F32 of (1,), got [4, 0]",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}} | byte 8: a: expected 8 bytes for F32 of (2,), got [0, 4]",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}} | byte 8: a: expected data that begin where others end, at 0, got 4",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[2,6]}} | byte 8: b: expected data that begin where others end, at 4, got 2",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}} | `byte 8: header: character 54: expected each name once, got a again`",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[4294967296,4294967296],\"data_offsets\":[0,0]}} | byte 8: expected at most 2147483639 elements, got (4294967296, 4294967296) for a",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[9223372036854775808],\"data_offsets\":[0,0]}} | byte 8: header: character 29: expected a number in the range",
        "{\"__metadata__\":1} | byte 8: __metadata__: expected texts by name, got 1",
        "{\"__metadata__\":{\"a\":1}} | byte 8: __metadata__: expected a text for a, got 1",
        "{} | byte 10: expected the end of the file, got more bytes",
      })
  void refuses_what_does_not_fit(String header, String message) {
    byte[] data = new byte[header.equals("{}") ? 1 : 8];
    byte[] file = Samples.join(file(header), data);
    assertThatThrownBy(() -> read(file))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("test.safetensors: " + message);
  }

  @Test
  void refuses_a_header_length_beyond_the_file_before_it_takes_memory() throws IOException {
    byte[] huge = file("{}");
    for (long length : new long[] {-1, 0, 1, 100_000_001, Long.MAX_VALUE}) {
      ByteBuffer.wrap(huge).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
      assertThatThrownBy(() -> read(huge))
          .hasMessageStartingWith("test.safetensors: byte 0: expected a header of 2 to 100000000");
    }
    ByteBuffer.wrap(huge).order(ByteOrder.LITTLE_ENDIAN).putLong(99_999_999);
    Path path = Files.write(folder.resolve("huge.safetensors"), huge);
    assertThatThrownBy(() -> Safetensors.read(path))
        .hasMessage(path + ": byte 8: expected 99999999 bytes of header, got 2");
    assertThatThrownBy(() -> read(new byte[3]))
        .hasMessage("test.safetensors: byte 0: expected 8 bytes of header length, got 3");
  }

  @Test
  void refuses_a_header_that_is_not_utf_8() {
    byte[] file = file("{\"a\":1}");
    file[10] = (byte) 0xff;
    assertThatThrownBy(() -> read(file))
        .hasMessage("test.safetensors: byte 8: expected a header in UTF-8");
  }

  @Test
  void a_write_that_fails_leaves_the_old_file_and_no_other() throws IOException {
    Path file = folder.resolve("model.safetensors");
    new Safetensors(Map.of("a", NDArray.of(1f)), Map.of()).write(file);
    byte[] before = Files.readAllBytes(file);
    assertThatThrownBy(
            () ->
                AtomicFile.write(
                    file,
                    out -> {
                      out.write(new byte[100_000]);
                      throw new IOException("disk full");
                    }))
        .isInstanceOf(IOException.class)
        .hasMessage(file + ": cannot write: disk full");
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }
}
