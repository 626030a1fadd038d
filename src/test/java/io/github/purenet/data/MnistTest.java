package io.github.purenet.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MnistTest {
  @TempDir private Path directory;

  /** A directory of two training images and one test image, 2 by 3. */
  @BeforeEach
  void write() throws IOException {
    idx("train-images-idx3-ubyte", new int[] {2, 2, 3}, 12);
    idx("train-labels-idx1-ubyte", new int[] {2}, 2);
    idx("t10k-images-idx3-ubyte", new int[] {1, 2, 3}, 6);
    idx("t10k-labels-idx1-ubyte", new int[] {1}, 1);
  }

  private void idx(String name, int[] dimensions, int bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(4 + 4 * dimensions.length + bytes);
    buffer.putInt(0x0800 + dimensions.length);
    for (int d : dimensions) {
      buffer.putInt(d);
    }
    for (int i = 0; i < bytes; i++) {
      buffer.put((byte) i);
    }
    Files.write(directory.resolve(name), buffer.array());
  }

  @Test
  void the_sample_holds_the_first_images_of_mnist() {
    Mnist mnist = Mnist.sample();
    assertThat(mnist.train().size()).isEqualTo(5000);
    assertThat(mnist.test().size()).isEqualTo(1000);
    assertThat(mnist.train().sampleShape()).isEqualTo(Shape.of(1, 28, 28));
    assertThat(mnist.train().head(10).all().t().toArray())
        .containsExactly(5, 0, 4, 1, 9, 2, 1, 3, 1, 4);
    assertThat(mnist.test().head(10).all().t().toArray())
        .containsExactly(7, 2, 1, 0, 4, 1, 4, 9, 5, 9);
    NDArray x = mnist.train().head(100).all().x();
    assertThat(x.max()).isEqualTo(1f);
    assertThat(x.map(v -> -v).max()).isEqualTo(0f);
  }

  @Test
  void the_sample_agrees_with_the_original_file() throws IOException {
    Path golden = Path.of("src/test/golden/mnist");
    Files.copy(
        golden.resolve("t10k-images-idx3-ubyte.gz"),
        directory.resolve("t10k-images-idx3-ubyte.gz"));
    Files.copy(
        golden.resolve("t10k-labels-idx1-ubyte.gz"),
        directory.resolve("t10k-labels-idx1-ubyte.gz"));
    Files.delete(directory.resolve("t10k-images-idx3-ubyte"));
    Files.delete(directory.resolve("t10k-labels-idx1-ubyte"));
    Dataset test = Mnist.load(directory).test();
    assertThat(test.size()).isEqualTo(10_000);
    Batch original = test.head(1000).all();
    Batch sample = Mnist.sample().test().all();
    assertThat(sample.x().toArray()).isEqualTo(original.x().toArray());
    assertThat(sample.t().toArray()).isEqualTo(original.t().toArray());
  }

  @Test
  void loads_images_of_the_size_that_the_files_say() throws IOException {
    Mnist mnist = Mnist.load(directory);
    assertThat(mnist.train().sampleShape()).isEqualTo(Shape.of(1, 2, 3));
    assertThat(mnist.train().size()).isEqualTo(2);
    assertThat(mnist.test().all().x().toArray())
        .containsExactly(0, 1 / 255f, 2 / 255f, 3 / 255f, 4 / 255f, 5 / 255f);
  }

  /** Such mirrors exist, some of them with a directory of the usual name beside the file. */
  @Test
  void names_with_a_dot_are_found_plain_and_packed() throws IOException {
    for (String name :
        new String[] {"train-images", "train-labels", "t10k-images", "t10k-labels"}) {
      String rest = name.endsWith("images") ? "idx3-ubyte" : "idx1-ubyte";
      Path usual = directory.resolve(name + "-" + rest);
      Path dotted = directory.resolve(name + "." + rest);
      Files.move(usual, dotted);
      Files.createDirectory(usual);
      if (name.startsWith("t10k")) {
        try (OutputStream out =
            new GZIPOutputStream(
                Files.newOutputStream(directory.resolve(name + "." + rest + ".gz")))) {
          Files.copy(dotted, out);
        }
        Files.delete(dotted);
      }
    }

    Mnist mnist = Mnist.load(directory);
    assertThat(mnist.train().all().t().toArray()).containsExactly(0, 1);
    assertThat(mnist.test().all().x().toArray())
        .containsExactly(0, 1 / 255f, 2 / 255f, 3 / 255f, 4 / 255f, 5 / 255f);
    idx("train-labels.idx1-ubyte", new int[] {3}, 3);
    assertThatThrownBy(() -> Mnist.load(directory))
        .hasMessage(
            "train-labels.idx1-ubyte: expected 2 labels, one for each image of"
                + " train-images.idx3-ubyte, got 3");
  }

  @Test
  void says_which_file_is_wrong_and_how() throws IOException {
    idx("train-labels-idx1-ubyte", new int[] {3}, 3);
    assertThatThrownBy(() -> Mnist.load(directory))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "train-labels-idx1-ubyte: expected 2 labels, one for each image of"
                + " train-images-idx3-ubyte, got 3");
    idx("train-images-idx3-ubyte", new int[] {2}, 2);
    assertThatThrownBy(() -> Mnist.load(directory))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "train-images-idx3-ubyte: expected unsigned bytes of rank 3, got UNSIGNED_BYTE of (2,)");
    idx("train-images-idx3-ubyte", new int[] {2, 2, 3}, 11);
    assertThatThrownBy(() -> Mnist.load(directory))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("train-images-idx3-ubyte");
    idx("train-images-idx3-ubyte", new int[] {2_000_000_000, 2, 3}, 12);
    assertThatThrownBy(() -> Mnist.load(directory)).isInstanceOf(IOException.class);
    Files.delete(directory.resolve("train-images-idx3-ubyte"));
    assertThatThrownBy(() -> Mnist.load(directory))
        .isInstanceOf(IOException.class)
        .hasMessage(
            directory
                + ": expected a file train-images-idx3-ubyte or train-images-idx3-ubyte.gz or"
                + " train-images.idx3-ubyte or train-images.idx3-ubyte.gz, got none of them");
    Path nowhere = directory.resolve("nowhere");
    assertThatThrownBy(() -> Mnist.load(nowhere))
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(UncheckedIOException.class)
        .hasMessage(nowhere + ": expected a directory with the MNIST files");
  }

  @Test
  void refuses_images_with_no_pixels_nowhere_but_where_they_are_used() throws IOException {
    idx("train-images-idx3-ubyte", new int[] {0, 2, 3}, 0);
    idx("train-labels-idx1-ubyte", new int[] {0}, 0);
    assertThat(Mnist.load(directory).train().size()).isZero();
  }
}
