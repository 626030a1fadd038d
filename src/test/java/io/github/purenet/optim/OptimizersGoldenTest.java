package io.github.purenet.optim;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.nn.Parameter;
import io.github.purenet.testing.Golden;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Five steps of each optimizer from given gradients, see {@code cases_optim.py}. */
class OptimizersGoldenTest {
  private static final Map<String, NDArray> GOLDEN = Golden.pytorch("optim");

  private static final Map<String, Supplier<AbstractOptimizer<?>>> CASES =
      Map.ofEntries(
          entry("sgd", () -> new Sgd(0.1)),
          entry("sgd-decay", () -> new Sgd(0.1).weightDecay(0.3)),
          entry(
              "sgd-decay-weights",
              () -> new Sgd(0.1).weightDecay(0.3).decayOnly(Parameter::isWeight)),
          entry("sgd-norm", () -> new Sgd(0.1).clipNorm(1.25)),
          entry("sgd-norm-unreached", () -> new Sgd(0.1).clipNorm(1e4)),
          entry("sgd-value", () -> new Sgd(0.1).clipValue(0.25)),
          entry("sgd-every", () -> every(new Sgd(halving(0.1)))),
          entry("momentum", () -> new Momentum(0.1).momentum(0.9)),
          entry("momentum-schedule", () -> new Momentum(halving(0.1)).momentum(0.9)),
          entry("momentum-every", () -> every(new Momentum(halving(0.1)).momentum(0.9))),
          entry("nesterov", () -> new Nesterov(0.1).momentum(0.8)),
          entry("nesterov-schedule", () -> new Nesterov(halving(0.1)).momentum(0.8)),
          entry("nesterov-every", () -> every(new Nesterov(halving(0.1)).momentum(0.8))),
          entry("adagrad", () -> new AdaGrad(0.1)),
          entry("adagrad-epsilon", () -> new AdaGrad(0.1).epsilon(0.01)),
          entry("adagrad-every", () -> every(new AdaGrad(halving(0.1)))),
          entry("rmsprop", () -> new RMSprop(0.01)),
          entry("rmsprop-alpha", () -> new RMSprop(0.01).alpha(0.7).epsilon(0.01)),
          entry("rmsprop-every", () -> every(new RMSprop(halving(0.01)))),
          entry("adam", Adam::new),
          entry("adam-betas", () -> new Adam(0.1).betas(0.7, 0.9).epsilon(0.01)),
          entry("adam-every", () -> every(new Adam(halving(0.1)))),
          entry("adamw", AdamW::new),
          entry(
              "adamw-weights",
              () -> new AdamW(0.1).weightDecay(0.3).decayOnly(Parameter::isWeight)),
          entry("adamw-every", () -> every(new AdamW(halving(0.1)))));

  private static Schedule halving(double learningRate) {
    return Schedule.step(learningRate, 2, 0.5);
  }

  private static <S extends AbstractOptimizer<S>> S every(S optimizer) {
    return optimizer.weightDecay(0.3).clipValue(0.5).clipNorm(1.5);
  }

  @SuppressWarnings("UnusedMethod") // a method source
  private static Stream<String> cases() {
    return CASES.keySet().stream().sorted();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void agrees_with_pytorch(String name) {
    List<Parameter> parameters =
        List.of(
            new Parameter("W", GOLDEN.get("W").copy()), new Parameter("b", GOLDEN.get("b").copy()));
    AbstractOptimizer<?> optimizer = CASES.get(name).get();
    for (int step = 0; step < 5; step++) {
      for (Parameter parameter : parameters) {
        parameter.clearGradient();
        parameter.gradient().addInPlace(GOLDEN.get("d" + parameter.name()).at(step));
      }
      optimizer.step(parameters);
      for (Parameter parameter : parameters) {
        NDArray expected = GOLDEN.get(name + "." + parameter.name()).at(step);
        String what = parameter.name() + " after step " + (step + 1);
        Golden.assertClose(what, parameter.value(), expected, 1e-6);
      }
    }
  }

  @Test
  void no_case_escapes() {
    assertThat(
            GOLDEN.keySet().stream()
                .filter(key -> key.endsWith(".W"))
                .map(key -> key.substring(0, key.length() - 2))
                .collect(Collectors.toSet()))
        .isEqualTo(CASES.keySet());
  }
}
