package io.github.purenet.io;

import static io.github.purenet.io.Samples.GOLDEN;
import static io.github.purenet.io.Samples.bytes;
import static io.github.purenet.io.Samples.npy;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NpzTest {
  private static final byte[] PAIR =
      npy("{'descr': '|u1', 'fortran_order': False, 'shape': (2,), }\n", bytes(7, 8));

  @TempDir Path folder;

  private Path file(byte[] content) throws IOException {
    return Files.write(folder.resolve("w.npz"), content);
  }

  /** A zip of PAIR under each name. */
  private static byte[] zip(String... names) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (String name : names) {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(PAIR);
      }
    }
    return out.toByteArray();
  }

  private static void replaceAll(byte[] content, String from, String to) {
    byte[] old = from.getBytes(US_ASCII);
    for (int i = 0; i + old.length <= content.length; i++) {
      if (Arrays.equals(content, i, i + old.length, old, 0, old.length)) {
        System.arraycopy(to.getBytes(US_ASCII), 0, content, i, old.length);
      }
    }
  }

  private void assertRefused(byte[] content, String message) throws IOException {
    Path file = file(content);
    assertThatThrownBy(() -> Npz.read(file))
        .isInstanceOf(IOException.class)
        .hasMessage(file + message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"stored.npz", "deflated.npz"})
  void arrays_come_by_name_in_the_order_of_the_file(String name) throws IOException {
    Map<String, NDArray> arrays = Npz.read(GOLDEN.resolve(name));

    assertThat(arrays.keySet()).containsExactly("W1", "b1", "a/b", "A");
    assertThat(arrays.get("W1").shape()).isEqualTo(Shape.of(2, 3));
    assertThat(arrays.get("W1").toArray()).containsExactly(0, 1, 2, 3, 4, 5);
    assertThat(arrays.get("b1").toArray()).containsExactly(7, 8);
    assertThat(arrays.get("a/b").item()).isEqualTo(1);
    assertThat(arrays.get("A").shape()).isEqualTo(Shape.of(0));
  }

  @Test
  void the_map_cannot_be_changed() throws IOException {
    Map<String, NDArray> arrays = Npz.read(GOLDEN.resolve("stored.npz"));

    assertThatThrownBy(() -> arrays.remove("W1")).isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void a_zip_of_nothing_holds_no_arrays() throws IOException {
    assertThat(Npz.read(file(zip()))).isEmpty();
  }

  @Test
  void an_entry_that_cannot_be_read_is_named() {
    Path file = GOLDEN.resolve("object.npz");

    assertThatThrownBy(() -> Npz.read(file))
        .isInstanceOf(IOException.class)
        .hasMessage(
            file
                + ": bad.npy: byte 20: header: dtype: expected < > = or | and one of f2 f4 f8 i1 i2"
                + " i4 i8 u1 u2 u4 u8 b1, got '|O' (Python objects)");
  }

  @Test
  void an_entry_that_is_not_npy_is_refused() throws IOException {
    assertRefused(zip("a.npy", "b.txt"), ": expected entries that end in .npy, got b.txt");
    assertRefused(zip("folder/"), ": expected entries that end in .npy, got folder/");
  }

  @Test
  void a_name_that_comes_twice_is_refused() throws IOException {
    byte[] content = zip("a.npy", "b.npy");
    replaceAll(content, "b.npy", "a.npy");

    assertRefused(content, ": expected each name once, got a.npy again");
  }

  @Test
  void an_array_longer_than_its_entry_is_refused() throws IOException {
    byte[] content = Files.readAllBytes(GOLDEN.resolve("stored.npz"));
    replaceAll(content, "(2, 3), ", "(99999,)");

    assertRefused(content, ": W1.npy: byte 128: expected 399996 bytes of data, got 24");
  }

  @Test
  void a_wrong_checksum_is_refused() throws IOException {
    byte[] content = Files.readAllBytes(GOLDEN.resolve("stored.npz"));
    int data = 30 + "W1.npy".length() + 20 + 128; // local header with a zip64 field, npy header
    assertThat(content[data]).isZero();
    content[data] = 1;

    assertRefused(content, ": W1.npy: expected a checksum of 2a00e94f, got ab258c68");
  }

  @Test
  void corrupt_deflate_is_refused() throws IOException {
    byte[] content = zip("a.npy");
    content[30 + "a.npy".length()] = -1; // the first byte of the packed data

    assertRefused(content, ": a.npy: byte 0: cannot read on: invalid block type");
  }

  @Test
  void a_comment_that_is_not_utf_8_is_refused() throws IOException {
    byte[] content = zip("a.npy", "b.npy");
    int lastDirectoryEntry = content.length - 22 - (46 + "b.npy".length());
    content[lastDirectoryEntry + 28]--; // the length of the name
    content[lastDirectoryEntry + 32]++; // the length of the comment
    content[content.length - 23] = -1;
    Path file = file(content);

    assertThatThrownBy(() -> Npz.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(file + ": expected a sound zip file: ");
  }

  @Test
  void a_truncated_zip_is_refused() throws IOException {
    byte[] content = Files.readAllBytes(GOLDEN.resolve("stored.npz"));
    Path file = file(Arrays.copyOf(content, content.length - 30));

    assertThatThrownBy(() -> Npz.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(file + ": expected a sound zip file: ")
        .hasCauseInstanceOf(ZipException.class);
  }

  @Test
  void what_is_no_zip_is_refused() throws IOException {
    Path file = GOLDEN.resolve("rank_1.npy");

    assertThatThrownBy(() -> Npz.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(file + ": expected a sound zip file: ");
    assertThatThrownBy(() -> Npz.read(folder))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(folder.toString());
    assertThatThrownBy(() -> Npz.read(folder.resolve("none.npz")))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessage(folder.resolve("none.npz").toString());
  }

  @Test
  void a_file_within_a_zip_is_refused() throws IOException {
    try (FileSystem zip = FileSystems.newFileSystem(file(zip("a.npz")))) {
      assertThatThrownBy(() -> Npz.read(zip.getPath("a.npz")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("a.npz: expected a file of the default file system, got one of jar");
    }
  }
}
