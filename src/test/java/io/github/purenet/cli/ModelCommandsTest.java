package io.github.purenet.cli;

import static io.github.purenet.nn.Layers.affine;
import static io.github.purenet.nn.Layers.batchNorm;
import static io.github.purenet.nn.Layers.conv;
import static io.github.purenet.nn.Layers.globalAvgPool;
import static io.github.purenet.nn.Layers.relu;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import io.github.purenet.io.Npy;
import io.github.purenet.io.Npz;
import io.github.purenet.io.Safetensors;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import io.github.purenet.nn.MeanSquaredError;
import io.github.purenet.nn.Network;
import io.github.purenet.nn.Normalization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that use a model file. */
class ModelCommandsTest {
  @TempDir private Path directory;
  private Network network;
  private Path model;

  @BeforeEach
  void save_a_network() throws IOException {
    network =
        Network.of(
            Shape.of(1, 8, 8), 1, conv(3, 3), batchNorm(), relu(), globalAvgPool(), affine(10));
    model = directory.resolve("model.safetensors");
    network.save(model);
  }

  @Test
  void summary_is_that_of_the_network() throws Exception {
    assertThat(Run.done("summary", model).out().strip()).isEqualTo(network.summary().strip());
    assertThat(Run.done("summary", "lenet").out()).contains("conv2 ").contains("61,706");
    assertThat(Run.done("summary", "LeNet", "--input", "3x32x32", "--classes", "5").out())
        .contains("(3, 32, 32)")
        .contains("(5,)");
    Map<String, Object> document = Run.json("summary", model);
    assertThat(document).containsEntry("input", List.of(1, 8, 8)).containsEntry("frozen", 0);
    assertThat((List<?>) document.get("layers")).hasSize(5);
  }

  @Test
  void summary_refuses_what_cannot_be() {
    Run.isWrong(
        "purenet summary: Invalid value for option '--input': expected channels x height x width"
            + " such as 3x32x32, got 3x0x3",
        "summary",
        "LeNet",
        "--input",
        "3x0x3");
    Run alexNet = Run.of("summary", "AlexNet"); // 28 by 28 is too small
    assertThat(alexNet.code()).isEqualTo(2);
    assertThat(alexNet.err()).startsWith("purenet summary: ");
  }

  @Test
  void export_writes_the_names_and_layouts_of_the_file() throws Exception {
    assertThat(Run.done("export", model).out())
        .isEqualTo(String.format("%s: 8 arrays, 82 numbers%n", directory.resolve("model.npz")));
    Map<String, NDArray> arrays = Npz.read(directory.resolve("model.npz"));
    assertThat(arrays.keySet()).contains("conv1.weight", "batchNorm1.running_mean", "affine1.bias");
    assertThat(arrays.get("affine1.weight").shape()).isEqualTo(Shape.of(10, 3)); // (out, in)
    assertThat(arrays.get("affine1.weight").toArray())
        .isEqualTo(network.parameter("affine1.W").value().transpose().toArray());

    Path other = directory.resolve("other.safetensors");
    Map<String, Object> document =
        Run.json("export", model, "--format", "safetensors", "-o", other);
    assertThat(document).containsEntry("output", other.toString()).containsKey("arrays");
    assertThat(Safetensors.read(other).metadata()).isEmpty();
    assertThat(Safetensors.read(other).arrays().keySet()).isEqualTo(arrays.keySet());
  }

  @Test
  void export_does_not_replace_the_model() {
    Run.isWrong(
        "purenet export: --output: expected another file than MODEL, got " + model,
        "export",
        model,
        "--format",
        "safetensors");
  }

  @Test
  void infer_gives_logits_or_probabilities_in_batches() throws Exception {
    NDArray x = NDArray.uniform(Shape.of(7, 1, 8, 8), 0, 1, new Random(2));
    Path input = directory.resolve("x.npy");
    Path result = directory.resolve("y.npy");
    Npy.write(input, x);

    Run.done(infer(input, result, "--batch-size", "3"));
    NDArray logits = Npy.read(result);
    assertThat(logits.shape()).isEqualTo(Shape.of(7, 10));
    assertThat(logits.toArray()).isEqualTo(network.predict(x).toArray());

    Map<String, Object> document = Run.json(infer(input, result, "--probabilities"));
    assertThat(document)
        .containsEntry("shape", List.of(7, 10))
        .containsEntry("values", "probabilities");
    NDArray probabilities = Npy.read(result);
    for (int n = 0; n < 7; n++) {
      double sum = 0;
      for (int k = 0; k < 10; k++) {
        sum += Math.exp(logits.get(n, k));
      }
      for (int k = 0; k < 10; k++) {
        assertThat((double) probabilities.get(n, k))
            .isCloseTo(Math.exp(logits.get(n, k)) / sum, offset(1e-6));
      }
    }
  }

