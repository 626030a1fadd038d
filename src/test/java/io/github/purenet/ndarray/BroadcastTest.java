package io.github.purenet.ndarray;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.Arrays;
import java.util.Random;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Arithmetic between shapes that repeat, against the numbers one by one. */
class BroadcastTest {
  private static final long SEED = 5;

  /** Which sides repeat along the last axis, along others, or have fewer axes. */
  static Stream<Arguments> shapes() {
    return Stream.of(
        arguments(Shape.of(2, 3), Shape.of(2, 3)),
        arguments(Shape.of(2, 3), Shape.of(3)), // a row for all rows
        arguments(Shape.of(3), Shape.of(2, 3)),
        arguments(Shape.of(2, 3), Shape.of(2, 1)), // a number for each row
        arguments(Shape.of(2, 1), Shape.of(2, 3)),
        arguments(Shape.of(4, 1), Shape.of(1, 5)), // both repeat
        arguments(Shape.of(1, 5), Shape.of(4, 1)),
        arguments(Shape.of(4, 1), Shape.of(5)),
        arguments(Shape.of(4, 1), Shape.of(4, 1)), // rows of one number
        arguments(Shape.of(4, 1), Shape.of(1)),
        arguments(Shape.of(1), Shape.of(4, 1)),
        arguments(Shape.of(4, 1), Shape.of(1, 1)),
        arguments(Shape.of(), Shape.of(3)),
        arguments(Shape.of(3), Shape.of()),
        arguments(Shape.of(), Shape.of(2, 3)),
        arguments(Shape.of(2, 3), Shape.of()),
        arguments(Shape.of(1), Shape.of(1, 1, 1)),
        arguments(Shape.of(2, 3, 4, 5), Shape.of(3, 1, 1)), // channels
        arguments(Shape.of(3, 1, 1), Shape.of(2, 3, 4, 5)),
        arguments(Shape.of(2, 1, 4, 1), Shape.of(3, 1, 5)),
        arguments(Shape.of(3, 1, 5), Shape.of(2, 1, 4, 1)),
        arguments(Shape.of(2, 1, 7), Shape.of(2, 3, 1)),
        arguments(Shape.of(3, 207), Shape.of(207)),
        arguments(Shape.of(3, 207), Shape.of(3, 1)),
        arguments(Shape.of(207, 1), Shape.of(3)),
        arguments(Shape.of(0, 3), Shape.of(3)),
        arguments(Shape.of(3), Shape.of(0, 3)),
        arguments(Shape.of(2, 0), Shape.of(2, 1)),
        arguments(Shape.of(2, 1), Shape.of(2, 0)),
        arguments(Shape.of(1, 0), Shape.of(4, 1)));
  }

  private static NDArray random(Shape shape, Random random) {
    return NDArray.uniform(shape, 1, 2, random); // no two alike, none 0
  }

  /** An operand, at the beginning of memory whose other numbers must not be used. */
  private static NDArray beforeNan(NDArray x) {
    float[] memory = new float[x.size() + 3];
    Arrays.fill(memory, Float.NaN);
    System.arraycopy(x.data(), 0, memory, 0, x.size());
    return NDArray.wrapFirst(x.shape(), memory);
  }

  /** The number of an operand that stands at a place, counted row by row, of the result. */
  private static float at(NDArray operand, Shape result, int place) {
    int rest = place;
    int from = 0;
    int stride = 1;
    for (int axis = 1; axis <= result.rank(); axis++) {
      int index = rest % result.dimension(-axis);
      rest /= result.dimension(-axis);
      if (axis <= operand.rank()) {
        from += operand.dimension(-axis) == 1 ? 0 : index * stride;
        stride *= operand.dimension(-axis);
      }
    }
    return operand.data()[from];
  }

  private static void check(NDArray a, NDArray b, NDArray c, BinaryOperator<Float> operator) {
    assertThat(c.size()).isEqualTo(c.shape().size());
    for (int i = 0; i < c.size(); i++) {
      assertThat(c.data()[i])
          .as("number %d of %s and %s, seed %d", i, a.shape(), b.shape(), SEED)
          .isEqualTo(operator.apply(at(a, c.shape(), i), at(b, c.shape(), i)));
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void each_number_is_that_of_its_operands_in_their_order(Shape left, Shape right) {
    Random random = new Random(SEED);
    NDArray a = beforeNan(random(left, random));
    NDArray b = beforeNan(random(right, random));
    float[] before = a.toArray();

    check(a, b, a.add(b), Float::sum);
    check(a, b, a.subtract(b), (x, y) -> x - y);
    check(a, b, a.multiply(b), (x, y) -> x * y);
    check(a, b, a.divide(b), (x, y) -> x / y);
    assertThat(a.toArray()).isEqualTo(before);
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void in_place_is_the_same_where_the_left_shape_stays(Shape left, Shape right) {
    Random random = new Random(SEED);
    NDArray a = random(left, random);
    NDArray b = random(right, random);
    if (!a.add(b).shape().equals(left)) {
      return;
    }
    for (Operator operator : Operator.values()) {
      NDArray inPlace = beforeNan(a);
      Broadcast.applyInPlace("test", operator, inPlace, b);
      assertThat(inPlace.toArray()).isEqualTo(Broadcast.apply("test", operator, a, b).toArray());
      assertThat(inPlace.data()).as("what follows").endsWith(Float.NaN, Float.NaN, Float.NaN);
    }
  }

  @Test
  void an_array_may_be_both_operands() {
    NDArray x = NDArray.of(1, 2, 3);
    Broadcast.applyInPlace("test", Operator.DIVIDE, x, x);
    assertThat(x.toArray()).containsExactly(1, 1, 1);
    assertThat(x.addInPlace(x).subtract(x).toArray()).containsExactly(0, 0, 0);
  }

  /** A view of the first numbers repeats over rows that the result replaces one by one. */
  @Test
  void in_place_a_view_of_itself_repeats_as_it_was_before() {
    float[] memory = {1, 2, 3, 10, 20, 30};
    NDArray matrix = NDArray.wrap(Shape.of(2, 3), memory);
    NDArray row = NDArray.wrapFirst(Shape.of(3), memory);
    Broadcast.applyInPlace("test", Operator.SUBTRACT, matrix, row);
    assertThat(memory).containsExactly(0, 0, 0, 9, 18, 27);

    matrix.fill(12);
    matrix.set(4, 0, 1);
    NDArray column = NDArray.wrapFirst(Shape.of(2, 1), memory);
    Broadcast.applyInPlace("test", Operator.DIVIDE, matrix, column); // by 12, then by 4
    assertThat(memory).containsExactly(1, 4 / 12f, 1, 3, 3, 3);

    matrix.fill(5);
    matrix.addInPlace(NDArray.wrapFirst(Shape.of(), memory));
    assertThat(memory).containsOnly(10);
  }
}
