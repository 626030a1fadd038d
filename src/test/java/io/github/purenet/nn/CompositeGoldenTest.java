package io.github.purenet.nn;

import static io.github.purenet.nn.Layers.affine;
import static io.github.purenet.nn.Layers.branch;
import static io.github.purenet.nn.Layers.concat;
import static io.github.purenet.nn.Layers.conv;
import static io.github.purenet.nn.Layers.maxPool;
import static io.github.purenet.nn.Layers.relu;
import static io.github.purenet.nn.Layers.residual;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.testing.Golden;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CompositeGoldenTest {

  static Stream<Arguments> cases() {
    return Stream.of(
        Arguments.of("residual-0", residual(conv(5, 3).pad(1), relu(), conv(3, 3).pad(1))),
        Arguments.of(
            "residual-1",
            residual(conv(4, 3).pad(1), relu(), maxPool(3).stride(1).pad(1))
                .projection(conv(4, 1))),
        Arguments.of(
            "residual-2",
            residual(conv(4, 3).stride(2).pad(1), relu(), conv(6, 1, 3).pad(0, 1))
                .projection(conv(6, 1).stride(2))),
        Arguments.of(
            "concat-0",
            concat(
                branch(conv(2, 1)),
                branch(conv(4, 1), relu(), conv(5, 3).pad(1), relu()),
                branch(maxPool(3).stride(1).pad(1), conv(1, 1)))),
        Arguments.of("concat-1", concat(branch(), branch(relu(), conv(3, 3, 1).pad(1, 0)))),
        Arguments.of("concat-2", concat(branch(affine(3), relu()), branch(), branch(affine(1)))),
        Arguments.of(
            "concat-3",
            concat(
                branch(
                    residual(conv(3, 3).pad(1), concat(branch(conv(2, 1), relu()), branch()))
                        .projection(conv(5, 1))),
                branch())));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void agrees_with_pytorch(String name, LayerSpec spec) {
    Map<String, NDArray> golden = Golden.pytorch(name);
    Layer layer = spec.build("layer", golden.get("x").shape().dropFirst(), new Random(1));
    Golden.check(layer, golden, 1e-5);
  }
}
