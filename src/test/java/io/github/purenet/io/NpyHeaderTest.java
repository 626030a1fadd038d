package io.github.purenet.io;

import static io.github.purenet.io.Samples.bytes;
import static io.github.purenet.io.Samples.npy;
import static io.github.purenet.io.Samples.npy2;
import static io.github.purenet.io.Samples.stream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The dict of an npy file, which begins at byte 10. */
class NpyHeaderTest {
  private static NDArray read(String dict) throws IOException {
    return Npy.read(stream(npy(dict, bytes(7))), "w.npy");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'descr':'|u1','fortran_order':False,'shape':(1,)}",
        "{'shape': (1,), 'fortran_order': False, 'descr': '|u1', }",
        "{\"descr\": \"|u1\", \"fortran_order\": False, \"shape\": (1,)}",
        " \t{ 'descr' : '|u1' , 'fortran_order' : False , 'shape' : ( 1 , ) } \r\n\n",
        "{'descr': '<u1', 'fortran_order': False, 'shape': (1L,)}",
      })
  void any_way_to_write_the_dict_is_read(String dict) throws IOException {
    assertThat(read(dict).shape()).isEqualTo(Shape.of(1));
    assertThat(read(dict).toArray()).containsExactly(7);
  }

  @Test
  void a_shape_may_end_in_a_comma() throws IOException {
    NDArray array = read("{'descr': '|u1', 'fortran_order': False, 'shape': (1, 1, )}");

    assertThat(array.shape()).isEqualTo(Shape.of(1, 1));
  }

  @Test
  void an_equals_sign_means_the_byte_order_of_this_machine() throws IOException {
    byte[] data = ByteBuffer.allocate(4).order(ByteOrder.nativeOrder()).putFloat(1.5f).array();
    byte[] file = npy("{'descr': '=f4', 'fortran_order': False, 'shape': ()}", data);

    assertThat(Npy.read(stream(file), "w.npy").item()).isEqualTo(1.5f);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "``                         ~ 10 ~ expected '{', got the end of the header",
        "[]                         ~ 10 ~ expected '{', got '['",
        "{                          ~ 11 ~ expected a key in quotes, got the end of the header",
        "{}                         ~ 11 ~ expected the key 'descr', got the end of the dict",
        "{,}                        ~ 11 ~ expected a key in quotes, got ','",
        "{'descr                    ~ 17 ~ expected ''', got the end of the header",
        "{'de\\x                    ~ 14 ~ expected a plain character, got '\\'",
        "{'descr' '|u1'}            ~ 19 ~ expected ':', got '''",
        "{'descr': |u1}             ~ 20 ~ expected a dtype in quotes, got '|'",
        "{'descr': '|u1'            ~ 25 ~ expected ',', got the end of the header",
        "{'descr': '|u1' 'a': 1}    ~ 26 ~ expected ',', got '''",
        "{'descr': '|u1', }         ~ 27 ~ expected the key 'fortran_order', got the end of the"
            + " dict",
        "{'descr': '|u1', 'descr': '|u1'} ~ 27 ~ expected each key once, got 'descr' again",
        "{'order': 1}               ~ 11 ~ expected the keys 'descr', 'fortran_order' and 'shape',"
            + " got 'order'",
        "{'fortran_order': 0}       ~ 28 ~ expected True or False, got '0'",
        "{'fortran_order': Tru      ~ 28 ~ expected True or False, got 'T'",
        "{'fortran_order': Falsey}  ~ 33 ~ expected ',', got 'y'",
        "{'shape': 3}               ~ 20 ~ expected '(', got '3'",
        "{'shape': (3)}             ~ 22 ~ expected ',', got ')'",
        "{'shape': (3 4)}           ~ 23 ~ expected ',', got '4'",
        "{'shape': (,)}             ~ 21 ~ expected a dimension, got ','",
        "{'shape': (3,, 4)}         ~ 23 ~ expected a dimension, got ','",
        "{'shape': (-1,)}           ~ 21 ~ expected a dimension, got '-'",
        "{'shape': (1.5,)}          ~ 22 ~ expected ',', got '.'",
        "{'shape': (None,)}         ~ 21 ~ expected a dimension, got 'N'",
        "{'shape': (3,              ~ 23 ~ expected a dimension, got the end of the header",
        "{'shape': (1234567890123456789,)} ~ 21 ~ expected a dimension of at most 18 digits, got"
            + " more"
      })
  void a_malformed_dict_is_refused_at_the_byte_where_it_breaks(
      String dict, int at, String message) {
    assertThatThrownBy(() -> read(dict))
        .isInstanceOf(IOException.class)
        .hasMessage("w.npy: byte " + at + ": header: " + message);
  }

  @Test
  void bytes_that_do_not_print_are_refused_in_hexadecimal() {
    assertThatThrownBy(() -> read("{'d\u00e9'"))
        .hasMessage("w.npy: byte 13: header: expected a plain character, got byte e9");
    assertThatThrownBy(() -> read("\u00ff"))
        .hasMessage("w.npy: byte 10: header: expected '{', got byte ff");
  }

  @Test
  void text_after_the_dict_is_refused() {
    assertThatThrownBy(
            () -> read("{'descr': '|u1', 'fortran_order': False, 'shape': ()} import os"))
        .isInstanceOf(IOException.class)
        .hasMessage("w.npy: byte 64: header: expected nothing after the dict, got 'i'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "''     ~ expected < > = or | and one of f2 f4 f8 i1 i2 i4 i8 u1 u2 u4 u8 b1, got ''",
        "'f4'   ~ expected < > = or | and one of f2 f4 f8 i1 i2 i4 i8 u1 u2 u4 u8 b1, got 'f4'",
        "'?f4'  ~ expected < > = or | and one of f2 f4 f8 i1 i2 i4 i8 u1 u2 u4 u8 b1, got '?f4'",
        "'<f16' ~ expected < > = or | and one of f2 f4 f8 i1 i2 i4 i8 u1 u2 u4 u8 b1, got '<f16'",
        "'|f4'  ~ expected a byte order < > or =, got '|f4'",
        "('<f4', (2,)) ~ expected < > = or | and one of f2 f4 f8 i1 i2 i4 i8 u1 u2 u4 u8 b1, got a"
            + " structured type"
      })
  void another_dtype_is_refused(String descr, String message) {
    assertThatThrownBy(() -> read("{'descr': " + descr + "}"))
        .isInstanceOf(IOException.class)
        .hasMessage("w.npy: byte 20: header: dtype: " + message);
  }

  @Test
  void a_long_name_is_quoted_in_part() {
    assertThatThrownBy(() -> read("{'" + "k".repeat(60_000) + "': 1}"))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "w.npy: byte 11: header: expected the keys 'descr', 'fortran_order' and 'shape', got '"
                + "k".repeat(40)
                + "...'");
  }

  @Test
  void a_shape_beyond_any_array_is_refused() {
    assertThatThrownBy(() -> read("{'shape': (65536, 65536)}"))
        .isInstanceOf(IOException.class)
        .hasMessage("w.npy: byte 20: expected at most 2147483639 elements, got (65536, 65536)");
    assertThatThrownBy(() -> read("{'shape': (" + "1, ".repeat(65) + ")}"))
        .isInstanceOf(IOException.class)
        .hasMessage("w.npy: byte 213: header: expected at most 64 dimensions, got more");
  }

  /** A mebibyte each; a parser that looks back or ahead would take minutes. */
  @ParameterizedTest
  @ValueSource(strings = {" ", "{", "'", "(", "9", "{'", "{'shape': (", "{'a': "})
  @Timeout(5)
  void long_headers_take_no_longer_than_their_bytes(String part) {
    String dict = part.repeat((1 << 20) / part.length());

    assertThatThrownBy(() -> Npy.read(stream(npy2(dict, bytes())), "w.npy"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(": header: expected ");
  }

  @Test
  void a_mebibyte_of_padding_is_read() throws IOException {
    String dict = "{'descr': '|u1', 'fortran_order': False, 'shape': ()}";
    String padded = dict + " ".repeat((1 << 20) - dict.length());

    assertThat(Npy.read(stream(npy2(padded, bytes(7))), "w.npy").item()).isEqualTo(7);
  }
}
