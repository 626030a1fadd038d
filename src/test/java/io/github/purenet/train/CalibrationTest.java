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
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CalibrationTest {
  /** Sums and products of powers of two, which are exact. */
  private static final NDArray PROBABILITIES =
      NDArray.of(
          Shape.of(5, 2), 0.5f, 0.5f, 0.75f, 0.25f, 0.375f, 0.625f, 0.625f, 0.375f, 0.125f, 0.875f);

  @Test
  void an_example_on_paper() {
    Calibration calibration = Calibration.of(PROBABILITIES, NDArray.of(1, 0, 1, 1, 1), 4);

    assertThat(calibration.bins())
        .containsExactly(
            new Calibration.Bin(0, 0.25, 0, Double.NaN, Double.NaN),
            new Calibration.Bin(0.25, 0.5, 1, 0.5, 0), // of equal ones, the first is said: wrong
            new Calibration.Bin(0.5, 0.75, 3, 2 / 3.0, 2 / 3.0), // 0.75 is its end
            new Calibration.Bin(0.75, 1, 1, 0.875, 1));
    assertThat(calibration.expectedError()).isEqualTo((0.5 + 0.125) / 5);
    assertThat(calibration.maximumError()).isEqualTo(0.5);
    assertThat(calibration.samples()).isEqualTo(5);
    assertThat(calibration.accuracy()).isCloseTo(0.6, within(1e-12));
    assertThat(calibration.confidence()).isCloseTo(3.375 / 5, within(1e-12));
    assertThat(calibration.toString().lines())
        .containsExactly(
            "confidence         samples        mean  accuracy",
            "0.250 to 0.500           1      0.5000    0.0000",
            "0.500 to 0.750           3      0.6667    0.6667",
            "0.750 to 1.000           1      0.8750    1.0000",
            "expected calibration error 0.1250, maximum 0.5000");
  }

  @Test
  void a_network_in_batches_is_calibrated_as_its_probabilities_are() {
    NDArray x = NDArray.normal(Shape.of(23, 4), 0f, 1f, new Random(1));
    NDArray labels = NDArray.uniform(Shape.of(23), 0f, 3f, new Random(2)).map(Math::floor);
    Network logits = Network.of(Shape.of(4), 3, affine(3));
    Network probabilities =
        Network.of(Shape.of(4), 3, affine(3), softmax()).withLoss(new MeanSquaredError());

    Calibration expected = Calibration.of(probabilities.predict(x), labels);
    assertThat(expected.bins()).hasSize(15);
    for (int batchSize : new int[] {1, 10, 100}) {
      assertThat(Calibration.of(logits, Dataset.of(x, labels), batchSize).bins())
          .isEqualTo(expected.bins());
    }
    NDArray rows = NDArray.zeros(23, 3);
    IntStream.range(0, 23).forEach(i -> rows.set(1f, i, (int) labels.get(i)));
    assertThat(Calibration.of(probabilities, Dataset.of(x, rows), 10).bins())
        .isEqualTo(expected.bins());
  }

  /** The definition of Guo et al., sample by sample and bin by bin. */
  @Test
  void random_probabilities_have_the_error_of_the_definition() {
    long seed = 7;
    int n = 500;
    NDArray p = NDArray.uniform(Shape.of(n, 3), 0f, 1f, new Random(seed));
    p = p.divide(p.sum(1).reshape(n, 1));
    NDArray labels = NDArray.uniform(Shape.of(n), 0f, 3f, new Random(seed)).map(Math::floor);
    double expected = 0;
    double maximum = 0;
    for (int m = 1; m <= 10; m++) {
      double difference = 0;
      int count = 0;
      for (int i = 0; i < n; i++) {
        NDArray row = p.at(i);
        double confidence = row.max();
        if (confidence > (m - 1) / 10.0 && confidence <= m / 10.0) {
          difference += (row.argmax() == labels.get(i) ? 1 : 0) - confidence;
          count++;
        }
      }
      expected += Math.abs(difference) / n;
      maximum = Math.max(maximum, count == 0 ? 0 : Math.abs(difference) / count);
    }
    Calibration calibration = Calibration.of(p, labels, 10);
    assertThat(calibration.expectedError()).as("seed %d", seed).isCloseTo(expected, within(1e-9));
    assertThat(calibration.maximumError()).as("seed %d", seed).isCloseTo(maximum, within(1e-9));
  }

  @Test
  void one_bin_tells_how_far_mean_confidence_and_accuracy_are_apart() {
    Calibration calibration = Calibration.of(PROBABILITIES, NDArray.of(1, 0, 1, 1, 1), 1);
    assertThat(calibration.expectedError())
        .isCloseTo(calibration.confidence() - calibration.accuracy(), within(1e-12))
        .isEqualTo(calibration.maximumError());
  }

  @Test
  void errors_name_what_is_wrong() {
    NDArray labels = NDArray.zeros(1);
    assertThatThrownBy(() -> Calibration.of(NDArray.of(Shape.of(1, 2), Float.NaN, 0.5f), labels))
        .hasMessage("probabilities: expected numbers from 0 to 1, got NaN for class 0 of sample 0");
    assertThatThrownBy(() -> Calibration.of(NDArray.of(Shape.of(1, 2), 0.5f, 0.75f), labels))
        .hasMessage("probabilities: expected a sum of 1, got 1.25 for sample 0");
    assertThatThrownBy(() -> Calibration.of(NDArray.of(Shape.of(1, 2), 3f, -1f), labels))
        .hasMessage("probabilities: expected numbers from 0 to 1, got 3.0 for class 0 of sample 0");
    NDArray one = NDArray.ones(1, 1);
    for (float label : new float[] {1, -1, 0.5f, Float.NaN}) {
      assertThatThrownBy(() -> Calibration.of(one, NDArray.of(label)))
          .hasMessage("labels: expected a class from 0 to 0, got " + label + " for sample 0");
    }
    assertThatThrownBy(() -> Calibration.of(one, NDArray.zeros(2)))
        .hasMessage("labels: expected (1,) for probabilities (1, 1), got (2,)");
    assertThatThrownBy(() -> Calibration.of(NDArray.ones(3), labels))
        .hasMessage("probabilities: expected (N, K), at least one number, got (3,)");
    assertThatThrownBy(() -> Calibration.of(one, labels, 0))
        .hasMessage("calibration: expected at least 1 bin, got 0 bins");
    Network regression = Network.of(Shape.of(4), 3, affine(3)).withLoss(new MeanSquaredError());
    assertThatThrownBy(() -> Calibration.of(regression, Dataset.of(NDArray.ones(1, 4), labels), 1))
        .hasMessage(
            "calibration: expected a network with SoftmaxWithLoss or with a softmax at its end, got"
                + " one with MeanSquaredError");
  }
}
