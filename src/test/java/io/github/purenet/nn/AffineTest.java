package io.github.purenet.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AffineTest {

  @Test
  void computes_an_example_on_paper() {
    NDArray w = NDArray.of(Shape.of(2, 3), 1, 2, 3, 4, 5, 6);
    Affine affine = new Affine(w, NDArray.of(10f, 20f, 30f));
    Pass pass = Pass.training();

    NDArray y = affine.forward(NDArray.of(Shape.of(1, 2), 1, 2), pass);
    assertThat(y.toArray()).containsExactly(19, 32, 45); // 1*1 + 2*4 + 10, ...

    NDArray dx = affine.backward(NDArray.of(Shape.of(1, 3), 1, 0, -1), pass);
    assertThat(dx.toArray()).containsExactly(-2, -2); // 1*1 - 1*3, 1*4 - 1*6
    assertThat(affine.parameters().get(0).gradient().toArray()).containsExactly(1, 0, -1, 2, 0, -2);
    assertThat(affine.parameters().get(1).gradient().toArray()).containsExactly(1, 0, -1);
  }

  /** With bias 0, {@code <y, dy> = <x, dx> = <W, dW>}, exactly. */
  @ParameterizedTest
  @CsvSource({"1, 1, 1", "3, 5, 2", "7, 13, 31", "2, 33, 1", "33, 1, 7"})
  void backward_is_the_adjoint_of_forward(int n, int d, int k) {
    NDArray x = Numbers.integers(Shape.of(n, d), 1);
    NDArray w = Numbers.integers(Shape.of(d, k), 2);
    Affine affine = new Affine(w, NDArray.zeros(k));
    Pass pass = Pass.training();
    NDArray y = affine.forward(x, pass);
    assertThat(y.toArray()).isEqualTo(x.dot(w).toArray());
    NDArray dy = Numbers.integers(y.shape(), 3);
    NDArray dx = affine.backward(dy, pass);
    double expected = Numbers.inner(y, dy);
    assertThat(Numbers.inner(x, dx)).isEqualTo(expected);
    assertThat(Numbers.inner(w, affine.parameters().get(0).gradient())).isEqualTo(expected);
    assertThat(affine.parameters().get(1).gradient().toArray()).isEqualTo(dy.sum(0).toArray());
  }

  @Test
  void flattens_images_and_gives_their_gradient_back_in_their_shape() {
    NDArray x = Numbers.integers(Shape.of(2, 3, 2, 2), 1);
    Affine affine =
        new Affine(Numbers.integers(Shape.of(12, 5), 2), Numbers.integers(Shape.of(5), 3));
    Pass pass = Pass.training();
    assertThat(affine.forward(x, pass).toArray())
        .isEqualTo(affine.forward(x.reshape(2, 12)).toArray());
    assertThat(affine.backward(NDArray.ones(2, 5), pass).shape()).isEqualTo(x.shape());
  }

  @Test
  void says_what_does_not_fit() {
    Affine affine = new Affine(NDArray.zeros(12, 5), NDArray.zeros(5));
    assertThatThrownBy(() -> affine.forward(NDArray.zeros(2, 3, 2, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Affine: expected 12 numbers a sample, got 6 in (2, 3, 2, 1)");
    assertThatThrownBy(() -> affine.forward(NDArray.scalar(1f)))
        .hasMessage("Affine: expected 12 numbers a sample, got a scalar");
    assertThatThrownBy(() -> new Affine(NDArray.zeros(12, 5), NDArray.zeros(12)))
        .hasMessage("Affine: expected bias of (5,), got (12,)");
    assertThatThrownBy(() -> new Affine(NDArray.zeros(12), NDArray.zeros(12)))
        .hasMessage("Affine: expected weight of (D, K), got (12,)");
    assertThatThrownBy(() -> Layers.affine(0))
        .hasMessage("affine: expected a number of outputs of at least 1, got 0");
  }
}
