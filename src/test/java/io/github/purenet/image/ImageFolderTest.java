package io.github.purenet.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.purenet.data.Batch;
import io.github.purenet.data.Dataset;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFolderTest {
  private static final Images IMAGES = Images.of(Shape.of(3, 2, 2));

  @TempDir Path root;

  /** Classes "Zebra" of one and "ape" of three pictures, and what is no picture. */
  @BeforeEach
  void write() throws IOException {
    picture("ape/b.PNG", 0x00ff00, "png");
    picture("ape/a.bmp", 0x330000, "bmp");
    picture("ape/more/c.gif", 0x0000ff, "gif");
    picture("Zebra/x.jpeg", 0xffffff, "jpeg");
    picture("Zebra/.hidden.png", 0, "png");
    picture(".trash/x.png", 0, "png");
    Files.writeString(root.resolve("ape/notes.txt"), "three apes");
    Files.writeString(root.resolve("readme.txt"), "two classes");
  }

  private Path picture(String name, int color, String format) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.write(file, Pictures.encode(Pictures.halves(color, color, 8, 8), format));
  }

  @Test
  void a_folder_is_a_class_and_names_are_sorted() throws IOException {
    ImageFolder folder = ImageFolder.open(root, IMAGES);
    assertThat(folder.classNames()).containsExactly("Zebra", "ape");
    assertThat(
            IntStream.range(0, 4)
                .mapToObj(i -> root.relativize(folder.file(i)).toString().replace('\\', '/')))
        .containsExactly("Zebra/x.jpeg", "ape/a.bmp", "ape/b.PNG", "ape/more/c.gif");
    Batch all = folder.all();
    assertThat(all.t().toArray()).containsExactly(0, 1, 1, 1);
    assertThat(all.x().shape()).isEqualTo(Shape.of(4, 3, 2, 2));
    assertThat(all.x().at(1).toArray()).containsExactly(.2f, .2f, .2f, .2f, 0, 0, 0, 0, 0, 0, 0, 0);
    assertThat(folder.stratifiedSplit(0.5, 1).first().all().t().toArray()).contains(1);
  }

  @Test
  void files_are_read_when_their_samples_are_copied() throws IOException {
    ImageFolder folder = ImageFolder.open(root, IMAGES);
    Dataset apes = folder.ofClasses(1);
    picture("ape/b.PNG", 0xff0000, "png");
    assertThat(apes.all().x().at(1).at(0).toArray()).containsOnly(1);
    Files.delete(root.resolve("Zebra/x.jpeg"));
    assertThat(folder.skip(1).all().t().toArray()).containsOnly(1);
  }

  @Test
  void a_picture_that_cannot_be_read_is_an_error_or_left_out() throws IOException {
    Path bad = root.resolve("ape/b.PNG");
    byte[] png = Files.readAllBytes(bad);
    Files.write(bad, Arrays.copyOf(png, png.length / 2));
    Path worse = Files.writeString(root.resolve("ape/z.jpg"), "a web page");
    ImageFolder folder = ImageFolder.open(root, IMAGES);
    assertThat(folder.skipped()).isEmpty();
    assertThatThrownBy(folder::all)
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageStartingWith(bad + ": cannot be read as PNG: ")
        .hasCauseInstanceOf(IOException.class);
    ImageFolder readable = folder.readable();
    assertThat(readable.skipped()).hasSize(2);
    assertThat(readable.skipped().get(0)).startsWith(bad + ": ");
    assertThat(readable.skipped().get(1)).startsWith(worse + ": expected a file of PNG");
    assertThat(readable.all().t().toArray()).containsExactly(0, 1, 1);
    assertThat(readable.classNames()).isEqualTo(folder.classNames());
    assertThat(readable.readable().skipped()).isEqualTo(readable.skipped());
  }

  @Test
  void any_number_of_threads_may_read() throws IOException {
    ImageFolder folder = ImageFolder.open(root, IMAGES);
    float[] expected = folder.all().x().toArray();
    List<float[]> got =
        IntStream.range(0, 40).parallel().mapToObj(i -> folder.all().x().toArray()).toList();
    assertThat(got).allSatisfy(x -> assertThat(x).isEqualTo(expected));
  }

  @Test
  void folders_that_are_no_data_set_are_refused() throws IOException {
    assertThatThrownBy(() -> ImageFolder.open(root.resolve("readme.txt"), IMAGES))
        .isInstanceOf(NotDirectoryException.class)
        .hasMessage(root.resolve("readme.txt") + ": expected a folder of folders of pictures");
    Path empty = Files.createDirectory(root.resolve("bear"));
    assertThatThrownBy(() -> ImageFolder.open(root, IMAGES))
        .isInstanceOf(IOException.class)
        .hasMessage(empty + ": expected pictures of a class, got none");
    assertThatThrownBy(() -> ImageFolder.open(empty, IMAGES))
        .isInstanceOf(IOException.class)
        .hasMessage(empty + ": expected a folder for each class, got none");
  }

  @Test
  void samples_and_rows_are_checked() throws IOException {
    ImageFolder folder = ImageFolder.open(root, IMAGES);
    NDArray x = NDArray.zeros(2, 3, 2, 2);
    NDArray t = NDArray.zeros(2);
    for (int wrong : new int[] {Integer.MIN_VALUE, -1, 4, Integer.MAX_VALUE}) {
      assertThatThrownBy(() -> folder.copyTo(wrong, x, t, 0))
          .hasMessageStartingWith("index: expected one of 4 samples of (3, 2, 2), got ");
      assertThatThrownBy(() -> folder.copyTargetTo(0, t, wrong))
          .hasMessageStartingWith("row: expected 0 to 1, got ");
      assertThatThrownBy(() -> folder.file(wrong))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("index: expected one of 4 files, got " + wrong);
    }
  }
}
