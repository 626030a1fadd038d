package io.github.purenet.io;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.purenet.ndarray.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The excerpt of MNIST in the jar; the sums are NumPy's, of the full files' first items. */
class MnistSampleTest {
  private static Idx sample(String name) throws IOException {
    try (InputStream in = Idx.class.getResourceAsStream("/io/github/purenet/data/" + name)) {
      return Idx.read(in, name);
    }
  }

  private static long sum(Idx idx) {
    long sum = 0;
    for (byte value : idx.bytes()) {
      sum += Byte.toUnsignedInt(value);
    }
    return sum;
  }

  @ParameterizedTest
  @CsvSource({
    "train-images-idx3-ubyte.gz, 5000, 130170281",
    "t10k-images-idx3-ubyte.gz,  1000,  24443134"
  })
  void images_are_28_by_28(String name, int count, long sum) throws IOException {
    Idx images = sample(name);

    assertThat(images.elementType()).isEqualTo(Idx.ElementType.UNSIGNED_BYTE);
    assertThat(images.shape()).isEqualTo(Shape.of(count, 28, 28));
    assertThat(sum(images)).isEqualTo(sum);
  }

  @ParameterizedTest
  @CsvSource({"train-labels-idx1-ubyte.gz, 5000, 22335", "t10k-labels-idx1-ubyte.gz, 1000, 4327"})
  void labels_are_digits(String name, int count, long sum) throws IOException {
    Idx labels = sample(name);

    assertThat(labels.shape()).isEqualTo(Shape.of(count));
    assertThat(labels.bytes()).hasSize(count);
    assertThat(sum(labels)).isEqualTo(sum);
  }

  @Test
  void the_first_digits_are_those_of_the_full_set() throws IOException {
    assertThat(Arrays.copyOf(sample("train-labels-idx1-ubyte.gz").bytes(), 10))
        .containsExactly(5, 0, 4, 1, 9, 2, 1, 3, 1, 4);
    assertThat(Arrays.copyOf(sample("t10k-labels-idx1-ubyte.gz").bytes(), 10))
        .containsExactly(7, 2, 1, 0, 4, 1, 4, 9, 5, 9);
  }
}
