package io.github.purenet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.purenet.data.Mnist;
import io.github.purenet.model.SimpleConvNet;
import io.github.purenet.nn.Network;
import io.github.purenet.train.Trainer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrainCommandTest {
  @TempDir private Path directory;
  private MnistFiles files;
  private Path model;

  @BeforeEach
  void write_data() throws IOException {
    files = MnistFiles.write(directory);
    model = directory.resolve("model.safetensors");
  }

  /** The arguments of a small training, with more behind them. */
  private Object[] small(Object... more) {
    List<Object> args = new ArrayList<>(List.of("train", "--data", directory, "--output", model));
    args.addAll(Arrays.asList(more));
    List<String> defaults = List.of("--epochs=2", "--batch-size=4", "--filters=2", "--hidden=5");
    defaults.stream()
        .filter(text -> !args.contains(text.replaceFirst("=.*", "")))
        .forEach(args::add);
    return args.toArray();
  }

  @Test
  void trains_on_a_directory_and_ends_with_the_accuracy_and_the_file() throws IOException {
    List<String> lines = Run.done(small("--learning-rate", "0.01", "--seed", "3")).lines();
    assertThat(lines).hasSize(5);
    assertThat(lines.get(0)).isEqualTo("SimpleConvNet, 6 training and 3 test images");
    assertThat(lines.get(1)).startsWith("epoch 1/2  ");
    assertThat(lines.get(2)).startsWith("epoch 2/2  ");
    assertThat(lines.get(3)).matches("test accuracy 0\\.\\d{4}");
    assertThat(lines.get(4)).isEqualTo("saved " + model);
    Network network = Network.load(model);
    assertThat(network).isInstanceOf(SimpleConvNet.class);
    assertThat(network.inputShape().toArray()).containsExactly(1, 8, 8);
    assertThat(network.classNames()).startsWith("0", "1").hasSize(10);
  }

  @Test
  void quiet_leaves_the_result_and_json_is_one_document() throws Exception {
    assertThat(Run.done(small("--quiet")).lines())
        .singleElement()
        .asString()
        .startsWith("test accuracy ");
    Map<String, Object> document = Run.json(small());
    assertThat(document)
        .containsEntry("network", "SimpleConvNet")
        .containsEntry("output", model.toString())
        .containsEntry("interrupted", false)
        .containsEntry("metric", "accuracy");
    assertThat((List<?>) document.get("epochs")).hasSize(2);
    Run run = Run.of(small("--json"));
    assertThat(run.out().lines()).hasSize(1);
    assertThat(run.err()).contains("epoch 1/2 "); // what is on the way goes elsewhere
    assertThat(Run.of(small("--json", "--quiet")).err()).isEmpty();
  }

  @Test
  void the_same_seed_gives_the_same_file() throws IOException {
    Run.done(small("--augment", "shift=1,flip", "--seed", "5"));
    byte[] first = Files.readAllBytes(model);
    Run.done(small("--augment", "shift=1,flip", "--seed", "5"));
    assertThat(Files.readAllBytes(model)).isEqualTo(first);
    Run.done(small("--augment", "shift=1,flip", "--seed", "6"));
    assertThat(Files.readAllBytes(model)).isNotEqualTo(first);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--optimizer adamw --weight-decay 0.1 --schedule onecycle",
        "--optimizer rmsprop --schedule cosine --warm-up 0.5",
        "--optimizer adagrad --clip-norm 1",
        "--optimizer momentum --momentum 0.8 --schedule linear",
        "--optimizer NESTEROV --schedule step --decay-every 1",
        "--optimizer sgd --schedule exponential --decay 0.5",
        "--augment shift=1,rotate=5,zoom=0.1,elastic=3:2,flip,crop=1,brightness=0.1,contrast=0.1,"
            + "cutout=2,mixup=0.2",
        "--limit 4",
        "--normalize"
      })
  void takes_every_setting(String options) {
    Run.done(small((Object[]) options.split(" ", -1)));
    assertThat(model).isRegularFile();
  }

  @ParameterizedTest
  @CsvSource({"LeNet, 3", "DeepConvNet, 2", "simpleconvnet, 1"})
  void trains_every_network(String name, int enlarge) throws IOException {
    Run run = Run.done(small("--network", name, "--enlarge", enlarge, "--epochs", "1"));
    assertThat(run.lines().get(0)).endsWith("Net, 6 training and 3 test images");
    assertThat(Network.load(model).inputShape().dimension(1)).isEqualTo(8 * enlarge);
  }

  @Test
  void learns_the_images_of_cifar_10() throws Exception {
    Random random = new Random(1);
    for (String name :
        List.of(
            "data_batch_1",
            "data_batch_2",
            "data_batch_3",
            "data_batch_4",
            "data_batch_5",
            "test_batch")) {
      byte[] image = new byte[1 + 3 * 32 * 32];
      random.nextBytes(image);
      image[0] = 7;
      Files.write(directory.resolve(name + ".bin"), image);
    }
    Object[] data = {"--data", "cifar10:" + directory};
    Run run = Run.done("train", data[0], data[1], "--epochs", "1", "-o", model, "--filters", "2");
    assertThat(run.lines().get(0)).isEqualTo("SimpleConvNet, 5 training and 1 test images");
    assertThat(Network.load(model).classNames()).contains("horse");
    assertThat(Run.json("eval", model, data[0], data[1])).containsEntry("samples", 1);
    assertThat(Run.of("eval", model, data[0], "cifar10:nowhere").err()).contains("nowhere");
  }

  @Test
  void normalization_is_kept_in_the_file() throws IOException {
    files.idx("train-images-idx3-ubyte", -1, 6, 8, 8); // pixels from 0 to 255
    Run.done(small("--normalize"));
    Network network = Network.load(model);
    assertThat(network.normalization()).isPresent();
    assertThat(network.normalization().get().mean().get(0)).isBetween(0.3, 0.6);
    assertThat(network.normalization().get().deviation().get(0)).isBetween(0.2, 0.4);
  }

  @Test
  void what_is_held_back_is_looked_at_instead_of_the_test_images() throws IOException {
    files.idx("train-images-idx3-ubyte", 100, 8, 8, 8);
    files.idx("train-labels-idx1-ubyte", 1, 8); // 1 always
    files.idx("t10k-labels-idx1-ubyte", 2, 3); // never
    List<String> lines =
        Run.done(small("--validation", "0.25", "--learning-rate", "0.1", "--epochs", "5")).lines();
    assertThat(lines.get(0)).isEqualTo("SimpleConvNet, 6 training, 2 validation and 3 test images");
    assertThat(lines.get(5)).contains(" accuracy 1.0000  test accuracy 1.0000");
    assertThat(lines.get(6)).isEqualTo("test accuracy 0.0000");
  }

  @Test
  void settings_that_cannot_be_are_wrong_use() {
    wrong("epochs: expected at least 1, got 0", "--epochs", "0");
    wrong("batchSize: expected at least 1, got 0", "--batch-size", "0");
    wrong("Schedule.constant: expected learningRate above 0, got -1.0", "--learning-rate", "-1");
    wrong("conv: expected a number of filters of at least 1, got 0", "--filters", "0");
    wrong("affine: expected a number of outputs of at least 1, got 0", "--hidden", "0");
    wrong("Invalid value for option '--epochs': 'many' is not an int", "--epochs", "many");
    wrong("--warm-up: expected 0 to 2 epochs, got 3.0", "--warm-up", "3");
    wrong("--decay-every: expected at least 1 epoch, got 0", "--decay-every", "0");
    wrong("--validation: expected a share above 0 and below 1, got 1.0", "--validation", "1");
    for (String change : List.of("blur", "flip=1", "rotate", "elastic=3", "shift=far", "mixup=")) {
      wrong(
          "--augment: expected shift=PIXELS, rotate=DEGREES, zoom=SHARE, elastic=ALPHA:SIGMA, flip,"
              + " crop=PIXELS, brightness=B, contrast=SHARE, cutout=PIXELS or mixup=ALPHA, got "
              + change,
          "--augment",
          change);
    }
    wrong("--augment: expected an alpha of mixup above 0, got 0.0", "--augment", "mixup=0");
    wrong("--augment: expected each change once, got flip again", "--augment", "flip,flip");
    wrong("--augment: expected a whole number for crop, got 1.5", "--augment", "crop=1.5");
    wrong("EarlyStopping: expected a patience of at least 1 epoch, got 0", "--patience", "0");
    wrong("--resume: expected --checkpoints with the directory to go on from", "--resume");
    Path run = directory.resolve("run");
    wrong(
        "Checkpoints: expected every 1 or more epochs, got 0",
        "--checkpoints",
        run,
        "--checkpoint-epochs",
        "0");
    wrong(
        "--checkpoint-minutes: expected a time above 0, got 0.0",
        "--checkpoints",
        run,
        "--checkpoint-minutes",
        "0");
    wrong("warp: expected scales 0 < least <= most, got -1.0", "--augment", "zoom=2");
    assertThat(model).doesNotExist();
  }

  private void wrong(String message, Object... options) {
    Run.isWrong("purenet train: " + message, small(options));
  }

  @Test
  void data_that_cannot_be_read_are_a_failure() throws IOException {
    Path nowhere = directory.resolve("nowhere");
    Run.fails(
        "purenet train: "
            + nowhere
            + ": expected sample, mnist, fashion, cifar10:DIR or a directory, got none of them",
        "train",
        "--output",
        model,
        "--data",
        nowhere);
    Files.delete(directory.resolve("train-images-idx3-ubyte"));
    Run.fails(
        "purenet train: "
            + directory
            + ": expected a file train-images-idx3-ubyte or train-images-idx3-ubyte.gz or"
            + " train-images.idx3-ubyte or train-images.idx3-ubyte.gz, got none of them",
        small());
    files.idx("train-images-idx3-ubyte", 100, 6, 8, 8);
    files.idx("train-labels-idx1-ubyte", -1, 5);
    Run.fails(
        "purenet train: train-labels-idx1-ubyte: expected 6 labels, one for each image of"
            + " train-images-idx3-ubyte, got 5",
        small());
    Files.write(directory.resolve("train-images-idx3-ubyte"), new byte[] {0, 0, 8});
    Run run = Run.of(small());
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err().lines()).singleElement().asString().contains("train-images-idx3-ubyte");
  }

  @Test
  void a_training_that_cannot_go_on_is_a_failure() throws IOException {
    files.idx("train-images-idx3-ubyte", 0, 0, 8, 8);
    files.idx("train-labels-idx1-ubyte", 0, 0);
    fails("train: expected at least one sample, got an empty data set");
    files.idx("train-images-idx3-ubyte", 0, 1, 8, 8);
    files.idx("train-labels-idx1-ubyte", 77, 1);
    fails(
        "epoch 1, step 1: SoftmaxWithLoss: expected a class index from 0 to 9 in t, got 77.0"
            + " at 0 in (1,); it is sample 0 of the training data");
    assertThat(model).doesNotExist();
  }

  private void fails(String message) {
    Run run = Run.of(small());
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err().lines()).containsExactly("purenet train: " + message);
  }

  @Test
  void a_network_that_is_too_large_is_wrong_use() {
    Run run = Run.of("train", "--hidden", "2000000", "--output", model);
    assertThat(run.err().lines()).first().asString().contains("2000000");
    assertThat(run.code()).isEqualTo(2);
  }

  @Test
  void does_not_begin_when_the_file_cannot_be_written() throws IOException {
    Path nowhere = directory.resolve("nowhere");
    Run.fails(
        "purenet train: " + nowhere + ": no such file or directory",
        "train",
        "--output",
        nowhere.resolve("model.safetensors"));
    Path file = Files.writeString(directory.resolve("file"), "");
    Run.fails(
        "purenet train: " + file + ": not a directory",
        "train",
        "--output",
        file.resolve("model.safetensors"));
    Run.fails(
        "purenet train: " + directory + ": expected a file to write, got a directory",
        "train",
        "--output",
        directory);
  }

  @Test
  void checkpoints_that_cannot_be_written_are_a_failure() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "");
    Run run = Run.of(small("--checkpoints", file));
    assertThat(run.err().lines())
        .containsExactly("purenet train: " + file + ": expected a directory for checkpoints");
    assertThat(run.code()).isEqualTo(1);
  }

  /** The thread that trains is interrupted while it does. */
  @Test
  void an_interrupted_training_saves_what_it_learned_and_ends_with_130() throws IOException {
    Thread.currentThread().interrupt();
    Run run = Run.of(small("--json"));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(run.code()).isEqualTo(130);
    assertThat(run.out()).contains("\"interrupted\":true").contains("\"test\":null");
    assertThat(run.err()).contains("interrupted after 1 steps");
    assertThat(Network.load(model)).isInstanceOf(SimpleConvNet.class);
  }

  @Test
  void a_resumed_training_ends_with_the_file_of_one_that_was_never_interrupted()
      throws IOException {
    Object[] whole = {"--epochs", "3", "--augment", "shift=1", "--seed", "7"};
    Run.done(small(whole));
    byte[] expected = Files.readAllBytes(model);
    Files.delete(model);
    Path run = directory.resolve("run");
    Object[] resumed =
        Stream.concat(Arrays.stream(whole), Stream.of("--checkpoints", run, "--resume")).toArray();

    Thread.currentThread().interrupt(); // ends it after its first step
    Run begin = Run.of(small(resumed));
    assertThat(begin.code()).as(begin.err()).isEqualTo(130);
    assertThat(Thread.interrupted()).isTrue();
    Run end = Run.done(small(resumed));

    assertThat(end.lines().get(1)).isEqualTo("resumed from " + run);
    assertThat(Files.readAllBytes(model)).isEqualTo(expected);
    assertThat(run).isDirectoryContaining("glob:**best.safetensors");
  }

  @Test
  void patience_ends_a_training_that_gains_nothing() throws Exception {
    Map<String, Object> document =
        Run.json(small("--epochs", "50", "--patience", "2", "--learning-rate", "1e-30"));
    assertThat((List<?>) document.get("epochs")).hasSize(3);
    assertThat(document).containsEntry("interrupted", false);
  }

  @Test
  void the_log_has_a_line_for_each_epoch() throws IOException {
    Path log = directory.resolve("log.csv");
    Run.done(small("--log", log));
    assertThat(Files.readAllLines(log)).hasSize(3).first().asString().startsWith("epoch,loss,");
  }

  /** The first line tells where the page is; its button ends the training as Ctrl-C does. */
  @Test
  void a_training_on_a_page_is_stopped_there_and_saved() throws Exception {
    StringWriter out = new StringWriter();
    Object[] args = small("--serve", "--epochs", "1000000", "--checkpoints", directory);
    String[] texts = Arrays.stream(args).map(Object::toString).toArray(String[]::new);
    CompletableFuture<Integer> code =
        CompletableFuture.supplyAsync(
            () -> Main.run(new PrintWriter(out, true), new PrintWriter(out, true), texts));
    while (!out.toString().contains("epoch 1/")) {
      Thread.sleep(1);
    }
    String line = out.toString().lines().filter(text -> text.startsWith("watch")).findAny().get();
    assertThat(line).matches("watch it at http://127\\.0\\.0\\.1:\\d+/");
    HttpRequest stop =
        HttpRequest.newBuilder(URI.create(line.substring(12) + "api/training/stop"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{}"))
            .build();
    HttpClient http = HttpClient.newHttpClient();
    assertThat(http.send(stop, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    assertThat(code.get()).isEqualTo(Main.INTERRUPTED);
    assertThat(out.toString()).endsWith("saved " + model + System.lineSeparator());
    assertThat(numbers(model)).isDeepEqualTo(numbers(directory.resolve("last.safetensors")));
  }

  private static float[][] numbers(Path file) throws IOException {
    return Network.load(file).parameters().stream()
        .map(parameter -> parameter.value().data())
        .toArray(float[][]::new);
  }

  @Test
  void a_page_needs_a_port() {
    Run.isWrong("purenet train: port: expected 0 to 65535, got 65536", small("--serve", "65536"));
  }

  @Test
  void verbose_shows_the_network_and_what_computes() {
    String out = Run.done(small("--verbose")).out();
    assertThat(out)
        .contains("multiply-adds of one sample", System.getProperty("purenet.test.backend"));
  }

  @ParameterizedTest
  @CsvSource({"60000, 100, 600", "60001, 100, 601", "5, 100, 1", "1, 1, 1", "0, 10, 1"})
  void counts_the_steps_that_a_schedule_is_stretched_over(int samples, int batchSize, long steps) {
    assertThat(TrainCommand.stepsPerEpoch(samples, batchSize)).isEqualTo(steps);
  }

  @Test
  void counts_as_many_steps_as_the_trainer_takes() {
    Mnist mnist = Mnist.sample();
    for (int samples : new int[] {19, 20, 21}) {
      Trainer trainer =
          Trainer.builder(SimpleConvNet.builder().filters(1).hidden(2).seed(0).build())
              .epochs(2)
              .batchSize(10)
              .evaluationSamples(1)
              .build();
      int taken =
          trainer.fit(mnist.train().head(samples), mnist.test().head(1)).trainLosses().length;
      assertThat(2 * TrainCommand.stepsPerEpoch(samples, 10)).isEqualTo(taken);
    }
  }
}
