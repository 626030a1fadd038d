package io.github.purenet.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PcaTest {

  /** On a line of slope 3/4 through (1, 2): one direction (0.8, 0.6), and nothing beside it. */
  @Test
  void points_on_a_line_have_one_component() {
    NDArray x = NDArray.of(Shape.of(3, 2), 5, 5, -3, -1, 1, 2);

    Pca pca = Pca.of(x, 2);

    assertThat(pca.mean().toArray()).containsExactly(1, 2);
    assertThat(pca.components().toArray())
        .containsExactly(new float[] {0.8f, 0.6f, -0.6f, 0.8f}, within(1e-6f));
    assertThat(pca.points().toArray())
        .containsExactly(new float[] {5, 0, -5, 0, 0, 0}, within(1e-6f));
    assertThat(pca.variances().toArray()).containsExactly(new float[] {25, 0}, within(1e-6f));
    assertThat(pca.shares().toArray()).containsExactly(new float[] {1, 0}, within(1e-6f));
    assertThat(pca.transform(NDArray.of(Shape.of(1, 2), 9, 8)).toArray())
        .containsExactly(new float[] {10, 0}, within(1e-5f));
  }

  /** Rows made of known directions with known deviations: more dimensions than one space has. */
  @Test
  void directions_of_many_numbers_are_found() {
    NDArray directions = orthonormal(4, 300, 1);
    float[] deviations = {9, 5, 2, 1};
    int n = 64; // +deviation, -deviation in each direction, 8 times each
    NDArray x = NDArray.zeros(n, 300);
    for (int i = 0; i < n; i++) {
      int direction = i / 2 % 4;
      float factor = (i % 2 == 0 ? 1 : -1) * deviations[direction];
      for (int j = 0; j < 300; j++) {
        x.set(100 + factor * directions.get(direction, j), i, j);
      }
    }

    Pca pca = Pca.of(x, 6);

    for (int c = 0; c < 4; c++) {
      assertThat(Math.abs(dot(pca.components().at(c), directions.at(c))))
          .isCloseTo(1, within(1e-5));
      double variance = deviations[c] * deviations[c] * 16.0 / 63;
      assertThat((double) pca.variances().get(c)).isCloseTo(variance, within(1e-4 * variance));
    }
    assertThat(pca.variances().slice(4, 6).max()).isLessThan(1e-9f);
    assertOrthonormal(pca);
  }

  @Test
  void a_flat_spectrum_gives_what_all_dimensions_at_once_give() {
    long seed = 3;
    NDArray wide = NDArray.normal(Shape.of(150, 136), 0, 1, new Random(seed));

    Pca few = Pca.of(wide, 3); // restarts
    Pca all = Pca.of(wide, 30); // spans all 136 dimensions

    for (int c = 0; c < 3; c++) {
      assertThat(dot(few.components().at(c), all.components().at(c)))
          .as("component %d, seed %d", c, seed)
          .isCloseTo(1, within(1e-6));
    }
    assertOrthonormal(all);
  }

  @Test
  void fewer_rows_than_numbers_are_enough() {
    NDArray x = NDArray.normal(Shape.of(5, 400), 2, 3, new Random(4));

    Pca pca = Pca.of(x, 5);

    assertOrthonormal(pca);
    assertThat(pca.shares().sum()).isCloseTo(1, within(1e-5f));
    assertThat(pca.variances().get(4)).isLessThan(1e-6f); // five points span four dimensions
    assertThat(pca.points().mean(0).abs().max()).isLessThan(1e-5f);
  }

  @Test
  void equal_variances_give_orthonormal_components_and_the_same_bits() {
    NDArray corners = NDArray.zeros(12, 6);
    for (int i = 0; i < 12; i++) {
      corners.set(i % 2 == 0 ? 1 : -1, i, i / 2);
    }

    Pca pca = Pca.of(corners, 6);

    assertOrthonormal(pca);
    assertThat(pca.shares().toArray())
        .containsExactly(
            new float[] {1 / 6f, 1 / 6f, 1 / 6f, 1 / 6f, 1 / 6f, 1 / 6f}, within(1e-6f));
    assertThat(Pca.of(corners, 6).components().toArray()).isEqualTo(pca.components().toArray());
  }

  @Test
  void equal_rows_have_no_variance() {
    Pca pca = Pca.of(NDArray.full(Shape.of(7, 3), 0.1f), 2);

    assertOrthonormal(pca);
    assertThat(pca.points().abs().max()).isLessThan(1e-7f);
    assertThat(pca.shares().toArray()).doesNotContain(Float.NaN);
    assertOrthonormal(Pca.of(NDArray.zeros(1, 2), 1));
    assertThat(pca.transform(NDArray.zeros(0, 3)).shape()).isEqualTo(Shape.of(0, 2));
  }

  @Test
  void the_largest_number_of_a_component_is_positive() {
    for (long seed = 0; seed < 20; seed++) {
      NDArray x = NDArray.normal(Shape.of(9, 5), 0, 1, new Random(seed));
      NDArray components = Pca.of(x, 5).components();
      assertThat(components.max(1).toArray())
          .as("seed %d", seed)
          .containsExactly(components.abs().max(1).toArray());
    }
  }

  @Test
  void huge_and_tiny_numbers_are_no_trouble() {
    NDArray x = NDArray.normal(Shape.of(9, 5), 0, 1, new Random(5));
    NDArray expected = Pca.of(x, 2).components();
    NDArray shares = Pca.of(x, 2).shares();
    for (float scale : new float[] {0x1p100f, 0x1p-100f}) {
      Pca got = Pca.of(x.multiply(scale), 2);
      assertThat(got.components().allClose(expected, 0, 1e-6)).as("scale %s", scale).isTrue();
      assertThat(got.shares().allClose(shares, 1e-6, 0)).as("scale %s", scale).isTrue();
    }
  }

  @Test
  void what_has_no_components_is_an_error() {
    assertThatThrownBy(() -> Pca.of(NDArray.zeros(3, 1, 2), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("pca: expected x of (N, D), got (3, 1, 2)");
    assertThatThrownBy(() -> Pca.of(NDArray.zeros(3, 5), 4))
        .hasMessage("pca: expected 1 to 3 components, got 4 of (3, 5)");
    NDArray nan = NDArray.zeros(3, 5);
    nan.set(Float.NaN, 2, 0);
    assertThatThrownBy(() -> Pca.of(nan, 2))
        .hasMessage("pca: expected finite numbers, got NaN in row 2 of (3, 5)");
    assertThatThrownBy(() -> Pca.of(NDArray.ones(3, 5), 2).transform(NDArray.ones(3, 4)))
        .hasMessage("pca: expected x of (N, 5), got (3, 4)");
  }

  private static NDArray orthonormal(int k, int d, long seed) {
    return Pca.of(NDArray.normal(Shape.of(k + 1, d), 0, 1, new Random(seed)), k).components();
  }

  private static void assertOrthonormal(Pca pca) {
    NDArray components = pca.components();
    for (int i = 0; i < components.dimension(0); i++) {
      for (int j = 0; j <= i; j++) {
        assertThat(dot(components.at(i), components.at(j)))
            .as("components %d and %d", i, j)
            .isCloseTo(i == j ? 1 : 0, within(1e-6));
      }
    }
  }

  private static double dot(NDArray a, NDArray b) {
    double sum = 0;
    for (int i = 0; i < a.size(); i++) {
      sum += (double) a.data()[i] * b.data()[i];
    }
    return sum;
  }
}
