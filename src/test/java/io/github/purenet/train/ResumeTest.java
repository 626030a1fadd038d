package io.github.purenet.train;

import static io.github.purenet.nn.Layers.affine;
import static io.github.purenet.nn.Layers.batchNorm;
import static io.github.purenet.nn.Layers.conv;
import static io.github.purenet.nn.Layers.dropout;
import static io.github.purenet.nn.Layers.relu;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.purenet.data.Augmentation;
import io.github.purenet.data.Dataset;
import io.github.purenet.io.Safetensors;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import io.github.purenet.nn.Network;
import io.github.purenet.optim.Adam;
import io.github.purenet.optim.Momentum;
import io.github.purenet.optim.Optimizer;
import io.github.purenet.optim.Schedule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run that goes on from a checkpoint gives the bits of the one that never ended. */
class ResumeTest {
  private static final int EPOCHS = 4;
  private static final int STEPS = 5;

  @TempDir Path folder;

  private static Dataset images(int count, long seed) {
    Random random = new Random(seed);
    NDArray x = NDArray.uniform(Shape.of(count, 1, 6, 6), 0f, 1f, random);
    NDArray t = NDArray.zeros(count);
    for (int i = 0; i < count; i++) {
      t.set(random.nextInt(3), i);
    }
    return Dataset.of(x, t);
  }

  /** Everything that has a state: dropout, running means, augmentation, mixup. */
  private static Network network() {
    return Network.of(
        Shape.of(1, 6, 6), 3, conv(4, 3), batchNorm(), relu(), dropout(0.3), affine(3));
  }

  private static Dataset train() {
    return images(23, 1).augment(5, Augmentation.crop(1), Augmentation.flip()).mixup(0.4, 3, 6);
  }

  private static Adam adam() {
    return new Adam(Schedule.cosine(0.01, 0, EPOCHS * STEPS));
  }

  private static Trainer.Builder builder(Network network, Optimizer optimizer) {
    return Trainer.builder(network)
        .optimizer(optimizer)
        .epochs(EPOCHS)
        .batchSize(5)
        .seed(7)
        .evaluationSamples(10);
  }

  /** Writes a checkpoint after so many steps, and ends there. */
  private static final class StopAfter implements Listener {
    private final Path file;
    private int left;
    private Training run;

    StopAfter(int steps, Path file) {
      this.left = steps;
      this.file = file;
    }

    @Override
    public void trainingStarted(Training training) {
      run = training;
    }

    @Override
    public void stepEnded(Step step) {
      if (--left == 0) {
        run.stop();
      }
    }

    @Override
    public void epochEnded(Epoch epoch) {}

