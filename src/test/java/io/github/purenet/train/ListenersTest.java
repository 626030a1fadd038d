package io.github.purenet.train;

import static io.github.purenet.nn.Layers.affine;
import static io.github.purenet.nn.Layers.relu;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.purenet.data.Dataset;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import io.github.purenet.nn.Network;
import io.github.purenet.optim.Adam;
import io.github.purenet.optim.Schedule;
import io.github.purenet.optim.Sgd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Listeners, and the ways in which a run ends or is computed. */
class ListenersTest {
  @TempDir Path folder;

  private static Network network() {
    return Network.of(Shape.of(4), 1, affine(8), relu(), affine(2));
  }

  private static Trainer.Builder builder() {
    return Trainer.builder(network()).epochs(2).batchSize(10);
  }

  /** Notes what it is told of. */
  private record Noting(List<String> told) implements Listener {
    @Override
    public void trainingStarted(Training training) {
      told.add("started " + training.epochs() + " " + training.steps());
    }

    @Override
    public void stepEnded(Step step) {
      told.add("step " + step.epoch() + "." + step.number() + " of " + step.samples());
    }

    @Override
    public void epochEnded(Epoch epoch) {
      told.add("epoch " + epoch.number());
    }

    @Override
    public void trainingEnded(History history) {
      told.add("ended " + history.ending());
    }
  }

  @Test
  void are_told_of_everything_in_order() {
    List<String> told = new ArrayList<>();
    builder().listener(new Noting(told)).build().fit(TrainerTest.points(25, 1));
    assertThat(told)
        .containsExactly(
            "started 2 3",
            "step 1.1 of 10",
            "step 1.2 of 10",
            "step 1.3 of 5",
            "epoch 1",
            "step 2.1 of 10",
            "step 2.2 of 10",
            "step 2.3 of 5",
            "epoch 2",
            "ended complete");
  }

  @Test
  void without_test_samples_there_is_no_test_metric() {
    List<String> lines = new ArrayList<>();
    History history = builder().verbose(lines::add).build().fit(TrainerTest.points(25, 1));
    assertThat(history.testMetric()).isNaN();
    assertThat(history.testMetrics()).containsExactly(Double.NaN, Double.NaN);
    assertThat(history.trainMetrics()).doesNotContain(Double.NaN);
    assertThat(lines.get(0))
        .matches("epoch 1/2  \\d\\.\\d s  loss 0\\.\\d{4}  train accuracy [01]\\.\\d{4}");
  }

