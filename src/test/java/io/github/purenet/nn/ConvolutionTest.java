package io.github.purenet.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.purenet.ndarray.Im2col;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConvolutionTest {
  record Case(Shape x, Shape w, int sh, int sw, int ph, int pw) {}

  /** Each row breaks one shortcut. */
  static Stream<Case> cases() {
    return Stream.of(
        new Case(Shape.of(1, 1, 1, 1), Shape.of(1, 1, 1, 1), 1, 1, 0, 0), // one number
        new Case(Shape.of(2, 3, 5, 4), Shape.of(4, 3, 3, 2), 1, 1, 0, 0), // nothing square
        new Case(Shape.of(1, 2, 6, 6), Shape.of(3, 2, 3, 3), 2, 2, 0, 0), // remainder at the edge
        new Case(Shape.of(1, 1, 3, 3), Shape.of(2, 1, 3, 3), 1, 1, 2, 2), // mostly padding
        new Case(Shape.of(2, 1, 4, 4), Shape.of(5, 1, 2, 2), 3, 3, 1, 1), // stride leaves gaps
        new Case(Shape.of(3, 2, 5, 7), Shape.of(7, 2, 3, 2), 1, 2, 2, 1), // differs by axis
        new Case(Shape.of(2, 3, 4, 4), Shape.of(2, 3, 4, 4), 1, 1, 0, 0)); // the whole image
  }

  @Test
  void computes_an_example_on_paper() {
    NDArray x = NDArray.of(Shape.of(1, 1, 3, 3), 1, 2, 3, 4, 5, 6, 7, 8, 9);
    NDArray w = NDArray.of(Shape.of(1, 1, 2, 2), 1, 0, 0, -1);
    Convolution conv = new Convolution(w, NDArray.of(10f), 1, 0);
    Pass pass = Pass.training();

    // Each output is 10 + upper left - lower right = 10 - 4.
    assertThat(conv.forward(x, pass).toArray()).containsExactly(6, 6, 6, 6);

    NDArray dx = conv.backward(NDArray.of(Shape.of(1, 1, 2, 2), 1, 2, 3, 4), pass);
    assertThat(dx.toArray()).containsExactly(1, 2, 0, 3, 3, -2, 0, -3, -4);
    // dW[0][0] = 1*1 + 2*2 + 3*4 + 4*5, and so on with the window shifted.
    assertThat(conv.parameters().get(0).gradient().toArray()).containsExactly(37, 47, 67, 77);
    assertThat(conv.parameters().get(1).gradient().toArray()).containsExactly(10);
  }

  /** The book's forward: im2col, one matrix product, transpose. Integers keep it exact. */
  @ParameterizedTest
  @MethodSource("cases")
  void equals_the_books_way_through_im2col(Case c) {
    NDArray x = Numbers.integers(c.x, 1);
    NDArray w = Numbers.integers(c.w, 2);
    NDArray b = Numbers.integers(Shape.of(c.w.dimension(0)), 3);
    NDArray col = Im2col.im2col(x, c.w.dimension(2), c.w.dimension(3), c.sh, c.sw, c.ph, c.pw);
    NDArray out = col.dot(w.reshape(w.dimension(0), -1).transpose()).add(b);

    NDArray y = new Convolution(w, b, c.sh, c.sw, c.ph, c.pw).forward(x);

    Shape s = y.shape();
    NDArray expected =
        out.reshape(s.dimension(0), s.dimension(2), s.dimension(3), s.dimension(1))
            .transpose(0, 3, 1, 2);
    assertThat(y.shape()).isEqualTo(expected.shape());
    assertThat(y.toArray()).isEqualTo(expected.toArray());
  }

  /** With bias 0, y is linear in x and in W: {@code <y, dy> = <x, dx> = <W, dW>}, exactly. */
  @ParameterizedTest
  @MethodSource("cases")
  void backward_is_the_adjoint_of_forward(Case c) {
    NDArray x = Numbers.integers(c.x, 4);
    NDArray w = Numbers.integers(c.w, 5);
    Convolution conv = new Convolution(w, NDArray.zeros(c.w.dimension(0)), c.sh, c.sw, c.ph, c.pw);
    Pass pass = Pass.training();
    NDArray y = conv.forward(x, pass);
    NDArray dy = Numbers.integers(y.shape(), 6);

    NDArray dx = conv.backward(dy, pass);

    double expected = Numbers.inner(y, dy);
    assertThat(Numbers.inner(x, dx)).isEqualTo(expected);
    assertThat(Numbers.inner(w, conv.parameters().get(0).gradient())).isEqualTo(expected);
    assertThat(conv.parameters().get(1).gradient().toArray())
        .isEqualTo(dy.sum(3).sum(2).sum(0).toArray());
  }

  @Test
  void adds_to_gradients_and_reuses_the_memory_of_the_pass() {
    Convolution conv =
        new Convolution(Numbers.integers(Shape.of(2, 1, 2, 2), 1), NDArray.zeros(2), 1, 0);
    Pass pass = Pass.training();
    NDArray x = Numbers.integers(Shape.of(3, 1, 4, 4), 2);
    NDArray first = conv.forward(x, pass);
    NDArray dy = Numbers.integers(first.shape(), 3);
    float[] dx = conv.backward(dy, pass).toArray();
    NDArray dw = conv.parameters().get(0).gradient();
    NDArray once = dw.copy();

    assertThat(conv.forward(x, pass)).isSameAs(first);
    assertThat(conv.backward(dy, pass).toArray()).isEqualTo(dx);
    assertThat(dw.toArray()).isEqualTo(once.multiply(2f).toArray());
  }

  @Test
  void copies_what_it_is_built_from() {
    NDArray w = NDArray.ones(1, 1, 1, 1);
    Convolution conv = new Convolution(w, NDArray.zeros(1), 1, 0);
    w.fill(5f);
    assertThat(conv.forward(NDArray.ones(1, 1, 1, 1)).item()).isEqualTo(1f);
  }

  @Test
  void says_what_does_not_fit() {
    NDArray w = NDArray.zeros(2, 3, 5, 5);
    NDArray b = NDArray.zeros(2);
    Convolution conv = new Convolution(w, b, 1, 0);
    assertThatThrownBy(() -> conv.forward(NDArray.zeros(1, 3, 4, 4)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Convolution: expected a window no larger than the padded input, got window (5, 5)"
                + " with pad (0, 0) in (1, 3, 4, 4)");
    assertThatThrownBy(() -> conv.forward(NDArray.zeros(1, 1, 9, 9)))
        .hasMessage("Convolution: expected 3 channels, got 1 in (1, 1, 9, 9)");
    assertThatThrownBy(() -> conv.forward(NDArray.zeros(3, 9, 9)))
        .hasMessage("Convolution: expected images (N, C, H, W), got (3, 9, 9)");
    assertThatThrownBy(() -> new Convolution(w, NDArray.zeros(3), 1, 0))
        .hasMessage("Convolution: expected bias of (2,), got (3,)");
    assertThatThrownBy(() -> new Convolution(b, b, 1, 0))
        .hasMessage("Convolution: expected weight of (FN, C, FH, FW), got (2,)");
    assertThatThrownBy(() -> new Convolution(w, b, 0, 0))
        .hasMessage("Convolution: expected a stride of at least (1, 1), got (0, 0)");
    assertThatThrownBy(() -> Layers.conv(0, 5))
        .hasMessage("conv: expected a number of filters of at least 1, got 0");
  }
}
