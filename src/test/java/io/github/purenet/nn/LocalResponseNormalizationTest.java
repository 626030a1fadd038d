package io.github.purenet.nn;

import static io.github.purenet.nn.Layers.localResponseNorm;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LocalResponseNormalizationTest {

  /** The formula of the paper, which no alpha divided by the size can give. */
  @Test
  void agrees_with_the_paper() {
    NDArray x = NDArray.normal(Shape.of(2, 96, 3, 5), 0f, 100f, new Random(1));
    NDArray y = new LocalResponseNormalization().forward(x);
    for (int i = 0; i < 96; i++) {
      double sum = 0;
      for (int j = Math.max(0, i - 2); j <= Math.min(95, i + 2); j++) {
        sum += (double) x.get(1, j, 2, 4) * x.get(1, j, 2, 4);
      }
      double expected = x.get(1, i, 2, 4) / Math.pow(2 + 1e-4 * sum, 0.75);
      assertThat((double) y.get(1, i, 2, 4))
          .isCloseTo(expected, within(1e-5 * (1 + Math.abs(expected))));
    }
  }

  @Test
  void training_inference_and_the_general_exponent_agree() {
    NDArray x = NDArray.normal(Shape.of(2, 7, 30, 31), 0f, 30f, new Random(1));
    NDArray dy = NDArray.normal(x.shape(), 0f, 1f, new Random(2));
    LocalResponseNormalization fast = new LocalResponseNormalization();
    LocalResponseNormalization general =
        new LocalResponseNormalization(5, 1e-4, Math.nextUp(0.75), 2);
    Pass pass = Pass.training();
    NDArray y = fast.forward(x, pass);
    assertThat(fast.forward(x).toArray()).isEqualTo(y.toArray());
    assertThat(general.forward(x, pass).allClose(y, 1e-6, 1e-6)).isTrue();
    assertThat(general.backward(dy, pass).allClose(fast.backward(dy, pass), 1e-5, 1e-6)).isTrue();
  }

  @Test
  void a_window_as_wide_as_all_channels_sums_all() {
    NDArray x = NDArray.normal(Shape.of(1, 4, 1, 3), 0f, 2f, new Random(1));
    NDArray dy = NDArray.normal(x.shape(), 0f, 1f, new Random(2));
    Pass pass = Pass.training();
    LocalResponseNormalization all = new LocalResponseNormalization(7, 1, 0.75, 2);
    LocalResponseNormalization more = new LocalResponseNormalization(999, 1, 0.75, 2);
    assertThat(more.forward(x, pass).toArray()).isEqualTo(all.forward(x, pass).toArray());
    assertThat(more.backward(dy, pass).toArray()).isEqualTo(all.backward(dy, pass).toArray());
  }

  @Test
  void nan_reaches_its_window_and_no_further() {
    NDArray x = NDArray.ones(1, 12, 2, 2);
    x.set(Float.NaN, 0, 4, 1, 0);
    NDArray y = new LocalResponseNormalization().forward(x);
    for (int c = 0; c < 12; c++) {
      assertThat(Float.isNaN(y.get(0, c, 1, 0))).isEqualTo(c >= 2 && c <= 6);
      assertThat(y.get(0, c, 1, 1)).isFinite();
    }
  }

  @Test
  void says_what_is_wrong() {
    assertThatThrownBy(() -> localResponseNorm().size(4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("localResponseNorm: expected an odd size from 1 to 999, got 4");
    assertThatThrownBy(() -> localResponseNorm().size(0))
        .hasMessage("localResponseNorm: expected an odd size from 1 to 999, got 0");
    assertThatThrownBy(() -> localResponseNorm().size(Integer.MAX_VALUE))
        .hasMessage("localResponseNorm: expected an odd size from 1 to 999, got 2147483647");
    assertThatThrownBy(() -> localResponseNorm().alpha(-1))
        .hasMessage("localResponseNorm: expected an alpha above 0 and finite, got -1.0");
    assertThatThrownBy(() -> localResponseNorm().beta(Double.POSITIVE_INFINITY))
        .hasMessage("localResponseNorm: expected a beta above 0 and finite, got Infinity");
    assertThatThrownBy(() -> localResponseNorm().k(0))
        .hasMessage("localResponseNorm: expected a k above 0 and finite, got 0.0");
    assertThatThrownBy(() -> new LocalResponseNormalization().forward(NDArray.zeros(2, 3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("LocalResponseNormalization: expected x of (N, C, H, W), got (2, 3)");
    assertThatThrownBy(() -> Network.of(Shape.of(3), 1, localResponseNorm()))
        .hasMessage("localResponseNorm1: expected an input of (C, H, W), got (3,)");
  }

  /** For zeros, an infinite power of k makes NaN in y or dx, an infinite product NaN in dx. */
  @Test
  void settings_that_are_infinite_together_are_refused() {
    double[][] settings = {{1e-4, 0.75, 1e-30}, {1e-4, 40, 0.1}, {3e38, 0.75, 2}};
    for (double[] s : settings) {
      assertThatThrownBy(() -> new LocalResponseNormalization(3, s[0], s[1], s[2]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "LocalResponseNormalization: expected 2 alpha beta and k^(-2 beta) that are finite as"
                  + " floats, got alpha %s, beta %s, k %s",
              s[0], s[1], s[2]);
    }
    LocalResponseNormalization least = new LocalResponseNormalization(3, 1e38, 0.75, 1e-25);
    Pass pass = Pass.training();
    NDArray zeros = NDArray.zeros(1, 3, 2, 2);
    assertThat(least.forward(zeros, pass).toArray()).containsOnly(0f);
    assertThat(least.backward(zeros, pass).toArray()).containsOnly(0f);
    assertThatThrownBy(() -> Network.of(Shape.of(1, 2, 2), 1, localResponseNorm().k(1e-30)))
        .hasMessageStartingWith("localResponseNorm1: expected 2 alpha beta and");
  }

  @Test
  void a_spec_survives_its_settings() {
    LocalResponseNormalization.Spec spec = localResponseNorm().size(3).alpha(1).beta(0.5).k(1.5);
    assertThat(spec.settings()).isEqualTo(Map.of("size", 3, "alpha", 1.0, "beta", 0.5, "k", 1.5));
    assertThat(SpecReader.read(spec.kind(), spec.settings()).settings()).isEqualTo(spec.settings());
  }
}