    @Override
    public void trainingEnded(History history) {
      try {
        run.save(file);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static void assertSame(
      History history, Network network, History expected, Network undisturbed) {
    assertThat(history.trainLosses()).isEqualTo(expected.trainLosses());
    assertThat(history.trainMetrics()).isEqualTo(expected.trainMetrics());
    assertThat(history.testMetrics()).isEqualTo(expected.testMetrics());
    assertThat(Double.compare(history.testMetric(), expected.testMetric())).isZero(); // or both NaN
    assertThat(history.epochs().stream().mapToDouble(Epoch::learningRate).toArray())
        .isEqualTo(expected.epochs().stream().mapToDouble(Epoch::learningRate).toArray());
    Map<String, NDArray> others = undisturbed.copyParameters();
    network
        .copyParameters()
        .forEach(
            (name, value) ->
                assertThat(value.toArray()).as(name).isEqualTo(others.get(name).toArray()));
    assertThat(network.step()).isEqualTo(undisturbed.step());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 4, 5, 6, 9, 10, 13, 20})
  void gives_the_bits_of_a_run_that_never_ended(int steps) throws IOException {
    Network undisturbed = network();
    History expected = builder(undisturbed, adam()).build().fit(train(), images(9, 2));

    Path file = folder.resolve("run.safetensors");
    History begun =
        builder(network(), adam())
            .listener(new StopAfter(steps, file))
            .build()
            .fit(train(), images(9, 2));
    assertThat(begun.trainLosses()).hasSize(steps);
    assertThat(begun.ending()).isEqualTo(Ending.STOPPED);
    Network network = network();
    Trainer trainer = builder(network, adam()).build();
    assertSame(trainer.resume(file, train(), images(9, 2)), network, expected, undisturbed);

    assertThat(Network.load(file).parameters()).hasSameSizeAs(network.parameters());
  }

  @Test
  void goes_on_after_several_calls_of_fit() throws IOException {
    Network undisturbed = network();
    Trainer first = builder(undisturbed, adam()).epochs(1).build();
    first.fit(train());
    History expected = first.fit(train());

    Network network = network();
    Path file = folder.resolve("run.safetensors");
    Trainer.Builder settings = builder(network, adam()).epochs(1);
    Trainer second = settings.listener(new StopAfter(STEPS + 2, file)).build();
    second.fit(train());
    second.fit(train());
    Network third = network();
    Trainer resuming = builder(third, adam()).epochs(1).build();
    assertSame(resuming.resume(file, train()), third, expected, undisturbed);
    assertThat(expected.testMetric()).isNaN();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void early_stopping_goes_on_wherever_it_stands(boolean first) throws IOException {
    Network undisturbed = network();
    EarlyStopping stopping = new EarlyStopping(4).minGain(0.02);
    History expected =
        builder(undisturbed, new Momentum(0.05))
            .epochs(30)
            .listener(stopping)
            .build()
            .fit(train(), images(9, 2));
    int epochs = expected.epochs().size();
    assertThat(epochs).isBetween(4, 29);
    assertThat(expected.ending()).isEqualTo(Ending.STOPPED);

    for (int steps = STEPS; steps <= STEPS * epochs; steps += 3) {
      Path directory = folder.resolve("of " + steps);
      Trainer.Builder begun = builder(network(), new Momentum(0.05)).epochs(30);
      withBoth(begun, directory, first).listener(new StopAfter(steps, folder.resolve("unused")));
      begun.build().fit(train(), images(9, 2));
      Network network = network();
      Trainer.Builder resuming = builder(network, new Momentum(0.05)).epochs(30);
      History history =
          withBoth(resuming, directory, first)
              .listener(epoch -> {})
              .build()
              .resume(directory, train(), images(9, 2));
      assertSame(history, network, expected, undisturbed);
    }
  }

  private static Trainer.Builder withBoth(Trainer.Builder builder, Path directory, boolean first) {
    Checkpoints checkpoints = new Checkpoints(directory);
    EarlyStopping stopping = new EarlyStopping(4).minGain(0.02);
    return first
        ? builder.listener(checkpoints).listener(stopping)
        : builder.listener(stopping).listener(checkpoints);
  }

  private Path checkpoint() throws IOException {
    Path file = folder.resolve("run.safetensors");
    if (!Files.exists(file)) {
      builder(network(), adam()).listener(new StopAfter(7, file)).build().fit(train());
    }
    return file;
  }

  private void refused(Trainer.Builder builder, Dataset data, String message) throws IOException {
    Path file = checkpoint();
    assertThatThrownBy(() -> builder.build().resume(file, data))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(file + ": ")
        .hasMessageContaining(message);
  }

  @Test
  void a_checkpoint_of_another_run_is_refused_and_changes_nothing() throws IOException {
    Network network = network();
    Map<String, NDArray> before = network.copyParameters();
    refused(builder(network, adam()).batchSize(6), train(), "expected batchSize 6, got 5");
    refused(builder(network, adam()).samplesAtOnce(3), train(), "expected samplesAtOnce 3, got");
    refused(
        builder(network, adam()).remainder(Remainder.DROP), train(), "remainder DROP, got KEEP");
    refused(builder(network, adam()), images(22, 1), "expected 22 training samples, got 23");
    refused(builder(network, new Momentum(0.1)), train(), "expected optimizer Momentum, got Adam");
    Network other = network().replaceLast(affine(3).noBias(), 1);
    refused(builder(other, adam()), train(), "expected a network of the same layers");
    before.forEach(
        (name, value) ->
            assertThat(network.copyParameters().get(name).toArray()).isEqualTo(value.toArray()));
    Path model = folder.resolve("model.safetensors");
    network.save(model);
    assertThatThrownBy(() -> builder(network, adam()).build().resume(model, train()))
        .hasMessage(
            model + ": expected a checkpoint, got a file without metadata purenet.training");
  }

  @Test
  void a_damaged_checkpoint_is_refused() throws IOException {
    Path file = checkpoint();
    Safetensors sound = Safetensors.read(file);
    byte[] bytes = Files.readAllBytes(file);
    Random random = new Random(5);
    for (int i = 0; i < 300; i++) {
      byte[] damaged = bytes.clone();
      damaged[random.nextInt(3000)] ^= (byte) (1 << random.nextInt(8));
      Files.write(file, i % 3 == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : damaged);
      try {
        builder(network(), adam()).epochs(2).build().resume(file, train());
      } catch (IOException e) {
        assertThat(e).as("case " + i).hasMessageStartingWith(file.toString());
      }
    }
    for (String name : sound.arrays().keySet()) {
      Map<String, NDArray> arrays = new LinkedHashMap<>(sound.arrays());
      arrays.put(name, NDArray.full(arrays.get(name).shape(), -0.5f));
      if (name.startsWith("training.") && !name.contains("optimizer")) {
        new Safetensors(arrays, sound.metadata()).write(file);
        assertThatThrownBy(() -> builder(network(), adam()).build().resume(file, train()))
            .isInstanceOf(IOException.class)
            .hasMessageContaining("expected parts of doubles, got -0.5");
      }
      arrays.remove(name);
      new Safetensors(arrays, sound.metadata()).write(file);
      assertThatThrownBy(() -> builder(network(), adam()).build().resume(file, train()))
          .as("without " + name)
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void checkpoints_keep_the_best_and_the_last() throws IOException {
    Path directory = folder.resolve("a/b");
    Files.createDirectories(directory);
    Files.writeString(directory.resolve(".last.safetensors.17.tmp"), "half written");
    Network network = network();
    History history =
        builder(network, new Momentum(0.05))
            .epochs(7)
            .listener(new Checkpoints(directory).everyEpochs(3))
            .build()
            .fit(train(), images(9, 2));
    Network last = Network.load(directory.resolve("last.safetensors"));
    NDArray x = images(9, 2).all().x();
    assertThat(last.predict(x).toArray()).isEqualTo(network.predict(x).toArray());
    double best = Arrays.stream(history.testMetrics()).max().orElseThrow();
    Network kept = Network.load(directory.resolve("best.safetensors"));
    assertThat(Evaluation.accuracy(kept, images(9, 2), 9)).isEqualTo(best);
    assertThat(directory.toFile().list()).hasSize(2);
  }

  @Test
  void checkpoints_come_by_time_too() {
    Path directory = folder.resolve("c");
    boolean[] within = new boolean[1];
    Listener look =
        new Listener() {
          @Override
          public void stepEnded(Step step) {
            within[0] |= step.number() == 2 && Files.exists(directory.resolve("last.safetensors"));
          }

          @Override
          public void epochEnded(Epoch epoch) {}
        };
    builder(network(), adam())
        .listener(new Checkpoints(directory).everyEpochs(99).every(Duration.ofNanos(1)))
        .listener(look)
        .build()
        .fit(train());
    assertThat(within[0]).isTrue();
  }

  @Test
  void a_checkpoint_that_cannot_be_written_ends_the_run_and_names_the_file() throws IOException {
    Path directory = folder.resolve("d");
    Files.createDirectories(directory.resolve("last.safetensors/in the way"));
    Trainer trainer = builder(network(), adam()).listener(new Checkpoints(directory)).build();
    assertThatThrownBy(() -> trainer.fit(train()))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("last.safetensors");
    assertThatThrownBy(() -> new Checkpoints(directory).everyEpochs(0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Checkpoints(directory).every(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
