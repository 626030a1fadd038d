package io.github.purenet.nn;

import static io.github.purenet.nn.Layers.affine;
import static io.github.purenet.nn.Layers.dropout;
import static io.github.purenet.nn.Layers.relu;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.purenet.kernel.Tasks;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DropoutTest {
  private static final long SEED = 3;

  /** Several tasks of the loops, the last of an odd length. */
  private static final Shape LARGE = Shape.of(101, 991);

  private static Pass step(long number) {
    Pass pass = Pass.training();
    pass.step(number);
    return pass;
  }

  /** What is made of ones in a step: 0 or the scale. */
  private static float[] mask(Dropout dropout, long step, int size) {
    return dropout.forward(NDArray.ones(size), step(step)).toArray();
  }

  @Test
  void does_nothing_in_inference() {
    NDArray x = NDArray.normal(Shape.of(3, 5), 0f, 1f, new Random(SEED));
    assertThat(new Dropout(0.9, SEED).forward(x, Pass.inference())).isSameAs(x);
  }

  /** The count of dropped numbers is binomial: five standard deviations are one in a million. */
  @ParameterizedTest
  @ValueSource(doubles = {0, 0.01, 0.1, 0.5, 0.75, 0.999})
  void drops_numbers_with_the_probability_and_keeps_the_mean(double p) {
    float[] mask = mask(new Dropout(p, SEED), 0, LARGE.size());
    float scale = (float) (1 / (1 - p));
    int dropped = 0;
    double sum = 0;
    for (float number : mask) {
      assertThat(number == 0 || number == scale).as("%s is 0 or %s", number, scale).isTrue();
      dropped += number == 0 ? 1 : 0;
      sum += number;
    }
    double deviation = Math.sqrt(p * (1 - p) / mask.length);
    assertThat((double) dropped / mask.length).isCloseTo(p, within(5 * deviation));
    assertThat(sum / mask.length).isCloseTo(1, within(5 * deviation * scale + 1e-6));
  }

  /** Both halves of a hash, neighbors and numbers a row apart must not know of one another. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 64, 1024})
  void numbers_at_any_distance_drop_independently(int distance) {
    float[] mask = mask(new Dropout(0.5, SEED), 0, LARGE.size());
    int pairs = mask.length - distance;
    int alike = 0;
    for (int i = 0; i < pairs; i++) {
      alike += mask[i] == mask[i + distance] ? 1 : 0;
    }
    assertThat((double) alike / pairs).isCloseTo(0.5, within(5 * 0.5 / Math.sqrt(pairs)));
  }

  @Test
  void the_gradient_has_the_mask_of_the_output() {
    Dropout dropout = new Dropout(0.3, SEED);
    Pass pass = step(7);
    NDArray x = NDArray.normal(LARGE.prepend(2), 0f, 1f, new Random(1)).at(1);
    NDArray dy = NDArray.normal(LARGE.prepend(2), 0f, 1f, new Random(2)).at(1);
    float[] y = dropout.forward(x, pass).toArray();
    float[] dx = dropout.backward(dy, pass).toArray();
    float[] mask = mask(dropout, 7, LARGE.size());
    for (int i = 0; i < mask.length; i++) {
      assertThat(y[i]).isEqualTo(x.data()[i] * mask[i]);
      assertThat(dx[i]).isEqualTo(dy.data()[i] * mask[i]);
    }
  }

  @Test
  void another_step_or_seed_drops_others_and_the_same_the_same() {
    float[] mask = mask(new Dropout(0.5, SEED), 4, 1000);
    assertThat(mask(new Dropout(0.5, SEED), 4, 1000)).isEqualTo(mask);
    for (float[] other :
        new float[][] {
          mask(new Dropout(0.5, SEED), 5, 1000), mask(new Dropout(0.5, SEED + 1), 4, 1000),
        }) {
      int alike = 0;
      for (int i = 0; i < mask.length; i++) {
        alike += mask[i] == other[i] ? 1 : 0;
      }
      assertThat(alike).isBetween(420, 580); // 500, and five standard deviations of 16
    }
  }

  /** A job that a task starts runs on one thread alone. */
  @Test
  void the_bits_depend_neither_on_the_threads_nor_on_the_numbers_behind() {
    Dropout dropout = new Dropout(0.5, SEED);
    float[] many = mask(dropout, 1, LARGE.size());
    float[][] alone = new float[2][];
    Tasks.parallel(2, task -> alone[task] = mask(dropout, 1, LARGE.size()));
    assertThat(alone[0]).isEqualTo(many);
    assertThat(alone[1]).isEqualTo(many);
    for (int size : new int[] {1, 2, 4095, 4096, 4097, 50_001}) {
      assertThat(mask(dropout, 1, size)).isEqualTo(Arrays.copyOf(many, size));
    }
  }

  @Test
  void a_nan_stays_one_even_if_dropped() {
    float[] y =
        new Dropout(0.5, SEED).forward(NDArray.full(Shape.of(9), Float.NaN), step(0)).toArray();
    assertThat(y).containsOnly(Float.NaN);
  }

  @Test
  void a_network_drops_others_in_each_step_and_the_same_after_the_same_seed() {
    NDArray x = NDArray.normal(Shape.of(8, 6), 0f, 1f, new Random(SEED));
    NDArray t = NDArray.zeros(8);
    Network first = Network.of(Shape.of(6), 1, affine(20), relu(), dropout(0.5), affine(3));
    Network second = Network.of(Shape.of(6), 1, affine(20), relu(), dropout(0.5), affine(3));
    double[] losses = {first.gradient(x, t), first.gradient(x, t)};
    assertThat(losses[0]).isNotEqualTo(losses[1]);
    assertThat(second.gradient(x, t)).isEqualTo(losses[0]);
    assertThat(second.gradient(x, t)).isEqualTo(losses[1]);
    assertThat(first.loss(x, t)).isEqualTo(first.loss(x, t)).isNotEqualTo(losses[0]);
    assertThat(first.predict(x).toArray()).isEqualTo(second.predict(x).toArray());
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1, 1.5, Double.NaN, Double.POSITIVE_INFINITY})
  void says_which_probability_is_out_of_range(double p) {
    String rest = ": expected a probability of dropping of at least 0 and less than 1, got " + p;
    assertThatThrownBy(() -> dropout(p))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("dropout" + rest);
    assertThatThrownBy(() -> new Dropout(p, SEED)).hasMessage("Dropout" + rest);
  }

  /** The share of 32 random bits that is kept would be another than the scale says. */
  @Test
  void a_probability_that_is_1_as_a_float_is_out_of_range() {
    assertThatThrownBy(() -> dropout(1 - 1e-12))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "dropout: expected a probability of dropping of at least 0 and less than 1, got"
                + " 0.999999999999 (1.0 as a float)");
    assertThat(mask(new Dropout(1 - 1e-7, SEED), 0, 100)).containsOnly(0f);
  }
}
