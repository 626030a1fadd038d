package io.github.purenet.nn;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.testing.Golden;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AffineGoldenTest {
  @ParameterizedTest
  @ValueSource(strings = {"affine-0", "affine-1", "affine-2"})
  void agrees_with_pytorch(String name) {
    Map<String, NDArray> golden = Golden.pytorch(name);
    Golden.check(new Affine(golden.get("W"), golden.get("b")), golden, 1e-5);
  }
}
