package io.github.purenet.ndarray;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Map.Entry;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A copy is a copy even where an operation has nothing to do. */
class OwnMemoryTest {

  static Stream<Entry<String, UnaryOperator<NDArray>>> operations() {
    return Map.<String, UnaryOperator<NDArray>>ofEntries(
        Map.entry("copy", NDArray::copy),
        Map.entry("slice of everything", x -> x.slice(0, x.dimension(0))),
        Map.entry("transpose of one axis", NDArray::transpose),
        Map.entry("transpose by no change", x -> x.transpose(0)),
        Map.entry("pad by nothing", x -> x.pad(new int[] {0, 0})),
        Map.entry("add 0", x -> x.add(0)),
        Map.entry("multiply by 1", x -> x.multiply(1)),
        Map.entry("map of identity", x -> x.map(v -> v)),
        Map.entry("abs", NDArray::abs),
        Map.entry("sum of one row", x -> x.reshape(1, x.size()).sum(0)),
        Map.entry("max of one row", x -> x.reshape(1, x.size()).max(0)),
        Map.entry("of its numbers", x -> NDArray.of(x.data())),
        Map.entry("of its shape and numbers", x -> NDArray.of(x.shape(), x.data())))
        .entrySet()
        .stream();
  }

  @ParameterizedTest
  @MethodSource("operations")
  void what_is_a_copy_shares_nothing(Entry<String, UnaryOperator<NDArray>> operation) {
    NDArray x = NDArray.of(1f, 2f, 3f);
    NDArray y = operation.getValue().apply(x);
    y.fill(99);
    assertThat(x.toArray()).as(operation.getKey()).containsExactly(1, 2, 3);
  }

  @Test
  void arrays_of_numbers_are_copies() {
    NDArray x = NDArray.of(1f, 2f, 3f);
    x.toArray()[0] = 99;
    int[] dimensions = {3};
    Shape shape = Shape.of(dimensions);
    dimensions[0] = 99;
    shape.toArray()[0] = 99;
    assertThat(x.toArray()).containsExactly(1, 2, 3);
    assertThat(shape).isEqualTo(Shape.of(3));
  }
}
