package io.github.purenet.train;

import static io.github.purenet.nn.Layers.affine;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.purenet.data.Dataset;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import io.github.purenet.nn.Metric;
import io.github.purenet.nn.Network;
import io.github.purenet.nn.Parameter;
import io.github.purenet.optim.Optimizer;
import io.github.purenet.optim.Schedule;
import io.github.purenet.optim.Sgd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a history in files. */
class HistoryTest {
  private static final Metric ACCURACY = Metric.accuracy();

  @TempDir private Path folder;

  private static Trainer.Builder builder() {
    Network network = Network.of(Shape.of(3), 1, affine(2));
    return Trainer.builder(network).epochs(3).batchSize(4).seed(7);
  }

  private static Dataset samples() {
    return Dataset.of(
        NDArray.uniform(Shape.of(10, 3), 0, 1, new Random(1)), NDArray.zeros(Shape.of(10)));
  }

  @Test
  void a_log_gives_back_the_epochs() throws IOException {
    Path log = folder.resolve("log.csv");
    History history = builder().listener(new CsvLog(log)).build().fit(samples());

    History read = History.read(log, ACCURACY);

    assertThat(timeless(read)).isEqualTo(timeless(history)).hasSize(3);
    assertThat(read.testMetrics()).containsOnly(Double.NaN);
    assertThat(read.trainLosses()).isEmpty();
    assertThat(read.settings()).isEmpty();
  }

  /** A log has milliseconds alone. */
  private static List<Epoch> timeless(History history) {
    return history.epochs().stream()
        .map(
            e ->
                new Epoch(
                    e.number(),
                    e.epochs(),
                    e.loss(),
                    e.metric(),
                    e.trainMetric(),
                    e.testMetric(),
                    e.learningRate(),
                    0))
        .toList();
  }

  @Test
  void a_checkpoint_gives_back_losses_and_settings_too() throws IOException {
    Schedule cosine = Schedule.cosine(0.1, 0, 9).warmup(2);
    History history =
        builder()
            .optimizer(new Sgd(cosine).weightDecay(0.01).clipNorm(1))
            .listener(new Checkpoints(folder))
            .build()
            .fit(samples(), samples());

    History read = History.read(folder.resolve("last.safetensors"), ACCURACY);

    assertThat(read.epochs()).isEqualTo(history.epochs());
    assertThat(read.trainLosses()).isEqualTo(history.trainLosses()).hasSize(9);
    assertThat(read.settings())
        .isEqualTo(history.settings())
        .containsEntry("batch size", "4")
        .containsEntry("epochs", "3")
        .containsEntry("seed of the order", "7")
        .containsEntry(
            "optimizer",
            "Sgd, learning rate from 0.1 to 0 in 9 steps along half a cosine, after a warm-up of 2"
                + " steps, weight decay 0.01, gradients clipped to norm 1");
  }

  @Test
  void an_optimizer_without_words_has_the_name_of_its_class() {
    Optimizer own = new Still();
    Map<String, String> settings = builder().optimizer(own).build().fit(samples()).settings();
    assertThat(settings).containsEntry("optimizer", "Still");
  }

  private static final class Still implements Optimizer {
    @Override
    public void step(List<Parameter> parameters) {}
  }

  @Test
  void a_file_that_is_no_history_is_named() throws IOException {
    Path log = folder.resolve("Log.CSV");
    String header = "epoch,loss,train_accuracy,test_accuracy,learning_rate,seconds\n";
    assertRefused(log, "", ": line 1: expected epoch,loss,train_accuracy");
    assertRefused(log, header.replace("accuracy", "loss"), ": line 1: expected epoch,loss");
    assertRefused(log, header + "1,1,1,1,1,1\n3,1,1,1,1,1\n", ": line 3: expected epoch 2 and 5");
    assertRefused(log, header + "1,1,1,1,1\n", ": line 2: expected epoch 1 and 5 more numbers");
    assertRefused(log, header + "1,1,x,1,1,1\n", ": line 2: expected epoch 1 and 5 more numbers");
    Path model = folder.resolve("model.safetensors");
    Network.of(Shape.of(3), 1, affine(2)).save(model);
    assertThatThrownBy(() -> History.read(model, ACCURACY))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(model + ": expected a checkpoint, got a file without metadata");
  }

  private static void assertRefused(Path log, String text, String message) throws IOException {
    Files.writeString(log, text);
    assertThatThrownBy(() -> History.read(log, ACCURACY))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(log + message);
  }

  @Test
  void another_metric_is_refused() throws IOException {
    builder().listener(new Checkpoints(folder)).build().fit(samples());
    Path last = folder.resolve("last.safetensors");
    assertThatThrownBy(() -> History.read(last, Metric.meanAbsoluteError()))
        .hasMessage(last + ": expected the metric mean absolute error, got accuracy");
  }
}
