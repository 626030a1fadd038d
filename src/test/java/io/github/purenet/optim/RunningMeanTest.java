package io.github.purenet.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.nn.Parameter;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Running means whose decay is near 1, where a float holds few digits of {@code 1 - decay}. */
class RunningMeanTest {

  @ParameterizedTest
  @ValueSource(
      doubles = {0, 0.5, 0.999, 0.99999, 0.999999, 0.9999999, 0.99999999, 1 - 1e-12, 1 - 1e-16})
  void the_first_step_of_adam_is_the_learning_rate(double beta) {
    for (AbstractAdam<?> adam : List.of(new Adam(0.001), new AdamW(0.001).weightDecay(0))) {
      Parameter p = new Parameter("p", NDArray.of(0f, 0f));
      p.gradient().addInPlace(NDArray.of(3f, -0.01f));
      adam.betas(0.9, beta).step(List.of(p));
      assertThat(p.value().toArray()).containsExactly(new float[] {-1e-3f, 1e-3f}, within(5e-9f));
      Parameter q = new Parameter("q", NDArray.of(0f, 0f));
      q.gradient().addInPlace(NDArray.of(3f, -0.01f));
      new Adam(0.001).betas(beta, 0.999).step(List.of(q));
      assertThat(q.value().toArray()).containsExactly(new float[] {-1e-3f, 1e-3f}, within(5e-9f));
    }
  }

  /** Whatever the rounding of 1 - beta, the mean of equal numbers is that number. */
  @ParameterizedTest
  @ValueSource(doubles = {0.9, 0.999, 0.99999, 0.999999, 0.9999999, 0.99999999})
  void each_step_of_adam_is_the_learning_rate_while_the_gradient_stays(double beta2) {
    Parameter p = new Parameter("p", NDArray.of(0f));
    p.gradient().fill(2f);
    Adam adam = new Adam(0x1p-10).betas(0.9, beta2);
    for (int t = 1; t <= 10_000; t++) {
      adam.step(List.of(p));
    }
    assertThat(p.value().item()).isCloseTo(-10_000 * 0x1p-10f, within(1e-4f));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.999, 0.999999, 0.9999999, 0.99999999})
  void ten_thousand_steps_of_adam_agree_with_double_precision(double beta2) {
    int size = 37; // more than a vector
    int seed = 5;
    double[] m = new double[size];
    double[] v = new double[size];
    double[] value = new double[size];
    Parameter p = new Parameter("p", NDArray.zeros(size));
    Adam adam = new Adam(0.001).betas(0.9, beta2);
    Random random = new Random(seed);
    for (int t = 1; t <= 10_000; t++) {
      float[] g = new float[size];
      for (int i = 0; i < size; i++) {
        g[i] = (float) (0.5 + random.nextGaussian());
        m[i] = 0.9 * m[i] + (1 - 0.9) * g[i];
        v[i] = beta2 * v[i] + (1 - beta2) * ((double) g[i] * g[i]);
        double root = Math.sqrt(v[i] / (1 - Math.pow(beta2, t)));
        value[i] -= 0.001 * m[i] / (1 - Math.pow(0.9, t)) / (root + 1e-8);
      }
      p.gradient().fill(0f).addInPlace(NDArray.of(g));
      adam.step(List.of(p));
    }
    for (int i = 0; i < size; i++) { // some 4 by then
      assertThat((double) p.value().get(i))
          .as("number %d, seed %d", i, seed)
          .isCloseTo(value[i], within(1e-4 * Math.abs(value[i])));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.9, 0.99, 0.999999, 0.9999999, 0.99999999, 1 - 1e-12})
  void a_thousand_steps_of_rmsprop_agree_with_double_precision(double alpha) {
    double square = 0;
    double value = 0;
    Parameter p = new Parameter("p", NDArray.of(0f));
    RMSprop rmsprop = new RMSprop(0.001).alpha(alpha);
    Random random = new Random(6);
    for (int t = 1; t <= 1000; t++) {
      float g = (float) (0.5 + random.nextGaussian());
      square = alpha * square + (1 - alpha) * ((double) g * g);
      value -= 0.001 * g / (Math.sqrt(square) + 1e-8);
      p.gradient().fill(g);
      rmsprop.step(List.of(p));
      assertThat((double) p.value().item())
          .as("step %d", t)
          .isCloseTo(value, within(1e-4 * Math.abs(value)));
    }
  }
}
