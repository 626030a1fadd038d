package io.github.purenet.io;

import static io.github.purenet.io.Samples.GOLDEN;
import static io.github.purenet.io.Samples.bytes;
import static io.github.purenet.io.Samples.join;
import static io.github.purenet.io.Samples.npy;
import static io.github.purenet.io.Samples.stream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that src/test/golden/npy.py had NumPy write, and files that are damaged by hand. */
class NpyTest {
  private static final byte[] PAIR =
      npy("{'descr': '|u1', 'fortran_order': False, 'shape': (2,), }\n", bytes(7, 8));

  @TempDir Path folder;

  private static NDArray golden(String name) throws IOException {
    return Npy.read(GOLDEN.resolve(name + ".npy"));
  }

  private static NDArray read(byte[] file) throws IOException {
    return Npy.read(stream(file), "w.npy");
  }

  private static void assertRefused(byte[] file, String message) {
    assertThatThrownBy(() -> read(file)).isInstanceOf(IOException.class).hasMessage(message);
  }

  static Stream<Arguments> numbers() {
    float[] f2 = {1.5f, -0f, Float.NaN, Float.POSITIVE_INFINITY, -0x1p-24f, 65504};
    float[] f4 = {1.5f, -0f, Float.NaN, Float.POSITIVE_INFINITY, -Float.MIN_VALUE, Float.MAX_VALUE};
    float[] f8 = {0.1f, -0f, Float.NaN, Float.NEGATIVE_INFINITY, 0, Float.MAX_VALUE};
    float[] i2 = {-32768, -1, 0, 1, 258, 32767};
    float[] u2 = {0, 1, 258, 32767, 32768, 65535};
    float[] i4 = {-0x1p31f, -1, 0, 1, 0x1p24f, 0x1p31f - 128};
    float[] u4 = {0, 1, 0x1p24f, 0x1p31f, 0x1p31f + 256, 0x1p32f - 256};
    float[] i8 = {-0x1p63f, -1, 0, 1, 0x1p24f, 0x1p63f - 0x1p39f};
    float[] u8 = {0, 1, 0x1p24f, 0x1p63f, 0x1p63f + 0x1p40f, 0x1p64f - 0x1p40f};
    return Stream.of(
        arguments("b1", new float[] {0, 1, 0, 1, 1, 0}),
        arguments("i1", new float[] {-128, -1, 0, 1, 2, 127}),
        arguments("u1", new float[] {0, 1, 2, 127, 128, 255}),
        arguments("i2_little", i2),
        arguments("i2_big", i2),
        arguments("u2_little", u2),
        arguments("u2_big", u2),
        arguments("i4_little", i4),
        arguments("i4_big", i4),
        arguments("u4_little", u4),
        arguments("u4_big", u4),
        arguments("i8_little", i8),
        arguments("i8_big", i8),
        arguments("u8_little", u8),
        arguments("u8_big", u8),
        arguments("f2_little", f2),
        arguments("f2_big", f2),
        arguments("f4_little", f4),
        arguments("f4_big", f4),
        arguments("f8_little", f8),
        arguments("f8_big", f8));
  }

  @ParameterizedTest
  @MethodSource("numbers")
  void every_type_is_read_in_both_byte_orders(String name, float[] expected) throws IOException {
    NDArray array = golden(name);

    assertThat(array.shape()).isEqualTo(Shape.of(2, 3));
    assertThat(array.toArray()).containsExactly(expected); // tells -0 from 0
  }

  @ParameterizedTest
  @ValueSource(strings = {"version_1", "version_2", "version_3"})
  void every_format_version_is_read(String name) throws IOException {
    NDArray array = golden(name);

    assertThat(array.shape()).isEqualTo(Shape.of(2, 3));
    assertThat(array.toArray()).containsExactly(0, 1, 2, 3, 4, 5);
  }

