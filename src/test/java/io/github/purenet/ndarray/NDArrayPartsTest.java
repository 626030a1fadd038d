package io.github.purenet.ndarray;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Parts, joins, comparisons and several axes by hand; NumPy checks more in the golden test. */
class NDArrayPartsTest {
  private static final float NAN = Float.NaN;

  private final NDArray x = NDArray.arange(24).reshape(2, 3, 4);

  private static void assertRefused(Supplier<NDArray> call, String message) {
    assertThatIllegalArgumentException().isThrownBy(call::get).withMessage(message);
  }

  @Test
  void a_range_of_each_axis_is_cut_out() {
    NDArray part = x.slice(Range.of(1, 2), Range.all(), Range.from(1).by(2));

    assertThat(part.shape()).isEqualTo(Shape.of(1, 3, 2));
    assertThat(part.toArray()).containsExactly(13, 15, 17, 19, 21, 23);
    assertThat(x.slice(Range.of(1, 2)).toArray()).isEqualTo(x.at(1).toArray());
    assertThat(x.slice(1, 0, 2).shape()).isEqualTo(Shape.of(2, 2, 4));
    assertThat(x.slice(-1, 3, 4).toArray()).containsExactly(3, 7, 11, 15, 19, 23);
    assertThat(NDArray.arange(5).slice(Range.all().by(-2)).toArray()).containsExactly(4, 2, 0);
    assertThat(x.slice(0, 1, 1).shape()).isEqualTo(Shape.of(0, 3, 4));
  }

  @Test
  void parts_and_joins_are_copies() {
    for (NDArray copy :
        List.of(
            x.slice(),
            x.slice(Range.all()),
            x.slice(0, 0, 2),
            NDArray.concatenate(0, x),
            NDArray.stack(0, x),
            x.sum(new int[0]),
            x.max(new int[0]),
            x.clip(0, 99))) {
      copy.fill(-1);
    }
    assertThat(x.toArray()).isEqualTo(NDArray.arange(24).toArray());
    x.expandDims(0).set(-1, 0, 1, 2, 3);
    assertThat(x.get(1, 2, 3)).as("a view").isEqualTo(-1);
  }

