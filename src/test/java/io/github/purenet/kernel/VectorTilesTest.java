package io.github.purenet.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A machine computes with whole tiles or with halves; here it does both. */
class VectorTilesTest {

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 7, 25, 100, 256})
  void two_halves_are_the_whole_tile(int k) {
    assumeTrue(TestBackends.vectorModule());
    int rows = VectorTiles.MR;
    int columns = VectorTiles.NR;
    int stride = columns + 3;
    Random random = new Random(7); // the seed
    float[] a = RandomArrays.special(random, rows * k + 5);
    float[] b = RandomArrays.special(random, columns * k + 6);
    float[] whole = new float[rows * stride + 4];
    Arrays.fill(whole, 99f);
    float[] halves = whole.clone();

    VectorTiles.tile2(k, a, 5, b, 6, whole, 4, stride);
    VectorHalfTiles.tile2(k, a, 5, b, 6, halves, 4, stride);

    assertThat(halves).containsExactly(whole);
    for (int i = 0; i < whole.length; i++) {
      boolean beside = i < 4 || (i - 4) % stride >= columns;
      if (beside || k == 0) {
        assertThat(whole[i]).isEqualTo(beside ? 99f : 0f);
      }
    }
  }
}