  @Test
  void a_run_is_stopped_from_another_thread() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    Listener tell = epoch -> begun.countDown();
    List<String> lines = new ArrayList<>();
    Trainer trainer =
        builder().epochs(Integer.MAX_VALUE).listener(tell).verbose(lines::add).build();
    trainer.stop(); // without a run
    History[] history = new History[1];
    Thread thread =
        new Thread(
            () -> history[0] = trainer.fit(TrainerTest.points(25, 1), TrainerTest.points(5, 2)));
    thread.start();
    begun.await();
    trainer.stop();
    thread.join();
    assertThat(history[0].ending()).isEqualTo(Ending.STOPPED);
    assertThat(lines.get(lines.size() - 1)).matches("stopped after \\d+ steps, \\d+ whole epochs");
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .doesNotContain("purenet-batches", "purenet-stop");
  }

  @Test
  void parts_of_a_batch_make_the_step_of_the_whole() {
    Network whole = network();
    Network parts = network();
    History expected =
        Trainer.builder(whole)
            .optimizer(new Sgd(0.1))
            .epochs(3)
            .batchSize(25)
            .build()
            .fit(TrainerTest.points(60, 1));
    History history =
        Trainer.builder(parts)
            .optimizer(new Sgd(0.1))
            .epochs(3)
            .batchSize(25)
            .samplesAtOnce(7)
            .build()
            .fit(TrainerTest.points(60, 1));
    double[] losses = expected.trainLosses();
    for (int i = 0; i < losses.length; i++) {
      assertThat(history.trainLosses()[i]).isCloseTo(losses[i], within(1e-5));
    }
    Map<String, NDArray> values = whole.copyParameters();
    parts
        .copyParameters()
        .forEach(
            (name, value) ->
                assertThat(value.toArray())
                    .usingComparatorWithPrecision(1e-5f)
                    .containsExactly(values.get(name).toArray()));
    assertThat(parts.step()).as("one for each part").isEqualTo(3 * (4 + 4 + 2));
  }

  @Test
  void a_sample_that_cannot_be_read_is_named() {
    Dataset sound = TrainerTest.points(20, 1);
    Dataset broken =
        sound.map(
            x -> {
              if (x.get(0) == sound.all().x().get(13, 0)) {
                throw new IllegalArgumentException("picture: expected a digit, got a cat");
              }
              return x;
            });
    assertThatThrownBy(() -> builder().epochs(1).batchSize(20).build().fit(broken))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "epoch 1, step 1: picture: expected a digit, got a cat; it is sample 13 of the training"
                + " data");
  }

  @Test
  void a_csv_file_has_a_line_for_each_epoch() throws IOException {
    Path file = folder.resolve("log.csv");
    Path directory = folder.resolve("run");
    Trainer.Builder builder =
        builder().optimizer(new Adam(Schedule.constant(0.01))).listener(new Checkpoints(directory));
    builder
        .listener(new CsvLog(file))
        .build()
        .fit(TrainerTest.points(25, 1), TrainerTest.points(9, 2));
    List<String> lines = Files.readAllLines(file);
    assertThat(lines).hasSize(3);
    assertThat(lines.get(0))
        .isEqualTo("epoch,loss,train_accuracy,test_accuracy,learning_rate,seconds");
    assertThat(lines.get(2)).matches("2,0\\.\\d+,[01]\\.\\d+,[01]\\.\\d+,0\\.01,\\d+\\.\\d{3}");

    Trainer more =
        Trainer.builder(network())
            .epochs(4)
            .batchSize(10)
            .optimizer(new Adam(Schedule.constant(0.01)))
            .listener(epoch -> {})
            .listener(new CsvLog(file))
            .build();
    more.resume(directory, TrainerTest.points(25, 1), TrainerTest.points(9, 2));
    assertThat(Files.readAllLines(file)).hasSize(5).startsWith(lines.toArray(String[]::new));

    CsvLog nowhere = new CsvLog(folder.resolve("no/log.csv"));
    assertThatThrownBy(() -> builder().listener(nowhere).build().fit(TrainerTest.points(25, 1)))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageStartingWith(folder.resolve("no/log.csv") + ": cannot write the log: ");
  }

  @Test
  void learning_rates_are_noted() {
    TrainingRecord record = new TrainingRecord();
    builder()
        .optimizer(new Adam(Schedule.cosine(0.5, 0.1, 4)))
        .listener(record)
        .build()
        .fit(TrainerTest.points(20, 1));
    assertThat(record.learningRates()[0]).isEqualTo(0.5);
    assertThat(record.learningRates())
        .hasSize(4)
        .isSortedAccordingTo((a, b) -> Double.compare(b, a));
  }

  private static String progress(boolean terminal, int epochs) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Progress progress =
        new Progress(new PrintStream(bytes, true, StandardCharsets.UTF_8), terminal);
    builder()
        .epochs(epochs)
        .listener(progress)
        .build()
        .fit(TrainerTest.points(25, 1), TrainerTest.points(9, 2));
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void progress_is_a_bar_on_a_terminal_and_lines_elsewhere() {
    assertThat(progress(false, 2).lines()).hasSize(2).allMatch(line -> line.startsWith("epoch "));
    String onTerminal = progress(true, 1);
    assertThat(onTerminal)
        .containsPattern(
            "\repoch 1/1  \\[[= ]{24}\\]  \\d+ samples/s  loss 0\\.\\d{4}  0:\\d\\d left")
        .containsPattern("\repoch 1/1  \\d\\.\\d s  loss [^\r]*" + System.lineSeparator());
    assertThat(Progress.duration(7.4)).isEqualTo("0:07");
    assertThat(Progress.duration(750)).isEqualTo("12:30");
    assertThat(Progress.duration(3723)).isEqualTo("1:02:03");
  }

  @Test
  void early_stopping_brings_back_the_best() {
    Network network = network();
    List<Map<String, NDArray>> values = new ArrayList<>();
    EarlyStopping stopping = new EarlyStopping(3);
    History history =
        Trainer.builder(network)
            .optimizer(new Sgd(3))
            .epochs(50)
            .batchSize(5)
            .listener(epoch -> values.add(network.copyParameters()))
            .listener(stopping)
            .build()
            .fit(TrainerTest.points(25, 1), TrainerTest.points(50, 2));
    double[] metrics = history.testMetrics();
    int best = 0;
    for (int i = 1; i < metrics.length; i++) {
      best = metrics[i] > metrics[best] ? i : best;
    }
    assertThat(metrics).hasSize(best + 1 + 3);
    assertThat(stopping.hasStopped()).isTrue();
    assertThat(network.parameter("affine1.W").value().toArray())
        .isEqualTo(values.get(best).get("affine1.W").toArray());
    assertThat(history.testMetric()).isEqualTo(metrics[best]);
    assertThatThrownBy(() -> new EarlyStopping(0))
        .hasMessage("EarlyStopping: expected a patience of at least 1 epoch, got 0");
    assertThatThrownBy(() -> new EarlyStopping(1).minGain(-1))
        .hasMessage("EarlyStopping: expected a finite gain of at least 0, got -1.0");
  }

  @Test
  void the_order_is_that_of_java_util_random() {
    for (int samples : new int[] {1, 2, 16, 1000, 65_537}) {
      SampleOrder order = new SampleOrder(42);
      Random random = new Random(42);
      int[] expected = new int[samples];
      for (int i = 0; i < samples; i++) {
        expected[i] = i;
      }
      for (int epoch = 0; epoch < 3; epoch++) {
        for (int i = samples - 1; i > 0; i--) {
          int j = random.nextInt(i + 1);
          int swap = expected[i];
          expected[i] = expected[j];
          expected[j] = swap;
        }
        order.next(samples);
        assertThat(order.indices()).isEqualTo(expected);
      }
    }
  }

  @Test
  void doubles_are_kept_to_the_bit() {
    Random random = new Random(9);
    double[] numbers = new double[1000];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = Double.longBitsToDouble(random.nextLong());
    }
    double[] joined = Doubles.join(Doubles.split(numbers));
    for (int i = 0; i < numbers.length; i++) {
      assertThat(Double.doubleToRawLongBits(joined[i]))
          .isEqualTo(Double.doubleToRawLongBits(numbers[i]));
    }
  }
}
