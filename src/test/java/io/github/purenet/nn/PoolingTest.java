package io.github.purenet.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PoolingTest {
  record Case(Shape x, int ph, int pw, int sh, int sw, int padH, int padW) {
    Pooling layer() {
      return Layers.maxPool(ph, pw)
          .stride(sh, sw)
          .pad(padH, padW)
          .build("maxPool1", x, new Random(1));
    }
  }

  /** Each row breaks one shortcut. */
  static Stream<Case> cases() {
    return Stream.of(
        new Case(Shape.of(1, 1, 1, 1), 1, 1, 1, 1, 0, 0), // one number
        new Case(Shape.of(2, 3, 4, 6), 2, 2, 2, 2, 0, 0), // the usual
        new Case(Shape.of(2, 3, 5, 7), 2, 2, 2, 2, 0, 0), // remainder at the edge
        new Case(Shape.of(1, 2, 7, 7), 3, 3, 2, 2, 0, 0), // windows overlap
        new Case(Shape.of(1, 2, 5, 5), 3, 3, 1, 1, 2, 2), // as much padding as fits
        new Case(Shape.of(2, 1, 6, 5), 3, 2, 1, 2, 1, 0), // differs by axis
        new Case(Shape.of(2, 2, 7, 6), 2, 2, 3, 4, 0, 0)); // stride leaves gaps
  }

  @Test
  void computes_an_example_on_paper() {
    NDArray x = NDArray.of(Shape.of(1, 1, 4, 4), 1, 2, 1, 0, 0, 1, 2, 3, 3, 0, 1, 2, 2, 4, 0, 1);
    Pooling pool = new Pooling(2, 2, 2, 0);
    Pass pass = Pass.training();

    assertThat(pool.forward(x, pass).toArray()).containsExactly(2, 3, 4, 2); // figure 7-14

    NDArray dx = pool.backward(NDArray.of(Shape.of(1, 1, 2, 2), 10, 20, 30, 40), pass);
    assertThat(dx.toArray()).containsExactly(0, 10, 0, 0, 0, 0, 0, 20, 0, 0, 0, 40, 0, 30, 0, 0);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void finds_the_largest_number_under_each_window(Case c) {
    NDArray x = Numbers.apart(c.x, 1);
    NDArray y = c.layer().forward(x);
    assertThat(y.dimension(2)).isEqualTo((c.x.dimension(2) + 2 * c.padH - c.ph) / c.sh + 1);
    assertThat(y.dimension(3)).isEqualTo((c.x.dimension(3) + 2 * c.padW - c.pw) / c.sw + 1);
    for (int n = 0; n < y.dimension(0); n++) {
      for (int ch = 0; ch < y.dimension(1); ch++) {
        for (int oy = 0; oy < y.dimension(2); oy++) {
          for (int ox = 0; ox < y.dimension(3); ox++) {
            float max = Float.NEGATIVE_INFINITY;
            for (int i = 0; i < c.ph * c.pw; i++) {
              int row = oy * c.sh - c.padH + i / c.pw;
              int column = ox * c.sw - c.padW + i % c.pw;
              if (row >= 0 && row < c.x.dimension(2) && column >= 0 && column < c.x.dimension(3)) {
                max = Math.max(max, x.get(n, ch, row, column));
              }
            }
            assertThat(y.get(n, ch, oy, ox)).isEqualTo(max);
          }
        }
      }
    }
  }

  /**
   * Numbers stand 8 apart and the step is 1, so no maximum changes hands and the difference of a
   * piecewise linear function is exact: {@code <y(x + d) - y(x), dy> = <d, dx>}.
   */
  @ParameterizedTest
  @MethodSource("cases")
  void backward_is_the_slope_of_forward(Case c) {
    NDArray x = Numbers.apart(c.x, 2);
    NDArray d = Numbers.integers(c.x, 3).map(Math::signum);
    Pass pass = Pass.training();
    Pooling pool = c.layer();
    NDArray y = pool.forward(x, pass).copy();
    NDArray dy = Numbers.integers(y.shape(), 4);
    NDArray dx = pool.backward(dy, pass);
    assertThat(Numbers.inner(d, dx))
        .isEqualTo(Numbers.inner(pool.forward(x.add(d)).subtract(y), dy));
  }

  @Test
  void padding_never_wins_and_the_first_of_equals_does() {
    Pooling pool = new Pooling(2, 2, 1, 1);
    Pass pass = Pass.training();
    NDArray x = NDArray.full(Shape.of(1, 1, 2, 2), -1f);
    NDArray y = pool.forward(x, pass);
    assertThat(y.shape()).isEqualTo(Shape.of(1, 1, 3, 3));
    assertThat(y.toArray()).containsOnly(-1f);
    assertThat(pool.backward(NDArray.ones(1, 1, 3, 3), pass).toArray()).containsExactly(4, 2, 2, 1);
  }

  @Test
  void a_nan_is_the_maximum_wherever_it_stands() {
    for (int at = 0; at < 4; at++) {
      NDArray x = NDArray.of(Shape.of(1, 1, 2, 2), 1, 2, 3, 4);
      x.data()[at] = Float.NaN;
      assertThat(new Pooling(2, 2, 2, 0).forward(x).item()).isNaN();
    }
    NDArray infinite = NDArray.full(Shape.of(1, 1, 2, 2), Float.NEGATIVE_INFINITY);
    assertThat(new Pooling(2, 2, 2, 0).forward(infinite).item()).isEqualTo(Float.NEGATIVE_INFINITY);
  }

  @Test
  void says_what_does_not_fit() {
    assertThatThrownBy(() -> new Pooling(2, 2, 2, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Pooling: expected a pad smaller than the window (2, 2), got (2, 2)");
    assertThatThrownBy(() -> new Pooling(3, 3, 1, 0).forward(NDArray.zeros(1, 1, 2, 4)))
        .hasMessage(
            "Pooling: expected a window no larger than the padded input, got window (3, 3) with"
                + " pad (0, 0) in (1, 1, 2, 4)");
    assertThatThrownBy(() -> Layers.maxPool(0))
        .hasMessage("maxPool: expected a window of at least (1, 1), got (0, 0)");
  }
}
