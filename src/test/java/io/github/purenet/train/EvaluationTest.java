package io.github.purenet.train;

import static io.github.purenet.nn.Layers.affine;
import static io.github.purenet.nn.Layers.conv;
import static io.github.purenet.nn.Layers.relu;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.purenet.data.Dataset;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import io.github.purenet.nn.Network;
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
}
