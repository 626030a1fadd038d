package io.github.purenet.train;

import static io.github.purenet.nn.Layers.affine;
import static io.github.purenet.nn.Layers.conv;
import static io.github.purenet.nn.Layers.relu;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.purenet.data.Dataset;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import io.github.purenet.nn.MeanSquaredError;
import io.github.purenet.nn.Metric;
import io.github.purenet.nn.Network;
import io.github.purenet.nn.SigmoidWithLoss;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EvaluationTest {

  @Test
  void accuracy_counts_the_last_incomplete_batch() {
    Network network = Network.of(Shape.of(2, 9, 8), 2, conv(4, 3), relu(), affine(3));
    NDArray x = NDArray.normal(Shape.of(7, 2, 9, 8), 0f, 1f, new Random(7));
    NDArray predicted = network.predict(x).argmax(1);
    assertThat(Evaluation.accuracy(network, Dataset.of(x, predicted), 3)).isEqualTo(1.0);
    NDArray wrong = predicted.copy();
    wrong.set((wrong.get(6) + 1) % 3, 6);
    for (int batchSize : new int[] {1, 3, 7, 100}) {
      assertThat(Evaluation.accuracy(network, Dataset.of(x, wrong), batchSize)).isEqualTo(6 / 7.0);
    }
    NDArray oneHot = NDArray.zeros(7, 3);
    for (int i = 0; i < 7; i++) {
      oneHot.set(1f, i, (int) wrong.get(i));
    }
    assertThat(Evaluation.accuracy(network, Dataset.of(x, oneHot), 3)).isEqualTo(6 / 7.0);
  }

  @Test
  void accuracy_of_what_is_no_classifier_is_an_error() {
    NDArray x = NDArray.normal(Shape.of(4, 5), 0f, 1f, new Random(1));
    Network oneLogit = Network.of(Shape.of(5), 1, affine(1)).withLoss(new SigmoidWithLoss());
    assertThatThrownBy(() -> Evaluation.accuracy(oneLogit, Dataset.of(x, NDArray.ones(4, 1)), 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("accuracy: expected y of (N, K) for at least 2 classes, got (1, 1)");
    Network labels = Network.of(Shape.of(5), 1, affine(3)).withLoss(new SigmoidWithLoss());
    assertThatThrownBy(() -> Evaluation.accuracy(labels, Dataset.of(x, NDArray.ones(4, 3)), 2))
        .hasMessage(
            "samples 0 to 1: accuracy: expected probabilities that sum to 1 in t, got a sum of 3.0"
                + " in row 0 of (2, 3)");
    Network images = Network.of(Shape.of(1, 4, 4), 1, conv(1, 3).pad(1));
    NDArray image = NDArray.zeros(4, 1, 4, 4);
    assertThatThrownBy(() -> Evaluation.accuracy(images, Dataset.of(image, image), 2))
        .hasMessage("accuracy: expected y of (N, K) for at least 2 classes, got (1, 1, 4, 4)");
  }

  @Test
  void nan_is_not_class_0() {
    Network network = Network.of(Shape.of(5), 1, affine(3));
    network.parameter("affine1.b").value().fill(Float.NaN);
    Dataset zeros = Dataset.of(NDArray.zeros(4, 5), NDArray.zeros(4));
    assertThat(Evaluation.accuracy(network, zeros, 3)).isEqualTo(0);
  }

  @Test
  void a_metric_is_a_mean_over_samples_in_batches_of_any_size() {
    NDArray x = NDArray.normal(Shape.of(7, 5), 0f, 1f, new Random(1));
    NDArray t = NDArray.normal(Shape.of(7, 3), 0f, 1f, new Random(2));
    Network network = Network.of(Shape.of(5), 1, affine(3)).withLoss(new MeanSquaredError());
    double expected = network.predict(x).subtract(t).abs().mean();
    for (int batchSize : new int[] {1, 3, 7, Integer.MAX_VALUE}) {
      assertThat(
              Evaluation.metric(Metric.meanAbsoluteError(), network, Dataset.of(x, t), batchSize))
          .isCloseTo(expected, within(1e-6));
    }
  }
}
