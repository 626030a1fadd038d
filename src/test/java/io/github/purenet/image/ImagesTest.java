package io.github.purenet.image;

import static io.github.purenet.nn.Layers.affine;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import io.github.purenet.nn.Network;
import io.github.purenet.nn.Normalization;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImagesTest {
  private static final int RED = 0xff0000;
  private static final int GREEN = 0x00ff00;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"PNG", "BMP", "GIF"})
  void the_numbers_are_those_of_the_file(String format) throws IOException {
    BufferedImage image = Pictures.halves(0x336699, 0xff00cc, 8, 4);
    Path file = Files.write(folder.resolve("x.dat"), Pictures.encode(image, format));
    NDArray x = Images.of(Shape.of(3, 8, 4)).read(file);
    assertThat(x.shape()).isEqualTo(Shape.of(1, 3, 8, 4));
    float[] row = {0.2f, 0.2f, 1, 1, 0.4f, 0.4f, 0, 0, 0.6f, 0.6f, 0.8f, 0.8f};
    for (int i = 0; i < 12; i++) {
      assertThat(x.get(0, i / 4, 5, i % 4)).isEqualTo(row[i]);
    }
    float gray = Images.of(Shape.of(1, 8, 4)).read(file).get(0, 0, 0, 0);
    assertThat(gray).isCloseTo(0.299f * 0.2f + 0.587f * 0.4f + 0.114f * 0.6f, within(1e-6f));
  }

  @Test
  void a_jpeg_is_read_up_to_its_losses() throws IOException {
    byte[] file = Pictures.encode(Pictures.halves(0x336699, 0x99cc33, 16, 32), "jpeg");
    NDArray x = Images.of(Shape.of(3, 16, 32)).read(new ByteArrayInputStream(file), "x");
    assertThat(x.get(0, 0, 8, 2)).isCloseTo(0.2f, within(0.05f));
    assertThat(x.get(0, 1, 8, 30)).isCloseTo(0.8f, within(0.05f));
  }

  /** Java takes gray for linear and brightens it in getRGB; nobody else does. */
  @Test
  void gray_of_any_depth_stays_as_it_is() throws IOException {
    for (int type :
        new int[] {
          BufferedImage.TYPE_BYTE_GRAY,
          BufferedImage.TYPE_USHORT_GRAY,
          BufferedImage.TYPE_BYTE_BINARY
        }) {
      BufferedImage image = Pictures.random(type, 3, 5, 1);
      byte[] file = Pictures.encode(image, "png");
      float most = (1 << image.getRaster().getSampleModel().getSampleSize(0)) - 1;
      NDArray x = Images.of(Shape.of(1, 3, 5)).read(new ByteArrayInputStream(file), "x");
      NDArray color = Images.of(Shape.of(3, 3, 5)).read(new ByteArrayInputStream(file), "x");
      for (int i = 0; i < 15; i++) {
        float expected = image.getRaster().getSample(i % 5, i / 5, 0) / most;
        assertThat(x.data()[i]).as("type " + type).isEqualTo(expected);
        assertThat(color.get(0, 2, i / 5, i % 5)).isEqualTo(expected);
      }
    }
  }

  /** All kinds of pictures in memory, beside what getRGB says where it tells the truth. */
  @Test
  void pictures_in_memory_of_any_kind_are_converted() {
    for (int type = BufferedImage.TYPE_INT_RGB; type <= BufferedImage.TYPE_BYTE_INDEXED; type++) {
      BufferedImage image = new BufferedImage(3, 2, type);
      image.setRGB(0, 0, 0xffff0000);
      image.setRGB(1, 0, 0xffffffff);
      image.setRGB(2, 1, 0xff000000);
      NDArray x = Images.of(Shape.of(3, 2, 3)).convert(image);
      boolean color = image.getColorModel().getNumColorComponents() == 3;
      boolean two = type == BufferedImage.TYPE_BYTE_BINARY;
      if (color && !two) {
        assertThat(x.get(0, 0, 0, 0)).as("type " + type).isEqualTo(1);
        assertThat(x.get(0, 1, 0, 0)).as("type " + type).isEqualTo(0);
      }
      assertThat(x.at(0).get(2, 0, 1)).as("type " + type).isEqualTo(1);
      assertThat(x.at(0).get(1, 1, 2)).as("type " + type).isEqualTo(0);
    }
  }

  @Test
  void what_is_transparent_lies_on_white() {
    for (int type :
        new int[] {
          BufferedImage.TYPE_INT_ARGB,
          BufferedImage.TYPE_4BYTE_ABGR,
          BufferedImage.TYPE_INT_ARGB_PRE,
          BufferedImage.TYPE_4BYTE_ABGR_PRE
        }) {
      BufferedImage image = new BufferedImage(2, 1, type);
      image.setRGB(1, 0, 0x66000000); // 40 % of black
      assertThat(Images.of(Shape.of(1, 1, 2)).convert(image).toArray())
          .as("type " + type)
          .containsExactly(new float[] {1, 0.6f}, within(1e-6f));
    }
  }

  @Test
  void smaller_pictures_are_averaged_and_larger_ones_interpolated() {
    BufferedImage image = Pictures.halves(0, 0xffffff, 8, 8);
    float[] half = Images.of(Shape.of(1, 1, 2)).convert(image).toArray();
    assertThat(half[0]).isBetween(0.05f, 0.2f); // a triangle reaches over the border
    assertThat(half[0] + half[1]).isCloseTo(1, within(1e-6f));
    BufferedImage two = Pictures.halves(0, 0xffffff, 1, 2);
    assertThat(Images.of(Shape.of(1, 1, 4)).convert(two).toArray())
        .containsExactly(new float[] {0, 0.25f, 0.75f, 1}, within(1e-6f));
    BufferedImage gray = Pictures.halves(0x808080, 0x808080, 37, 53);
    for (int[] size : new int[][] {{1, 1}, {5, 7}, {37, 53}, {40, 100}, {36, 54}}) {
      NDArray x = Images.of(Shape.of(1, size[0], size[1])).convert(gray);
      assertThat(x.min()).isCloseTo(128 / 255f, within(1e-5f));
      assertThat(x.max()).isCloseTo(128 / 255f, within(1e-5f));
    }
  }

  @Test
  void a_picture_is_stretched_cropped_or_padded() {
    BufferedImage wide = Pictures.halves(RED, GREEN, 4, 12);
    wide.setRGB(0, 0, 0x0000ff); // in the corner that is cut off
    Images images = Images.of(Shape.of(3, 4, 4));
    NDArray crop = images.fit(Fit.CROP).convert(wide);
    assertThat(crop.at(0).sum(1, 2).toArray()).containsExactly(8, 8, 0);
    NDArray pad = Images.of(Shape.of(3, 6, 6)).fit(Fit.PAD).convert(wide);
    assertThat(pad.at(0).at(0).sum(1).toArray()).startsWith(0, 0).endsWith(0, 0);
    assertThat(pad.at(0).at(0).sum(1).toArray()[3]).isCloseTo(3, within(1e-5f));
    NDArray stretched = images.convert(wide);
    assertThat(stretched.get(0, 0, 2, 0)).isCloseTo(1, within(1e-5f));
    assertThat(stretched.get(0, 1, 2, 3)).isCloseTo(1, within(1e-5f));
    BufferedImage thin = Pictures.halves(RED, GREEN, 1, 1000);
    assertThat(images.fit(Fit.PAD).convert(thin).at(0).sum(1, 2).toArray()[0])
        .isCloseTo(2, within(1e-3f));
  }

  /** The letter that the files of each orientation show is this one, after turning. */
  @ParameterizedTest
  @CsvSource({
    "1, 123456",
    "2, 321654",
    "3, 654321",
    "4, 456123",
    "5, 142536",
    "6, 415263",
    "7, 635241",
    "8, 362514"
  })
  void a_jpeg_is_turned_as_its_exif_data_say(int orientation, String turned) {
    BufferedImage stored = new BufferedImage(3, 2, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < 6; i++) {
      stored.getRaster().setSample(i % 3, i / 3, 0, 10 * (i + 1));
    }
    Shape shape = orientation < 5 ? Shape.of(1, 2, 3) : Shape.of(1, 3, 2);
    for (Fit fit : Fit.values()) {
      StringBuilder seen = new StringBuilder();
      for (float value : new Picture(stored, orientation).fitted(shape, fit).toArray()) {
        seen.append(Math.round(value * 25.5f));
      }
      assertThat(seen).as(fit.toString()).hasToString(turned);
    }
  }

  @Test
  void the_orientation_is_found_in_either_order_of_bytes() throws IOException {
    byte[] jpeg = Pictures.encode(Pictures.halves(RED, GREEN, 16, 32), "jpeg");
    for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
      byte[] file = withExif(jpeg, order, 6);
      assertThat(Exif.orientation(file)).isEqualTo(6);
      NDArray x = Images.of(Shape.of(3, 32, 16)).read(new ByteArrayInputStream(file), "x");
      assertThat(x.get(0, 0, 4, 8)).isGreaterThan(0.8f);
      assertThat(x.get(0, 1, 28, 8)).isGreaterThan(0.8f);
      for (int end = 0; end < 100; end++) {
        assertThat(Exif.orientation(Arrays.copyOf(file, end))).isIn(1, 6);
      }
      for (int wrong : new int[] {0, 9, 65535}) {
        assertThat(Exif.orientation(withExif(jpeg, order, wrong))).isEqualTo(1);
      }
    }
    assertThat(Exif.orientation(jpeg)).isEqualTo(1);
  }

  /** Puts a segment of EXIF data, of two entries, behind the start of a JPEG. */
  static byte[] withExif(byte[] jpeg, ByteOrder order, int orientation) {
    ByteBuffer tiff = ByteBuffer.allocate(38).order(order);
    tiff.put((order == ByteOrder.BIG_ENDIAN ? "MM" : "II").getBytes(StandardCharsets.US_ASCII));
    tiff.putShort((short) 42).putInt(8).putShort((short) 2);
    tiff.putShort((short) 0x0100).putShort((short) 4).putInt(1).putInt(32);
    tiff.putShort((short) 0x0112).putShort((short) 3).putInt(1).putShort((short) orientation);
    ByteBuffer file = ByteBuffer.allocate(jpeg.length + 48);
    file.put(jpeg, 0, 2).putShort((short) 0xffe1).putShort((short) 46);
    file.put("Exif\0\0".getBytes(StandardCharsets.US_ASCII)).put(tiff.array());
    return file.put(jpeg, 2, jpeg.length - 2).array();
  }

  @Test
  void a_network_says_shape_and_normalization() {
    Network network = Network.of(Shape.of(3, 2, 2), 1, affine(2));
    network.setNormalization(new Normalization(List.of(0.5, 0.5, 0.0), List.of(0.5, 0.25, 1.0)));
    BufferedImage image = Pictures.halves(RED, RED, 2, 2);
    NDArray x = Images.of(network).convert(image);
    assertThat(network.predict(x).shape()).isEqualTo(Shape.of(1, 2));
    assertThat(x.toArray()).containsExactly(1, 1, 1, 1, -2, -2, -2, -2, 0, 0, 0, 0);
    Network vectors = Network.of(Shape.of(12), 1, affine(2));
    assertThatThrownBy(() -> Images.of(vectors))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("images: expected a shape (1, H, W) or (3, H, W), got (12,)");
    assertThatThrownBy(
            () ->
                Images.of(Shape.of(1, 2, 2))
                    .normalize(new Normalization(List.of(0.0, 0.0), List.of(1.0, 1.0))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("normalization: expected samples (C, H, W) of 2 channels");
  }

  @Test
  void errors_name_the_file() throws IOException {
    Images images = Images.of(Shape.of(1, 2, 2));
    Path text = Files.writeString(folder.resolve("text.png"), "hello");
    assertThatThrownBy(() -> images.read(text))
        .isInstanceOf(IOException.class)
        .hasMessage(
            text + ": expected a file of PNG, JPEG, BMP or GIF, got 5 bytes of another format");
    Path missing = folder.resolve("missing.png");
    assertThatThrownBy(() -> images.read(missing))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessage(missing.toString());
    assertThatThrownBy(() -> images.read(folder))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(folder.toString());
    byte[] png = Pictures.encode(Pictures.random(BufferedImage.TYPE_BYTE_GRAY, 9, 9, 1), "png");
    Path cut = Files.write(folder.resolve("cut.png"), Arrays.copyOf(png, 70));
    assertThatThrownBy(() -> images.read(cut))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(cut + ": cannot be read as PNG: ");
    assertThatThrownBy(() -> images.maxPixels(80).read(Files.write(cut, png)))
        .isInstanceOf(IOException.class)
        .hasMessageEndingWith("expected at most 80 pixels in " + png.length + " bytes, got 9 by 9");
    assertThatThrownBy(() -> images.maxPixels(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Images.of(Shape.of(2, 3, 3)))
        .hasMessage("images: expected a shape (1, H, W) or (3, H, W), got (2, 3, 3)");
  }

  /** The reader of JPEG would return the beginning of the picture, and the rest in gray. */
  @ParameterizedTest
  @ValueSource(strings = {"PNG", "JPEG", "GIF", "BMP"})
  void a_picture_whose_end_is_missing_is_refused(String format) {
    BufferedImage image = Pictures.random(BufferedImage.TYPE_3BYTE_BGR, 40, 40, 1);
    byte[] file = Pictures.encode(image, format);
    for (int length : new int[] {file.length / 4, file.length / 2, file.length * 9 / 10}) {
      byte[] cut = Arrays.copyOf(file, length);
      assertThatThrownBy(
              () -> Images.of(Shape.of(1, 2, 2)).read(new ByteArrayInputStream(cut), "cut"))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("cut: cannot be read as " + format + ": ");
    }
  }

  /** A header may claim a picture that no memory can hold. */
  @Test
  void a_bomb_is_refused_before_it_is_unpacked() {
    byte[] png = Pictures.encode(Pictures.random(BufferedImage.TYPE_BYTE_GRAY, 9, 9, 1), "png");
    ByteBuffer.wrap(png).putInt(16, 2_000_000_000).putInt(20, 2_000_000_000);
    CRC32 sum = new CRC32();
    sum.update(png, 12, 17);
    ByteBuffer.wrap(png).putInt(29, (int) sum.getValue());
    assertThatThrownBy(
            () -> Images.of(Shape.of(1, 2, 2)).read(new ByteArrayInputStream(png), "bomb"))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("bomb: ");
  }

  /** Each scan of a progressive JPEG visits all pixels, and may be of a few bytes. */
  @Test
  void a_jpeg_of_many_scans_is_refused() throws IOException {
    Images images = Images.of(Shape.of(1, 2, 2));
    byte[] jpeg = Pictures.progressive(Pictures.halves(RED, GREEN, 16, 16));
    assertThat(Scans.count(jpeg)).isBetween(2, 30);
    assertThat(images.read(new ByteArrayInputStream(jpeg), "few").shape().size()).isEqualTo(4);
    int last = Pictures.lastScan(jpeg);
    byte[] scan = Arrays.copyOfRange(jpeg, last, jpeg.length - 2);
    byte[] tables = {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xd9};
    for (byte[] before : new byte[][] {{}, tables}) {
      ByteArrayOutputStream bomb = new ByteArrayOutputStream();
      bomb.writeBytes(before);
      bomb.write(jpeg, 0, last);
      for (int i = 0; i < 1000; i++) {
        bomb.writeBytes(scan);
      }
      bomb.write(jpeg, jpeg.length - 2, 2);
      byte[] file = bomb.toByteArray();
      assertThatThrownBy(() -> images.read(new ByteArrayInputStream(file), "bomb"))
          .isInstanceOf(IOException.class)
          .hasMessage("bomb: cannot be read as JPEG: expected at most 100 scans, got more");
    }
  }

  /** The picture inside has a size of its own, which nobody has looked at. */
  @Test
  void a_bmp_that_holds_another_file_is_refused() {
    byte[] png = Pictures.encode(Pictures.random(BufferedImage.TYPE_BYTE_GRAY, 90, 90, 1), "png");
    ByteBuffer bmp = ByteBuffer.allocate(54 + png.length).order(ByteOrder.LITTLE_ENDIAN);
    bmp.put((byte) 'B').put((byte) 'M').putInt(bmp.capacity()).putInt(0).putInt(54);
    bmp.putInt(40).putInt(4).putInt(4).putShort((short) 1).putShort((short) 0);
    bmp.putInt(5).putInt(png.length).putInt(0).putInt(0).putInt(0).putInt(0).put(png);
    assertThatThrownBy(
            () ->
                Images.of(Shape.of(1, 2, 2))
                    .maxPixels(16)
                    .read(new ByteArrayInputStream(bmp.array()), "bomb"))
        .isInstanceOf(IOException.class)
        .hasMessageEndingWith("expected pixels, got a JPEG or PNG inside");
  }
}
