package io.github.purenet.ndarray;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import org.junit.jupiter.api.Test;

class ShapeTest {

  @Test
  void a_shape_knows_its_rank_its_size_and_each_dimension() {
    Shape shape = Shape.of(2, 3, 4);

    assertThat(shape.rank()).isEqualTo(3);
    assertThat(shape.size()).isEqualTo(24);
    assertThat(shape.dimension(0)).isEqualTo(2);
    assertThat(shape.dimension(-1)).isEqualTo(4);
    assertThat(shape.dimension(-3)).isEqualTo(2);
    assertThat(shape.toArray()).containsExactly(2, 3, 4);
  }

  @Test
  void rank_0_has_one_element_and_a_dimension_of_0_none() {
    assertThat(Shape.of().rank()).isZero();
    assertThat(Shape.of().size()).isEqualTo(1);
    assertThat(Shape.of(2, 0, 3).size()).isZero();
  }

  @Test
  void the_text_is_that_of_numpy() {
    assertThat(Shape.of()).hasToString("()");
    assertThat(Shape.of(3)).hasToString("(3,)");
    assertThat(Shape.of(2, 3)).hasToString("(2, 3)");
  }

  @Test
  void shapes_are_equal_if_their_dimensions_are() {
    assertThat(Shape.of(2, 3)).isEqualTo(Shape.of(2, 3)).hasSameHashCodeAs(Shape.of(2, 3));
    assertThat(Shape.of(2, 3)).isNotEqualTo(Shape.of(3, 2)).isNotEqualTo(Shape.of(2, 3, 1));
    assertThat(Shape.of()).isNotEqualTo(Shape.of(1));
    assertThat((Object) Shape.of(3)).isNotEqualTo("(3,)");
  }

  @Test
  void nobody_can_change_a_shape() {
    int[] dimensions = {2, 3};
    Shape shape = Shape.of(dimensions);
    dimensions[0] = 7;
    shape.toArray()[1] = 7;

    assertThat(shape).isEqualTo(Shape.of(2, 3));
  }

  @Test
  void a_first_dimension_can_be_added_and_dropped() {
    assertThat(Shape.of(3, 4).prepend(2)).isEqualTo(Shape.of(2, 3, 4));
    assertThat(Shape.of().prepend(0)).isEqualTo(Shape.of(0));
    assertThat(Shape.of(2, 3, 4).dropFirst()).isEqualTo(Shape.of(3, 4));
    assertThat(Shape.of(5).dropFirst()).isEqualTo(Shape.of());
  }

  @Test
  void the_largest_size_is_that_of_an_int() {
    assertThat(Shape.of(Integer.MAX_VALUE).size()).isEqualTo(Integer.MAX_VALUE);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Shape.of(65536, 32768))
        .withMessage("shape: expected at most 2147483647 elements, got (65536, 32768)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Shape.of(1 << 30, 1 << 30, 1 << 30, 1 << 30))
        .withMessageStartingWith("shape: expected at most 2147483647 elements, got (1073741824,");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Shape.of(65536, 0, 32768))
        .withMessage("shape: expected at most 2147483647 elements, got (65536, 0, 32768)");
  }

  @Test
  void errors_name_the_shape() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Shape.of(2, -1))
        .withMessage("shape: expected no negative dimension, got -1 in (2, -1)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Shape.of(2, 3).prepend(-4))
        .withMessage("shape: expected no negative dimension, got -4 in (-4, 2, 3)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Shape.of(2, 3).dimension(2))
        .withMessage("axis: expected -2 to 1, got 2 in (2, 3)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Shape.of(2, 3).dimension(-3))
        .withMessage("axis: expected -2 to 1, got -3 in (2, 3)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Shape.of().dimension(0))
        .withMessage("axis: expected no axis, got 0 in ()");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Shape.of().dropFirst())
        .withMessage("dropFirst: expected rank 1 or more, got 0 in ()");
    assertThatNullPointerException()
        .isThrownBy(() -> Shape.of((int[]) null))
        .withMessage("dimensions");
  }
}
