package io.github.purenet.report;

import static io.github.purenet.nn.Layers.affine;
import static io.github.purenet.nn.Layers.conv;
import static io.github.purenet.nn.Layers.maxPool;
import static io.github.purenet.nn.Layers.relu;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.purenet.data.Dataset;
import io.github.purenet.html.Html;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import io.github.purenet.nn.MeanSquaredError;
import io.github.purenet.nn.Network;
import io.github.purenet.nn.Normalization;
import io.github.purenet.train.Checkpoints;
import io.github.purenet.train.CsvLog;
import io.github.purenet.train.History;
import io.github.purenet.train.Trainer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
  @TempDir private Path directory;

  private static Network network() {
    Network network =
        Network.of(
            Shape.of(1, 8, 8), 1, conv(3, 3), relu(), maxPool(2), affine(5), relu(), affine(3));
    network.setClassNames(List.of("cat", "dog", "eel"));
    return network;
  }

  /** Images whose class can be seen, with some that are of another. */
  private static Dataset samples() {
    Random random = new Random(3);
    NDArray x = NDArray.uniform(Shape.of(24, 1, 8, 8), 0, 1, random);
    NDArray t = NDArray.zeros(24);
    for (int i = 0; i < 24; i++) {
      t.data()[i] = i % 3;
      for (int j = 0; j < 20; j++) {
        x.data()[64 * i + 20 * (i % 7 == 0 ? 0 : i % 3) + j] += 2;
      }
    }
    return Dataset.of(x.divide(3), t);
  }

  private static Trainer.Builder trainer(Network network) {
    return Trainer.builder(network).epochs(2).batchSize(8);
  }

  private static ReportDocument report(Report report) {
    return ReportDocument.of(report.html());
  }

  @Test
  void the_listener_writes_a_whole_page() throws IOException {
    Path folder = directory.resolve("new/folder");
    ReportListener listener = new ReportListener(folder, samples()).name("a run");
    trainer(network())
        .seed(9)
        .listener(listener.setting("data", "noise"))
        .build()
        .fit(samples(), samples());

    String page = Files.readString(folder.resolve("report.html"));
    ReportDocument document = ReportDocument.of(page);
    document.isSound();
    assertThat(document.texts("h1")).containsExactly("a run");
    assertThat(document.texts("h2"))
        .containsExactly(
            "Summary",
            "Training",
            "Network",
            "Filters",
            "Feature maps",
            "Classes",
            "Calibration",
            "Worst mistakes",
            "What it looks at",
            "Last hidden layer",
            "Settings");
    assertThat(document.missing()).isEmpty(); // nothing is missing
    assertThat(document.section("filters")).contains("before the training beside after it");
    assertThat(document.section("settings"))
        .contains("Adam, learning rate 0.001")
        .contains("Batch size8")
        .contains("Seed of the order9")
        .contains("Datanoise")
        .contains("Backend");
    assertThat(document.section("summary")).contains("Accuracy").contains("2 epochs");
    assertThat(document.section("training")).contains("Test accuracy");
    assertThat(document.section("classes")).contains("cat").contains("Mean over the classes");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void what_is_not_known_is_said() {
    ReportDocument document = report(Report.of(network(), samples()));
    document.isSound();
    assertThat(document.section("training")).contains("the history of the training is not known");
    assertThat(document.section("filters")).contains("before the training are not known");
    assertThat(document.section("settings")).contains("Optimizer, batch size and seed");
  }

  @Test
  void hostile_names_are_texts() {
    List<String> hostile = List.of("<script>alert(1)</script>", "\"'&amp;<!--", "\u0000]]>\ud800");
    Network network = network();
    network.setClassNames(hostile);
    Report report = Report.of(network, samples()).name("</title><b>").setting("<i>", "<u>");

    ReportDocument document = report(report);

    document.isSound();
    assertThat(document.texts("h1")).containsExactly("</title><b>");
    assertThat(document.section("settings")).contains("<i>").contains("<u>");
    assertThat(document.section("classes"))
        .contains(hostile.get(0))
        .contains(hostile.get(1))
        .contains("?]]>?");
    assertThat(document.names()).doesNotContain("script", "b", "i", "u");
  }

  @Test
  void two_runs_stand_side_by_side() {
    Network first = network();
    History history = trainer(first).build().fit(samples(), samples());
    Network second = network();
    History other = trainer(second).epochs(4).build().fit(samples(), samples());

    ReportDocument document =
        report(
            Report.of(first, samples())
                .history(history)
                .compare(Report.of(second, samples()).history(other)));

    document.isSound();
    assertThat(document.texts("h1")).containsExactly("Network and Network (2)");
    assertThat(document.texts("th"))
        .contains("Network", "Network (2)", "Difference", "Network (2) right");
    assertThat(document.section("summary")).contains("Epochs24+2");
    assertThat(document.section("classes")).contains("F1 of each class");
    assertThat(document.section("training")).contains("Every epoch of Network (2)");
    assertThat(document.columns("filters")).containsExactly("Network", "Network (2)");
    assertThat(document.columns("classes")).containsExactly("Network", "Network (2)");
  }

  @Test
  void runs_on_different_samples_or_of_different_kinds_are_not_mixed_up() {
    Dataset fewer = samples().head(20);
    Report report = Report.of(network(), samples()).compare(Report.of(network(), fewer));
    assertThat(report(report).section("differences")).contains("judged by different samples");

    Network regression =
        Network.of(Shape.of(1, 8, 8), 1, affine(3)).withLoss(new MeanSquaredError());
    Dataset numbers = Dataset.of(samples().all().x(), NDArray.zeros(24, 3));
    ReportDocument mixed =
        report(Report.of(network(), samples()).compare(Report.of(regression, numbers)));
    mixed.isSound();
    assertThat(mixed.section("differences")).contains("Not both networks are classifiers");
    assertThat(mixed.section("summary")).contains("Mean absolute error");
  }

  @Test
  void the_curves_of_another_run_need_its_history_alone() throws IOException {
    Path log = directory.resolve("log.csv");
    Network network = network();
    History history = trainer(network).listener(new CsvLog(log)).build().fit(samples(), samples());

    ReportDocument document =
        report(
            Report.of(network, samples())
                .history(history)
                .compare("log.csv", History.read(log, history.metric())));

    document.isSound();
    assertThat(document.texts("h1")).containsExactly("Network");
    assertThat(document.section("training")).contains("Every epoch of log.csv");
  }

  @Test
  void a_network_that_is_no_classifier_has_its_loss_and_metric() {
    Network network =
        Network.of(Shape.of(4), 1, affine(3), relu(), affine(2)).withLoss(new MeanSquaredError());
    Dataset numbers =
        Dataset.of(NDArray.uniform(Shape.of(6, 4), 0, 1, new Random(1)), NDArray.zeros(6, 2));
    History history = trainer(network).build().fit(numbers, numbers);

    ReportDocument document = report(Report.of(network, numbers).history(history));

    document.isSound();
    assertThat(document.section("summary"))
        .contains("Mean absolute error")
        .contains("Loss")
        .doesNotContain("F1");
    for (String section : List.of("classes", "calibration", "mistakes", "evidence", "embedding")) {
      assertThat(document.section(section)).contains("no classifier");
    }
    assertThat(document.section("filters")).contains("no convolution");
    assertThat(document.section("maps")).contains("no images");
  }

  @Test
  void normalized_images_are_shown_as_they_were() {
    Network network = network();
    network.setNormalization(new Normalization(List.of(0.25), List.of(0.5)));
    Dataset normalized = samples().normalize(new double[] {0.25}, new double[] {0.5});
    NDArray image = new Samples(network, normalized).image(5);
    NDArray original = samples().all().x().at(5);
    for (int i = 0; i < 64; i++) {
      assertThat(image.data()[i]).isCloseTo(original.data()[i], within(1e-6f));
    }
  }

  @Test
  void a_directory_that_cannot_be_written_to_is_named_before_the_training() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "kept");
    assertThatThrownBy(() -> Report.of(network(), samples()).write(file))
        .isInstanceOf(IOException.class)
        .hasMessage(file + ": expected a directory for the report, got a file");
    Path below = file.resolve("below");
    assertThatThrownBy(() -> Report.of(network(), samples()).write(below))
        .hasMessageStartingWith(below + ": expected a directory for the report, got ");
    Network network = network();
    Map<String, NDArray> before = network.copyParameters();
    assertThatThrownBy(
            () ->
                trainer(network)
                    .listener(new ReportListener(file, samples()))
                    .build()
                    .fit(samples()))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(file + ": expected a directory for the report, got a file");
    assertThat(network.copyParameters().get("conv1.W").toArray())
        .isEqualTo(before.get("conv1.W").toArray());
    assertThat(file).hasContent("kept");
  }

  @Test
  void a_run_that_is_resumed_has_the_filters_from_before() throws IOException {
    Path report = directory.resolve("report.html");
    Network network = network();
    trainer(network)
        .epochs(1)
        .listener(new Checkpoints(directory))
        .listener(new ReportListener(directory, samples()))
        .build()
        .fit(samples(), samples());
    String filters = ReportDocument.of(Files.readString(report)).image("filters");

    Network other = network();
    trainer(other)
        .epochs(1)
        .listener(new Checkpoints(directory))
        .listener(new ReportListener(directory, samples()))
        .build()
        .resume(directory, samples(), samples());
    assertThat(ReportDocument.of(Files.readString(report)).image("filters")).isEqualTo(filters);
  }

  @Test
  void a_run_that_is_resumed_without_the_filters_from_before_says_so() throws IOException {
    trainer(network()).epochs(1).listener(new Checkpoints(directory)).build().fit(samples());
    trainer(network())
        .listener(new Checkpoints(directory))
        .listener(new ReportListener(directory, samples()).everyEpochs(1))
        .build()
        .resume(directory, samples());
    ReportDocument document = ReportDocument.of(Files.readString(directory.resolve("report.html")));
    assertThat(document.section("filters")).contains("before the training are not known");
  }

  @Test
  void the_page_is_also_written_on_the_way() {
    Path report = directory.resolve("report.html");
    boolean[] there = new boolean[4];
    trainer(network())
        .epochs(3)
        .listener(new ReportListener(directory, samples()).everyEpochs(2))
        .listener(epoch -> there[epoch.number()] = Files.exists(report))
        .build()
        .fit(samples());
    assertThat(there).containsExactly(false, false, true, true);
    assertThatThrownBy(() -> new ReportListener(directory, samples()).everyEpochs(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("ReportListener: expected every 1 or more epochs, got 0");
  }

  @Test
  void outputs_that_are_no_numbers_are_said() {
    Network network = network();
    network.parameter("affine2.b").value().set(Float.NaN, 1);

    ReportDocument document = report(Report.of(network, samples()));

    document.isSound();
    assertThat(document.section("summary"))
        .contains("Accuracy0.00")
        .contains("Calibration error\u2013");
    assertThat(document.section("calibration")).contains("some of its outputs are NaN");
    assertThat(document.section("mistakes")).contains("dog, got NaN");
  }

  @Test
  void filters_before_of_another_shape_are_refused() {
    Map<String, NDArray> others = Map.of("conv1.W", NDArray.zeros(3, 1, 5, 5));
    assertThatThrownBy(() -> Report.of(network(), samples()).before(others))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("before: expected conv1.W of (3, 1, 3, 3), got (3, 1, 5, 5)");
  }

  @Test
  void a_figure_that_fails_is_a_sentence() {
    Html html = new Html().open("main");
    Pictures.attempt(
        html,
        "The map",
        () -> {
          throw new IllegalArgumentException("layer: expected <a>");
        });
    Pictures.attempt(
        html,
        "The chart",
        () -> {
          throw new NoClassDefFoundError("org/knowm/xchart/XYChart");
        });
    ReportDocument document = ReportDocument.of(html.close("main").toString());
    assertThat(document.missing())
        .containsExactly(
            "The map cannot be shown: layer: expected <a>.",
            "The chart cannot be drawn: XChart is not on the class path.");
  }

  /** With R: prop.test of 9 and 10 without correction, and binom.test of 1 and 10. */
  @Test
  void intervals_and_tests_have_known_values() {
    double[] bounds = SummarySection.wilson(0.9, 10);
    assertThat(bounds[0]).isCloseTo(0.5958, within(1e-4));
    assertThat(bounds[1]).isCloseTo(0.9821, within(1e-4));
    assertThat(DifferenceSection.signTest(1, 10)).isCloseTo(0.021484375, within(1e-12));
    assertThat(DifferenceSection.signTest(5, 10)).isEqualTo(1);
    assertThat(DifferenceSection.signTest(0, 3000)).isBetween(0.0, 1e-300);
  }

  @Test
  void numbers_are_written_for_readers() {
    assertThat(Words.percent(0.98704)).isEqualTo("98.70\u00a0%");
    assertThat(Words.shortPercent(0.99999)).isEqualTo("> 99.9\u00a0%");
    assertThat(Words.shortPercent(1)).isEqualTo("100.0\u00a0%");
    assertThat(Words.time(0.0000671)).isEqualTo("0.067\u00a0ms");
    assertThat(Words.time(59.4)).isEqualTo("59.4\u00a0s");
    assertThat(Words.time(3725)).isEqualTo("1\u00a0h 02\u00a0min");
    assertThat(Words.difference("%.2f", -0.001)).isEqualTo("0.00");
    assertThat(Words.difference("%.2f", -0.1)).isEqualTo("\u22120.10");
    assertThat(Words.decimal(Double.NaN)).isEqualTo("\u2013");
  }
}
