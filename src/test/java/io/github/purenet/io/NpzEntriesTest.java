package io.github.purenet.io;

import static io.github.purenet.io.Samples.GOLDEN;
import static io.github.purenet.io.Samples.bytes;
import static io.github.purenet.io.Samples.join;
import static io.github.purenet.io.Samples.npy;
import static io.github.purenet.io.Samples.stream;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import com.sun.management.ThreadMXBean;
import io.github.purenet.ndarray.NDArray;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Some entries of an npz without the others, from files and from streams. */
class NpzEntriesTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @TempDir static Path folder;

  /** Reads the wanted entries of w.npz, which is a file or a stream. */
  private record Reader(String what) {
    Map<String, NDArray> read(byte[] npz, Predicate<String> wanted) throws IOException {
      if (what.equals("stream")) {
        return Npz.read(stream(npz), "w.npz", wanted);
      }
      return Npz.read(Files.write(folder.resolve("w.npz"), npz), wanted);
    }

    @Override
    public String toString() {
      return what;
    }
  }

  static Stream<Reader> readers() {
    return Stream.of(new Reader("file"), new Reader("stream"));
  }

  private static byte[] array(int number) {
    return npy("{'descr': '|u1', 'fortran_order': False, 'shape': (1,)}", bytes(number));
  }

  /** A zip of entries, deflated. */
  private static byte[] zip(Map<String, byte[]> entries) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** One entry that is sound between others, each of which is unreadable in its own way. */
  private static byte[] mixed() {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("object.npy", npy("{'descr': '|O', 'fortran_order': False, 'shape': ()}", bytes()));
    entries.put("damaged.npy", array(1));
    entries.put("good.npy", array(7));
    entries.put(
        "strings.npy", npy("{'descr': '<U1', 'fortran_order': False, 'shape': ()}", bytes()));
    entries.put("README", bytes('t', 'e', 'x', 't'));
    entries.put("twice.npy", array(2));
    entries.put("TWICE.npy", array(3));
    entries.put(
        "cut.npy", npy("{'descr': '<f4', 'fortran_order': False, 'shape': (9,)}", bytes(1)));
    byte[] npz = zip(entries);
    String text = new String(npz, ISO_8859_1).replace("TWICE", "twice");
    npz = text.getBytes(ISO_8859_1);
    npz[text.indexOf("damaged.npy") + "damaged.npy".length()] = -1; // where deflate begins
    return npz;
  }

  @ParameterizedTest
  @MethodSource("readers")
  void an_entry_that_cannot_be_read_does_not_spoil_the_others(Reader reader) throws IOException {
    Map<String, NDArray> arrays = reader.read(mixed(), Set.of("good")::contains);

    assertThat(arrays).containsOnlyKeys("good");
    assertThat(arrays.get("good").toArray()).containsExactly(7);
    assertThat(reader.read(mixed(), name -> false)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("readers")
  void a_wanted_entry_that_cannot_be_read_says_why(Reader reader) {
    Map<String, String> reasons =
        Map.of(
            "object", "object.npy: byte 20: header: dtype: .* got '.O' .Python objects.",
            "damaged", "damaged.npy: byte 0: cannot read on: invalid block type",
            "strings", "strings.npy: byte 20: header: dtype: .* got '<U1' .strings.",
            "README", "expected entries that end in .npy, got README",
            "twice", "expected each name once, got twice.npy again",
            "cut", "cut.npy: byte 65: expected 36 bytes of data, got 1");
    reasons.forEach(
        (name, reason) ->
            assertThatIOException()
                .isThrownBy(() -> reader.read(mixed(), name::equals))
                .satisfies(e -> assertThat(e).hasMessageMatching(".*w.npz: " + reason)));
  }

  @ParameterizedTest
  @MethodSource("readers")
  void all_entries_that_cannot_be_read_are_named(Reader reader) {
    assertThatIOException()
        .isThrownBy(() -> reader.read(mixed(), name -> true))
        .satisfies(
            e ->
                assertThat(e)
                    .hasMessageContaining("object.npy: byte 20: header: dtype: ")
                    .hasMessageEndingWith(
                        "; nor can be read damaged.npy, strings.npy, README, twice.npy, cut.npy"))
        .satisfies(e -> assertThat(e.getSuppressed()).hasSize(5));
  }

  @ParameterizedTest
  @MethodSource("readers")
  void a_thousand_entries_that_cannot_be_read_are_not_all_tried(Reader reader) {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    for (int i = 0; i < 1000; i++) {
      entries.put(i + ".npy", bytes(i));
    }
    assertThatIOException()
        .isThrownBy(() -> reader.read(zip(entries), name -> true))
        .satisfies(
            e ->
                assertThat(e)
                    .hasMessageEndingWith(
                        "; nor can be read 1.npy, 2.npy, 3.npy, 4.npy, 5.npy, 6.npy, 7.npy, 8.npy,"
                            + " ..."));
  }

  @Test
  void one_array_is_read_by_its_name() throws IOException {
    for (String file : new String[] {"stored.npz", "deflated.npz"}) {
      assertThat(Npz.read(GOLDEN.resolve(file), "b1").toArray()).containsExactly(7, 8);
      assertThat(Npz.read(GOLDEN.resolve(file), "a/b").item()).isEqualTo(1);
    }
    assertThat(Npz.read(GOLDEN.resolve("object.npz"), "good").toArray())
        .containsExactly(0, 1, 2, 3, 4, 5);
    Path file = GOLDEN.resolve("stored.npz");
    assertThatIOException()
        .isThrownBy(() -> Npz.read(file, "W9"))
        .withMessage(file + ": expected an entry W9, got W1, b1, a/b, A");
    assertThatIOException()
        .isThrownBy(() -> Npz.read(Files.write(folder.resolve("none.npz"), zip(Map.of())), "W"))
        .withMessage(folder.resolve("none.npz") + ": expected an entry W, got none");
  }

  /** An entry of 64 MB lies in front of the one that is read. */
  @Test
  void one_array_is_read_without_the_memory_of_the_others() throws IOException {
    String dict = "{'descr': '|u1', 'fortran_order': False, 'shape': (67108864,)}";
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("large.npy", npy(dict, new byte[1 << 26]));
    entries.put("small.npy", array(5));
    byte[] npz = zip(entries);
    Path file = Files.write(folder.resolve("large.npz"), npz);

    long before = THREADS.getCurrentThreadAllocatedBytes();
    assertThat(Npz.read(file, "small").item()).isEqualTo(5);
    assertThat(Npz.names(file)).containsExactly("large", "small");
    assertThat(Npz.read(stream(npz), "w.npz", "small"::equals)).containsOnlyKeys("small");
    assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isLessThan(16 << 20);
  }

  @Test
  void names_are_those_of_all_entries_each_once() throws IOException {
    assertThat(Npz.names(GOLDEN.resolve("object.npz"))).containsExactly("good", "bad");
    assertThat(Npz.names(GOLDEN.resolve("stored.npz"))).containsExactly("W1", "b1", "a/b", "A");
    Path file = Files.write(folder.resolve("mixed.npz"), mixed());
    assertThat(Npz.names(file))
        .containsExactly("object", "damaged", "good", "strings", "README", "twice", "cut");
  }

  @ParameterizedTest
  @ValueSource(strings = {"stored.npz", "deflated.npz"})
  void a_stream_holds_what_the_file_holds(String name) throws IOException {
    Map<String, NDArray> file = Npz.read(GOLDEN.resolve(name));
    Map<String, NDArray> stream;
    boolean[] closed = new boolean[1];
    try (InputStream in =
        new FilterInputStream(new ByteArrayInputStream(Files.readAllBytes(GOLDEN.resolve(name)))) {
          @Override
          public void close() {
            closed[0] = true;
          }
        }) {
      stream = Npz.read(in, name);
      assertThat(closed[0]).isFalse();
      assertThat(in.read()).isEqualTo(-1);
    }

    assertThat(stream.keySet()).containsExactlyElementsOf(file.keySet());
    file.forEach(
        (key, array) -> {
          assertThat(stream.get(key).shape()).isEqualTo(array.shape());
          assertThat(stream.get(key).toArray()).isEqualTo(array.toArray());
        });
  }

  @Test
  void a_stream_may_begin_with_other_bytes_as_a_file_may() throws IOException {
    byte[] npz = join(bytes(1, 2, 3), zip(Map.of("a.npy", array(4))));

    assertThat(Npz.read(stream(npz), "w.npz").get("a").item()).isEqualTo(4);
    assertThat(Npz.read(Files.write(folder.resolve("w.npz"), npz)).get("a").item()).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"stored.npz", "deflated.npz"})
  void a_stream_that_was_cut_off_is_refused_wherever_that_was(String name) throws IOException {
    byte[] npz = Files.readAllBytes(GOLDEN.resolve(name));
    for (int length = 0; length < npz.length; length++) {
      byte[] cut = Arrays.copyOf(npz, length);
      assertThatIOException()
          .as("%d bytes", length)
          .isThrownBy(() -> Npz.read(stream(cut), "w.npz"))
          .withMessage("w.npz: expected a sound zip file: the end of its directory is missing");
    }
  }

  @Test
  void an_entry_of_a_stream_with_a_wrong_checksum_is_refused() throws IOException {
    byte[] npz = Files.readAllBytes(GOLDEN.resolve("stored.npz"));
    npz[30 + "W1.npy".length() + 20 + 128] = 1; // as in NpzTest

    assertThatIOException()
        .isThrownBy(() -> Npz.read(stream(npz), "w.npz"))
        .withMessage("w.npz: W1.npy: expected a checksum of 2a00e94f, got ab258c68");
    assertThat(Npz.read(stream(npz), "w.npz", "b1"::equals).get("b1").toArray())
        .containsExactly(7, 8);
  }

  /** The directory names one entry often, so that little would unpack to any amount. */
  @ParameterizedTest
  @MethodSource("readers")
  void entries_that_overlap_are_refused(Reader reader) throws IOException {
    String dict = "{'descr': '|u1', 'fortran_order': False, 'shape': (1048576,)}";
    byte[] one = zip(Map.of("00.npy", npy(dict, new byte[1 << 20])));
    int end = one.length - 22;
    int start = ByteBuffer.wrap(one).order(ByteOrder.LITTLE_ENDIAN).getInt(end + 16);
    byte[] entry = Arrays.copyOfRange(one, start, end);
    byte[] npz = Arrays.copyOf(one, start);
    for (int i = 0; i < 90; i++) {
      entry[46] = (byte) ('0' + i / 10);
      entry[47] = (byte) ('0' + i % 10);
      npz = join(npz, entry);
    }
    ByteBuffer tail = ByteBuffer.allocate(22).order(ByteOrder.LITTLE_ENDIAN);
    tail.put(one, end, 22).putShort(8, (short) 90).putShort(10, (short) 90);
    byte[] bomb = join(npz, tail.putInt(12, 90 * entry.length).array());

    assertThat(reader.read(bomb, "89"::equals).get("89").size()).isEqualTo(1 << 20);
    assertThatIOException()
        .isThrownBy(() -> reader.read(bomb, name -> true))
        .satisfies(
            e ->
                assertThat(e)
                    .hasMessageMatching(
                        ".*w.npz: expected entries that do not overlap, got .*npy that does"));
  }

  @Test
  void what_is_no_archive_is_refused() {
    assertThatIOException()
        .isThrownBy(() -> Npz.read(stream(array(1)), "w.npz"))
        .withMessage("w.npz: expected a sound zip file: the end of its directory is missing");
    byte[] npz = zip(Map.of("a.npy", array(4)));
    npz[npz.length - 12] = 2; // the number of entries
    assertThatIOException()
        .isThrownBy(() -> Npz.read(stream(npz), "w.npz"))
        .withMessageMatching(
            "w.npz: expected a sound zip file: byte \\d+: expected a directory of 2 entries, got 1");
    InputStream broken =
        new FilterInputStream(stream(bytes())) {
          @Override
          public int read(byte[] out, int offset, int length) throws IOException {
            throw new IOException("gone");
          }
        };
    assertThatIOException()
        .isThrownBy(() -> Npz.read(broken, "w.npz"))
        .withMessage("w.npz: cannot read on: gone");
  }

  @Test
  void null_is_named() {
    assertThatNullPointerException()
        .isThrownBy(() -> Npz.read((InputStream) null, "w.npz"))
        .withMessage("in");
    assertThatNullPointerException().isThrownBy(() -> Npz.names(null)).withMessage("file");
    assertThatNullPointerException()
        .isThrownBy(() -> Npz.read(folder, (String) null))
        .withMessage("entry");
    assertThatNullPointerException()
        .isThrownBy(() -> Npz.read(stream(bytes()), "w.npz", null))
        .withMessage("wanted");
  }
}
