package io.github.purenet.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ElementLossTest {
  private final Loss sigmoid = new SigmoidWithLoss();
  private final Loss squares = new MeanSquaredError();

  @Test
  void compute_examples_on_paper() {
    NDArray y = NDArray.of(Shape.of(2, 2), 0f, (float) Math.log(3), 0f, (float) -Math.log(3));
    NDArray t = NDArray.of(Shape.of(2, 2), 0f, 1f, 0.5f, 1f);
    Pass pass = Pass.training();
    double expected = (2 * Math.log(2) + Math.log(4 / 3.0) + Math.log(4)) / 4;
    assertThat(sigmoid.forward(y, t, pass)).isCloseTo(expected, within(1e-7));
    assertThat(sigmoid.backward(pass).toArray())
        .containsExactly(new float[] {0.125f, -0.0625f, 0f, -0.1875f}, within(1e-7f));

    assertThat(squares.forward(NDArray.of(1f, -2f), NDArray.of(4f, 0f), pass)).isEqualTo(6.5);
    assertThat(squares.backward(pass).toArray()).containsExactly(-3f, -2f);
  }

  @Test
  void sigmoid_stays_finite_for_logits_of_ten_thousand() {
    NDArray y = NDArray.of(1e4f, -1e4f, 1e4f, -1e4f);
    Pass pass = Pass.training();
    assertThat(sigmoid.forward(y, NDArray.of(1f, 0f, 0f, 1f), pass)).isEqualTo(0.5e4);
    assertThat(sigmoid.backward(pass).toArray()).containsExactly(0f, 0f, 0.25f, -0.25f);
  }

  /** In float, the sum would stand still long before; takes 400 MB. */
  @Test
  void the_mean_of_many_losses_is_exact() {
    Shape shape = Shape.of(1 << 25);
    double square = (double) 0.1f * 0.1f;
    double loss = squares.forward(NDArray.full(shape, 0.1f), NDArray.zeros(shape), Pass.training());
    assertThat(loss / square).isCloseTo(1, within(0x1p-28));
  }

  /**
   * Central differences over 1/64, a power of two, so that y + h and y - h are exact in float; the
   * losses are computed in double, and third derivatives below 0.1 leave an error below 1e-5.
   */
  @Test
  void backward_is_the_slope_of_forward() {
    for (Loss loss : new Loss[] {sigmoid, squares}) {
      NDArray y =
          NDArray.normal(Shape.of(3, 5), 0f, 1f, new Random(1)).map(v -> Math.rint(v * 64) / 64);
      NDArray t = NDArray.uniform(y.shape(), 0f, 1f, new Random(2));
      Pass pass = Pass.training();
      loss.forward(y, t, pass);
      float[] dy = loss.backward(pass).toArray();
      for (int i = 0; i < y.size(); i++) {
        double slope = (shifted(loss, y, i, 1 / 64f, t) - shifted(loss, y, i, -1 / 64f, t)) * 32;
        assertThat((double) dy[i]).isCloseTo(slope, within(1e-5));
      }
    }
  }

  private static double shifted(Loss loss, NDArray y, int i, float by, NDArray t) {
    NDArray other = y.copy();
    other.data()[i] += by;
    return loss.forward(other, t, Pass.inference());
  }

  @Test
  void nan_in_the_outputs_passes_through() {
    NDArray nan = NDArray.of(0.5f, Float.NaN);
    for (Loss loss : new Loss[] {sigmoid, squares}) {
      assertThat(loss.forward(nan, NDArray.zeros(2), Pass.inference())).isNaN();
    }
  }

  @Test
  void a_bad_target_is_named_with_its_sample() {
    for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
      NDArray t = NDArray.of(Shape.of(3, 2), 0, 1, 0, 1, bad, 0);
      assertThatThrownBy(() -> squares.forward(NDArray.zeros(3, 2), t, Pass.inference()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "MeanSquaredError: expected finite numbers in t, got "
                  + bad
                  + " at (2, 0), in sample 2 of (3, 2)");
      assertThatThrownBy(() -> sigmoid.forward(NDArray.zeros(3, 2), t, Pass.inference()))
          .hasMessage(
              "SigmoidWithLoss: expected numbers from 0.0 to 1.0 in t, got "
                  + bad
                  + " at (2, 0), in sample 2 of (3, 2)");
    }
    NDArray t = NDArray.of(0, Float.NaN);
    assertThatThrownBy(() -> squares.forward(NDArray.zeros(2), t, Pass.inference()))
        .hasMessage("MeanSquaredError: expected finite numbers in t, got NaN in sample 1 of (2,)");
  }

  @Test
  void a_network_learns_by_them() {
    NDArray x = NDArray.normal(Shape.of(8, 3), 0f, 1f, new Random(3));
    NDArray t = NDArray.uniform(Shape.of(8, 2), 0f, 1f, new Random(4));
    for (Loss loss : new Loss[] {sigmoid, squares}) {
      Network network = Network.of(Shape.of(3), 1, Layers.affine(2)).withLoss(loss);
      double before = network.gradient(x, t);
      network.parameters().forEach(p -> p.value().addInPlace(p.gradient().multiply(-0.1f)));
      assertThat(network.loss(x, t)).isLessThan(before);
    }
  }

  @Test
  void say_what_does_not_fit() {
    Pass pass = Pass.training();
    NDArray y = NDArray.zeros(2, 3);
    assertThatThrownBy(() -> sigmoid.forward(y, NDArray.zeros(2), pass))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("SigmoidWithLoss: expected t of (2, 3), got (2,)");
    assertThatThrownBy(() -> squares.forward(y, NDArray.zeros(3, 2), pass))
        .hasMessage("MeanSquaredError: expected t of (2, 3), got (3, 2)");
    assertThatThrownBy(() -> squares.forward(NDArray.zeros(0, 2), NDArray.zeros(0, 2), pass))
        .hasMessage("MeanSquaredError: expected a count of numbers of at least 1, got 0");
    assertThatThrownBy(() -> squares.forward(NDArray.scalar(1), NDArray.scalar(1), pass))
        .hasMessage("MeanSquaredError: expected y of (N, ...), got a scalar");
    for (float bad : new float[] {-0.5f, 1.5f}) {
      NDArray t = NDArray.of(Shape.of(2, 3), 0, 1, 0, 1, bad, 0);
      assertThatThrownBy(() -> sigmoid.forward(y, t, pass))
          .hasMessage(
              "SigmoidWithLoss: expected numbers from 0.0 to 1.0 in t, got "
                  + bad
                  + " at (1, 1), in sample 1 of (2, 3)");
    }
    assertThatThrownBy(() -> squares.backward(Pass.training()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "MeanSquaredError: expected forward with this training pass before backward, got none");
  }
}
