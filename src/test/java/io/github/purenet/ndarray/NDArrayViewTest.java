package io.github.purenet.ndarray;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Reading and writing elements, views, and copies in another layout. */
class NDArrayViewTest {
  private final NDArray x = NDArray.arange(24).reshape(2, 3, 4);

  @Test
  void elements_are_found_in_row_major_order() {
    assertThat(x.get(0, 0, 0)).isEqualTo(0);
    assertThat(x.get(1, 2, 3)).isEqualTo(23);
    assertThat(x.get(1, 0, 2)).isEqualTo(14);
    assertThat(NDArray.scalar(5).get()).isEqualTo(5);
    x.set(-1, 1, 0, 2);
    assertThat(x.data()[14]).isEqualTo(-1);
    assertThat(x.rank()).isEqualTo(3);
    assertThat(x.size()).isEqualTo(24);
    assertThat(x.dimension(-1)).isEqualTo(4);
  }

  @Test
  void an_index_outside_names_the_axis_and_the_shape() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> x.get(1, 2))
        .withMessage("index: expected 3 numbers, got [1, 2] in (2, 3, 4)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> x.get(1, 3, 0))
        .withMessage("index: expected at least 0 and less than 3 on axis 1, got 3 in (2, 3, 4)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> x.set(0, -1, 0, 0))
        .withMessage("index: expected at least 0 and less than 2 on axis 0, got -1 in (2, 3, 4)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NDArray.zeros(0).get(0))
        .withMessage("index: expected at least 0 and less than 0 on axis 0, got 0 in (0,)");
    assertThatNullPointerException().isThrownBy(() -> x.get((int[]) null)).withMessage("index");
  }

  @Test
  void item_is_the_only_element() {
    assertThat(NDArray.full(Shape.of(1, 1), 3).item()).isEqualTo(3);
    assertThat(x.at(1).at(0).slice(2, 3).item()).isEqualTo(14);
    assertThatIllegalArgumentException()
        .isThrownBy(x::item)
        .withMessage("item: expected size 1, got 24 in (2, 3, 4)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NDArray.zeros(0).item())
        .withMessage("item: expected size 1, got 0 in (0,)");
  }

  @Test
  void at_is_a_copy_of_one_entry() {
    NDArray entry = x.at(1);

    assertThat(entry.shape()).isEqualTo(Shape.of(3, 4));
    assertThat(entry.data()).containsExactly(12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23);
    entry.at(2).set(-5, 3);
    assertThat(entry.get(2, 3)).isEqualTo(23);
    entry.set(-5, 2, 3);
    assertThat(x.get(1, 2, 3)).isEqualTo(23);
    x.fill(0);
    assertThat(entry.get(0, 0)).isEqualTo(12);
    assertThat(NDArray.of(1, 2).at(1).item()).isEqualTo(2);
  }

  @Test
  void slice_is_a_copy_of_some_entries() {
    NDArray slice = x.at(1).slice(1, 3);

    assertThat(slice.shape()).isEqualTo(Shape.of(2, 4));
    assertThat(slice.data()).containsExactly(16, 17, 18, 19, 20, 21, 22, 23);
    x.slice(1, 2).fill(0);
    x.slice(0, 2).fill(0);
    assertThat(x.sum()).isEqualTo(23 * 24 / 2);
    assertThat(x.slice(0, 2).data()).isNotSameAs(x.data());
    assertThat(x.slice(2, 2).shape()).isEqualTo(Shape.of(0, 3, 4));
    assertThat(x.slice(2, 2).data()).isEmpty();
  }

  @Test
  void slices_and_entries_lie_inside() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> x.slice(0, 3))
        .withMessage("slice: expected 0 <= from <= to <= 2, got 0 to 3 in (2, 3, 4)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> x.slice(2, 1))
        .withMessage("slice: expected 0 <= from <= to <= 2, got 2 to 1 in (2, 3, 4)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> x.slice(-1, 1))
        .withMessage("slice: expected 0 <= from <= to <= 2, got -1 to 1 in (2, 3, 4)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> x.at(2))
        .withMessage("index: expected at least 0 and less than 2 on axis 0, got 2 in (2, 3, 4)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NDArray.scalar(1).at(0))
        .withMessage("at: expected rank 1 or more, got 0 in ()");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NDArray.scalar(1).slice(0, 1))
        .withMessage("slice: expected rank 1 or more, got 0 in ()");
  }

  @Test
  void reshape_is_a_view_and_infers_one_dimension() {
    NDArray flat = x.reshape(-1);

    assertThat(flat.shape()).isEqualTo(Shape.of(24));
    assertThat(flat.data()).isSameAs(x.data());
    flat.set(-1, 12);
    assertThat(x.get(1, 0, 0)).isEqualTo(-1);
    assertThat(x.reshape(4, -1, 2).shape()).isEqualTo(Shape.of(4, 3, 2));
    assertThat(x.reshape(Shape.of(24)).shape()).isEqualTo(Shape.of(24));
    assertThat(NDArray.scalar(1).reshape(1, 1).shape()).isEqualTo(Shape.of(1, 1));
    assertThat(NDArray.of(1).reshape().shape()).isEqualTo(Shape.of());
    assertThat(NDArray.zeros(0, 3).reshape(-1).shape()).isEqualTo(Shape.of(0));
    assertThat(NDArray.zeros(0, 3).reshape(7, -1).shape()).isEqualTo(Shape.of(7, 0));
  }

  @Test
  void reshape_keeps_the_size() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> x.reshape(5, 5))
        .withMessage("reshape: expected a shape of size 24, got (5, 5) from (2, 3, 4)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> x.reshape(5, -1))
        .withMessage("reshape: expected dimensions that divide 24, got [5, -1] from (2, 3, 4)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> x.reshape(-1, -1))
        .withMessage(
            "reshape: expected at most one -1 and nothing else below 0,"
                + " got [-1, -1] from (2, 3, 4)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NDArray.zeros(0, 3).reshape(0, -1))
        .withMessage("reshape: expected dimensions that divide 0, got [0, -1] from (0, 3)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> x.reshape(-2, -12))
        .withMessage(
            "reshape: expected at most one -1 and nothing else below 0,"
                + " got [-2, -12] from (2, 3, 4)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> x.reshape(1 << 16, 1 << 16, 1 << 16, 1 << 16, -1))
        .withMessageStartingWith("reshape: expected dimensions that divide 24, got [65536, ");
    assertThatNullPointerException()
        .isThrownBy(() -> x.reshape((Shape) null))
        .withMessage("newShape");
    assertThatNullPointerException()
        .isThrownBy(() -> x.reshape((int[]) null))
        .withMessage("dimensions");
  }

  @Test
  void copies_share_nothing() {
    NDArray entry = x.at(1);
    NDArray copy = entry.copy();
    entry.toArray()[0] = 77;
    copy.fill(99);

    assertThat(entry.get(0, 0)).isEqualTo(12);
    assertThat(x.get(1, 0, 0)).isEqualTo(12);
    assertThat(copy.shape()).isEqualTo(entry.shape());
    NDArray same = x.transpose(0, 1, 2);
    assertThat(same.data()).isNotSameAs(x.data());
  }

  @Test
  void transpose_of_an_entry_reads_the_entry() {
    assertThat(x.at(1).transpose().toArray())
        .containsExactly(12, 16, 20, 13, 17, 21, 14, 18, 22, 15, 19, 23);
    assertThat(NDArray.scalar(3).transpose().item()).isEqualTo(3);
  }

  @Test
  void transpose_wants_each_axis_once() {
    for (int[] axes : new int[][] {{0, 1}, {0, 0, 1}, {0, 1, 3}, {0, -4, 1}, {0, 1, 2, 2}, {}}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> x.transpose(axes))
          .withMessage(
              "transpose: expected each of the 3 axes once, got %s in (2, 3, 4)",
              Arrays.toString(axes));
    }
    assertThatNullPointerException()
        .isThrownBy(() -> x.transpose((int[]) null))
        .withMessage("axes");
  }

  @Test
  void pad_surrounds_a_part_with_zeros() {
    NDArray padded = x.at(1).slice(0, 1).pad(new int[] {1, 0}, new int[] {2, 1});

    assertThat(padded.shape()).isEqualTo(Shape.of(2, 7));
    assertThat(padded.toArray()).containsExactly(0, 0, 0, 0, 0, 0, 0, 0, 0, 12, 13, 14, 15, 0);
    assertThat(NDArray.scalar(3).pad().item()).isEqualTo(3);
  }

  @Test
  void pad_wants_a_pair_for_each_axis() {
    NDArray matrix = x.at(0);
    int[] one = {1, 1};
    assertThatIllegalArgumentException()
        .isThrownBy(() -> matrix.pad(one))
        .withMessage("pad: expected 2 pairs {before, after}, got 1 in (3, 4)");
    String text = "pad: expected {before, after}, neither negative nor huge, on axis 1, got ";
    assertThatIllegalArgumentException()
        .isThrownBy(() -> matrix.pad(one, new int[] {0, -1}))
        .withMessage(text + "[0, -1] in (3, 4)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> matrix.pad(one, new int[] {1}))
        .withMessage(text + "[1] in (3, 4)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> matrix.pad(one, null))
        .withMessage(text + "null in (3, 4)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> matrix.pad(one, new int[] {Integer.MAX_VALUE, 1}))
        .withMessage(text + "[2147483647, 1] in (3, 4)");
    assertThatNullPointerException()
        .isThrownBy(() -> matrix.pad((int[][]) null))
        .withMessage("beforeAndAfter");
  }
}
