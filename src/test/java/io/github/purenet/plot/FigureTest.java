package io.github.purenet.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

class FigureTest {
  private static final Figure FLAG =
      new Figure(40, 20) {
        @Override
        protected void draw(Graphics2D g) {
          g.setColor(Color.WHITE);
          g.fillRect(0, 0, 40, 20);
          g.setColor(Color.RED);
          g.fillRect(10, 5, 20, 10);
          g.drawString("a < b & ü", 2, 18);
          g.drawImage(new BufferedImage(2, 2, BufferedImage.TYPE_INT_RGB), 0, 0, null);
        }
      };

  @Test
  void is_an_image_of_any_scale() {
    BufferedImage image = FLAG.image(3);

    assertThat(image.getWidth()).isEqualTo(120);
    assertThat(image.getHeight()).isEqualTo(60);
    assertThat(image.getRGB(31, 16)).isEqualTo(Color.RED.getRGB());
    assertThat(image.getRGB(118, 2)).isEqualTo(Color.WHITE.getRGB());
  }

  @Test
  void writes_png_with_two_pixels_a_unit(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("flag.png");
    FLAG.writePng(file);

    BufferedImage read = ImageIO.read(file.toFile());
    assertThat(read.getWidth()).isEqualTo(80);
    assertThat(ImageIO.read(new ByteArrayInputStream(FLAG.png())).getHeight()).isEqualTo(40);
  }

  @Test
  void writes_svg_with_text_and_pictures_inside(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("flag.svg");
    FLAG.writeSvg(file);

    Element svg =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(file.toFile())
            .getDocumentElement();
    assertThat(svg.getAttribute("viewBox")).isEqualTo("0 0 40 20");
    assertThat(svg.getAttribute("width")).isEqualTo("40");
    assertThat(svg.getTextContent()).contains("a < b & ü");
    assertThat(Files.readString(file)).contains("data:image/png;base64,").doesNotContain("DOCTYPE");
  }

  @Test
  void says_what_is_wrong_with_a_size() {
    assertThatThrownBy(() -> FLAG.image(0))
        .hasMessageContaining("figure: expected a scale")
        .hasMessageEndingWith("got 0.0");
    assertThatThrownBy(() -> FLAG.image(Double.NaN)).hasMessageEndingWith("got NaN");
    assertThatThrownBy(() -> FLAG.image(1e9)).hasMessageEndingWith("got 1.0E9");
  }

  @Test
  void a_directory_that_is_not_there_is_named(@TempDir Path directory) {
    Path file = directory.resolve("no").resolve("flag.png");

    assertThatThrownBy(() -> FLAG.writePng(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file.toString());
  }
}
