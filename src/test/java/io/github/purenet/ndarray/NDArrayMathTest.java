package io.github.purenet.ndarray;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Arithmetic, reductions and comparison, checked by hand; NumPy checks more in the golden test. */
class NDArrayMathTest {
  private static final float NAN = Float.NaN;
  private static final float INF = Float.POSITIVE_INFINITY;

  private final NDArray x = NDArray.of(Shape.of(2, 3), 1, 2, 3, 4, 5, 6);

  @Test
  void arrays_of_one_shape_combine_element_by_element() {
    NDArray y = NDArray.of(Shape.of(2, 3), 6, 5, 4, 3, 2, 1);

    assertThat(x.add(y).toArray()).containsOnly(7);
    assertThat(x.subtract(y).toArray()).containsExactly(-5, -3, -1, 1, 3, 5);
    assertThat(x.multiply(y).toArray()).containsExactly(6, 10, 12, 12, 10, 6);
    assertThat(x.divide(y).toArray()).containsExactly(1 / 6f, 0.4f, 0.75f, 4 / 3f, 2.5f, 6);
    assertThat(x.toArray()).containsExactly(1, 2, 3, 4, 5, 6);
  }

  @Test
  void a_row_and_a_column_repeat() {
    NDArray row = NDArray.of(10, 20, 30);
    NDArray column = NDArray.of(Shape.of(2, 1), 100, 200);

    assertThat(x.add(row).toArray()).containsExactly(11, 22, 33, 14, 25, 36);
    assertThat(x.add(column).toArray()).containsExactly(101, 102, 103, 204, 205, 206);
    assertThat(row.add(column).toArray()).containsExactly(110, 120, 130, 210, 220, 230);
    assertThat(x.add(NDArray.scalar(1)).toArray()).containsExactly(2, 3, 4, 5, 6, 7);
  }

  @Test
  void a_number_combines_with_every_element() {
    assertThat(x.add(1).toArray()).containsExactly(2, 3, 4, 5, 6, 7);
    assertThat(x.subtract(1).toArray()).containsExactly(0, 1, 2, 3, 4, 5);
    assertThat(x.multiply(2).toArray()).containsExactly(2, 4, 6, 8, 10, 12);
    assertThat(x.divide(2).toArray()).containsExactly(0.5f, 1, 1.5f, 2, 2.5f, 3);
    assertThat(x.at(1).negate().toArray()).containsExactly(-4, -5, -6);
    assertThat(x.at(1).map(v -> v * v).toArray()).containsExactly(16, 25, 36);
  }

  @Test
  void functions_of_views_read_the_view() {
    assertThat(x.at(1).add(x.at(0)).toArray()).containsExactly(5, 7, 9);
    assertThat(x.at(1).multiply(NDArray.of(Shape.of(2, 1), 1, 2)).toArray())
        .containsExactly(4, 5, 6, 8, 10, 12);
    assertThat(x.at(1).sum()).isEqualTo(15);
    assertThat(x.at(1).max()).isEqualTo(6);
    assertThat(x.at(1).argmax()).isEqualTo(2);
    assertThat(x.slice(1, 2).sum(0).toArray()).containsExactly(4, 5, 6);
    assertThat(x.slice(1, 2).max(1).toArray()).containsExactly(6);
    assertThat(x.slice(1, 2).argmax(1).toArray()).containsExactly(2);
    assertThat(x.slice(1, 2).dot(x.at(1)).toArray()).containsExactly(77);
  }

