package io.github.purenet.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files in NumPy's formats that this library writes. */
class WrittenFilesTest {
  @TempDir Path folder;

  private static final List<Shape> SHAPES =
      List.of(Shape.of(), Shape.of(3), Shape.of(0, 4), Shape.of(2, 3, 4, 5), Shape.of(5, 7001));

  private static NDArray normal(Shape shape) {
    return NDArray.normal(shape, 0f, 1f, new Random(shape.size()));
  }

  private static void assertSame(NDArray array, NDArray other) {
    assertThat(array.shape()).isEqualTo(other.shape());
    assertThat(array.toArray()).isEqualTo(other.toArray());
  }

  @Test
  void a_file_that_cannot_be_written_is_named() {
    Path nowhere = folder.resolve("no/a.npy");
    assertThatThrownBy(() -> Npy.write(nowhere, NDArray.ones(2)))
        .isInstanceOf(IOException.class)
        .hasMessage(nowhere + ": cannot write: no such directory");
  }

  @Test
  void npy_comes_back() throws IOException {
    Path file = folder.resolve("a.npy");
    for (Shape shape : SHAPES) {
      Npy.write(file, normal(shape));
      assertSame(Npy.read(file), normal(shape));
    }
  }

  @Test
  void npy_has_the_bytes_of_numpy() throws IOException {
    Path file = folder.resolve("a.npy");
    Npy.write(file, NDArray.of(1f, 2f, -3f));
    String header = "{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }";
    byte[] bytes = Files.readAllBytes(file);
    assertThat(bytes).hasSize(128 + 12);
    assertThat(new String(bytes, StandardCharsets.ISO_8859_1))
        .startsWith("\u0093NUMPY\1\0v\0" + header + " ".repeat(117 - header.length()) + "\n")
        .endsWith("\0\0\u0080?\0\0\0@\0\0@\u00c0");
  }

  @Test
  void npz_comes_back_and_has_the_same_bytes_again() throws IOException {
    Map<String, NDArray> arrays = new LinkedHashMap<>();
    SHAPES.forEach(shape -> arrays.put("array of " + shape, normal(shape)));
    Path file = folder.resolve("a.npz");
    Npz.write(file, arrays);
    Npz.read(file).forEach((name, array) -> assertSame(array, arrays.get(name)));
    assertThat(List.copyOf(Npz.names(file))).isEqualTo(List.copyOf(arrays.keySet()));
    byte[] bytes = Files.readAllBytes(file);
    Npz.write(file, arrays);
    assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
  }

  /** A training that is interrupted saves what it has learned. */
  @Test
  void an_interrupted_thread_writes_whole_files() throws IOException {
    Path file = folder.resolve("a.npy");
    Thread.currentThread().interrupt();
    Npy.write(file, normal(Shape.of(5, 7001)));
    assertThat(Thread.interrupted()).isTrue();
    assertSame(Npy.read(file), normal(Shape.of(5, 7001)));
  }
}
