package io.github.purenet.nn;

import static io.github.purenet.nn.Layers.affine;
import static io.github.purenet.nn.Layers.conv;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InitializerTest {
  private static final long SEED = 17;
  private static final int FAN_IN = 300;
  private static final int FAN_OUT = 200;

  private static float[] draw(Initializer initializer) {
    return initializer
        .create(Shape.of(FAN_IN, FAN_OUT), FAN_IN, FAN_OUT, new Random(SEED))
        .toArray();
  }

  /** The mean of 60,000 numbers is off by 0.4 % of a deviation, their deviation by 0.3 %. */
  private static void assertMoments(Initializer initializer, double mean, double deviation) {
    float[] numbers = draw(initializer);
    double sum = 0;
    double squares = 0;
    for (float number : numbers) {
      sum += number;
      squares += (number - mean) * (number - mean);
    }
    assertThat(sum / numbers.length).isCloseTo(mean, within(0.02 * deviation));
    assertThat(Math.sqrt(squares / numbers.length)).isCloseTo(deviation, within(0.015 * deviation));
  }

  private static void assertRange(Initializer initializer, double low, double high) {
    double margin = (high - low) / 1000;
    float least = Float.POSITIVE_INFINITY;
    float largest = Float.NEGATIVE_INFINITY;
    for (float number : draw(initializer)) {
      least = Math.min(least, number);
      largest = Math.max(largest, number);
    }
    assertThat((double) least).isBetween(low, low + margin);
    assertThat((double) largest).isBetween(high - margin, high);
  }

  @Test
  void each_has_the_moments_and_the_range_that_it_says() {
    assertMoments(Initializer.normal(0.01), 0, 0.01);
    assertMoments(Initializer.heNormal(), 0, Math.sqrt(2.0 / 300));
    assertMoments(Initializer.heUniform(), 0, Math.sqrt(2.0 / 300));
    assertMoments(Initializer.xavierNormal(), 0, Math.sqrt(2.0 / 500));
    assertMoments(Initializer.xavierUniform(), 0, Math.sqrt(2.0 / 500));
    assertMoments(Initializer.uniform(-1, 3), 1, 4 / Math.sqrt(12));

    float rounding = 1e-7f;
    assertRange(
        Initializer.heUniform(), -Math.sqrt(6.0 / 300) - rounding, Math.sqrt(6.0 / 300) + rounding);
    assertRange(
        Initializer.xavierUniform(),
        -Math.sqrt(6.0 / 500) - rounding,
        Math.sqrt(6.0 / 500) + rounding);
    assertRange(Initializer.uniform(-1, 3), -1, 3);
    assertThat(draw(Initializer.zeros())).containsOnly(0f);
    assertThat(draw(Initializer.constant(-0.5))).containsOnly(-0.5f);
  }

  @Test
  void normal_and_he_draw_a_gaussian_a_number() {
    Random random = new Random(SEED);
    float[] normal = draw(Initializer.normal(0.01));
    for (int i = 0; i < 100; i++) {
      assertThat(normal[i]).isEqualTo((float) (0.01f * random.nextGaussian()));
    }
    Random again = new Random(SEED);
    float deviation = (float) Math.sqrt(2.0 / FAN_IN);
    float[] he = draw(Initializer.heNormal());
    for (int i = 0; i < 100; i++) {
      assertThat(he[i]).isEqualTo((float) (deviation * again.nextGaussian()));
    }
  }

  @Test
  void layers_tell_their_fans() {
    List<String> fans = new ArrayList<>();
    Initializer spy =
        (shape, fanIn, fanOut, random) -> {
          fans.add(shape + " " + fanIn + " " + fanOut);
          return NDArray.zeros(shape);
        };
    Network.of(Shape.of(3, 9, 9), 1, conv(4, 5, 2).initializer(spy), affine(7).initializer(spy));
    assertThat(fans).containsExactly("(4, 3, 5, 2) 30 40", "(160, 7) 160 7");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY, 1e39})
  void says_which_standard_deviation_is_out_of_range(double deviation) {
    assertThatThrownBy(() -> Initializer.normal(deviation))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("normal: expected a finite standard deviation of at least 0, got " + deviation);
  }

  @Test
  void says_which_range_or_value_is_wrong() {
    assertThatThrownBy(() -> Initializer.uniform(1, -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("uniform: expected finite low < high, got low 1.0, high -1.0");
    assertThatThrownBy(() -> Initializer.uniform(2, 2))
        .hasMessage("uniform: expected finite low < high, got low 2.0, high 2.0");
    assertThatThrownBy(() -> Initializer.uniform(Double.NaN, 1))
        .hasMessage("uniform: expected finite low < high, got low NaN, high 1.0");
    assertThatThrownBy(() -> Initializer.uniform(0, Double.POSITIVE_INFINITY))
        .hasMessage("uniform: expected finite low < high, got low 0.0, high Infinity");
    assertThatThrownBy(() -> Initializer.constant(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("constant: expected a finite value, got NaN");
  }
}
