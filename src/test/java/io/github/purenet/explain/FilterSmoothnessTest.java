package io.github.purenet.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FilterSmoothnessTest {

  private static double of(int fh, int fw, float... weights) {
    return FilterSmoothness.mean(NDArray.of(Shape.of(1, 1, fh, fw), weights));
  }

  @Test
  void an_edge_is_smooth_and_a_checkerboard_is_not() {
    // Rows -1, 0, 1: pairs within rows give 2 + 0 + 2, pairs between rows 0; 4 / 12 over 6 / 9.
    assertThat(of(3, 3, -1, -1, -1, 0, 0, 0, 1, 1, 1)).isCloseTo(0.5, within(1e-6));
    assertThat(of(2, 2, 1, -1, -1, 1)).isCloseTo(-1, within(1e-6));
    // A single row: 1 2 3 4, deviations -1.5 -0.5 0.5 1.5; (0.75 - 0.25 + 0.75) / 3 over 5 / 4.
    assertThat(of(1, 4, 1, 2, 3, 4)).isCloseTo(1.25 / 3 / 1.25, within(1e-6));
  }

  @Test
  void neither_a_constant_nor_a_factor_changes_it() {
    NDArray w = NDArray.normal(Shape.of(4, 3, 5, 5), 0, 1, new Random(1));
    NDArray expected = FilterSmoothness.of(w);

    assertThat(FilterSmoothness.of(w.multiply(-7).add(3)).allClose(expected, 0, 1e-4)).isTrue();
    assertThat(expected.shape()).isEqualTo(Shape.of(4, 3));
  }

  @Test
  void random_filters_have_the_expectation_of_moran() {
    NDArray w = NDArray.normal(Shape.of(2000, 1, 5, 5), 0, 1, new Random(2));

    // The standard error of the mean is 0.13 / sqrt(2000).
    assertThat(FilterSmoothness.mean(w)).isCloseTo(-1.0 / 24, within(0.015));
  }

  @Test
  void filters_without_structure_have_none() {
    assertThat(of(1, 1, 3)).isNaN();
    assertThat(of(3, 1, 0.1f, 0.1f, 0.1f)).isNaN();
    assertThat(of(2, 2, 1, 2, Float.NaN, 4)).isNaN();
    assertThat(of(2, 2, 1, 2, Float.POSITIVE_INFINITY, 4)).isNaN();
    NDArray half = NDArray.of(Shape.of(1, 2, 2, 2), 1, 1, 1, 1, 1, -1, -1, 1);
    assertThat(FilterSmoothness.mean(half)).isCloseTo(-1, within(1e-6));
  }

  @Test
  void says_which_shape_it_expects() {
    assertThatThrownBy(() -> FilterSmoothness.of(NDArray.zeros(30, 25)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("filters: expected a weight (FN, C, FH, FW), got (30, 25)");
  }
}
