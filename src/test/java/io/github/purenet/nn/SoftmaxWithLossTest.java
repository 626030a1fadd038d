package io.github.purenet.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SoftmaxWithLossTest {
  private final SoftmaxWithLoss loss = new SoftmaxWithLoss();

  @Test
  void computes_an_example_on_paper() {
    // softmax(0, log 3) = (1/4, 3/4)
    NDArray y = NDArray.of(Shape.of(2, 2), 0f, (float) Math.log(3), 0f, (float) Math.log(3));
    Pass pass = Pass.training();
    double value = loss.forward(y, NDArray.of(1f, 0f), pass);
    assertThat(value).isCloseTo((Math.log(4 / 3.0) + Math.log(4)) / 2, within(1e-7));
    float[] dy = loss.backward(pass).toArray();
    assertThat(dy).containsExactly(new float[] {0.125f, -0.125f, -0.375f, 0.375f}, within(1e-7f));
  }

  @Test
  void takes_one_hot_labels_as_it_takes_indices() {
    NDArray y = NDArray.normal(Shape.of(3, 4), 0f, 1f, new Random(1));
    NDArray oneHot = NDArray.of(Shape.of(3, 4), 0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0, 1);
    Pass a = Pass.training();
    Pass b = Pass.training();
    assertThat(loss.forward(y, oneHot, a)).isEqualTo(loss.forward(y, NDArray.of(2f, 0f, 3f), b));
    assertThat(loss.backward(a).toArray()).isEqualTo(loss.backward(b).toArray());
  }

  /**
   * Central differences over 1/64, a power of two, so that y + h and y - h are exact in float; the
   * loss is computed in double, and its third derivative, below 0.1, leaves an error below 1e-5.
   */
  @Test
  void backward_is_the_slope_of_forward() {
    for (int k : new int[] {1, 2, 7, 10}) {
      NDArray y =
          NDArray.normal(Shape.of(5, k), 0f, 1f, new Random(k)).map(v -> Math.rint(v * 64) / 64);
      Random random = new Random(100 + k);
      NDArray t = NDArray.zeros(5).map(zero -> random.nextInt(k));
      Pass pass = Pass.training();
      loss.forward(y, t, pass);
      float[] dy = loss.backward(pass).toArray();
      for (int i = 0; i < y.size(); i++) {
        double slope = (shifted(y, i, 1 / 64f, t) - shifted(y, i, -1 / 64f, t)) * 32;
        assertThat((double) dy[i]).isCloseTo(slope, within(2e-5));
      }
    }
  }

  private double shifted(NDArray y, int i, float by, NDArray t) {
    NDArray other = y.copy();
    other.data()[i] += by;
    return loss.forward(other, t, Pass.inference());
  }

  @Test
  void stays_finite_for_logits_of_ten_thousand() {
    NDArray y = NDArray.of(Shape.of(1, 3), 1e4f, 0f, -1e4f);
    Pass pass = Pass.training();
    assertThat(loss.forward(y, NDArray.of(2f), pass)).isEqualTo(2e4);
    assertThat(loss.backward(pass).toArray()).containsExactly(1, 0, -1);
  }

  /** Of three logits 1e4 apart only the largest has a probability above 0. */
  @Test
  void stays_finite_for_logits_of_ten_thousand_with_smoothing_and_weights() {
    SoftmaxWithLoss other = loss.labelSmoothing(0.3).classWeights(1, 2, 4);
    NDArray y = NDArray.of(Shape.of(1, 3), 1e4f, 0f, -1e4f);
    Pass pass = Pass.training();
    // Shares 1 * 0.1, 2 * 0.1, 4 * 0.8 of the losses 0, 1e4, 2e4, divided by the weight 4.
    assertThat(other.forward(y, NDArray.of(2f), pass))
        .isCloseTo((0.2e4 + 3.2 * 2e4) / 4, within(1e-6));
    assertThat(other.backward(pass).toArray())
        .containsExactly(new float[] {3.4f / 4, -0.2f / 4, -3.2f / 4}, within(1e-6f));
    NDArray soft = NDArray.of(Shape.of(1, 3), 0.5f, 0.25f, 0.25f);
    assertThat(loss.forward(y, soft, pass)).isEqualTo(0.25 * 1e4 + 0.25 * 2e4);
    assertThat(loss.backward(pass).toArray()).containsExactly(0.5f, -0.25f, -0.25f);
  }

  /** Class indices divide by the weights of the classes, rows of probabilities by N. */
  @Test
  void class_weights_divide_as_in_pytorch() {
    SoftmaxWithLoss weighted = loss.classWeights(1, 3);
    NDArray y = NDArray.of(Shape.of(2, 2), 0f, (float) Math.log(3), 0f, (float) Math.log(3));
    double sum = 3 * Math.log(4 / 3.0) + Math.log(4);
    Pass pass = Pass.inference();
    assertThat(weighted.forward(y, NDArray.of(1f, 0f), pass)).isCloseTo(sum / 4, within(1e-7));
    NDArray oneHot = NDArray.of(Shape.of(2, 2), 0, 1, 1, 0);
    assertThat(weighted.forward(y, oneHot, pass)).isCloseTo(sum / 2, within(1e-7));
  }

  @Test
  void a_batch_of_classes_that_weigh_nothing_teaches_nothing() {
    SoftmaxWithLoss weighted = loss.classWeights(0, 3);
    Pass pass = Pass.training();
    assertThat(weighted.forward(NDArray.ones(2, 2), NDArray.zeros(2), pass)).isZero();
    assertThat(weighted.backward(pass).toArray()).containsOnly(0f);
  }

  /** Gradients are floats. */
  @Test
  void class_weights_are_in_range_as_floats() {
    assertThatThrownBy(() -> loss.classWeights(1, 1e39))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "SoftmaxWithLoss: expected finite class weights of at least 0, got 1.0E39 (Infinity as"
                + " a float) in [1.0, 1.0E39]");
    assertThatThrownBy(() -> loss.classWeights(1e-320, 1e-50))
        .hasMessage("SoftmaxWithLoss: expected a class weight above 0, got [1.0E-320, 1.0E-50]");
    Pass pass = Pass.training();
    SoftmaxWithLoss tiny = loss.classWeights(1e-320, 3); // the quotient of two would be infinite
    assertThat(tiny.forward(NDArray.ones(2, 2), NDArray.zeros(2), pass)).isZero();
    assertThat(tiny.backward(pass).toArray()).containsOnly(0f);
  }

  @Test
  void nan_passes_through() {
    NDArray y = NDArray.of(Shape.of(1, 2), 0f, Float.NaN);
    assertThat(loss.labelSmoothing(0.1).forward(y, NDArray.of(0f), Pass.inference())).isNaN();
  }

  @Test
  void settings_make_a_new_loss_and_fail_at_once() {
    double[] weights = {1, 2, 3};
    SoftmaxWithLoss weighted = loss.classWeights(weights);
    NDArray y = NDArray.of(Shape.of(1, 3), 1f, 2f, 4f);
    NDArray t = NDArray.of(Shape.of(1, 3), 1f, 0f, 0f);
    double before = weighted.forward(y, t, Pass.inference());
    weights[0] = 7;
    weighted.labelSmoothing(0.5);
    assertThat(weighted.forward(y, t, Pass.inference())).isEqualTo(before);
    assertThat(before).isEqualTo(loss.forward(y, t, Pass.inference()));

    assertThatThrownBy(() -> loss.classWeights(1, Double.NaN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "SoftmaxWithLoss: expected finite class weights of at least 0, got NaN in [1.0, NaN]");
    assertThatThrownBy(() -> loss.classWeights(1, -2))
        .hasMessageContaining("of at least 0, got -2.0 in [1.0, -2.0]");
    assertThatThrownBy(() -> loss.classWeights(Double.POSITIVE_INFINITY))
        .hasMessageContaining("of at least 0, got Infinity in [Infinity]");
    assertThatThrownBy(() -> loss.classWeights(0, 0))
        .hasMessage("SoftmaxWithLoss: expected a class weight above 0, got [0.0, 0.0]");
    assertThatThrownBy(loss::classWeights)
        .hasMessage("SoftmaxWithLoss: expected a class weight above 0, got []");
    for (double bad : new double[] {-0.1, 1, Double.NaN}) {
      assertThatThrownBy(() -> loss.labelSmoothing(bad))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("SoftmaxWithLoss: expected a label smoothing from 0 to below 1, got " + bad);
    }
  }

  @Test
  void a_network_asks_for_as_many_weights_as_classes() {
    Network network = Network.of(Shape.of(4), 1, Layers.affine(3));
    assertThatThrownBy(() -> network.withLoss(loss.classWeights(1, 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "SoftmaxWithLoss: expected as many classes in y as class weights, 2, got 3 in (1, 3)");
    assertThatThrownBy(
            () ->
                loss.classWeights(1, 2)
                    .forward(NDArray.zeros(5, 3), NDArray.zeros(5), Pass.inference()))
        .hasMessageContaining("class weights, 2, got 3 in (5, 3)");
    assertThat(network.withLoss(loss.classWeights(1, 2, 3)).loss(NDArray.ones(1, 4), NDArray.of(0)))
        .isPositive();
  }

  @Test
  void says_what_does_not_fit() {
    NDArray y = NDArray.zeros(2, 3);
    Pass pass = Pass.training();
    assertThatThrownBy(() -> loss.forward(y, NDArray.of(0f, 3f), pass))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "SoftmaxWithLoss: expected a class index from 0 to 2 in t, got 3.0 at 1 in (2,)");
    for (float bad : new float[] {-1f, 0.5f, Float.NaN}) {
      assertThatThrownBy(() -> loss.forward(y, NDArray.of(bad, 0f), pass))
          .hasMessage(
              "SoftmaxWithLoss: expected a class index from 0 to 2 in t, got "
                  + bad
                  + " at 0 in (2,)");
    }
    assertThatThrownBy(() -> loss.forward(y, NDArray.zeros(3), pass))
        .hasMessage("SoftmaxWithLoss: expected t of (2,) or (2, 3), got (3,)");
    assertThatThrownBy(() -> loss.forward(y, NDArray.ones(2, 3), pass))
        .hasMessage(
            "SoftmaxWithLoss: expected probabilities that sum to 1 in t, got a sum of 3.0 in row 0"
                + " of (2, 3)");
    assertThatThrownBy(() -> loss.forward(y, NDArray.of(Shape.of(2, 3), 1, 0, 0, 0, -1, 2), pass))
        .hasMessage("SoftmaxWithLoss: expected probabilities in t, got -1.0 at (1, 1) in (2, 3)");
    assertThatThrownBy(() -> loss.forward(NDArray.zeros(0, 3), NDArray.zeros(0), pass))
        .hasMessage("SoftmaxWithLoss: expected a batch size of at least 1, got 0");
    assertThatThrownBy(() -> loss.forward(NDArray.zeros(3), NDArray.zeros(3), pass))
        .hasMessage("SoftmaxWithLoss: expected y of (N, K), got (3,)");
    assertThatThrownBy(() -> loss.backward(Pass.training()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "SoftmaxWithLoss: expected forward with this training pass before backward, got none");
  }
}