  @Test
  void any_rank_is_read() throws IOException {
    assertThat(golden("rank_0").shape()).isEqualTo(Shape.of());
    assertThat(golden("rank_0").toArray()).containsExactly(2.5f);
    assertThat(golden("rank_1").shape()).isEqualTo(Shape.of(2));
    assertThat(golden("rank_1").toArray()).containsExactly(2.5f, 3.5f);
    assertThat(golden("rank_5").shape()).isEqualTo(Shape.of(2, 1, 2, 1, 2));
    assertThat(golden("rank_5").toArray()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
    assertThat(golden("empty").shape()).isEqualTo(Shape.of(0, 3));
    assertThat(golden("empty").toArray()).isEmpty();
  }

  @Test
  void a_vector_is_the_same_in_fortran_order() throws IOException {
    byte[] file = npy("{'descr': '|u1', 'fortran_order': True, 'shape': (2,)}", bytes(7, 8));

    assertThat(read(file).toArray()).containsExactly(7, 8);
    assertThat(golden("fortran_vector").toArray()).containsExactly(0, 1, 2);
  }

  @Test
  void a_stream_is_read_to_its_end_and_not_closed() throws IOException {
    boolean[] closed = new boolean[1];
    ByteArrayInputStream in =
        new ByteArrayInputStream(PAIR) {
          @Override
          public void close() {
            closed[0] = true;
          }
        };

    assertThat(Npy.read(in, "w.npy").toArray()).containsExactly(7, 8);
    assertThat(in.available()).isZero();
    assertThat(closed[0]).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "object         ; '|O' (Python objects)",
        "structured     ; a structured type",
        "strings        ; '<U3' (strings)",
        "byte_strings   ; '|S3' (byte strings)",
        "raw_bytes      ; '|V3' (raw bytes)",
        "complex        ; '<c8' (complex numbers)",
        "dates          ; '<M8[D]' (dates or times)"
      },
      quoteCharacter = '`')
  void other_types_are_refused_by_name(String name, String got) {
    assertThatThrownBy(() -> golden(name))
        .isInstanceOf(IOException.class)
        .hasMessage(
            GOLDEN.resolve(name + ".npy")
                + ": byte 20: header: dtype: expected < > = or | and one of f2 f4 f8 i1 i2 i4 i8 u1"
                + " u2 u4 u8 b1, got "
                + got);
  }

  @Test
  void arrays_in_fortran_order_are_read() throws IOException {
    assertThat(golden("fortran_matrix").shape()).isEqualTo(Shape.of(2, 3));
    assertThat(golden("fortran_matrix").toArray()).containsExactly(0, 1, 2, 3, 4, 5);
    assertThat(golden("fortran_rank_4").shape()).isEqualTo(Shape.of(2, 3, 1, 4));
    assertThat(golden("fortran_rank_4").toArray()).isEqualTo(NDArray.arange(24).toArray());
    assertThat(golden("fortran_empty").shape()).isEqualTo(Shape.of(2, 0, 3));
  }

  /** What the standard says of each of the 65,536, and of a NaN all bits. */
  @ParameterizedTest
  @ValueSource(strings = {"<f2", ">f2"})
  void every_float16_is_exact(String dtype) throws IOException {
    ByteBuffer data =
        ByteBuffer.allocate(2 << 16)
            .order(dtype.charAt(0) == '<' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    for (int bits = 0; bits < 1 << 16; bits++) {
      data.putShort((short) bits);
    }
    String dict = "{'descr': '" + dtype + "', 'fortran_order': False, 'shape': (65536,)}";
    float[] read = read(npy(dict, data.array())).toArray();

    for (int bits = 0; bits < 1 << 16; bits++) {
      int exponent = bits >> 10 & 31;
      int fraction = bits & 1023;
      String half = String.format(Locale.ROOT, "%04x", bits);
      if (exponent == 31 && fraction != 0) {
        int expected = bits >> 15 << 31 | 0x7f800000 | fraction << 13;
        assertThat(Float.floatToRawIntBits(read[bits])).as(half).isEqualTo(expected);
      } else {
        double magnitude =
            exponent == 31
                ? Double.POSITIVE_INFINITY
                : exponent == 0
                    ? fraction * Math.pow(2, -24)
                    : (1024 + fraction) * Math.pow(2, exponent - 25);
        float expected = (float) (bits >> 15 == 0 ? magnitude : -magnitude);
        assertThat(read[bits]).as(half).isEqualTo(expected); // tells -0 from 0
      }
    }
    assertThat(golden("float16").toArray()).containsExactly(0, 1, 2);
  }

  @ParameterizedTest
  @CsvSource({
    "int32_inexact,    140, 3, what a float holds exactly, 16777217",
    "int64_inexact,    128, 0, what a float holds exactly, -9007199254740993",
    "uint64_inexact,   136, 1, what a float holds exactly, 18446744073709551615",
    "float64_overflow, 136, 1, what fits the range of a float, -1.0E300"
  })
  void a_number_that_a_float_cannot_hold_is_refused(
      String name, int at, int element, String expected, String got) {
    assertThatThrownBy(() -> golden(name))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "%s: byte %d: element %d: expected %s, got %s",
            GOLDEN.resolve(name + ".npy"), at, element, expected, got);
  }