  @Test
  void shapes_that_do_not_broadcast_are_both_named() {
    NDArray wrong = NDArray.zeros(2);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> x.add(wrong))
        .withMessage("add: expected shapes that broadcast, got (2, 3) and (2,)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> x.subtract(wrong))
        .withMessage("subtract: expected shapes that broadcast, got (2, 3) and (2,)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> wrong.multiply(x))
        .withMessage("multiply: expected shapes that broadcast, got (2,) and (2, 3)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> x.divide(NDArray.zeros(0, 3)))
        .withMessage("divide: expected shapes that broadcast, got (2, 3) and (0, 3)");
  }

  @Test
  void add_in_place_changes_the_array_and_returns_it() {
    assertThat(x.addInPlace(NDArray.of(10, 20, 30))).isSameAs(x);
    assertThat(x.toArray()).containsExactly(11, 22, 33, 14, 25, 36);
    NDArray row = x.at(1);
    assertThat(row.addInPlace(x.at(0))).isSameAs(row);
    assertThat(row.toArray()).containsExactly(25, 47, 69);
    assertThat(x.toArray()).containsExactly(11, 22, 33, 14, 25, 36);
  }

  @Test
  void add_in_place_reads_what_was_there_before() {
    x.addInPlace(x);
    assertThat(x.toArray()).containsExactly(2, 4, 6, 8, 10, 12);
    x.addInPlace(x.at(0));
    assertThat(x.toArray()).containsExactly(4, 8, 12, 10, 14, 18);
    NDArray y = NDArray.of(1, 2, 3, 4);
    y.reshape(2, 2).addInPlace(NDArray.wrapFirst(Shape.of(2), y.data()));
    assertThat(y.toArray()).containsExactly(2, 4, 4, 6);
  }

  @Test
  void add_in_place_does_not_grow() {
    for (Shape shape : List.of(Shape.of(2), Shape.of(1, 2, 3), Shape.of(3, 3))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> x.addInPlace(NDArray.zeros(shape)))
          .withMessage("addInPlace: expected a shape that broadcasts to (2, 3), got " + shape);
    }
  }

  @Test
  void dot_multiplies_vectors_and_matrices() {
    NDArray w = NDArray.of(Shape.of(3, 2), 1, 2, 3, 4, 5, 6);

    assertThat(x.dot(w).toArray()).containsExactly(22, 28, 49, 64);
    assertThat(x.dot(NDArray.of(1, 0, -1)).toArray()).containsExactly(-2, -2);
    assertThat(NDArray.of(1, -1).dot(x).toArray()).containsExactly(-3, -3, -3);
    assertThat(NDArray.of(1, 2).dot(NDArray.of(3, 4)).shape()).isEqualTo(Shape.of());
    assertThat(NDArray.of(1, 2).dot(NDArray.of(3, 4)).item()).isEqualTo(11);
    assertThat(NDArray.zeros(0).dot(NDArray.zeros(0)).item()).isZero();
  }

  @Test
  void dot_names_both_shapes_when_they_do_not_fit() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> x.dot(x))
        .withMessage(
            "dot: expected as many columns on the left as rows on the right,"
                + " got (2, 3) and (2, 3)");
    String ranks =
        "dot: expected a left array of rank 1 or more and a right one of rank 1 or 2, got ";
    assertThatIllegalArgumentException()
        .isThrownBy(() -> x.dot(NDArray.zeros(2, 3, 4)))
        .withMessage(ranks + "(2, 3) and (2, 3, 4)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> x.dot(NDArray.scalar(2)))
        .withMessage(ranks + "(2, 3) and ()");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NDArray.scalar(2).dot(x))
        .withMessage(ranks + "() and (2, 3)");
  }

  @Test
  void reductions_along_an_axis_drop_it() {
    assertThat(x.sum(0).toArray()).containsExactly(5, 7, 9);
    assertThat(x.sum(-1).toArray()).containsExactly(6, 15);
    assertThat(x.mean(0).toArray()).containsExactly(2.5f, 3.5f, 4.5f);
    assertThat(x.max(1).toArray()).containsExactly(3, 6);
    assertThat(x.argmax(0).toArray()).containsExactly(1, 1, 1);
    assertThat(x.sum(1).shape()).isEqualTo(Shape.of(2));
    assertThat(NDArray.of(1, 2).sum(0).shape()).isEqualTo(Shape.of());
  }

  @Test
  void sums_are_kept_in_double() {
    NDArray large = NDArray.full(Shape.of(1 << 12, 1 << 10), 1).add(1e-7f);
    float first = large.get(0, 0);

    assertThat(large.sum()).isEqualTo((float) ((double) first * (1 << 22)));
    assertThat(large.mean()).isEqualTo(first);
    assertThat(NDArray.of(1e8f, 1, -1e8f).sum()).isEqualTo(1);
    assertThat(NDArray.of(1e8f, 1, -1e8f).sum(0).item()).isEqualTo(1);
    assertThat(NDArray.of(Float.MAX_VALUE, Float.MAX_VALUE).mean()).isEqualTo(Float.MAX_VALUE);
  }

  @Test
  void nan_is_seen_in_every_reduction() {
    NDArray y = NDArray.of(Shape.of(2, 2), 1, NAN, 7, 3);

    assertThat(y.sum()).isNaN();
    assertThat(y.mean()).isNaN();
    assertThat(y.max()).isNaN();
    assertThat(y.argmax()).isEqualTo(1);
    assertThat(y.sum(0).toArray()).containsExactly(8, NAN);
    assertThat(y.mean(1).toArray()).containsExactly(NAN, 5);
    assertThat(y.max(0).toArray()).containsExactly(7, NAN);
    assertThat(y.argmax(1).toArray()).containsExactly(1, 0);
  }

  @Test
  void the_first_of_equal_maxima_wins() {
    assertThat(NDArray.of(1, 3, 3).argmax()).isEqualTo(1);
    assertThat(NDArray.of(-INF, -INF).argmax()).isZero();
    assertThat(NDArray.of(NAN, INF, NAN).argmax(0).item()).isZero();
  }

  @Test
  void nothing_sums_to_0_and_has_no_maximum() {
    NDArray empty = NDArray.zeros(0, 3);

    assertThat(empty.sum()).isZero();
    assertThat(empty.mean()).isNaN();
    assertThat(empty.sum(0).toArray()).containsExactly(0, 0, 0);
    assertThat(empty.mean(0).toArray()).containsOnly(NAN);
    assertThat(empty.max(1).shape()).isEqualTo(Shape.of(0));
    assertThat(empty.argmax(1).shape()).isEqualTo(Shape.of(0));
    assertThatIllegalArgumentException()
        .isThrownBy(empty::max)
        .withMessage("max: expected at least 1 element, got 0 in (0, 3)");
    assertThatIllegalArgumentException()
        .isThrownBy(empty::argmax)
        .withMessage("argmax: expected at least 1 element, got 0 in (0, 3)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> empty.max(-2))
        .withMessage("max: expected at least 1 element on axis 0, got 0 in (0, 3)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> empty.argmax(0))
        .withMessage("argmax: expected at least 1 element on axis 0, got 0 in (0, 3)");
  }

  @Test
  void an_axis_outside_names_the_shape() {
    for (UnaryOperator<NDArray> reduction :
        List.<UnaryOperator<NDArray>>of(
            a -> a.sum(2), a -> a.mean(2), a -> a.max(2), a -> a.argmax(2))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> reduction.apply(x))
          .withMessage("axis: expected -2 to 1, got 2 in (2, 3)");
    }
  }

  @Test
  void all_close_compares_as_numpy_does() {
    assertThat(NDArray.of(1.0001f).allClose(NDArray.of(1), 1e-3, 0)).isTrue();
    assertThat(NDArray.of(1.01f).allClose(NDArray.of(1), 1e-3, 0)).isFalse();
    assertThat(NDArray.of(1e-9f).allClose(NDArray.of(0), 1, 0)).isFalse();
    assertThat(NDArray.of(1e-9f).allClose(NDArray.of(0), 0, 1e-8)).isTrue();
    assertThat(NDArray.of(10).allClose(NDArray.of(5), 0.6, 0)).isFalse(); // 0.6 of the second
    assertThat(NDArray.of(5).allClose(NDArray.of(10), 0.6, 0)).isTrue();
    assertThat(NDArray.of(INF, -INF).allClose(NDArray.of(INF, -INF), 0, 0)).isTrue();
    assertThat(NDArray.of(INF).allClose(NDArray.of(-INF), 1, INF)).isFalse();
    assertThat(NDArray.of(1).allClose(NDArray.of(INF), 1, 1)).isFalse();
    assertThat(NDArray.of(NAN).allClose(NDArray.of(NAN), 1, 1)).isFalse();
    assertThat(NDArray.of(1).allClose(NDArray.of(1, 1), 1, 1)).isFalse();
    assertThat(NDArray.zeros(0).allClose(NDArray.zeros(0), 0, 0)).isTrue();
    assertThat(x.at(1).allClose(NDArray.of(4, 5, 6), 0, 0)).isTrue();
  }

  @Test
  void all_close_wants_tolerances() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> x.allClose(x, -1, 0))
        .withMessage("allClose: expected tolerances of 0 or more, got relative -1.0, absolute 0.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> x.allClose(x, 0, Double.NaN))
        .withMessage("allClose: expected tolerances of 0 or more, got relative 0.0, absolute NaN");
  }

  @Test
  void arrays_are_equal_only_to_themselves() {
    assertThat(x).isNotEqualTo(x.copy()).isNotEqualTo(x.reshape(x.shape()));
  }

  @Test
  void null_is_named() {
    for (UnaryOperator<NDArray> operation :
        List.<UnaryOperator<NDArray>>of(
            a -> a.add(null),
            a -> a.subtract(null),
            a -> a.multiply(null),
            a -> a.divide(null),
            a -> a.addInPlace(null),
            a -> a.dot(null))) {
      assertThatNullPointerException().isThrownBy(() -> operation.apply(x)).withMessage("other");
    }
    assertThatNullPointerException().isThrownBy(() -> x.map(null)).withMessage("function");
    assertThatNullPointerException().isThrownBy(() -> x.allClose(null, 0, 0)).withMessage("other");
  }
}
