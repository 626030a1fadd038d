package io.github.purenet.cli;

import static io.github.purenet.nn.Layers.affine;
import static io.github.purenet.nn.Layers.globalAvgPool;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import io.github.purenet.nn.MeanSquaredError;
import io.github.purenet.nn.Network;
import io.github.purenet.nn.Normalization;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that read pictures: of one color each, and of a black bar on white. */
class PicturesTest {
  @TempDir private Path directory;
  private Path model;

  /** Saves a network that tells blue pictures from red ones. */
  @BeforeEach
  void save_a_network() throws IOException {
    model = directory.resolve("colors.safetensors");
    colors().save(model);
  }

  private static Network colors() {
    Network network = Network.of(Shape.of(3, 8, 8), 1, globalAvgPool(), affine(2));
    network.setParameters(
        Map.of(
            "affine1.W",
            NDArray.of(Shape.of(3, 2), 0, 10, 0, 0, 10, 0),
            "affine1.b",
            NDArray.zeros(2)));
    network.setClassNames(List.of("blue", "red"));
    return network;
  }

  private Path picture(String name, Color color) throws IOException {
    BufferedImage image = new BufferedImage(20, 10, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(color);
    graphics.fillRect(0, 0, 20, 10);
    graphics.dispose();
    return write(name, image);
  }

  private Path write(String name, BufferedImage image) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    ImageIO.write(image, "png", file.toFile());
    return file;
  }

  /** Six pictures of each color in a folder of its name. */
  private Path folder(String name) throws IOException {
    for (int i = 0; i < 6; i++) {
      picture(name + "/red/" + i + ".png", new Color(200 + i, 3 * i, 0));
      picture(name + "/blue/" + i + ".png", new Color(0, 3 * i, 200 + i));
    }
    return directory.resolve(name);
  }

  @Test
  void predict_prints_class_and_probability_of_each_picture() throws Exception {
    Path red = picture("r.png", Color.RED);
    Path blue = picture("blue.png", Color.BLUE);
    assertThat(Run.done("predict", model, red, blue).lines())
        .containsExactly(red + "     red 1.0000", blue + "  blue 1.0000");
    assertThat(Run.done("predict", model, red, "--top", "2").lines())
        .containsExactly(red + "  red 1.0000  blue 0.0000");
    Map<String, Object> document = Run.json("predict", model, red);
    assertThat(document.toString())
        .contains("file=" + red, "class=red", "index=1", "probability=0.9999");
  }

  @Test
  void predict_normalizes_as_the_model_says() throws IOException {
    Network network = colors();
    network.setNormalization(
        new Normalization(List.of(0.5, 0.5, 0.5), List.of(100.0, 100.0, 100.0)));
    network.save(model);
    assertThat(Run.done("predict", model, picture("r.png", Color.RED)).out())
        .contains("red 0.5250"); // 1 / (1 + exp(-10 / 100))
  }

