package io.github.purenet.ndarray;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class Im2colTest {
  record Case(Shape x, int fh, int fw, int sh, int sw, int ph, int pw) {}

  /** Each row breaks one shortcut. */
  static Stream<Case> cases() {
    return Stream.of(
        new Case(Shape.of(1, 1, 1, 1), 1, 1, 1, 1, 0, 0), // one number
        new Case(Shape.of(2, 3, 5, 4), 3, 2, 1, 1, 0, 0), // nothing square
        new Case(Shape.of(1, 2, 6, 6), 3, 3, 2, 2, 0, 0), // last row and column never read
        new Case(Shape.of(1, 1, 3, 3), 3, 3, 1, 1, 2, 2), // windows mostly padding
        new Case(Shape.of(1, 1, 2, 2), 3, 3, 2, 2, 4, 4), // windows of nothing but padding
        new Case(Shape.of(2, 1, 4, 4), 2, 2, 3, 3, 1, 1), // stride leaves gaps
        new Case(Shape.of(2, 2, 5, 7), 2, 3, 1, 2, 2, 1), // all different by axis
        new Case(Shape.of(0, 2, 5, 7), 2, 3, 1, 2, 2, 1)); // no image
  }

  @Test
  void has_the_shapes_of_the_book() {
    NDArray one = NDArray.uniform(Shape.of(1, 3, 7, 7), 0f, 1f, new Random(1));
    NDArray ten = NDArray.uniform(Shape.of(10, 3, 7, 7), 0f, 1f, new Random(2));
    assertThat(Im2col.im2col(one, 5, 5, 1, 0).shape()).isEqualTo(Shape.of(9, 75));
    assertThat(Im2col.im2col(ten, 5, 5, 1, 0).shape()).isEqualTo(Shape.of(90, 75));
  }

  @Test
  void lays_each_window_out_as_a_row() {
    NDArray x = NDArray.arange(9).reshape(1, 1, 3, 3);
    assertThat(Im2col.im2col(x, 2, 2, 1, 0).toArray())
        .containsExactly(0, 1, 3, 4, 1, 2, 4, 5, 3, 4, 6, 7, 4, 5, 7, 8);
  }

  @Test
  void adds_overlapping_windows_back() {
    NDArray x = Im2col.col2im(NDArray.ones(4, 4), Shape.of(1, 1, 3, 3), 2, 2, 1, 0);
    assertThat(x.toArray()).containsExactly(1, 2, 1, 2, 4, 2, 1, 2, 1);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void agrees_with_the_definition(Case c) {
    NDArray x = integers(c.x, 3);
    NDArray padded =
        x.pad(new int[] {0, 0}, new int[] {0, 0}, new int[] {c.ph, c.ph}, new int[] {c.pw, c.pw});
    NDArray columns = Im2col.im2col(x, c.fh, c.fw, c.sh, c.sw, c.ph, c.pw);
    int oh = (padded.dimension(2) - c.fh) / c.sh + 1;
    int ow = (padded.dimension(3) - c.fw) / c.sw + 1;
    int channels = x.dimension(1);
    assertThat(columns.shape())
        .isEqualTo(Shape.of(x.dimension(0) * oh * ow, channels * c.fh * c.fw));
    for (int row = 0; row < columns.dimension(0); row++) {
      for (int column = 0; column < columns.dimension(1); column++) {
        float expected =
            padded.get(
                row / (oh * ow),
                column / (c.fh * c.fw),
                row / ow % oh * c.sh + column / c.fw % c.fh,
                row % ow * c.sw + column % c.fw);
        assertThat(columns.get(row, column)).isEqualTo(expected);
      }
    }
  }

  /** unfold(x) . c == x . fold(c); small integers keep every sum exact, so no tolerance. */
  @ParameterizedTest
  @MethodSource("cases")
  void fold_is_the_adjoint_of_unfold(Case c) {
    NDArray x = integers(c.x, 4);
    NDArray unfolded = Im2col.im2col(x, c.fh, c.fw, c.sh, c.sw, c.ph, c.pw);
    NDArray columns = integers(unfolded.shape(), 5);
    NDArray folded = Im2col.col2im(columns, c.x, c.fh, c.fw, c.sh, c.sw, c.ph, c.pw);
    assertThat(unfolded.multiply(columns).sum()).isEqualTo(x.multiply(folded).sum());
  }

  @Test
  void reads_an_array_no_further_than_it_goes() {
    NDArray images = integers(Shape.of(3, 1, 4, 4), 6);
    NDArray first = NDArray.wrapFirst(Shape.of(1, 1, 4, 4), images.data());
    assertThat(Im2col.im2col(first, 3, 3, 1, 0).toArray())
        .isEqualTo(Im2col.im2col(first.copy(), 3, 3, 1, 0).toArray());
  }

  @Test
  void says_what_does_not_fit() {
    NDArray x = NDArray.zeros(1, 1, 4, 4);
    assertThatThrownBy(() -> Im2col.im2col(x, 5, 3, 1, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "im2col: expected a window no larger than the padded input, got window (5, 3) with pad"
                + " (0, 0) in (1, 1, 4, 4)");
    assertThatThrownBy(() -> Im2col.im2col(x.reshape(4, 4), 3, 3, 1, 0))
        .hasMessage("im2col: expected images (N, C, H, W), got (4, 4)");
    assertThatThrownBy(() -> Im2col.im2col(x, 0, 3, 1, 0))
        .hasMessage("im2col: expected a window of at least (1, 1), got (0, 3)");
    assertThatThrownBy(() -> Im2col.im2col(x, 3, 3, 0, 0))
        .hasMessage("im2col: expected a stride of at least (1, 1), got (0, 0)");
    assertThatThrownBy(() -> Im2col.im2col(x, 3, 3, 1, -1))
        .hasMessage("im2col: expected a pad of at least (0, 0), got (-1, -1)");
    assertThatThrownBy(() -> Im2col.im2col(x, 3, 3, 1, 1_000_000_000))
        .hasMessage(
            "im2col: expected at most 2147483647 numbers under all windows, got windows of (3, 3) at"
                + " (2000000002, 2000000002) positions in (1, 1, 4, 4)");
    assertThatThrownBy(() -> Im2col.im2col(x, 3, 3, 1, 1, 0, 1_100_000_000))
        .hasMessage(
            "im2col: expected at most 2147483647 rows and columns with the padding, got pad"
                + " (0, 1100000000) in (1, 1, 4, 4)");
    assertThatThrownBy(() -> Im2col.col2im(x, Shape.of(1, 1, 50_000, 50_000), 1, 1, 1, 0))
        .hasMessageStartingWith("shape: expected at most 2147483647 elements");
    assertThatThrownBy(() -> Im2col.col2im(x, Shape.of(1, 1, 40_000, 40_000), 3, 3, 1, 1))
        .hasMessage(
            "col2im: expected at most 2147483647 numbers under all windows, got windows of (3, 3) at"
                + " (40000, 40000) positions in (1, 1, 40000, 40000)");
    assertThatThrownBy(() -> Im2col.col2im(x.reshape(4, 4), Shape.of(1, 1, 4, 4), 2, 2, 1, 0))
        .hasMessage("col2im: expected columns of (9, 4) for images (1, 1, 4, 4), got (4, 4)");
  }

  private static NDArray integers(Shape shape, long seed) {
    Random random = new Random(seed);
    return NDArray.zeros(shape).map(zero -> random.nextInt(9) - 4);
  }
}
