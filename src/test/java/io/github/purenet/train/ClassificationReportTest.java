package io.github.purenet.train;

import static io.github.purenet.nn.Layers.affine;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.purenet.data.Dataset;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import io.github.purenet.nn.Network;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ClassificationReportTest {
  private static final Offset<Double> EXACT = within(1e-12);

  /** A network that returns its input. */
  private static Network identity(int classes) {
    Network network = Network.of(Shape.of(classes), 1, affine(classes));
    NDArray w = network.parameter("affine1.W").value().fill(0);
    for (int k = 0; k < classes; k++) {
      w.set(1, k, k);
    }
    return network;
  }

  /** Seven samples of four classes, of which the last never occurs, in batches of three. */
  private static ClassificationReport example() {
    NDArray y =
        NDArray.of(
            Shape.of(7, 4),
            9,
            1,
            2,
            0, // 0 as 0
            1,
            9,
            2,
            0, // 0 as 1
            3,
            2,
            1,
            0, // 0 as 0
            3,
            9,
            4,
            0, // 1 as 1
            1,
            5,
            5,
            0, // 2 as 1, a tie
            0,
            1,
            9,
            2, // 2 as 2
            9,
            8,
            7,
            6); // 2 as 0
    NDArray t = NDArray.of(0, 0, 0, 1, 2, 2, 2);
    return Evaluation.report(identity(4), Dataset.of(y, t), 3);
  }

  @Test
  void counts_on_paper() {
    ClassificationReport report = example();
    assertThat(report.classes()).isEqualTo(4);
    assertThat(report.samples()).isEqualTo(7);
    assertThat(report.confusionMatrix())
        .isEqualTo(new long[][] {{2, 1, 0, 0}, {0, 1, 0, 0}, {1, 1, 1, 0}, {0, 0, 0, 0}});
    assertThat(report.accuracy()).isCloseTo(4 / 7.0, EXACT);
    assertThat(report.topAccuracy(2)).isCloseTo(5 / 7.0, EXACT);
    assertThat(report.topAccuracy(3)).isCloseTo(1, EXACT);
    assertThat(report.precision(0)).isCloseTo(2 / 3.0, EXACT);
    assertThat(report.precision(1)).isCloseTo(1 / 3.0, EXACT);
    assertThat(report.precision(2)).isEqualTo(1);
    assertThat(report.precision(3)).isEqualTo(0);
    assertThat(report.recall(0)).isCloseTo(2 / 3.0, EXACT);
    assertThat(report.recall(1)).isEqualTo(1);
    assertThat(report.recall(2)).isCloseTo(1 / 3.0, EXACT);
    assertThat(report.f1(0)).isCloseTo(2 / 3.0, EXACT);
    assertThat(report.f1(1)).isCloseTo(0.5, EXACT);
    assertThat(report.f1(2)).isCloseTo(0.5, EXACT);
    assertThat(report.f1(3)).isEqualTo(0);
    assertThat(report.macro(report::f1)).isCloseTo((2 / 3.0 + 0.5 + 0.5) / 3, EXACT);
    assertThat(report.weighted(report::f1)).isCloseTo((3 * 2 / 3.0 + 0.5 + 3 * 0.5) / 7, EXACT);
    assertThat(report.weighted(report::recall)).isCloseTo(report.accuracy(), EXACT);
  }

  @Test
  void prints_two_tables() {
    assertThat(example().withClassNames(List.of("cat", "dog", "squirrels", "none")).toString())
        .isEqualToNormalizingNewlines(
            """
            class      precision   recall       F1  samples
            cat           0.6667   0.6667   0.6667        3
            dog           0.3333   1.0000   0.5000        1
            squirrels     1.0000   0.3333   0.5000        3
            none          0.0000   0.0000   0.0000        0
            macro         0.6667   0.6667   0.5556        7
            weighted      0.7619   0.5714   0.5714        7
            accuracy 0.5714

            predicted 0 1 2 3
            cat       2 1 0 0
            dog       0 1 0 0
            squirrels 1 1 1 0
            none      0 0 0 0
            """);
  }

  @Test
  void short_names_leave_the_columns_below_their_heads() {
    assertThat(example().toString())
        .contains("predicted 0 1 2 3")
        .containsPattern("(?m)^0         2 1 0 0$")
        .containsPattern("(?m)^class      precision ");
  }

  @Test
  void a_sample_with_nan_is_predicted_as_no_class() {
    NDArray y = NDArray.of(Shape.of(2, 2), Float.NaN, 1, 2, 1);
    ClassificationReport.Counter counter = new ClassificationReport.Counter(2);
    counter.add(y, NDArray.of(0f, 0f));
    ClassificationReport report = counter.report();
    assertThat(report.confusionMatrix()).isEqualTo(new long[][] {{1, 0}, {0, 0}});
    assertThat(report.accuracy()).isEqualTo(0.5);
    assertThat(report.topAccuracy(2)).isEqualTo(0.5);
    assertThat(report.recall(0)).isEqualTo(0.5);
    assertThat(report.precision(0)).isEqualTo(1);
  }

  @Test
  void one_hot_targets_give_the_same_report() {
    NDArray y = NDArray.of(Shape.of(3, 2), 1, 2, 2, 1, 5, 0);
    NDArray rows = NDArray.of(Shape.of(3, 2), 0, 1, 0, 1, 1, 0);
    assertThat(Evaluation.report(identity(2), Dataset.of(y, rows), 2))
        .hasToString(
            Evaluation.report(identity(2), Dataset.of(y, NDArray.of(1f, 1f, 0f)), 2).toString());
  }

  @Test
  void says_what_does_not_fit() {
    ClassificationReport report = example();
    assertThatThrownBy(() -> report.topAccuracy(5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("topAccuracy: expected k from 1 to 4, got 5");
    assertThatThrownBy(() -> report.withClassNames(List.of("a", "b")))
        .hasMessage("report: expected 4 names of classes, got 2 in [a, b]");
    assertThatThrownBy(
            () ->
                Evaluation.report(
                    identity(2), Dataset.of(NDArray.ones(2, 2), NDArray.of(0f, 2f)), 2))
        .hasMessageStartingWith("samples 0 to 1: accuracy: expected a class index from 0 to 1");
    assertThatThrownBy(() -> report.f1(4)).isInstanceOf(IndexOutOfBoundsException.class);
  }
}
