package io.github.purenet.cli;

import static io.github.purenet.nn.Layers.affine;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import io.github.purenet.nn.Network;
import io.github.purenet.optim.Optimizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Two epochs of five steps. */
class OptimizerOptionsTest {
  private static final int EPOCHS = 2;
  private static final int STEPS = 5;

  private static Optimizer optimizer(String options) {
    OptimizerOptions parsed = new OptimizerOptions();
    new CommandLine(CommandSpec.create().addMixin("m", CommandSpec.forAnnotatedObject(parsed)))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .parseArgs(options.split(" ", -1));
    return parsed.optimizer(EPOCHS, STEPS);
  }

  /** The learning rates of all steps, and of one behind the end. */
  private static double[] rates(String options) {
    Optimizer optimizer = optimizer(options);
    Network network = Network.of(Shape.of(2), 1, affine(2));
    double[] rates = new double[EPOCHS * STEPS + 1];
    for (int step = 0; step < rates.length; step++) {
      rates[step] = optimizer.learningRate();
      network.gradient(NDArray.ones(1, 2), NDArray.zeros(1));
      optimizer.step(network.parameters());
    }
    return rates;
  }

  @ParameterizedTest
  @CsvSource({
    "--schedule constant, 1, 1, 1",
    "--schedule cosine, 1, 0.5, 0",
    "--schedule linear, 1, 0.5, 0",
    "--schedule step --decay-every 1, 1, 0.1, 0.01",
    "--schedule step --decay-every 2 --decay 0.5, 1, 1, 0.5",
    "--schedule exponential --decay 0.01, 1, 0.1, 0.01",
    "--warm-up 1, 0.166667, 1, 1",
    "--warm-up 1 --schedule linear, 0.166667, 1, 0",
    "--schedule onecycle, 0.04, 0.61126, 0.000004"
  })
  void a_schedule_is_stretched_over_the_training(
      String options, double first, double middle, double last) {
    double[] rates = rates(options + " --learning-rate 1");
    assertThat(rates[0]).isEqualTo(first, offset(1e-4));
    assertThat(rates[STEPS]).isEqualTo(middle, offset(1e-4));
    assertThat(rates[EPOCHS * STEPS]).isEqualTo(last, offset(1e-4));
  }

  @Test
  void a_falling_rate_is_above_0_in_the_last_step() {
    assertThat(rates("--schedule cosine")[EPOCHS * STEPS - 1]).isPositive();
    assertThat(rates("--schedule linear --warm-up 0.5")[EPOCHS * STEPS - 1]).isPositive();
  }

  @ParameterizedTest
  @CsvSource({
    "adam, Adam, 0.001",
    "AdamW, AdamW, 0.001",
    "rmsprop, RMSprop, 0.001",
    "adagrad, AdaGrad, 0.01",
    "momentum, Momentum, 0.01",
    "nesterov, Nesterov, 0.01",
    "sgd, Sgd, 0.1"
  })
  void every_optimizer_has_a_rate_of_its_own(String name, String type, double rate) {
    Optimizer optimizer = optimizer("--optimizer " + name);
    assertThat(optimizer.getClass().getSimpleName()).isEqualTo(type);
    assertThat(optimizer.learningRate()).isEqualTo(rate);
  }
}
