package io.github.purenet.train;

import static io.github.purenet.nn.Layers.affine;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.purenet.data.Dataset;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import io.github.purenet.nn.Network;
import io.github.purenet.optim.Adam;
import io.github.purenet.optim.Schedule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingRecordTest {
  @TempDir Path folder;

  private static Trainer.Builder builder(int epochs) {
    return Trainer.builder(Network.of(Shape.of(4), 1, affine(2)))
        .optimizer(new Adam(Schedule.cosine(0.5, 0.1, 12)))
        .epochs(epochs)
        .batchSize(5);
  }

  private static Dataset points() {
    return TrainerTest.points(20, 1); // 4 steps an epoch
  }

  @Test
  void notes_losses_and_epochs_as_the_history_has_them() {
    TrainingRecord record = new TrainingRecord();
    Trainer trainer = builder(2).listener(record).build();
    History history = trainer.fit(points(), points());

    assertThat(record.losses()).isEqualTo(history.trainLosses()).hasSize(8);
    assertThat(record.epochs()).isEqualTo(history.epochs());
    assertThat(record.learningRates()).hasSize(8).startsWith(0.5);

    History second = trainer.fit(points());
    assertThat(record.losses()).as("the last run").isEqualTo(second.trainLosses());
    assertThat(record.epochs()).isEqualTo(second.epochs());
  }

  /** The listener that saves is told before or after the one that notes. */
  @Test
  void goes_on_in_a_run_that_is_resumed() throws IOException {
    TrainingRecord whole = new TrainingRecord();
    builder(3).listener(whole).build().fit(points());
    for (boolean first : new boolean[] {true, false}) {
      Path file = folder.resolve(first + ".safetensors");
      Listener saving = new SaveAfter(6, file);
      TrainingRecord before = new TrainingRecord();
      List<Listener> order = first ? List.of(before, saving) : List.of(saving, before);
      Trainer.Builder builder = builder(3);
      order.forEach(builder::listener);
      builder.build().fit(points());

      TrainingRecord after = new TrainingRecord();
      Trainer.Builder resumed = builder(3);
      if (!first) {
        resumed.listener(epoch -> {});
      }
      resumed.listener(after).build().resume(file, points());
      assertThat(after.losses()).isEqualTo(whole.losses());
      double[] rates = whole.learningRates();
      if (!first) {
        rates[5] = Double.NaN; // of the step after which the checkpoint was written
      }
      assertThat(after.learningRates()).isEqualTo(rates);
    }
  }

  @Test
  void does_without_a_state_and_refuses_a_longer_one() throws IOException {
    Path file = folder.resolve("other.safetensors");
    builder(3).listener(new SaveAfter(6, file)).build().fit(points());
    TrainingRecord record = new TrainingRecord();
    builder(3).listener(epoch -> {}).listener(record).build().resume(file, points());

    assertThat(Arrays.copyOf(record.learningRates(), 6)).containsOnly(Double.NaN);
    assertThat(record.learningRates()[6]).isLessThan(0.5);
    Map<String, NDArray> longer = Map.of("learningRates", NDArray.zeros(13, 3));
    assertThatThrownBy(() -> record.restore(longer))
        .hasMessage("TrainingRecord: expected learning rates of at most 12 steps, got 13");
  }

  /** Saves a checkpoint after a step. */
  private static final class SaveAfter implements Listener {
    private final int steps;
    private final Path file;
    private int seen;
    private Training training;

    SaveAfter(int steps, Path file) {
      this.steps = steps;
      this.file = file;
    }

    @Override
    public void trainingStarted(Training run) {
      training = run;
    }

    @Override
    public void stepEnded(Step step) {
      seen++;
      if (seen == steps) {
        try {
          training.save(file);
        } catch (IOException e) {
          throw new AssertionError(e);
        }
      }
    }

    @Override
    public void epochEnded(Epoch epoch) {}
  }
}
