package io.github.purenet.nn;

import static io.github.purenet.nn.Layers.affine;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import org.junit.jupiter.api.Test;

class MetricTest {
  private static final float NAN = Float.NaN;

  @Test
  void accuracy_counts_the_classes_that_are_right() {
    NDArray y = NDArray.of(Shape.of(4, 3), 3, 1, 2, 1, 3, 2, 0, 0, 1, 2, 2, 1);
    assertThat(Metric.accuracy().sum(y, NDArray.of(0, 1, 0, 0))).isEqualTo(3);
    NDArray rows = NDArray.of(Shape.of(4, 3), 1, 0, 0, 0.2f, 0.5f, 0.3f, 1, 0, 0, 0, 1, 0);
    assertThat(Metric.accuracy().sum(y, rows)).isEqualTo(2);
  }

  @Test
  void accuracy_counts_nan_as_wrong_whatever_the_class() {
    for (int label = 0; label < 3; label++) {
      NDArray t = NDArray.of(label);
      assertThat(Metric.accuracy().sum(NDArray.full(Shape.of(1, 3), NAN), t)).isEqualTo(0);
      NDArray y = NDArray.of(Shape.of(1, 3), 1, 2, 3);
      y.set(NAN, 0, label);
      assertThat(Metric.accuracy().sum(y, t)).isEqualTo(0);
    }
    NDArray negative = NDArray.full(Shape.of(1, 3), Float.NEGATIVE_INFINITY);
    assertThat(Metric.accuracy().sum(negative, NDArray.of(0f))).isEqualTo(1);
  }

  @Test
  void accuracy_refuses_what_is_no_classifier() {
    assertThatThrownBy(() -> Metric.accuracy().sum(NDArray.zeros(2, 1), NDArray.zeros(2, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("accuracy: expected y of (N, K) for at least 2 classes, got (2, 1)");
    assertThatThrownBy(() -> Metric.accuracy().sum(NDArray.zeros(2, 3, 4), NDArray.zeros(2)))
        .hasMessage("accuracy: expected y of (N, K) for at least 2 classes, got (2, 3, 4)");
    assertThatThrownBy(() -> Metric.accuracy().sum(NDArray.zeros(2, 3), NDArray.zeros(2, 4)))
        .hasMessage("accuracy: expected t of (2,) or (2, 3), got (2, 4)");
    NDArray severalLabels = NDArray.of(Shape.of(2, 3), 0, 1, 0, 1, 1, 0);
    assertThatThrownBy(() -> Metric.accuracy().sum(NDArray.zeros(2, 3), severalLabels))
        .hasMessage(
            "accuracy: expected probabilities that sum to 1 in t, got a sum of 2.0 in row 1 of"
                + " (2, 3)");
    assertThatThrownBy(() -> Metric.accuracy().sum(NDArray.zeros(2, 3), NDArray.of(0, 3)))
        .hasMessage("accuracy: expected a class index from 0 to 2 in t, got 3.0 at 1 in (2,)");
  }

  @Test
  void binary_accuracy_is_per_label_and_at_one_half() {
    NDArray y = NDArray.of(Shape.of(2, 2), 0.1f, -0.1f, NAN, 5);
    NDArray t = NDArray.of(Shape.of(2, 2), 1, 1, 0, 0.6f);
    assertThat(Metric.binaryAccuracy().sum(y, t)).isEqualTo(1); // half of each of two samples
    NDArray inverted = NDArray.of(Shape.of(2, 2), 0, 0, 1, 0.4f);
    assertThat(Metric.binaryAccuracy().sum(y, inverted)).isEqualTo(0.5);
    assertThat(Metric.binaryAccuracy().sum(NDArray.zeros(2, 1), NDArray.zeros(2, 1))).isEqualTo(2);
    assertThatThrownBy(() -> Metric.binaryAccuracy().sum(y, NDArray.zeros(2)))
        .hasMessage("binary accuracy: expected t of (2, 2), got (2,)");
    assertThatThrownBy(() -> Metric.binaryAccuracy().sum(y, y))
        .hasMessage(
            "binary accuracy: expected numbers from 0.0 to 1.0 in t, got -0.1 at (0, 1), in sample"
                + " 0 of (2, 2)");
  }

  @Test
  void mean_absolute_error_is_that_of_all_numbers_of_any_rank() {
    NDArray y = NDArray.arange(12).reshape(2, 1, 2, 3);
    NDArray t = y.add(NDArray.of(1, -2, 3));
    assertThat(Metric.meanAbsoluteError().sum(y, t)).isCloseTo(4, within(1e-12));
    assertThat(Metric.meanAbsoluteError().sum(NDArray.of(NAN), NDArray.of(0f))).isNaN();
    assertThatThrownBy(() -> Metric.meanAbsoluteError().sum(y, NDArray.zeros(2, 6)))
        .hasMessage("mean absolute error: expected t of (2, 1, 2, 3), got (2, 6)");
  }

  @Test
  void a_loss_knows_its_metric() {
    assertThat(new SoftmaxWithLoss().metric()).isSameAs(Metric.accuracy());
    assertThat(new SigmoidWithLoss().metric()).isSameAs(Metric.binaryAccuracy());
    assertThat(new MeanSquaredError().metric()).isSameAs(Metric.meanAbsoluteError());
    Network network = Network.of(Shape.of(3), 1, affine(2));
    assertThat(network.loss().metric().name()).isEqualTo("accuracy");
    assertThat(network.withLoss(new MeanSquaredError()).loss().metric().isLargerBetter()).isFalse();
  }

  @Test
  void an_own_loss_is_its_own_metric() {
    Loss loss =
        new Loss() {
          @Override
          public double forward(NDArray y, NDArray t, Pass pass) {
            return y.subtract(t).sum() / y.dimension(0);
          }

          @Override
          public NDArray backward(Pass pass) {
            throw new UnsupportedOperationException();
          }
        };
    assertThat(loss.metric().name()).isEqualTo("loss");
    assertThat(loss.metric().isLargerBetter()).isFalse();
    assertThat(loss.metric().sum(NDArray.of(1, 2, 3, 4), NDArray.of(0, 0, 1, 1))).isEqualTo(8);
  }
}
