package io.github.purenet.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.purenet.ndarray.NDArray;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FeatureMapsTest {
  @Test
  void large_maps_are_averaged_and_many_are_cut() {
    NDArray output = NDArray.zeros(1, 70, 96, 50);
    for (int i = 0; i < output.size(); i++) {
      output.data()[i] = i % 50 < 2 && i / 50 % 96 < 2 ? 1 : -0.25f;
    }
    Map<String, Object> json = FeatureMaps.of("conv1", output);
    assertThat(json)
        .containsEntry("maps", 70)
        .containsEntry("shown", 64)
        .containsEntry("fullHeight", 96)
        .containsEntry("height", 48)
        .containsEntry("width", 25)
        .containsEntry("largest", 1.0);
    byte[] bytes = Base64.getDecoder().decode((String) json.get("data"));
    assertThat(bytes).hasSize(64 * 48 * 25);
    assertThat(bytes[0]).isEqualTo((byte) 255);
    assertThat(bytes[1]).isEqualTo((byte) (128 - 32));
  }

  @Test
  void grays_are_clipped() {
    byte[] bytes = Base64.getDecoder().decode(FeatureMaps.grays(new float[] {-1, 0, 1, 2, 3}, 2));
    assertThat(bytes).containsExactly(0, 0, 128, 255, 255);
    assertThat(FeatureMaps.grays(new float[] {0, 0}, 0)).isEqualTo("AAA=");
  }
}
