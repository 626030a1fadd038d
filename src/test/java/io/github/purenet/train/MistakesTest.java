package io.github.purenet.train;

import static io.github.purenet.nn.Layers.affine;
import static io.github.purenet.nn.Layers.softmax;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.purenet.data.Dataset;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import io.github.purenet.nn.MeanSquaredError;
import io.github.purenet.nn.Network;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MistakesTest {
  /** Samples are the logits of three classes. */
  private static final NDArray LOGITS =
      NDArray.of(
          Shape.of(5, 3),
          2,
          0,
          0, // right
          0,
          1,
          0, // 1 instead of 0
          0,
          0,
          9, // 2 instead of 1, very sure
          Float.NaN,
          0,
          0, // no answer
          1,
          1,
          1); // 0 of equal ones, instead of 2

  private static final Dataset SAMPLES = Dataset.of(LOGITS, NDArray.of(0, 0, 1, 1, 2));

  /** A network that returns its input. */
  private static Network identity() {
    Network network = Network.of(Shape.of(3), 1, affine(3));
    NDArray w = NDArray.of(Shape.of(3, 3), 1, 0, 0, 0, 1, 0, 0, 0, 1);
    network.setParameters(Map.of("affine1.W", w, "affine1.b", NDArray.zeros(3)));
    return network;
  }

  @Test
  void the_most_confident_come_first() {
    List<Mistake> mistakes = Mistakes.of(identity(), SAMPLES, 2);

    assertThat(mistakes.stream().map(Mistake::index)).containsExactly(3, 2, 1, 4);
    assertThat(mistakes.stream().map(Mistake::said)).containsExactly(-1, 2, 1, 0);
    assertThat(mistakes.stream().map(Mistake::right)).containsExactly(1, 1, 0, 2);
    assertThat(mistakes.get(0).probability()).isNaN();
    assertThat(mistakes.get(2).probability()).isCloseTo(Math.E / (Math.E + 2), within(1e-6));
    assertThat(mistakes.get(2).rightProbability()).isCloseTo(1 / (Math.E + 2), within(1e-6));
    assertThat(mistakes.get(3).rightProbability()).isCloseTo(1 / 3.0, within(1e-6));
  }

  @Test
  void targets_may_be_rows_of_probabilities() {
    NDArray t = NDArray.of(Shape.of(2, 3), 1, 0, 0, 0.6f, 0.3f, 0.1f);

    assertThat(Mistakes.of(identity(), Dataset.of(LOGITS.slice(0, 2), t), 9))
        .singleElement()
        .satisfies(mistake -> assertThat(mistake.right()).isEqualTo(0));
  }

  @Test
  void a_network_that_is_always_right_makes_none() {
    assertThat(Mistakes.of(identity(), SAMPLES.head(1), 1)).isEmpty();
  }

  @Test
  void outputs_must_stand_for_probabilities() {
    Network probabilities =
        Network.of(Shape.of(3), 1, affine(3), softmax()).withLoss(new MeanSquaredError());
    double p = Mistakes.of(probabilities, SAMPLES.skip(3).head(1), 1).get(0).probability();
    assertThat(p).isNaN();

    Network neither = identity().withLoss(new MeanSquaredError());
    assertThatThrownBy(() -> Mistakes.of(neither, SAMPLES, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "mistakes: expected a network with SoftmaxWithLoss or with a softmax at its end, got"
                + " one with MeanSquaredError");
  }
}
