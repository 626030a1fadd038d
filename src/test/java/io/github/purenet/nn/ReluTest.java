package io.github.purenet.nn;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import org.junit.jupiter.api.Test;

class ReluTest {

  @Test
  void computes_the_books_example() {
    Relu relu = new Relu();
    Pass pass = Pass.training();
    NDArray x = NDArray.of(Shape.of(2, 2), 1f, -0.5f, -2f, 3f);
    assertThat(relu.forward(x, pass).toArray()).containsExactly(1, 0, 0, 3);
    assertThat(relu.backward(NDArray.of(Shape.of(2, 2), 5, 6, 7, 8), pass).toArray())
        .containsExactly(5, 0, 0, 8);
  }

  /** Numbers keep 4 away from 0 and the step is 1, so the difference is exact. */
  @Test
  void backward_is_the_slope_of_forward_for_any_rank() {
    for (Shape shape : new Shape[] {Shape.of(7), Shape.of(3, 5), Shape.of(2, 3, 5, 1)}) {
      NDArray x = Numbers.apart(shape, 1);
      NDArray dy = Numbers.integers(shape, 2);
      Pass pass = Pass.training();
      Relu relu = new Relu();
      NDArray y = relu.forward(x, pass).copy();
      NDArray dx = relu.backward(dy, pass);
      NDArray d = Numbers.integers(shape, 3).map(Math::signum);
      assertThat(Numbers.inner(d, dx))
          .isEqualTo(Numbers.inner(relu.forward(x.add(d)).subtract(y), dy));
    }
  }

  @Test
  void has_gradient_0_at_0_and_lets_nan_through() {
    Relu relu = new Relu();
    Pass pass = Pass.training();
    NDArray y = relu.forward(NDArray.of(0f, -0f, Float.NaN, Float.POSITIVE_INFINITY), pass);
    assertThat(y.toArray()).containsExactly(0f, 0f, Float.NaN, Float.POSITIVE_INFINITY);
    assertThat(relu.backward(NDArray.ones(4), pass).toArray()).containsExactly(0, 0, 1, 1);
  }
}
