package io.github.purenet.train;

import static io.github.purenet.nn.Layers.affine;
import static io.github.purenet.nn.Layers.batchNorm;
import static io.github.purenet.nn.Layers.conv;
import static io.github.purenet.nn.Layers.relu;
import static io.github.purenet.nn.Layers.residual;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.purenet.data.Dataset;
import io.github.purenet.data.Mnist;
import io.github.purenet.model.SimpleConvNet;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import io.github.purenet.nn.Loss;
import io.github.purenet.nn.MeanSquaredError;
import io.github.purenet.nn.Metric;
import io.github.purenet.nn.Network;
import io.github.purenet.nn.Parameter;
import io.github.purenet.nn.Pass;
import io.github.purenet.nn.SigmoidWithLoss;
import io.github.purenet.nn.SoftmaxWithLoss;
import io.github.purenet.optim.Adam;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TrainerTest {

  private static Network network() {
    return Network.of(Shape.of(4), 1, affine(8), relu(), affine(2));
  }

  /** Class 1 where the first number is above 0. */
  static Dataset points(int n, long seed) {
    NDArray x = NDArray.normal(Shape.of(n, 4), 0f, 1f, new Random(seed));
    NDArray t = NDArray.zeros(n);
    for (int i = 0; i < n; i++) {
      t.set(x.get(i, 0) > 0 ? 1 : 0, i);
    }
    return Dataset.of(x, t);
  }

  @Test
  void learns_and_keeps_a_loss_for_each_step_and_accuracies_for_each_epoch() {
    History history =
        Trainer.builder(network())
            .optimizer(new Adam(0.01))
            .epochs(10)
            .batchSize(30)
            .build()
            .fit(points(200, 1), points(100, 2));
    assertThat(history.trainLosses()).hasSize(10 * 7); // 6 batches of 30 and one of 20
    assertThat(history.trainMetrics()).hasSize(10);
    assertThat(history.testMetrics()).hasSize(10);
    assertThat(history.testMetric()).isGreaterThan(0.9);
    assertThat(history.testMetrics()[9]).isEqualTo(history.testMetric());
    assertThat(history.epochs().get(9).number()).isEqualTo(10);
    assertThat(history.epochs().get(9).loss()).isLessThan(history.epochs().get(0).loss() / 2);
  }

  @Test
  void an_epoch_visits_every_sample_once_in_a_new_order() {
    List<Integer> visited = new ArrayList<>();
    Dataset recording = recording(points(50, 3), visited);
    Trainer.builder(network())
        .epochs(2)
        .batchSize(15)
        .evaluationSamples(1)
        .build()
        .fit(recording, points(1, 4));
    // Each epoch is 50 visits and one of the evaluation.
    List<Integer> first = visited.subList(0, 50);
    List<Integer> second = visited.subList(51, 101);
    BitSet seen = new BitSet();
    first.forEach(seen::set);
    assertThat(seen.cardinality()).isEqualTo(50);
    assertThat(second).containsExactlyInAnyOrderElementsOf(first).isNotEqualTo(first);
  }

  private static Dataset recording(Dataset whole, List<Integer> visited) {
    return new Dataset() {
      @Override
      public int size() {
        return whole.size();
      }

      @Override
      public Shape sampleShape() {
        return whole.sampleShape();
      }

      @Override
      public Shape targetShape() {
        return whole.targetShape();
      }

      @Override
      public void copyTo(int index, NDArray x, NDArray t, int row) {
        visited.add(index);
        whole.copyTo(index, x, t, row);
      }
    };
  }

  @Test
  void the_same_seed_gives_the_same_history_to_the_last_bit() {
    double[] first = shortRun(3).trainLosses();
    assertThat(shortRun(3).trainLosses()).isEqualTo(first);
    assertThat(shortRun(4).trainLosses()).isNotEqualTo(first);
  }

  private static History shortRun(long seed) {
    Mnist mnist = Mnist.sample();
    return Trainer.builder(SimpleConvNet.builder().filters(4).hidden(10).seed(seed).build())
        .epochs(2)
        .seed(seed)
        .build()
        .fit(mnist.train().head(550), mnist.test().head(100));
  }

  @Test
  void tells_listeners_and_writes_a_line_an_epoch() {
    List<String> lines = new ArrayList<>();
    List<Integer> epochs = new ArrayList<>();
    Trainer.builder(network())
        .epochs(2)
        .verbose(lines::add)
        .listener(epoch -> epochs.add(epoch.number()))
        .build()
        .fit(points(50, 1), points(50, 2));
    assertThat(epochs).containsExactly(1, 2);
    assertThat(lines).hasSize(2);
    assertThat(lines.get(1))
        .matches(
            "epoch 2/2  \\d+\\.\\d s  loss \\d\\.\\d{4}  train accuracy \\d\\.\\d{4}  test accuracy"
                + " \\d\\.\\d{4}");
  }

  @Test
  void stops_at_nan_in_the_data_before_it_changes_the_network() {
    NDArray x = NDArray.ones(4, 4);
    x.set(Float.NaN, 2, 1);
    Network network = network();
    List<float[]> before = values(network);
    Trainer trainer = Trainer.builder(network).batchSize(4).build();
    assertThatThrownBy(() -> trainer.fit(Dataset.of(x, NDArray.zeros(4)), points(1, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching(
            "epoch 1, step 1: network: expected finite numbers in x, got NaN in sample \\d of"
                + " \\(4, 4\\); it is sample 2 of the training data");
    assertThat(values(network)).usingRecursiveComparison().isEqualTo(before);
  }

  @Test
  void stops_when_training_diverges() {
    Trainer trainer = Trainer.builder(network()).optimizer(new Adam(1e38)).batchSize(4).build();
    assertThatThrownBy(() -> trainer.fit(points(40, 1), points(1, 1)))
        .isInstanceOf(ArithmeticException.class)
        .hasMessageMatching(
            "epoch 1, step \\d: network: expected a finite loss, got .* try a smaller learning"
                + " rate");
  }

  @Test
  void says_what_does_not_fit() {
    Trainer.Builder builder = Trainer.builder(network());
    assertThatThrownBy(() -> builder.batchSize(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("batchSize: expected at least 1, got 0");
    assertThatThrownBy(() -> builder.epochs(0)).hasMessage("epochs: expected at least 1, got 0");
    assertThatThrownBy(() -> builder.evaluationSamples(0))
        .hasMessage("evaluationSamples: expected at least 1, got 0");
    Trainer trainer = builder.build();
    assertThatThrownBy(() -> trainer.fit(points(0, 1), points(1, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("train: expected at least one sample, got an empty data set");
    assertThatThrownBy(() -> trainer.fit(points(1, 1), points(0, 1)))
        .hasMessage("test: expected at least one sample, got an empty data set");
    assertThatThrownBy(
            () -> trainer.fit(Dataset.of(NDArray.ones(1, 3), NDArray.zeros(1)), points(1, 1)))
        .hasMessage("train: network: expected x of (N, 4), got (1, 3)");
    assertThatThrownBy(
            () ->
                trainer.fit(
                    Dataset.of(NDArray.ones(1, 4), NDArray.full(Shape.of(1), 2f)), points(1, 1)))
        .hasMessage(
            "epoch 1, step 1: SoftmaxWithLoss: expected a class index from 0 to 1 in t, got 2.0 at"
                + " 0 in (1,); it is sample 0 of the training data");
    assertThatThrownBy(() -> Evaluation.accuracy(network(), points(0, 1), 1))
        .hasMessage("accuracy: expected at least one sample, got an empty data set");
    assertThatThrownBy(() -> Evaluation.accuracy(network(), points(1, 1), 0))
        .hasMessage("accuracy: expected a batch size of at least 1, got 0");
  }

  private static List<float[]> values(Network network) {
    return network.parameters().stream().map(Parameter::value).map(NDArray::toArray).toList();
  }

  @Test
  void a_batch_of_any_size_is_one_step() {
    Dataset samples = points(5, 1);
    History history =
        Trainer.builder(network())
            .epochs(2)
            .batchSize(Integer.MAX_VALUE)
            .build()
            .fit(samples, samples);
    assertThat(history.trainLosses()).hasSize(2).doesNotContain(Double.NaN);
  }

  @Test
  void reports_the_metric_of_the_loss_by_name() {
    NDArray x = NDArray.normal(Shape.of(60, 4), 0f, 1f, new Random(5));
    NDArray label = NDArray.zeros(60, 1);
    for (int i = 0; i < 60; i++) {
      label.set(x.get(i, 0) > 0 ? 1 : 0, i, 0);
    }
    Network one = Network.of(Shape.of(4), 1, affine(1)).withLoss(new SigmoidWithLoss());
    List<String> lines = new ArrayList<>();
    Trainer.Builder builder =
        Trainer.builder(one).optimizer(new Adam(0.05)).epochs(20).verbose(lines::add);
    History history = builder.build().fit(Dataset.of(x, label), Dataset.of(x, label));

    assertThat(history.metric().name()).isEqualTo("binary accuracy");
    assertThat(history.testMetric()).isGreaterThan(0.9);
    assertThat(lines.get(0)).contains("  train binary accuracy 0.", "  test binary accuracy 0.");
    Dataset inverted = Dataset.of(x, label.negate().add(1));
    assertThat(Evaluation.metric(history.metric(), one, inverted, 60))
        .isCloseTo(1 - history.testMetric(), within(1e-12));
  }

  @Test
  void trains_an_autoencoder_of_images() {
    NDArray x = NDArray.uniform(Shape.of(20, 1, 6, 6), 0f, 1f, new Random(6));
    Network network =
        Network.of(Shape.of(1, 6, 6), 1, conv(1, 3).pad(1)).withLoss(new MeanSquaredError());
    History history =
        Trainer.builder(network)
            .optimizer(new Adam(0.01))
            .epochs(30)
            .batchSize(5)
            .build()
            .fit(Dataset.of(x, x), Dataset.of(x, x));
    assertThat(history.metric().name()).isEqualTo("mean absolute error");
    assertThat(history.testMetric()).isLessThan(history.testMetrics()[0] / 2);
    assertThat(history.testMetric())
        .isCloseTo(network.predict(x).subtract(x).abs().mean(), within(1e-6));
  }

  @Test
  void a_metric_that_does_not_fit_is_found_before_the_first_step() {
    Network network = Network.of(Shape.of(4), 1, affine(1)).withLoss(new MeanSquaredError());
    Dataset numbers = Dataset.of(NDArray.ones(8, 4), NDArray.ones(8, 1));
    List<float[]> before = values(network);
    Trainer accuracy = Trainer.builder(network).metric(Metric.accuracy()).build();
    assertThatThrownBy(() -> accuracy.fit(numbers, numbers))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("train: accuracy: expected y of (N, K) for at least 2 classes, got (1, 1)");
    Trainer trainer = Trainer.builder(network).build();
    assertThatThrownBy(() -> trainer.fit(numbers, Dataset.of(NDArray.ones(8, 4), NDArray.ones(8))))
        .hasMessage("test: mean absolute error: expected t of (1, 1), got (1,)");
    assertThatThrownBy(
            () -> trainer.fit(numbers, Dataset.of(NDArray.ones(8, 3), NDArray.ones(8, 1))))
        .hasMessage("test: network: expected x of (N, 4), got (1, 3)");
    assertThat(values(network)).usingRecursiveComparison().isEqualTo(before);
  }

  @Test
  void a_bad_target_is_named_by_its_place_in_the_training_data() {
    for (Loss loss : List.of(new MeanSquaredError(), new SigmoidWithLoss())) {
      NDArray t = NDArray.zeros(50, 2);
      t.set(Float.NaN, 37, 1);
      Network network = network().withLoss(loss);
      Trainer trainer = Trainer.builder(network).batchSize(10).build();
      Dataset bad = Dataset.of(NDArray.ones(50, 4), t);
      assertThatThrownBy(() -> trainer.fit(bad, bad))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("epoch 1, step ")
          .hasMessageContaining(loss.name() + ": expected ")
          .hasMessageContaining(" in t, got NaN at (")
          .hasMessageEndingWith("; it is sample 37 of the training data");
    }
  }

  @Test
  void a_last_step_that_diverges_is_an_error() {
    Trainer trainer = Trainer.builder(network()).optimizer(new Adam(1e38)).epochs(1).build();
    assertThatThrownBy(() -> trainer.fit(points(40, 1), points(3, 2)))
        .isInstanceOf(ArithmeticException.class)
        .hasMessageMatching(
            "epoch 1, train: network: expected finite outputs, got .* for sample \\d+: the"
                + " parameters have diverged, try a smaller learning rate");
  }

  @Test
  void nan_in_the_test_data_is_not_blamed_on_training() {
    NDArray x = NDArray.ones(4, 4);
    x.set(Float.NaN, 2, 1);
    Trainer trainer = Trainer.builder(network()).epochs(1).build();
    assertThatThrownBy(() -> trainer.fit(points(40, 1), Dataset.of(x, NDArray.zeros(4))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("epoch 1, test: expected finite numbers in x, got NaN in sample 2");
    NDArray t = NDArray.of(0f, 1f, 1f, 2f);
    assertThatThrownBy(() -> trainer.fit(points(40, 1), Dataset.of(NDArray.ones(4, 4), t)))
        .hasMessage(
            "epoch 1, test: samples 0 to 3: accuracy: expected a class index from 0 to 1 in t, got"
                + " 2.0 at 3 in (4,)");
  }

  @Test
  void fit_again_goes_on_in_the_sequence_of_orders() {
    List<Integer> ofOneCall = new ArrayList<>();
    builder(3).build().fit(recording(points(20, 3), ofOneCall), points(1, 4));
    List<Integer> ofThreeCalls = new ArrayList<>();
    Trainer trainer = builder(1).build();
    for (int i = 0; i < 3; i++) {
      trainer.fit(recording(points(20, 3), ofThreeCalls), points(1, 4));
    }
    assertThat(ofThreeCalls).isEqualTo(ofOneCall).hasSize(3 * 21);
    assertThat(ofThreeCalls.subList(21, 41)).isNotEqualTo(ofThreeCalls.subList(0, 20));

    List<Integer> again = new ArrayList<>();
    builder(1).build().fit(recording(points(20, 3), again), points(1, 4));
    assertThat(again).isEqualTo(ofThreeCalls.subList(0, 21));
  }

  private static Trainer.Builder builder(int epochs) {
    return Trainer.builder(network()).epochs(epochs).batchSize(6).evaluationSamples(1);
  }

  @Test
  void an_interrupt_ends_the_run_after_the_step_and_keeps_what_was_learned() {
    List<String> lines = new ArrayList<>();
    Network network = network();
    Trainer.Builder builder =
        Trainer.builder(network).epochs(1000).batchSize(10).verbose(lines::add);
    builder.listener(epoch -> interruptAfter(epoch, 2));
    History history;
    try {
      history = builder.build().fit(points(50, 1), points(10, 2));
      assertThat(Thread.currentThread().isInterrupted()).isTrue();
    } finally {
      Thread.interrupted();
    }
    assertThat(history.ending()).isEqualTo(Ending.INTERRUPTED);
    assertThat(history.trainLosses()).hasSize(2 * 5 + 1).doesNotContain(0.0);
    assertThat(history.epochs()).hasSize(2);
    assertThat(history.testMetrics()).hasSize(2);
    assertThat(history.testMetric()).isNaN();
    assertThat(lines.get(2)).isEqualTo("interrupted after 11 steps, 2 whole epochs");

    Network undisturbed = network();
    Trainer.builder(undisturbed).epochs(2).batchSize(10).build().fit(points(50, 1), points(10, 2));
    assertThat(values(network)).usingRecursiveComparison().isNotEqualTo(values(undisturbed));
    assertThat(values(network)).usingRecursiveComparison().isNotEqualTo(values(network()));
  }

  private static void interruptAfter(Epoch epoch, int number) {
    if (epoch.number() == number) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void a_run_that_is_not_interrupted_says_so() {
    History history = builder(1).build().fit(points(20, 1), points(1, 2));
    assertThat(history.ending()).isEqualTo(Ending.COMPLETE);
  }

  @Test
  void a_remainder_too_small_for_a_layer_is_merged_or_dropped_or_refused_before_the_first_step() {
    assertThat(sizes(Remainder.MERGE, 101)).containsExactly(50, 51);
    assertThat(sizes(Remainder.MERGE, 102)).containsExactly(50, 50, 2);
    assertThat(sizes(Remainder.MERGE, 100)).containsExactly(50, 50);
    assertThat(sizes(Remainder.DROP, 101)).containsExactly(50, 50);
    assertThat(sizes(Remainder.DROP, 149)).containsExactly(50, 50);
    assertThat(sizes(Remainder.KEEP, 102)).containsExactly(50, 50, 2);
    assertThat(sizes(Remainder.KEEP, 30)).containsExactly(30);
    assertThatThrownBy(() -> sizes(Remainder.KEEP, 101))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "train: expected at least 2 samples in every batch, which batchNorm1 needs, got a last"
                + " batch of 1 (101 samples in batches of 50); drop or merge the remainder, or take"
                + " another batch size");
    assertThatThrownBy(() -> sizes(Remainder.MERGE, 1))
        .hasMessageStartingWith("train: expected at least 2 samples in every batch");
    assertThatThrownBy(() -> sizes(Remainder.DROP, 30))
        .hasMessage(
            "train: expected at least 50 samples for one batch, got 30, and the remainder is"
                + " dropped");
  }

  /** Trains a network with batch normalization and returns the sizes of the batches it got. */
  private static List<Integer> sizes(Remainder remainder, int samples) {
    List<Integer> sizes = new ArrayList<>();
    Loss counting =
        new Loss() {
          private final Loss loss = new SoftmaxWithLoss();

          @Override
          public double forward(NDArray y, NDArray t, Pass pass) {
            if (pass.isTraining()) {
              sizes.add(y.dimension(0));
            }
            return loss.forward(y, t, pass);
          }

          @Override
          public NDArray backward(Pass pass) {
            return loss.backward(pass);
          }

          @Override
          public Metric metric() {
            return loss.metric();
          }
        };
    Network network =
        Network.of(Shape.of(4), 1, affine(3), batchNorm(), affine(2)).withLoss(counting);
    Trainer.builder(network)
        .epochs(1)
        .batchSize(50)
        .remainder(remainder)
        .build()
        .fit(points(samples, 1), points(1, 2));
    return sizes;
  }

  @Test
  void merges_and_keeps_what_the_layers_need() {
    assertThat(batchNormOf(Shape.of(4)).smallestBatch(Shape.of(9, 4))).isEqualTo(2);
    assertThat(batchNormOf(Shape.of(4, 1, 1)).smallestBatch(Shape.of(9, 4, 1, 1))).isEqualTo(2);
    assertThat(batchNormOf(Shape.of(4, 1, 2)).smallestBatch(Shape.of(9, 4, 1, 2))).isEqualTo(1);
    Network frozen = batchNormOf(Shape.of(4));
    frozen.parameters().forEach(Parameter::freeze);
    assertThat(frozen.smallestBatch(Shape.of(9, 4))).isEqualTo(1);
    Network inside = Network.of(Shape.of(4), 1, residual(affine(4), batchNorm()), affine(2));
    assertThat(inside.smallestBatch(Shape.of(9, 4))).isEqualTo(2);
  }

  private static Network batchNormOf(Shape input) {
    return Network.of(input, 1, batchNorm());
  }

  @Test
  void extreme_settings_take_memory_in_proportion_to_what_is_done() {
    Dataset samples = points(5, 1);
    Trainer trainer =
        Trainer.builder(network())
            .epochs(Integer.MAX_VALUE)
            .batchSize(1)
            .evaluationSamples(Integer.MAX_VALUE)
            .listener(epoch -> interruptAfter(epoch, 3))
            .build();
    try {
      assertThat(trainer.fit(samples, samples).trainLosses()).hasSize(3 * 5 + 1);
    } finally {
      Thread.interrupted();
    }
  }
}
