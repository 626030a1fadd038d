package io.github.purenet.io;

import static io.github.purenet.io.Samples.bytes;
import static io.github.purenet.io.Samples.gzip;
import static io.github.purenet.io.Samples.idx;
import static io.github.purenet.io.Samples.join;
import static io.github.purenet.io.Samples.stream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.purenet.io.Idx.ElementType;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.ZipException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdxTest {
  private static final byte[] MATRIX = idx(0x08, new int[] {2, 3}, bytes(0, 1, 2, 127, 128, 255));

  @TempDir Path folder;

  private static Idx read(byte[] file) throws IOException {
    return Idx.read(stream(file), "digits.idx");
  }

  private static void assertRefused(byte[] file, String message) {
    assertThatThrownBy(() -> read(file)).isInstanceOf(IOException.class).hasMessage(message);
  }

  @Test
  void unsigned_bytes_stay_bytes_and_become_floats_from_0_to_255() throws IOException {
    Idx idx = read(MATRIX);

    assertThat(idx.elementType()).isEqualTo(ElementType.UNSIGNED_BYTE);
    assertThat(idx.shape()).isEqualTo(Shape.of(2, 3));
    assertThat(idx.bytes()).containsExactly(0, 1, 2, 127, -128, -1);
    assertThat(idx.toNDArray().shape()).isEqualTo(Shape.of(2, 3));
    assertThat(idx.toNDArray().toArray()).containsExactly(0, 1, 2, 127, 128, 255);
  }

  @Test
  void signed_bytes_keep_their_sign() throws IOException {
    Idx idx = read(idx(0x09, new int[] {3}, bytes(0x80, 0xff, 0x7f)));

    assertThat(idx.elementType()).isEqualTo(ElementType.BYTE);
    assertThat(idx.bytes()).containsExactly(-128, -1, 127);
    assertThat(idx.toNDArray().toArray()).containsExactly(-128, -1, 127);
  }

  @Test
  void shorts_are_big_endian() throws IOException {
    Idx idx = read(idx(0x0B, new int[] {3}, bytes(0x01, 0x02, 0xff, 0xfe, 0x80, 0x00)));

    assertThat(idx.elementType()).isEqualTo(ElementType.SHORT);
    assertThat(idx.toNDArray().toArray()).containsExactly(258, -2, -32768);
  }

  @Test
  void ints_are_big_endian() throws IOException {
    byte[] data = ByteBuffer.allocate(12).putInt(1 << 24).putInt(-3).putInt(1 << 31).array();
    Idx idx = read(idx(0x0C, new int[] {3}, data));

    assertThat(idx.elementType()).isEqualTo(ElementType.INT);
    assertThat(idx.toNDArray().toArray()).containsExactly(0x1p24f, -3, -0x1p31f);
  }

  @Test
  void floats_are_big_endian() throws IOException {
    byte[] data = ByteBuffer.allocate(8).putFloat(1.5f).putFloat(Float.NaN).array();
    Idx idx = read(idx(0x0D, new int[] {2}, data));

    assertThat(idx.elementType()).isEqualTo(ElementType.FLOAT);
    assertThat(idx.toNDArray().toArray()).containsExactly(1.5f, Float.NaN);
  }

  @Test
  void doubles_are_rounded_to_the_nearest_float() throws IOException {
    byte[] data =
        ByteBuffer.allocate(24).putDouble(0.1).putDouble(1e-60).putDouble(-1 / 0.0).array();
    Idx idx = read(idx(0x0E, new int[] {3}, data));

    assertThat(idx.elementType()).isEqualTo(ElementType.DOUBLE);
    assertThat(idx.toNDArray().toArray()).containsExactly(0.1f, 0, Float.NEGATIVE_INFINITY);
  }

  @Test
  void rank_0_is_one_number() throws IOException {
    Idx idx = read(idx(0x08, new int[0], bytes(7)));

    assertThat(idx.shape()).isEqualTo(Shape.of());
    assertThat(idx.toNDArray().toArray()).containsExactly(7);
  }

  @Test
  void rank_255_is_read() throws IOException {
    int[] dimensions = new int[255];
    Arrays.fill(dimensions, 1);
    dimensions[254] = 2;

    assertThat(read(idx(0x08, dimensions, bytes(4, 5))).shape()).isEqualTo(Shape.of(dimensions));
  }

  @Test
  void an_axis_of_length_0_has_no_data() throws IOException {
    Idx idx = read(idx(0x0E, new int[] {0, 28}, bytes()));

    assertThat(idx.shape()).isEqualTo(Shape.of(0, 28));
    assertThat(idx.toNDArray().toArray()).isEmpty();
  }

  @Test
  void gzip_is_told_by_its_magic_and_not_by_its_name() throws IOException {
    Path packed = Files.write(folder.resolve("packed"), gzip(MATRIX));
    Path plain = Files.write(folder.resolve("plain.gz"), MATRIX);

    assertThat(Idx.read(packed).bytes()).isEqualTo(Idx.read(plain).bytes());
  }

  /** The reader takes 65,536 bytes at a time: one less, as many, one more, and several times. */
  @ParameterizedTest
  @ValueSource(ints = {65_535, 65_536, 65_537, 131_072, 200_001})
  void bytes_come_whole_across_the_borders_of_chunks(int count) throws IOException {
    byte[] data = new byte[count];
    new Random(1).nextBytes(data);
    byte[] file = idx(0x08, new int[] {count}, data);

    assertThat(read(file).bytes()).isEqualTo(data);
    assertThat(read(gzip(file)).bytes()).isEqualTo(data);
  }

  /** 8,192 doubles fill a chunk. */
  @ParameterizedTest
  @ValueSource(ints = {8_191, 8_192, 8_193, 16_384, 30_001})
  void doubles_come_whole_across_the_borders_of_chunks(int count) throws IOException {
    ByteBuffer data = ByteBuffer.allocate(8 * count);
    float[] expected = new float[count];
    for (int i = 0; i < count; i++) {
      expected[i] = i / 8f;
      data.putDouble(expected[i]);
    }

    Idx idx = read(gzip(idx(0x0E, new int[] {count}, data.array())));
    assertThat(idx.toNDArray().toArray()).isEqualTo(expected);
  }

  @Test
  void a_stream_that_gives_one_byte_at_a_time_is_read_to_its_end_and_not_closed()
      throws IOException {
    boolean[] closed = new boolean[1];
    InputStream slow =
        new FilterInputStream(stream(gzip(MATRIX))) {
          @Override
          public int read(byte[] out, int offset, int length) throws IOException {
            return super.read(out, offset, Math.min(length, 1));
          }

          @Override
          public void close() {
            closed[0] = true;
          }
        };

    assertThat(Idx.read(slow, "slow").bytes()).containsExactly(0, 1, 2, 127, -128, -1);
    assertThat(slow.read()).isEqualTo(-1);
    assertThat(closed[0]).isFalse();
  }

  @Test
  void arrays_are_copies_and_bytes_are_a_view() throws IOException {
    Idx bytes = read(MATRIX);
    Idx shorts = read(idx(0x0B, new int[] {1}, bytes(0, 3)));
    for (Idx idx : new Idx[] {bytes, shorts}) {
      NDArray first = idx.toNDArray();
      first.data()[0] = 99;
      assertThat(idx.toNDArray().toArray()).isNotEqualTo(first.toArray());
    }

    assertThat(bytes.bytes()).isSameAs(bytes.bytes());
  }

  @Test
  void bytes_of_longer_elements_are_refused() throws IOException {
    Idx idx = read(idx(0x0B, new int[] {1}, bytes(0, 3)));

    assertThatThrownBy(idx::bytes)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("bytes: expected elements of one byte, got SHORT in (1,)");
  }

  @Test
  void another_format_is_refused_with_what_came() {
    assertRefused(
        bytes(0x89, 'P', 'N', 'G', 13, 10),
        "digits.idx: byte 0: expected 00 00 as IDX begins, got 89 50");
  }

  @ParameterizedTest
  @CsvSource({"0, 00", "7, 07", "10, 0a", "15, 0f", "255, ff"})
  void an_unknown_element_type_is_refused(int type, String hex) {
    assertRefused(
        idx(type, new int[] {1}, bytes(0)),
        "digits.idx: byte 2: expected an element type of 08, 09, 0b, 0c, 0d or 0e (hexadecimal),"
            + " got "
            + hex);
  }

  @Test
  void a_truncated_header_is_refused() {
    assertRefused(bytes(), "digits.idx: byte 0: expected 4 bytes of IDX magic, got 0");
    assertRefused(bytes(0), "digits.idx: byte 0: expected 4 bytes of IDX magic, got 1");
    assertRefused(bytes(0, 0, 8), "digits.idx: byte 0: expected 4 bytes of IDX magic, got 3");
    assertRefused(
        Arrays.copyOf(MATRIX, 10), "digits.idx: byte 4: expected 8 bytes of dimensions, got 6");
  }

  @Test
  void truncated_data_are_refused() throws IOException {
    byte[] shorter = Arrays.copyOf(MATRIX, 15);
    Path file = Files.write(folder.resolve("short.idx"), shorter);

    assertRefused(shorter, "digits.idx: byte 12: expected 6 bytes of data, got 3");
    assertRefused(gzip(shorter), "digits.idx: unpacked byte 12: expected 6 bytes of data, got 3");
    assertThatThrownBy(() -> Idx.read(file))
        .isInstanceOf(IOException.class)
        .hasMessage(file + ": byte 12: expected 6 bytes of data, got 3");
  }

  @Test
  void truncation_in_a_later_chunk_counts_from_the_start_of_the_data() {
    assertRefused(
        idx(0x0D, new int[] {50_000}, new byte[150_001]),
        "digits.idx: byte 8: expected 200000 bytes of data, got 150001");
  }

  @Test
  void trailing_bytes_are_refused() {
    assertRefused(
        join(MATRIX, bytes(0)),
        "digits.idx: byte 18: expected the end of the file, got more bytes");
    assertRefused(
        gzip(join(MATRIX, bytes(0))),
        "digits.idx: unpacked byte 18: expected the end of the file, got more bytes");
  }

  @Test
  void dimensions_beyond_any_array_are_refused() {
    assertRefused(
        idx(0x08, new int[] {-1}, bytes(1, 2, 3)),
        "digits.idx: byte 4: expected at most 2147483639 elements, got (4294967295)");
    assertRefused(
        idx(0x08, new int[] {65536, 65536}, bytes(1, 2, 3)),
        "digits.idx: byte 4: expected at most 2147483639 elements, got (65536, 65536)");
    assertRefused(
        idx(0x08, new int[] {0, 65536, 65536}, bytes()),
        "digits.idx: byte 4: expected at most 2147483639 elements, got (0, 65536, 65536)");
  }

  @Test
  void dimensions_beyond_the_data_are_refused() throws IOException {
    byte[] liar = idx(0x0E, new int[] {2147483639}, bytes(1, 2, 3));
    Path file = Files.write(folder.resolve("liar.idx"), liar);
    String rest = "byte 8: expected 17179869112 bytes of data, got 3";

    assertRefused(liar, "digits.idx: " + rest);
    assertRefused(gzip(liar), "digits.idx: unpacked " + rest);
    assertThatThrownBy(() -> Idx.read(file))
        .isInstanceOf(IOException.class)
        .hasMessage(file + ": " + rest);
  }

  @Test
  void an_int_that_a_float_cannot_hold_is_refused() {
    byte[] data = ByteBuffer.allocate(8).putInt(5).putInt(16777217).array();

    assertRefused(
        idx(0x0C, new int[] {2}, data),
        "digits.idx: byte 12: element 1: expected what a float holds exactly, got 16777217");
  }

  @Test
  void a_double_beyond_the_range_of_a_float_is_refused() {
    byte[] data = ByteBuffer.allocate(8).putDouble(1e300).array();

    assertRefused(
        idx(0x0E, new int[] {1}, data),
        "digits.idx: byte 8: element 0: expected what fits the range of a float, got 1.0E300");
  }

  @Test
  void truncated_gzip_is_refused() {
    byte[] packed = gzip(MATRIX);

    assertThatThrownBy(() -> read(Arrays.copyOf(packed, 2)))
        .isInstanceOf(IOException.class)
        .hasMessage("digits.idx: byte 0: cannot read on: unexpected end")
        .hasCauseInstanceOf(EOFException.class);
    assertThatThrownBy(() -> read(Arrays.copyOf(packed, packed.length - 1)))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("digits.idx: unpacked byte 18: cannot read on: ")
        .hasCauseInstanceOf(EOFException.class);
  }

  @Test
  void corrupt_gzip_is_refused() {
    byte[] packed = gzip(MATRIX);
    packed[packed.length - 8] ^= 1; // the checksum

    assertThatThrownBy(() -> read(packed))
        .isInstanceOf(IOException.class)
        .hasMessage("digits.idx: unpacked byte 18: cannot read on: Corrupt GZIP trailer")
        .hasCauseInstanceOf(ZipException.class);
  }

  @Test
  void what_is_no_file_is_refused_by_name() {
    assertThatThrownBy(() -> Idx.read(folder))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(folder.toString());
    assertThatThrownBy(() -> Idx.read(folder.resolve("none")))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessage(folder.resolve("none").toString());
  }
}
