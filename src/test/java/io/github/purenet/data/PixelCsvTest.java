package io.github.purenet.data;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.purenet.ndarray.Shape;
import io.github.purenet.testing.Damage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PixelCsvTest {
  private static final Shape PAIR = Shape.of(1, 1, 2);

  @TempDir Path folder;

  private Path file(String text) throws IOException {
    return Files.write(folder.resolve("digits.csv"), text.getBytes(ISO_8859_1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "label,pixel0,pixel1\n3,0,255\n9,51,102\n",
        "3,0,255\n9,51,102",
        "\r\n \"label\", \"pixel0\" ,\"pixel1\"\r\n\r\n 3 , 000 ,\t255\r\n\"9\",\"51\",\"102\"\r\n\n",
        "\"3\",0,255\n9,51,102",
        "\u00ef\u00bb\u00bflabel,pixel0,pixel1\n3,0,255\n9,51,102\n\n"
      })
  void reads_images_with_labels(String text) throws IOException {
    Batch all = PixelCsv.read(file(text), PAIR).all();
    assertThat(all.x().shape()).isEqualTo(Shape.of(2, 1, 1, 2));
    assertThat(all.x().toArray()).containsExactly(0, 1, 51 / 255f, 102 / 255f);
    assertThat(all.t().toArray()).containsExactly(3, 9);
  }

  @Test
  void reads_images_without_labels() throws IOException {
    Batch all = PixelCsv.readUnlabeled(file("pixel0,pixel1\n0,255\n51,102\n"), PAIR).all();
    assertThat(all.x().toArray()).containsExactly(0, 1, 51 / 255f, 102 / 255f);
    assertThat(all.t().toArray()).containsExactly(0, 0);
    assertThat(PixelCsv.read(file("label,a,b\n"), PAIR).size()).isZero();
    assertThat(PixelCsv.read(file(""), PAIR).size()).isZero();
  }

  /** Lines longer than any buffer, and what lies across the borders of buffers. */
  @Test
  void reads_long_lines() throws IOException {
    Shape image = Shape.of(3, 200, 200);
    StringBuilder text = new StringBuilder(" ".repeat(65_535) + "\"7\"");
    for (int i = 0; i < image.size(); i++) {
      text.append(',').append(i % 256);
    }
    Batch all = PixelCsv.read(file(text + "\n"), image).all();
    assertThat(all.t().toArray()).containsExactly(7);
    for (int i = 0; i < image.size(); i++) {
      assertThat(all.x().data()[i]).isEqualTo(i % 256 / 255f);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "label,a\\n1,2,3 | line 1, column 2: expected 3 columns, got 2",
        "1,2,3\\n1,2 | line 2, column 2: expected 3 columns, got 2",
        "1,2,3,4 | line 1, column 3: expected 3 columns, got more",
        "label,a,b\\n1,2,x | line 2, column 3: expected a whole number from 0 to 255, got 'x'",
        "1,,3 | line 1, column 2: expected a whole number from 0 to 255, got ''",
        "1,256,3 | line 1, column 2: expected a whole number from 0 to 255, got '256'",
        "1,-1,3 | line 1, column 2: expected a whole number from 0 to 255, got '-1'",
        "1,0.5,3 | line 1, column 2: expected a whole number from 0 to 255, got '0.5'",
        "1,1 2,3 | line 1, column 2: expected a whole number from 0 to 255, got '1 2'",
        "1,\"2,3 | line 1, column 2: expected a whole number from 0 to 255, got '\"2'",
        "1,99999999999999999999999999,3 | line 1, column 2: expected a whole number from 0 to 255,"
            + " got '99999999999999999999...'",
      })
  void an_error_names_file_line_and_column(String text, String message) throws IOException {
    Path file = file(text.replace("\\n", "\n"));
    assertThatThrownBy(() -> PixelCsv.read(file, PAIR))
        .isInstanceOf(IOException.class)
        .hasMessage(file + ": " + message);
  }

  @Test
  void an_image_has_pixels_that_can_be_counted() throws IOException {
    Path file = file("1");
    for (Shape shape : new Shape[] {Shape.of(1, 0, 2), Shape.of(Integer.MAX_VALUE)}) {
      assertThatThrownBy(() -> PixelCsv.read(file, shape))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "imageShape: expected at least one pixel, fewer than 2147483647, got " + shape);
    }
    assertThatThrownBy(() -> PixelCsv.read(folder, PAIR))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(folder.toString());
    assertThatThrownBy(() -> PixelCsv.read(file, Shape.of(Integer.MAX_VALUE - 1)))
        .isInstanceOf(IOException.class)
        .hasMessage(file + ": line 1, column 1: expected 2147483647 columns, got 1");
  }

  @Test
  void a_damaged_file_is_read_or_refused() throws IOException {
    byte[] sound = "label,pixel0,pixel1\r\n3,0,255\n\"9\", 51,102\n".getBytes(UTF_8);
    Path file = folder.resolve("damaged.csv");
    Damage.test(
        sound,
        "damaged.csv",
        1000,
        1 << 20,
        bytes -> PixelCsv.read(Files.write(file, bytes), PAIR));
  }
}
