package io.github.purenet.ndarray;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A copy is a copy even where an operation has nothing to do. */
class OwnMemoryTest {
  /** What is documented as a view, or as this array itself. */
  private static final Set<String> VIEWS =
      Set.of("wrap", "wrapFirst", "reshape", "expandDims", "addInPlace", "fill");

  private static final float[] NUMBERS = {1, 2, 3};

  /** Every method that returns an array, found and not listed. */
  static Stream<Method> operations() {
    return Arrays.stream(NDArray.class.getMethods())
        .filter(method -> method.getReturnType() == NDArray.class);
  }

  /** Arguments that change nothing, by type; of several, each is tried. */
  private static List<Object> arguments(Class<?> type, NDArray x) {
    return Map.<Class<?>, List<Object>>ofEntries(
            Map.entry(int.class, List.of(0, 1, 3)),
            Map.entry(float.class, List.of(0f, 1f, Float.NEGATIVE_INFINITY)),
            Map.entry(int[].class, List.of(new int[0], new int[] {0}, new int[] {3})),
            Map.entry(int[][].class, List.of(new int[0][], new int[][] {{0, 0}})),
            Map.entry(float[].class, List.of(x.data())),
            Map.entry(Shape.class, List.of(x.shape())),
            Map.entry(NDArray.class, List.of(x)),
            Map.entry(NDArray[].class, List.of((Object) new NDArray[] {x})),
            Map.entry(Range[].class, List.of(new Range[0], new Range[] {Range.all()})),
            Map.entry(DoubleUnaryOperator.class, List.of(DoubleUnaryOperator.identity())),
            Map.entry(RandomGenerator.class, List.of(new Random(1))))
        .get(type);
  }

  @ParameterizedTest
  @MethodSource("operations")
  void what_is_a_copy_shares_nothing(Method operation) throws ReflectiveOperationException {
    int calls = 0;
    NDArray x = NDArray.of(NUMBERS);
    Class<?>[] types = operation.getParameterTypes();
    int combinations = 1;
    for (Class<?> type : types) {
      assertThat(arguments(type, x)).as("arguments of %s for %s", type, operation).isNotNull();
      combinations *= arguments(type, x).size();
    }
    for (int i = 0; i < combinations; i++) {
      NDArray array = NDArray.of(NUMBERS);
      Object[] chosen = new Object[types.length];
      int rest = i;
      for (int j = 0; j < types.length; j++) {
        List<Object> all = arguments(types[j], array);
        chosen[j] = all.get(rest % all.size());
        rest /= all.size();
      }
      NDArray result;
      try {
        boolean isStatic = Modifier.isStatic(operation.getModifiers());
        result = (NDArray) operation.invoke(isStatic ? null : array, chosen);
      } catch (InvocationTargetException e) {
        assertThat(e).hasCauseInstanceOf(IllegalArgumentException.class);
        continue;
      }
      calls++;
      boolean shared = result.data() == array.data();
      assertThat(shared)
          .as("whether %s shares with x after %s", operation, Arrays.deepToString(chosen))
          .isEqualTo(VIEWS.contains(operation.getName()));
    }
    assertThat(calls).as("calls of %s that were not refused", operation).isPositive();
  }

  @Test
  void arrays_of_numbers_are_copies() {
    NDArray x = NDArray.of(NUMBERS);
    x.toArray()[0] = 99;
    int[] dimensions = {3};
    Shape shape = Shape.of(dimensions);
    dimensions[0] = 99;
    shape.toArray()[0] = 99;
    assertThat(x.toArray()).containsExactly(NUMBERS);
    assertThat(shape).isEqualTo(Shape.of(3));
  }
}