  @Test
  void a_bool_that_is_neither_false_nor_true_is_refused() {
    byte[] file = npy("{'descr': '|b1', 'fortran_order': False, 'shape': (2,)}", bytes(1, 255));

    assertRefused(file, "w.npy: byte 66: element 1: expected 0 or 1 for a bool, got 255");
  }

  @Test
  void another_format_is_refused_with_what_came() {
    assertRefused(
        bytes('P', 'K', 3, 4, 20, 0, 0, 0),
        "w.npy: byte 0: expected 93 4e 55 4d 50 59 as npy begins, got 50 4b 03 04 14 00");
  }

  @Test
  void an_unknown_version_is_refused() {
    byte[] later = PAIR.clone();
    later[6] = 4;
    byte[] minor = PAIR.clone();
    minor[7] = -1;

    assertRefused(later, "w.npy: byte 6: expected format version 1.0, 2.0 or 3.0, got 4.0");
    assertRefused(minor, "w.npy: byte 6: expected format version 1.0, 2.0 or 3.0, got 1.255");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 'byte 0: expected 6 bytes of npy magic, got 0'",
    "5, 'byte 0: expected 6 bytes of npy magic, got 5'",
    "7, 'byte 6: expected 2 bytes of format version, got 1'",
    "9, 'byte 8: expected 2 bytes of header length, got 1'",
    "30, 'byte 10: expected 58 bytes of header, got 20'",
    "69, 'byte 68: expected 2 bytes of data, got 1'"
  })
  void truncation_is_refused_wherever_it_falls(int length, String message) throws IOException {
    byte[] shorter = Arrays.copyOf(PAIR, length);
    Path file = Files.write(folder.resolve("short.npy"), shorter);

    assertRefused(shorter, "w.npy: " + message);
    assertThatThrownBy(() -> Npy.read(file))
        .isInstanceOf(IOException.class)
        .hasMessage(file + ": " + message);
  }

  @Test
  void a_header_beyond_a_mebibyte_is_refused() {
    assertRefused(
        bytes(0x93, 'N', 'U', 'M', 'P', 'Y', 3, 0, 255, 255, 255, 255),
        "w.npy: byte 8: expected a header of at most 1048576 bytes, got 4294967295");
  }

  @Test
  void trailing_bytes_are_refused() {
    assertRefused(
        join(PAIR, bytes(0)), "w.npy: byte 70: expected the end of the file, got more bytes");
  }

  @Test
  void a_shape_beyond_the_data_is_refused() throws IOException {
    byte[] liar =
        npy("{'descr': '<f8', 'fortran_order': False, 'shape': (2147483639,)}", bytes(1, 2, 3));
    Path file = Files.write(folder.resolve("liar.npy"), liar);
    String rest = ": byte 74: expected 17179869112 bytes of data, got 3";

    assertRefused(liar, "w.npy" + rest);
    assertThatThrownBy(() -> Npy.read(file))
        .isInstanceOf(IOException.class)
        .hasMessage(file + rest);
  }

  @Test
  void what_is_no_file_is_refused_by_name() {
    assertThatThrownBy(() -> Npy.read(folder))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(folder.toString());
    assertThatThrownBy(() -> Npy.read(folder.resolve("none.npy")))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessage(folder.resolve("none.npy").toString());
  }
}
