package io.github.purenet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  @TempDir private Path directory;

  private int run(String... args) {
    return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
  }

  private void failsWith(String line, String... args) {
    err.getBuffer().setLength(0);
    assertThat(run(args)).isEqualTo(2);
    assertThat(err.toString().lines()).containsExactly(line);
  }

  /** Images, all of one byte, and labels from 0 up. */
  private void idx(String name, int pixel, int... dimensions) throws IOException {
    int size = 1;
    for (int d : dimensions) {
      size *= d;
    }
    ByteBuffer buffer = ByteBuffer.allocate(4 + 4 * dimensions.length + size);
    buffer.putInt(0x0800 + dimensions.length);
    for (int d : dimensions) {
      buffer.putInt(d);
    }
    for (int i = 0; i < size; i++) {
      buffer.put((byte) (pixel < 0 ? i : pixel));
    }
    Files.write(directory.resolve(name), buffer.array());
  }

  private void writeData() throws IOException {
    idx("train-images-idx3-ubyte", 100, 6, 8, 8);
    idx("train-labels-idx1-ubyte", -1, 6);
    idx("t10k-images-idx3-ubyte", 100, 3, 8, 8);
    idx("t10k-labels-idx1-ubyte", -1, 3);
  }

  @Test
  void trains_on_a_directory_and_ends_with_the_accuracy() throws IOException {
    writeData();
    int exit =
        run(
            "train",
            "--data",
            directory.toString(),
            "--epochs",
            "2",
            "--batch-size",
            "4",
            "--learning-rate",
            "0.01",
            "--seed",
            "3",
            "--filters",
            "2",
            "--hidden",
            "5");
    assertThat(exit).isZero();
    assertThat(err.toString()).isEmpty();
    String[] lines = out.toString().lines().toArray(String[]::new);
    assertThat(lines).hasSize(4);
    assertThat(lines[0]).isEqualTo("SimpleConvNet, 6 training and 3 test images");
    assertThat(lines[1]).startsWith("epoch 1/2  ");
    assertThat(lines[2]).startsWith("epoch 2/2  ");
    assertThat(lines[3]).matches("test accuracy 0\\.\\d{4}");
  }

  @Test
  void bad_input_is_one_line_and_exit_2() throws IOException {
    failsWith("train: epochs: expected at least 1, got 0", "train", "--epochs", "0");
    failsWith("train: batchSize: expected at least 1, got 0", "train", "--batch-size", "0");
    failsWith(
        "train: Adam: expected learningRate above 0, got -1.0", "train", "--learning-rate", "-1");
    failsWith(
        "train: conv: expected a number of filters of at least 1, got 0",
        "train",
        "--filters",
        "0");
    failsWith(
        "train: affine: expected a number of outputs of at least 1, got 0",
        "train",
        "--hidden",
        "0");
    failsWith(
        "train: Invalid value for option '--epochs': 'many' is not an int",
        "train",
        "--epochs",
        "many");
    failsWith("train: Unknown option: '--nothing'", "train", "--nothing");
    failsWith("purenet: Unmatched argument at index 0: 'trian'", "trian");
    Path nowhere = directory.resolve("nowhere");
    failsWith(
        "train: " + nowhere + ": expected a directory with the MNIST files",
        "train",
        "--data",
        nowhere.toString());
    failsWith(
        "train: "
            + directory
            + ": expected a file train-images-idx3-ubyte or train-images-idx3-ubyte.gz or"
            + " train-images.idx3-ubyte or train-images.idx3-ubyte.gz, got none of them",
        "train",
        "--data",
        directory.toString());
  }

  @Test
  void a_bad_file_is_one_line_and_exit_2() throws IOException {
    writeData();
    idx("train-labels-idx1-ubyte", -1, 5);
    failsWith(
        "train: train-labels-idx1-ubyte: expected 6 labels, one for each image of"
            + " train-images-idx3-ubyte, got 5",
        "train",
        "--data",
        directory.toString());
    idx("train-images-idx3-ubyte", 0, 0, 8, 8);
    idx("train-labels-idx1-ubyte", 0, 0);
    failsWith(
        "train: train: expected at least one sample, got an empty data set",
        "train",
        "--data",
        directory.toString());
    idx("train-images-idx3-ubyte", 0, 1, 8, 8);
    idx("train-labels-idx1-ubyte", 77, 1);
    failsWith(
        "train: epoch 1, step 1: SoftmaxWithLoss: expected a class index from 0 to 9 in t, got 77.0"
            + " at 0 in (1,); it is sample 0 of the training data",
        "train",
        "--data",
        directory.toString());
    idx("t10k-images-idx3-ubyte", 0, 3, 4, 4);
    Files.write(directory.resolve("train-images-idx3-ubyte"), new byte[] {0, 0, 8});
    err.getBuffer().setLength(0);
    assertThat(run("train", "--data", directory.toString())).isEqualTo(2);
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(err.toString()).contains("train-images-idx3-ubyte");
  }

  @Test
  void a_network_too_large_is_one_line_and_exit_2() {
    assertThat(run("train", "--hidden", "2000000")).isEqualTo(2);
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(err.toString()).contains("2000000");
  }

  @Test
  void tells_what_it_can_do() {
    assertThat(run()).isZero();
    assertThat(out.toString()).contains("Usage: purenet").contains("train");
    assertThat(run("train", "--help")).isZero();
    assertThat(out.toString()).contains("--learning-rate").contains("--data");
    assertThat(run("--version")).isZero();
    assertThat(out.toString()).contains("purenet 0.1.0");
  }
}
