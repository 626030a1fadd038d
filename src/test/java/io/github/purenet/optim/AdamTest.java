package io.github.purenet.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.nn.Parameter;
import java.util.List;
import org.junit.jupiter.api.Test;

class AdamTest {

  @Test
  void the_first_step_is_the_learning_rate_whatever_the_gradient() {
    // m' = g and v' = g² after the correction, so the step is rate g / |g|.
    Parameter p = new Parameter("p", NDArray.of(1f, 1f, 1f));
    p.gradient().addInPlace(NDArray.of(5f, -0.001f, 0f));
    new Adam(0.1).step(List.of(p));
    assertThat(p.value().toArray()).containsExactly(new float[] {0.9f, 1.1f, 1f}, within(1e-5f));
  }

  @Test
  void follows_the_paper_step_by_step() {
    Parameter p = new Parameter("p", NDArray.of(0.5f));
    Adam adam = new Adam(0.01).betas(0.8, 0.95).epsilon(1e-4);
    double value = 0.5;
    double m = 0;
    double v = 0;
    for (int t = 1; t <= 20; t++) {
      double g = Math.sin(t);
      p.gradient().fill((float) g);
      adam.step(List.of(p));
      m = 0.8 * m + 0.2 * g;
      v = 0.95 * v + 0.05 * g * g;
      value -=
          0.01 * (m / (1 - Math.pow(0.8, t))) / (Math.sqrt(v / (1 - Math.pow(0.95, t))) + 1e-4);
      assertThat(p.value().item()).isCloseTo((float) value, within(2e-6f));
    }
  }

  @Test
  void says_what_is_out_of_range() {
    assertThatThrownBy(() -> new Adam(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Adam: expected learningRate above 0, got 0.0");
    assertThatThrownBy(() -> new Adam(Double.NaN))
        .hasMessage("Adam: expected learningRate above 0, got NaN");
    assertThatThrownBy(() -> new Adam(0.1).betas(1, 0.9))
        .hasMessage("Adam: expected beta1 in [0, 1), got 1.0");
    assertThatThrownBy(() -> new Adam(0.1).betas(0.9, -1))
        .hasMessage("Adam: expected beta2 in [0, 1), got -1.0");
    assertThatThrownBy(() -> new Adam(0.1).epsilon(0))
        .hasMessage("Adam: expected epsilon above 0, got 0.0");
  }
}
