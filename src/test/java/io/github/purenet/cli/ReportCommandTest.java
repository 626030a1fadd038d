package io.github.purenet.cli;

import static io.github.purenet.nn.Layers.affine;
import static io.github.purenet.nn.Layers.conv;
import static io.github.purenet.nn.Layers.relu;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.purenet.ndarray.Shape;
import io.github.purenet.nn.Network;
import io.github.purenet.report.ReportDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code purenet report}. */
class ReportCommandTest {
  private static final String LOG =
      """
      epoch,loss,train_accuracy,test_accuracy,learning_rate,seconds
      1,2.5,0.25,0.125,0.001,1.500
      2,1.5,0.75,0.625,0.001,1.500
      """;

  @TempDir private Path directory;
  private Path model;
  private Path out;

  @BeforeEach
  void save_a_network() throws IOException {
    MnistFiles.write(directory);
    model = directory.resolve("model.safetensors");
    out = directory.resolve("made/out");
    network(1).save(model);
  }

  private static Network network(long seed) {
    return Network.of(Shape.of(1, 8, 8), seed, conv(2, 3), relu(), affine(4), relu(), affine(10));
  }

  private Object[] command(Object... more) {
    List<Object> args =
        new ArrayList<>(List.of("report", "-m", model, "--data", directory, "-o", out));
    args.addAll(List.of(more));
    return args.toArray();
  }

  private ReportDocument made() throws IOException {
    ReportDocument document = ReportDocument.of(Files.readString(out.resolve("report.html")));
    document.isSound();
    return document;
  }

  @Test
  void a_model_file_alone_makes_a_report() throws Exception {
    assertThat(Run.done(command()).out().strip()).isEqualTo(out.resolve("report.html").toString());
    ReportDocument document = made();
    assertThat(document.texts("h1")).containsExactly("model");
    assertThat(document.section("settings")).contains(model.toString()).contains("3 test images");
    assertThat(document.section("training")).contains("the history of the training is not known");
  }

  @Test
  void a_log_and_the_network_before_are_shown() throws Exception {
    Path log = Files.writeString(directory.resolve("my.csv"), LOG);
    Path before = directory.resolve("before.safetensors");
    network(7).save(before);
    Map<String, Object> document =
        Run.json(command("--log", log, "--before", before, "--part", "train"));
    assertThat(document).containsEntry("output", out.resolve("report.html").toString());
    assertThat(made().section("training")).contains("0.6250");
    assertThat(made().section("filters")).contains("before the training beside after it");
    assertThat(made().section("settings")).contains(log.toString()).contains("6 train images");
  }

  @Test
  void training_writes_the_network_before_it_for_the_filters() throws Exception {
    Path before = directory.resolve("before.safetensors");
    String[] train = {
      "train",
      "--data",
      directory.toString(),
      "--filters",
      "2",
      "--epochs",
      "1",
      "-o",
      model.toString(),
      "--before",
      before.toString(),
      "-q"
    };
    Run.done((Object[]) train);
    float[] trained = Network.load(model).parameter("W1").value().toArray();
    assertThat(Network.load(before).parameter("W1").value().toArray()).isNotEqualTo(trained);
    Run.done(command("--before", before));
    assertThat(made().section("filters")).contains("before the training beside after it");
    train[10] = directory.toString();
    Run.fails(
        "purenet train: " + directory + ": expected a file to write, got a directory",
        (Object[]) train);
  }

  @Test
  void a_log_beside_the_model_is_found() throws Exception {
    Path log = Files.writeString(directory.resolve("log.csv"), LOG);
    Run.done(command());
    assertThat(made().section("settings")).contains("History of the training from" + log);
    Files.writeString(log, "another kind of log\n");
    Run.done(command());
    assertThat(made().section("training")).contains("the history of the training is not known");
  }

  @Test
  void training_writes_a_report_and_a_checkpoint_from_which_another_one_is_made() throws Exception {
    Run.done(
        "train",
        "--data",
        directory,
        "--network",
        "SimpleConvNet",
        "--filters",
        "2",
        "--epochs",
        "1",
        "--checkpoints",
        directory,
        "-o",
        model,
        "--report",
        out,
        "-q");
    assertThat(made().texts("h1")).containsExactly("model");
    assertThat(made().section("settings")).contains("6 training and 3 test images");
    assertThat(made().section("filters")).contains("before the training beside after it");
    Run.done(command());
    assertThat(made().section("settings"))
        .contains("last.safetensors")
        .contains("Adam, learning rate 0.001");
    network(3).save(model);
    Run.done(command());
    assertThat(made().section("training")).contains("the history of the training is not known");
  }

  @Test
  void a_report_that_cannot_be_written_does_not_cost_the_network() throws Exception {
    Path page = Files.createDirectories(out.resolve("report.html"));
    Files.delete(model);
    Run run =
        Run.of(
            "train",
            "--data",
            directory,
            "--filters",
            "2",
            "--epochs",
            "1",
            "-o",
            model,
            "--report",
            out,
            "-q");
    assertThat(run.code()).isEqualTo(Main.FAILED);
    assertThat(run.err()).startsWith("purenet train: " + page + ": cannot write: ");
    assertThat(Network.load(model).parameters()).isNotEmpty();
  }

  @Test
  void two_models_or_two_logs_are_compared() throws Exception {
    Path log = Files.writeString(directory.resolve("a.csv"), LOG);
    Path other = directory.resolve("other.safetensors");
    network(2).save(other);
    Run.done(command("--log", log, "--compare", other, "--compare-log", log));
    assertThat(made().texts("h1")).containsExactly("model and other");
    assertThat(made().section("training")).contains("Every epoch of other");
    Run.done(command("--log", log, "--compare", log));
    assertThat(made().texts("h1")).containsExactly("model");
    assertThat(made().section("training")).contains("Every epoch of a.csv");
  }

  @Test
  void what_cannot_be_is_refused_and_nothing_is_written() throws IOException {
    Run.isWrong(
        "purenet report: --compare-log: expected --compare with the network of that training",
        command("--compare-log", "a.csv"));
    Run.isWrong(
        "purenet report: --batch-size: expected at least 1, got 0", command("--batch-size", "0"));
    Path none = directory.resolve("none.csv");
    Run.fails("purenet report: " + none + ": no such file or directory", command("--log", none));
    assertThat(out).doesNotExist();
    Path file = Files.writeString(directory.resolve("file"), "kept");
    out = file;
    Run.fails(
        "purenet report: " + file + ": expected a directory for the report, got a file", command());
    assertThat(file).hasContent("kept");
  }
}
