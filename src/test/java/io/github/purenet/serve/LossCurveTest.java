package io.github.purenet.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LossCurveTest {
  @Test
  void few_losses_are_kept_as_they_are() {
    LossCurve curve = new LossCurve();
    curve.add(3);
    curve.add(2.5);
    assertThat(curve.every()).isEqualTo(1);
    assertThat(curve.from(0)).containsExactly(3.0, 2.5);
    assertThat(curve.from(1)).containsExactly(2.5);
    assertThat(curve.from(2)).isEmpty();
  }

  @Test
  void many_losses_become_means_of_equally_many() {
    LossCurve curve = new LossCurve();
    int count = 3 * LossCurve.MOST + 1;
    for (int i = 0; i < count; i++) {
      curve.add(i);
    }
    assertThat(curve.every()).isEqualTo(4);
    assertThat(curve.count()).isEqualTo(count / 4).isLessThan(LossCurve.MOST);
    List<Double> means = curve.from(0);
    for (int i = 0; i < means.size(); i++) {
      assertThat(means.get(i)).isEqualTo(4 * i + 1.5);
    }
  }
}
