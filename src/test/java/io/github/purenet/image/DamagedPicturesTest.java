package io.github.purenet.image;

import io.github.purenet.ndarray.Shape;
import io.github.purenet.testing.Damage;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the bytes are, a picture is read or refused. */
class DamagedPicturesTest {
  private static final Images IMAGES = Images.of(Shape.of(3, 4, 4)).fit(Fit.PAD).maxPixels(1 << 16);

  @ParameterizedTest
  @ValueSource(strings = {"PNG", "PNG indexed", "JPEG", "GIF", "BMP"})
  @Timeout(60)
  void a_damaged_picture_is_read_or_refused(String kind) throws IOException {
    int type =
        kind.contains("indexed") ? BufferedImage.TYPE_BYTE_INDEXED : BufferedImage.TYPE_3BYTE_BGR;
    String format = kind.replaceAll(" .*", "");
    byte[] file = Pictures.encode(Pictures.random(type, 6, 7, 1), format);
    if (format.equals("JPEG")) {
      file = ImagesTest.withExif(file, ByteOrder.LITTLE_ENDIAN, 6);
    }
    Damage.test(
        file,
        "damaged",
        1000,
        16 << 20,
        bytes -> IMAGES.read(new ByteArrayInputStream(bytes), "damaged"));
  }
}