  @Test
  void a_range_lies_inside_of_its_axis() {
    assertRefused(
        () -> x.slice(Range.all(), Range.of(1, 4)),
        "slice: expected 0 <= from <= to <= 3 on axis 1, got 1:4 in (2, 3, 4)");
    assertRefused(
        () -> x.slice(-1, -1, 2),
        "slice: expected 0 <= from <= to <= 4 on axis 2, got -1:2 in (2, 3, 4)");
    assertRefused(
        () -> x.slice(Range.from(3).by(-2)),
        "slice: expected 0 <= from <= to <= 2 on axis 0, got [3:][::-2] in (2, 3, 4)");
    assertRefused(
        () -> x.slice(Range.of(1, 0).by(2)),
        "slice: expected 0 <= from <= to <= 2 on axis 0, got 1:0:2 in (2, 3, 4)");
    assertRefused(() -> x.slice(3, 0, 1), "axis: expected -3 to 2, got 3 in (2, 3, 4)");
    assertRefused(
        () -> NDArray.of(1).slice(Range.all(), Range.all().by(3)),
        "slice: expected at most 1 ranges, got [:, ::3] in (1,)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Range.of(2, 9).by(0))
        .withMessage("range: expected a step other than 0, got 0 in 2:9");
  }

  @Test
  void arrays_are_joined_along_an_axis_or_a_new_one() {
    NDArray a = NDArray.of(Shape.of(2, 1), 1, 2);
    NDArray b = NDArray.of(Shape.of(2, 2), 3, 4, 5, 6);

    assertThat(NDArray.concatenate(1, a, b).toArray()).containsExactly(1, 3, 4, 2, 5, 6);
    assertThat(NDArray.concatenate(0, b, b).shape()).isEqualTo(Shape.of(4, 2));
    assertThat(NDArray.stack(0, x.at(0), x.at(1)).toArray()).isEqualTo(x.toArray());
    assertThat(NDArray.stack(-1, NDArray.of(1, 2), NDArray.of(3, 4)).toArray())
        .containsExactly(1, 3, 2, 4);
    assertThat(NDArray.stack(0, NDArray.scalar(1), NDArray.scalar(2)).toArray())
        .containsExactly(1, 2);
  }

  @Test
  void arrays_that_do_not_join_are_named_by_their_shapes() {
    NDArray y = NDArray.zeros(2, 2, 4);
    assertRefused(
        () -> NDArray.concatenate(0, x, y),
        "concatenate: expected one shape, axis 0 aside, got (2, 3, 4), (2, 2, 4)");
    assertRefused(
        () -> NDArray.concatenate(1, x, NDArray.zeros(2, 3)),
        "concatenate: expected one shape, axis 1 aside, got (2, 3, 4), (2, 3)");
    assertRefused(() -> NDArray.concatenate(3, x, x), "axis: expected -3 to 2, got 3 in (2, 3, 4)");
    assertRefused(
        () -> NDArray.concatenate(0, NDArray.scalar(1)), "axis: expected no axis, got 0 in ()");
    assertRefused(() -> NDArray.concatenate(0), "concatenate: expected at least 1 array, got 0");
    assertRefused(
        () -> NDArray.stack(0, x, y), "stack: expected one shape, got (2, 3, 4), (2, 2, 4)");
    assertRefused(() -> NDArray.stack(0), "stack: expected at least 1 array, got 0");
    assertRefused(() -> NDArray.stack(4, x), "axis: expected -4 to 3, got 4 in (2, 3, 4)");
    NDArray empty = NDArray.zeros(1 << 30, 0);
    assertRefused(
        () -> NDArray.concatenate(0, empty, empty),
        "concatenate: expected at most 2147483647 entries on axis 0, got 2147483648 from"
            + " (1073741824, 0), (1073741824, 0)");
  }

  @Test
  void reductions_over_axes_broadcast_with_new_axes() {
    NDArray images = NDArray.arange(24).reshape(2, 3, 2, 2);
    NDArray centered = images.subtract(images.mean(0, 2, 3).expandDims(0, 2, 3));

    assertThat(images.mean(0, 2, 3).toArray()).containsExactly(7.5f, 11.5f, 15.5f);
    assertThat(centered.mean(0, -1, -2).toArray()).containsOnly(0);
    assertThat(images.max(1, 3).toArray()).containsExactly(9, 11, 21, 23);
    assertThat(images.min(0, 2).toArray()).containsExactly(0, 1, 4, 5, 8, 9);
    assertThat(images.sum(0, 1, 2, 3).shape()).isEqualTo(Shape.of());
    assertThat(images.min()).isZero();
    assertThat(images.negate().argmin()).isEqualTo(23);
  }

  @Test
  void axes_are_named_once_and_have_elements() {
    assertRefused(
        () -> x.sum(0, 1, -3),
        "axes: expected each axis at most once, got [0, 1, -3] in (2, 3, 4)");
    assertRefused(
        () -> x.expandDims(1, -4),
        "axes: expected each axis at most once, got [1, -4] in (2, 3, 4)");
    assertRefused(() -> x.expandDims(4), "axis: expected -4 to 3, got 4 in (2, 3, 4)");
    NDArray empty = NDArray.zeros(2, 0, 3);
    assertRefused(
        () -> empty.max(0, -2),
        "max: expected at least 1 element on axes 0, 1, got 0 in (2, 0, 3)");
    assertRefused(
        () -> empty.min(1), "min: expected at least 1 element on axis 1, got 0 in (2, 0, 3)");
    assertRefused(
        () -> empty.argmin(1), "argmin: expected at least 1 element on axis 1, got 0 in (2, 0, 3)");
    assertThatIllegalArgumentException()
        .isThrownBy(empty::min)
        .withMessage("min: expected at least 1 element, got 0 in (2, 0, 3)");
    assertThatIllegalArgumentException()
        .isThrownBy(empty::argmin)
        .withMessage("argmin: expected at least 1 element, got 0 in (2, 0, 3)");
    for (UnaryOperator<NDArray> reduction :
        List.<UnaryOperator<NDArray>>of(
            a -> a.min(2), a -> a.argmin(2), a -> a.sum(0, 2), a -> a.max(0, 2))) {
      assertRefused(() -> reduction.apply(x.at(0)), "axis: expected -2 to 1, got 2 in (3, 4)");
    }
  }

  @Test
  void comparisons_give_0_and_1_and_choose() {
    NDArray y = NDArray.of(-1, 0, 2, NAN);

    assertThat(y.greater(0).toArray()).containsExactly(0, 0, 1, 0);
    assertThat(y.greaterEqual(0).toArray()).containsExactly(0, 1, 1, 0);
    assertThat(y.less(0).toArray()).containsExactly(1, 0, 0, 0);
    assertThat(y.lessEqual(0).toArray()).containsExactly(1, 1, 0, 0);
    assertThat(y.equal(y).toArray()).containsExactly(1, 1, 1, 0);
    assertThat(y.notEqual(y).toArray()).containsExactly(0, 0, 0, 1);
    assertThat(NDArray.where(y.greater(0), y, NDArray.scalar(0)).toArray())
        .containsExactly(0, 0, 2, 0);
    assertThat(y.maximum(0).toArray()).containsExactly(0, 0, 2, NAN);
    assertThat(y.minimum(0).toArray()).containsExactly(-1, 0, 0, NAN);
    assertThat(y.power(2).toArray()).containsExactly(1, 0, 4, NAN);
    assertThat(y.clip(-0.5f, 1).toArray()).containsExactly(-0.5f, 0, 1, NAN);
    assertThat(y.clip(0, NAN).toArray()).containsOnly(NAN);
    assertThat(NDArray.of(-0f).maximum(0).toArray()).as("-0 < 0").containsExactly(0f);
    assertThat(NDArray.of(0f).minimum(-0f).toArray()).as("-0 < 0").containsExactly(-0f);
  }

  @Test
  void shapes_that_do_not_broadcast_are_all_named() {
    assertRefused(
        () -> NDArray.where(x, NDArray.zeros(3), NDArray.scalar(0)),
        "where: expected shapes that broadcast, got (2, 3, 4) and (3,) and ()");
    assertRefused(
        () -> x.greater(NDArray.zeros(3)),
        "greater: expected shapes that broadcast, got (2, 3, 4) and (3,)");
  }

  @Test
  void null_is_named() {
    assertThatNullPointerException()
        .isThrownBy(() -> x.slice((Range[]) null))
        .withMessage("ranges");
    assertThatNullPointerException().isThrownBy(() -> x.slice((Range) null)).withMessage("range");
    assertThatNullPointerException()
        .isThrownBy(() -> NDArray.concatenate(0, x, null))
        .withMessage("arrays[1]");
    assertThatNullPointerException()
        .isThrownBy(() -> NDArray.stack(0, (NDArray[]) null))
        .withMessage("arrays");
    assertThatNullPointerException().isThrownBy(() -> NDArray.where(x, null, x)).withMessage("a");
    assertThatNullPointerException().isThrownBy(() -> x.maximum(null)).withMessage("other");
    assertThatNullPointerException().isThrownBy(() -> x.sum((int[]) null)).withMessage("axes");
  }
}
