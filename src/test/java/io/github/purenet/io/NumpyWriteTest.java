package io.github.purenet.io;

import static io.github.purenet.io.Samples.GOLDEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are written as NumPy writes them. */
class NumpyWriteTest {
  @TempDir Path folder;

  @Test
  void an_npy_file_is_the_one_that_numpy_writes() throws IOException {
    Path numpys = GOLDEN.resolve("f4_little.npy");
    Path file = folder.resolve("x.npy");

    Npy.write(file, Npy.read(numpys));

    assertThat(Files.readAllBytes(file)).isEqualTo(Files.readAllBytes(numpys));
  }

  static Shape[] shapes() {
    return new Shape[] {
      Shape.of(), Shape.of(0), Shape.of(1), Shape.of(20_000), Shape.of(2, 0, 3), Shape.of(2, 3, 4)
    };
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void an_array_comes_back_as_it_was(Shape shape) throws IOException {
    NDArray array = NDArray.uniform(shape, -1, 1, new Random(3));
    Path file = folder.resolve("x.npy");

    Npy.write(file, array);

    assertThat(Npy.read(file).shape()).isEqualTo(shape);
    assertThat(Npy.read(file).toArray()).isEqualTo(array.toArray());
  }

  /** Numbers that are not aligned cannot be mapped into memory. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3, 12, 13, 14, 64})
  void the_numbers_begin_at_a_multiple_of_64_bytes(int rank) throws IOException {
    int[] ones = new int[rank];
    Arrays.fill(ones, 1);
    Path file = folder.resolve("x.npy");

    Npy.write(file, NDArray.full(Shape.of(ones), 7));

    byte[] bytes = Files.readAllBytes(file);
    assertThat((bytes.length - Float.BYTES) % 64).isZero();
    assertThat(bytes[bytes.length - Float.BYTES - 1]).isEqualTo((byte) '\n');
    assertThat(Npy.read(file).shape()).isEqualTo(Shape.of(ones));
  }

  @Test
  void an_npz_file_holds_its_arrays_in_their_order() throws IOException {
    Map<String, NDArray> arrays = new LinkedHashMap<>();
    arrays.put("conv1.weight", NDArray.uniform(Shape.of(3, 1, 5, 5), -1, 1, new Random(4)));
    arrays.put("a/b", NDArray.full(Shape.of(), 2));
    arrays.put("é", NDArray.zeros(0));
    Path file = folder.resolve("x.npz");

    Npz.write(file, arrays);

    Map<String, NDArray> read = Npz.read(file);
    assertThat(read.keySet()).containsExactly("conv1.weight", "a/b", "é");
    arrays.forEach(
        (name, array) -> {
          assertThat(read.get(name).shape()).isEqualTo(array.shape());
          assertThat(read.get(name).toArray()).isEqualTo(array.toArray());
        });
    byte[] first = Files.readAllBytes(file);
    Npz.write(file, arrays);
    assertThat(Files.readAllBytes(file)).isEqualTo(first);
  }

  @Test
  void a_file_that_cannot_be_written_stays_as_it_was() throws IOException {
    Path file = Files.write(folder.resolve("x.npy"), "old".getBytes(StandardCharsets.UTF_8));
    Path inFile = file.resolve("y.npz");

    assertThatThrownBy(() -> Npz.write(inFile, Map.of("a", NDArray.zeros(1))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("y.npz");
    assertThatThrownBy(() -> Npy.write(file, null)).isInstanceOf(NullPointerException.class);

    assertThat(file).hasContent("old");
    assertThat(folder).isDirectoryNotContaining("glob:**.tmp");
  }
}