  private Object[] infer(Path input, Path result, Object... more) {
    return Stream.concat(
            Stream.of("infer", "-m", model, "-i", input, "-o", result), Arrays.stream(more))
        .toArray();
  }

  @Test
  void infer_normalizes_when_it_is_told_to() throws IOException {
    Normalization by = new Normalization(List.of(0.5), List.of(0.25));
    network.setNormalization(by);
    network.save(model);
    NDArray x = NDArray.uniform(Shape.of(2, 1, 8, 8), 0, 1, new Random(2));
    Path input = directory.resolve("x.npy");
    Path result = directory.resolve("y.npy");
    Npy.write(input, x);
    Run.done(infer(input, result));
    assertThat(Npy.read(result).toArray()).isEqualTo(network.predict(x).toArray());
    Run.done(infer(input, result, "--normalize"));
    assertThat(Npy.read(result).toArray()).isEqualTo(network.predict(by.apply(x)).toArray());
  }

  @Test
  void infer_says_what_does_not_fit() throws IOException {
    Path input = directory.resolve("x.npy");
    Path result = directory.resolve("y.npy");
    Npy.write(input, NDArray.zeros(2, 8, 8));
    Run.fails(
        "purenet infer: " + input + ": expected N samples of (1, 8, 8), got an array of (2, 8, 8)",
        infer(input, result));
    Npy.write(input, NDArray.zeros(2, 1, 8, 8));
    network.withLoss(new MeanSquaredError()).save(model);
    Run.fails(
        "purenet infer: probabilities: expected a network with SoftmaxWithLoss or SigmoidWithLoss,"
            + " got one with MeanSquaredError",
        infer(input, result, "--probabilities"));
    assertThat(result).doesNotExist();
    Npy.write(input, NDArray.zeros(0, 1, 8, 8));
    Run.done(infer(input, result));
    assertThat(Npy.read(result).shape()).isEqualTo(Shape.of(0, 10));
  }

  @Test
  void eval_prints_the_report_as_a_table_or_as_numbers() throws Exception {
    MnistFiles.write(directory);
    String table = Run.done("eval", model, "--data", directory).out();
    assertThat(table).contains("precision   recall       F1  samples").contains("accuracy 0.");
    Map<String, Object> document = Run.json("eval", model, "--data", directory, "--part", "train");
    assertThat(document).containsEntry("samples", 6).containsKeys("accuracy", "top5", "confusion");
    assertThat((List<?>) document.get("classes")).hasSize(10);
  }

  @Test
  void eval_makes_of_the_images_what_the_network_expects() throws Exception {
    MnistFiles.write(directory);
    Network larger = Network.of(Shape.of(1, 16, 16), 1, conv(3, 3), relu(), affine(10));
    larger.setNormalization(new Normalization(List.of(0.5), List.of(0.25)));
    larger.save(model);
    Run.done("eval", model, "--data", directory);
    Network.of(Shape.of(3, 8, 8), 1, affine(10)).save(model);
    Run.fails(
        "purenet eval: --data: expected images of (3, 8, 8) for the network, got (1, 8, 8)",
        "eval",
        model,
        "--data",
        directory);
    Network other = Network.of(Shape.of(1, 8, 8), 1, affine(2));
    other.setClassNames(List.of("cat", "dog"));
    other.save(model);
    Run.fails(
        "purenet eval: --data: expected the classes of the network, [cat, dog], got"
            + " [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]",
        "eval",
        model,
        "--data",
        directory);
  }

  @Test
  void a_damaged_model_is_a_failure_that_names_it() throws IOException {
    Files.write(model, new byte[] {1, 2, 3});
    for (String command : List.of("eval", "summary", "export")) {
      Run run = Run.of(command, model);
      assertThat(run.code()).isEqualTo(1);
      assertThat(run.err().lines()).singleElement().asString().contains(model.toString());
    }
  }

  /** What is not ASCII would depend on the encoding of the terminal. */
  @Test
  void json_is_ascii() throws Exception {
    MnistFiles.write(directory);
    Path accented = directory.resolve("mod\u00e8le.npz");
    Run run = Run.done("export", model, "-o", accented, "--json");
    assertThat(run.out()).contains("mod\\u00e8le");
    assertThat(run.out().chars()).allMatch(c -> c < 128);
    assertThat(Run.json("export", model, "-o", accented))
        .containsEntry("output", accented.toString());
  }
}
