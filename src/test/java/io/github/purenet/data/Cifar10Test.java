package io.github.purenet.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import io.github.purenet.testing.Damage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Cifar10Test {
  private static final int RECORD = 3073;

  @TempDir Path directory;

  /** Five files of 1 to 5 images, whose labels are their numbers from 0 on, and one of 2. */
  @BeforeEach
  void write() throws IOException {
    int label = 0;
    for (int i = 1; i <= 5; i++) {
      byte[] file = new byte[i * RECORD];
      for (int k = 0; k < i; k++) {
        file[k * RECORD] = (byte) (label++ % 10);
        Arrays.fill(file, k * RECORD + 1, k * RECORD + 1025, (byte) 255); // the plane of red
        file[k * RECORD + 1025] = (byte) 51; // the first pixel of green
      }
      Files.write(directory.resolve("data_batch_" + i + ".bin"), file);
    }
    Files.write(directory.resolve("test_batch.bin"), new byte[2 * RECORD]);
  }

  @Test
  void reads_five_files_to_train_with_and_one_to_test_with() throws IOException {
    Cifar10 cifar = Cifar10.load(directory);
    assertThat(cifar.train().sampleShape()).isEqualTo(Shape.of(3, 32, 32));
    Batch train = cifar.train().all();
    assertThat(train.t().toArray()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2, 3, 4);
    NDArray last = train.x().at(14);
    assertThat(last.sum(1, 2).toArray()).containsExactly(1024, 51 / 255f, 0);
    assertThat(last.get(1, 0, 0)).isEqualTo(51 / 255f);
    assertThat(cifar.test().size()).isEqualTo(2);
    assertThat(cifar.classNames()).hasSize(10).startsWith("airplane").endsWith("truck");
  }

  @Test
  void reads_the_names_of_classes() throws IOException {
    Path meta = directory.resolve("batches.meta.txt");
    Files.writeString(meta, "a\nb\nc\r\nd\ne\nf\ng\nh\ni\nj\n\n");
    assertThat(Cifar10.load(directory).classNames())
        .containsExactly("a", "b", "c", "d", "e", "f", "g", "h", "i", "j");
    Files.writeString(meta, "a\nb\n");
    assertThatThrownBy(() -> Cifar10.load(directory))
        .isInstanceOf(IOException.class)
        .hasMessage(meta + ": expected the names of 10 classes, a line each, got 2 lines");
  }

  @Test
  void a_file_that_is_not_whole_is_refused() throws IOException {
    Path file = directory.resolve("data_batch_3.bin");
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < RECORD; length += 97) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> Cifar10.load(directory))
          .isInstanceOf(IOException.class)
          .hasMessage(
              file
                  + ": expected a multiple of 3073 bytes (a label and an image of (3, 32, 32)), got "
                  + length
                  + " bytes");
    }
    whole[RECORD] = 10;
    Files.write(file, whole);
    assertThatThrownBy(() -> Cifar10.load(directory))
        .isInstanceOf(IOException.class)
        .hasMessage(file + ": byte 3073: expected a label from 0 to 9, got 10 for image 1");
    Files.delete(file);
    assertThatThrownBy(() -> Cifar10.load(directory))
        .isInstanceOf(FileNotFoundException.class)
        .hasMessage(file + ": expected a file of CIFAR-10, got none");
  }

  @Test
  void damaged_names_are_read_or_refused() throws IOException {
    byte[] sound = "a\nb\nc\r\nd\ne\nf\ng\nh\ni\nj\n\n".getBytes(StandardCharsets.UTF_8);
    Path meta = directory.resolve("batches.meta.txt");
    Damage.test(
        sound,
        "batches.meta.txt",
        200,
        4 << 20,
        bytes -> {
          Files.write(meta, bytes);
          assertThat(Cifar10.load(directory).classNames()).hasSize(10);
        });
  }
}
