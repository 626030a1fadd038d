package io.github.purenet.train;

import static io.github.purenet.nn.Layers.affine;
import static io.github.purenet.nn.Layers.relu;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.purenet.data.Dataset;
import io.github.purenet.data.Mnist;
import io.github.purenet.model.SimpleConvNet;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import io.github.purenet.nn.Network;
import io.github.purenet.nn.Parameter;
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
  private static Dataset points(int n, long seed) {
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
    assertThat(history.trainAccuracies()).hasSize(10);
    assertThat(history.testAccuracies()).hasSize(10);
    assertThat(history.testAccuracy()).isGreaterThan(0.9);
    assertThat(history.testAccuracies()[9]).isEqualTo(history.testAccuracy());
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
                + " \\(4, 4\\)");
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
        .hasMessage("epoch 1, step 1: network: expected x of (N, 4), got (1, 3)");
    assertThatThrownBy(
            () ->
                trainer.fit(
                    Dataset.of(NDArray.ones(1, 4), NDArray.full(Shape.of(1), 2f)), points(1, 1)))
        .hasMessage(
            "epoch 1, step 1: SoftmaxWithLoss: expected a class index from 0 to 1 in t, got 2.0 at"
                + " 0 in (1,)");
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
}
