package io.github.purenet.nn;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.optim.RandomOptimizer;
import io.github.purenet.testing.Golden;
import io.github.purenet.testing.RandomCase;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random configurations of every layer, loss and optimizer agree with PyTorch: a sample of them, or
 * those in the directory that the system property {@code purenet.golden.random} names.
 */
class RandomCasesTest {
  /** The differences of the cases of each kind. */
  private static final Map<String, List<Double>> DIFFERENCES = new TreeMap<>();

  static Stream<RandomCase> cases() {
    return RandomCase.all().stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void agrees_with_pytorch(RandomCase random) {
    Map<String, NDArray> got;
    if (random.part("optimizer") != null) {
      got = RandomOptimizer.values(random);
    } else if (random.inputs().containsKey("x1")) {
      got = network(random);
    } else {
      got = loss(random);
    }
    double difference = random.check(got);
    DIFFERENCES.computeIfAbsent(random.kind(), kind -> new ArrayList<>()).add(difference);
  }

  @Test
  void every_layer_has_a_case() {
    Set<String> factories =
        Stream.of(Layers.class.getMethods())
            .filter(method -> LayerSpec.class.isAssignableFrom(method.getReturnType()))
            .map(Method::getName)
            .collect(Collectors.toSet());
    assertThat(cases().map(RandomCase::kind)).containsAll(factories);
  }

  /** Prints nothing for the sample. */
  @AfterAll
  static void print_the_largest_differences() {
    if (RandomCase.CHOSEN != null) {
      DIFFERENCES.forEach(
          (kind, all) ->
              System.out.printf(
                  Locale.ROOT,
                  "%-18s %4d cases, largest difference %.1e%n",
                  kind,
                  all.size(),
                  all.stream().mapToDouble(d -> d).max().orElseThrow()));
    }
  }

  /** Computes the steps of a chain of layers, and inference after them. */
  private static Map<String, NDArray> network(RandomCase random) {
    Network network = build(random);
    Map<String, NDArray> got = new LinkedHashMap<>();
    Pass pass = Pass.training();
    for (int step = 1; step <= random.steps(); step++) {
      NDArray x = random.inputs().get("x" + step);
      if (random.part("loss") != null) {
        double loss = network.gradient(x, random.inputs().get("t" + step));
        got.put("loss" + step, NDArray.scalar((float) loss));
      } else {
        got.put("y" + step, network.forward(x, pass).copy());
        NDArray dy = random.inputs().get("dy" + step);
        got.put("dx" + step, network.backward(dy, pass).copy());
      }
    }
    if (random.steps() > 0) {
      got.putAll(gradients(network));
    }
    network.buffers().forEach(buffer -> got.put(buffer.name(), buffer.value()));
    got.put("inference", network.predict(random.inputs().get("x1")));
    if (random.part("loss") == null && network.buffers().isEmpty()) {
      assertSameWithoutDx(random, network, pass);
    }
    return got;
  }

  /** Without buffers, which would move again, the steps can be computed twice. */
  private static void assertSameWithoutDx(RandomCase random, Network network, Pass pass) {
    Map<String, NDArray> before = new LinkedHashMap<>();
    gradients(network).forEach((name, gradient) -> before.put(name, gradient.copy()));
    network.parameters().forEach(Parameter::clearGradient);
    for (int step = 1; step <= random.steps(); step++) {
      network.forward(random.inputs().get("x" + step), pass);
      network.backwardParameters(random.inputs().get("dy" + step), pass);
    }
    gradients(network)
        .forEach(
            (name, gradient) ->
                Golden.assertClose(name + " without dx", gradient, before.get(name), 0));
  }

  private static Network build(RandomCase random) {
    List<LayerSpec> specs =
        new Settings("case", random.settings(), SpecReader.WITHOUT_PROVIDERS).specs("layers");
    NDArray x = random.inputs().get("x1");
    Network network =
        Network.of(x.shape().dropFirst(), /* seed= */ 1, specs.toArray(LayerSpec[]::new));
    Stream.concat(network.parameters().stream(), network.buffers().stream())
        .forEach(
            parameter -> {
              NDArray value = random.inputs().get(parameter.name());
              System.arraycopy(value.data(), 0, parameter.value().data(), 0, value.size());
              if (random.freezes(parameter.name())) {
                parameter.freeze();
              }
            });
    return random.part("loss") == null ? network : network.withLoss(lossOf(random));
  }

  /** Returns the gradients of the parameters that are not frozen. */
  private static Map<String, NDArray> gradients(Network network) {
    Map<String, NDArray> gradients = new LinkedHashMap<>();
    for (Parameter parameter : network.parameters()) {
      if (!parameter.isFrozen()) {
        gradients.put("d" + parameter.name(), parameter.gradient());
      }
    }
    return gradients;
  }

  private static Map<String, NDArray> loss(RandomCase random) {
    Loss loss = lossOf(random);
    Pass pass = Pass.training();
    double value = loss.forward(random.inputs().get("y"), random.inputs().get("t"), pass);
    return Map.of("loss", NDArray.scalar((float) value), "dy", loss.backward(pass));
  }

  private static Loss lossOf(RandomCase random) {
    Settings s = new Settings("loss", random.part("loss"), SpecReader.WITHOUT_PROVIDERS);
    return switch ((String) random.part("loss").get("kind")) {
      case "sigmoidWithLoss" -> new SigmoidWithLoss();
      case "meanSquaredError" -> new MeanSquaredError();
      default -> {
        SoftmaxWithLoss loss = new SoftmaxWithLoss().labelSmoothing(s.number("smoothing"));
        List<?> weights = (List<?>) random.part("loss").get("weights");
        yield weights.isEmpty()
            ? loss
            : loss.classWeights(weights.stream().mapToDouble(w -> (Double) w).toArray());
      }
    };
  }
}