  @Test
  void a_file_that_is_no_picture_keeps_the_others_from_nothing() throws IOException {
    Path red = picture("red.png", Color.RED);
    Path text = Files.writeString(directory.resolve("text.png"), "text");
    Path nowhere = directory.resolve("nowhere.png");
    Run run = Run.of("predict", model, text, red, nowhere);
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.lines()).singleElement().asString().contains("red 1.0000");
    assertThat(run.err().lines()).hasSize(2);
    assertThat(run.err())
        .contains("purenet predict: " + text + ": expected a file of PNG")
        .contains("purenet predict: " + nowhere + ": no such file or directory");
    assertThat(Run.of("predict", model, text, "--json").out())
        .startsWith("{\"images\":[{\"file\":")
        .contains("\"error\":");
  }

  @Test
  void predict_refuses_what_cannot_be() throws IOException {
    Path red = picture("red.png", Color.RED);
    Run.isWrong(
        "purenet predict: --top: expected at least 1, got 0", "predict", model, red, "--top", "0");
    Run.isWrong("purenet predict: Missing required parameter: 'IMAGE'", "predict", model);
    colors().withLoss(new MeanSquaredError()).save(model);
    Run.fails(
        "purenet predict: probabilities: expected a network with SoftmaxWithLoss or"
            + " SigmoidWithLoss, got one with MeanSquaredError",
        "predict",
        model,
        red);
  }

  /** Dark ink on paper is mostly bright; the digit in MNIST's form is mostly dark. */
  @Test
  void a_network_of_digits_gets_pictures_as_mnist_has_them() throws IOException {
    Network network = Network.of(Shape.of(1, 28, 28), 1, globalAvgPool(), affine(10));
    float[] weights = new float[10];
    weights[1] = 100; // bright is 1
    float[] biases = new float[10];
    biases[0] = 50; // dark is 0
    network.setParameters(
        Map.of("affine1.W", NDArray.of(Shape.of(1, 10), weights), "affine1.b", NDArray.of(biases)));
    network.setClassNames(IntStream.range(0, 10).mapToObj(Integer::toString).toList());
    network.save(model);
    BufferedImage bar = new BufferedImage(50, 80, BufferedImage.TYPE_BYTE_GRAY);
    Graphics2D graphics = bar.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, 50, 80);
    graphics.setColor(Color.BLACK);
    graphics.fillRect(22, 10, 6, 60);
    graphics.dispose();
    Path file = write("bar.png", bar);

    assertThat(Run.done("predict", model, file).out()).contains(" 0 1.0000");
    assertThat(Run.done("predict", model, file, "--no-digits").out()).contains(" 1 1.0000");
    network.setClassNames(List.of());
    network.save(model);
    assertThat(Run.done("predict", model, file).out()).contains(" 1 1.0000");
    assertThat(Run.done("predict", model, file, "--digits").out()).contains(" 0 1.0000");
  }

  @Test
  void a_folder_is_learned_and_evaluated() throws Exception {
    Path pictures = folder("pictures");
    Path learned = directory.resolve("learned.safetensors");
    Object[] train = {
      "train",
      "--data",
      pictures,
      "--input",
      "3x8x8",
      "--filters",
      "3",
      "--epochs",
      "2",
      "-o",
      learned,
      "--fit",
      "crop"
    };
    assertThat(Run.done(train).lines().get(0))
        .isEqualTo("SimpleConvNet, 10 training and 2 test images");
    assertThat(Network.load(learned).classNames()).containsExactly("blue", "red");
    Map<String, Object> document = Run.json("eval", model, "--data", pictures);
    assertThat(document).containsEntry("samples", 12).containsEntry("accuracy", 1.0);
    assertThat(Run.done("eval", model, "--data", pictures).out()).contains("blue ", "red ");
  }

  @Test
  void folders_named_train_and_test_are_that() throws Exception {
    folder("set/train");
    picture("set/test/red/1.png", Color.RED);
    Path set = directory.resolve("set");
    Run.fails(
        "purenet eval: "
            + set.resolve("test")
            + ": expected folders of the classes [blue, red], got [red]",
        "eval",
        model,
        "--data",
        set);
    picture("set/test/blue/1.png", Color.BLUE);
    assertThat(Run.json("eval", model, "--data", set)).containsEntry("samples", 2);
    assertThat(Run.json("eval", model, "--data", set, "--part", "train"))
        .containsEntry("samples", 12);
  }

  @Test
  void a_damaged_picture_of_a_folder_is_an_error_or_skipped() throws Exception {
    Path pictures = folder("pictures");
    Path damaged = Files.writeString(pictures.resolve("red/9.png"), "text");
    Run run = Run.of("eval", model, "--data", pictures);
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err().lines())
        .singleElement()
        .asString()
        .startsWith("purenet eval: " + damaged + ": ")
        .endsWith("; --skip-damaged leaves them out");
    Run skipped = Run.done("eval", model, "--data", pictures, "--skip-damaged");
    assertThat(skipped.lines().get(0)).startsWith("skipped " + damaged);
    assertThat(Run.json("eval", model, "--data", pictures, "--skip-damaged"))
        .containsEntry("samples", 12);
  }
}
