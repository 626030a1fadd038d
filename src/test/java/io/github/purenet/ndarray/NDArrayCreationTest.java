package io.github.purenet.ndarray;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class NDArrayCreationTest {

  @Test
  void constants_fill_the_shape() {
    assertThat(NDArray.zeros(2, 2).toArray()).containsExactly(0, 0, 0, 0);
    assertThat(NDArray.zeros(Shape.of(2)).toArray()).containsExactly(0, 0);
    assertThat(NDArray.ones(3).toArray()).containsExactly(1, 1, 1);
    assertThat(NDArray.ones(Shape.of(1, 2)).shape()).isEqualTo(Shape.of(1, 2));
    assertThat(NDArray.full(Shape.of(2), 7).toArray()).containsExactly(7, 7);
    assertThat(NDArray.zeros(2, 0, 3).toArray()).isEmpty();
    assertThat(NDArray.zeros().shape()).isEqualTo(Shape.of());
    assertThat(NDArray.scalar(5).shape()).isEqualTo(Shape.of());
    assertThat(NDArray.scalar(5).item()).isEqualTo(5);
  }

  @Test
  void of_copies_and_wrapping_does_not() {
    float[] values = {1, 2, 3, 4};
    NDArray vector = NDArray.of(values);
    NDArray matrix = NDArray.of(Shape.of(2, 2), values);
    NDArray wrapped = NDArray.wrap(Shape.of(2, 2), values);
    NDArray part = NDArray.wrapFirst(Shape.of(2), values);
    values[1] = 9;

    assertThat(vector.toArray()).containsExactly(1, 2, 3, 4);
    assertThat(matrix.toArray()).containsExactly(1, 2, 3, 4);
    assertThat(wrapped.toArray()).containsExactly(1, 9, 3, 4);
    assertThat(part.toArray()).containsExactly(1, 9);
    assertThat(wrapped.data()).isSameAs(values);
    assertThat(part.data()).isSameAs(values);
    part.set(7, 1);
    assertThat(values).containsExactly(1, 7, 3, 4);
  }

  @Test
  void values_must_fill_the_shape() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NDArray.of(Shape.of(2, 3), 1, 2))
        .withMessage("values: expected 6 numbers for (2, 3), got 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NDArray.wrap(Shape.of(2), new float[3]))
        .withMessage("data: expected 2 numbers for (2,), got 3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NDArray.wrapFirst(Shape.of(2, 2), new float[3]))
        .withMessage("memory: expected at least 4 numbers for (2, 2), got 3");
    assertThat(NDArray.wrapFirst(Shape.of(3), new float[3]).size()).isEqualTo(3);
    assertThat(NDArray.wrapFirst(Shape.of(0), new float[3]).size()).isZero();
  }

  @Test
  void what_follows_in_longer_memory_does_not_belong_to_the_array() {
    float[] memory = {1, 2, 3, 4, 99, 99};
    NDArray x = NDArray.wrapFirst(Shape.of(2, 2), memory);

    assertThat(x.sum()).isEqualTo(10);
    assertThat(x.max()).isEqualTo(4);
    assertThat(x).hasToString(NDArray.of(Shape.of(2, 2), 1, 2, 3, 4).toString());
    assertThat(x.copy().data()).containsExactly(1, 2, 3, 4);
    assertThat(x.slice(1, 2).data()).containsExactly(3, 4);
    assertThat(x.reshape(4).toArray()).containsExactly(1, 2, 3, 4);
    assertThat(x.reshape(4).data()).isSameAs(memory);
    x.addInPlace(NDArray.scalar(1)).addInPlace(NDArray.of(10, 20));
    assertThat(memory).containsExactly(12, 23, 14, 25, 99, 99);
  }

  @Test
  void arange_counts_as_numpy_does() {
    assertThat(NDArray.arange(4).toArray()).containsExactly(0, 1, 2, 3);
    assertThat(NDArray.arange(-2).shape()).isEqualTo(Shape.of(0));
    assertThat(NDArray.arange(1, 2, 0.25f).toArray()).containsExactly(1, 1.25f, 1.5f, 1.75f);
    assertThat(NDArray.arange(0, 5, 2).toArray()).containsExactly(0, 2, 4);
    assertThat(NDArray.arange(3, 0, -1).toArray()).containsExactly(3, 2, 1);
    assertThat(NDArray.arange(3, 0, 1).size()).isZero();
    assertThat(NDArray.arange(0, 0.3f, 0.1f).size()).isEqualTo(3);
    assertThat(NDArray.arange(0, 1, 0.1f).size()).isEqualTo(10);
  }

  @Test
  void arange_wants_a_step_and_an_end() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NDArray.arange(0, 1, 0))
        .withMessage(
            "arange: expected finite numbers and a step other than 0,"
                + " got start 0.0, stop 1.0, step 0.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NDArray.arange(0, Float.NaN, 1))
        .withMessageEndingWith("got start 0.0, stop NaN, step 1.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NDArray.arange(0, 1, Float.POSITIVE_INFINITY))
        .withMessageEndingWith("got start 0.0, stop 1.0, step Infinity");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NDArray.arange(0, 1e10f, 1))
        .withMessage("arange: expected at most 2147483647 numbers, got 1.0E10");
  }

  @Test
  void normal_has_the_mean_and_deviation_and_repeats_with_the_seed() {
    NDArray x = NDArray.normal(Shape.of(100, 100), 3, 2, new Random(1));
    double variance = x.subtract(x.mean()).map(d -> d * d).mean();

    assertThat(x.mean()).as("mean, seed 1").isCloseTo(3, within(0.1f));
    assertThat(Math.sqrt(variance)).as("deviation, seed 1").isCloseTo(2, within(0.1));
    assertThat(NDArray.normal(Shape.of(100, 100), 3, 2, new Random(1)).toArray())
        .isEqualTo(x.toArray());
    assertThat(NDArray.normal(Shape.of(3), 3, 0, new Random(1)).toArray()).containsOnly(3);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NDArray.normal(Shape.of(1), 0, -1, new Random(1)))
        .withMessage("normal: expected a standardDeviation of 0 or more, got -1.0");
  }

  @Test
  void uniform_stays_below_the_end_and_repeats_with_the_seed() {
    NDArray x = NDArray.uniform(Shape.of(10_000), -1, 3, new Random(1));

    assertThat(x.mean()).as("mean, seed 1").isCloseTo(1, within(0.1f));
    assertThat(x.max()).as("seed 1").isBetween(2.9f, Math.nextDown(3f));
    assertThat(x.negate().max()).as("seed 1").isBetween(0.9f, 1f);
    assertThat(NDArray.uniform(Shape.of(10_000), -1, 3, new Random(1)).toArray())
        .isEqualTo(x.toArray());
  }

  @Test
  void uniform_excludes_the_end_even_when_rounding_reaches_it() {
    RandomGenerator largest =
        new Random(1) {
          private static final long serialVersionUID = 1;

          @Override
          public float nextFloat() {
            return Math.nextDown(1f);
          }
        };

    assertThat(NDArray.uniform(Shape.of(1), 1000, 1001, largest).item())
        .isEqualTo(Math.nextDown(1001f));
    assertThat(NDArray.uniform(Shape.of(1), -Float.MAX_VALUE, Float.MAX_VALUE, largest).item())
        .isFinite();
  }

  @Test
  void uniform_wants_low_below_high() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NDArray.uniform(Shape.of(1), 1, 1, new Random(1)))
        .withMessage("uniform: expected finite low < high, got low 1.0, high 1.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NDArray.uniform(Shape.of(1), 0, Float.NaN, new Random(1)))
        .withMessage("uniform: expected finite low < high, got low 0.0, high NaN");
  }

  @Test
  void null_is_named() {
    assertThatNullPointerException()
        .isThrownBy(() -> NDArray.zeros((Shape) null))
        .withMessage("shape");
    assertThatNullPointerException()
        .isThrownBy(() -> NDArray.of((float[]) null))
        .withMessage("values");
    assertThatNullPointerException()
        .isThrownBy(() -> NDArray.wrap(Shape.of(1), null))
        .withMessage("data");
    assertThatNullPointerException()
        .isThrownBy(() -> NDArray.wrapFirst(Shape.of(1), null))
        .withMessage("memory");
    assertThatNullPointerException()
        .isThrownBy(() -> NDArray.wrapFirst(null, new float[1]))
        .withMessage("shape");
    assertThatNullPointerException()
        .isThrownBy(() -> NDArray.normal(Shape.of(1), 0, 1, null))
        .withMessage("random");
    assertThatNullPointerException()
        .isThrownBy(() -> NDArray.uniform(Shape.of(1), 0, 1, null))
        .withMessage("random");
  }
}
