package io.github.purenet.cli;

import io.github.purenet.optim.AdaGrad;
import io.github.purenet.optim.Adam;
import io.github.purenet.optim.AdamW;
import io.github.purenet.optim.Momentum;
import io.github.purenet.optim.Nesterov;
import io.github.purenet.optim.Optimizer;
import io.github.purenet.optim.RMSprop;
import io.github.purenet.optim.Schedule;
import io.github.purenet.optim.Sgd;
import java.util.function.DoubleFunction;
import picocli.CommandLine.Option;

/** The options that say how parameters are updated, and with which learning rate in which step. */
final class OptimizerOptions {
  /** The values of {@code --optimizer}, with the learning rate that suits each. */
  private enum Kind {
    adam(0.001),
    adamw(0.001),
    rmsprop(0.001),
    adagrad(0.01),
    momentum(0.01),
    nesterov(0.01),
    sgd(0.1);

    private final double learningRate;

    Kind(double learningRate) {
      this.learningRate = learningRate;
    }
  }

  /** The values of {@code --schedule}. */
  private enum Rate {
    constant,
    cosine,
    linear,
    step,
    exponential,
    onecycle
  }

  @Option(
      names = "--optimizer",
      paramLabel = "OPTIMIZER",
      defaultValue = "adam",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Kind kind;

  @Option(
      names = "--learning-rate",
      paramLabel = "R",
      description =
          "The learning rate; the highest one of a schedule (default: 0.001 for adam, adamw and"
              + " rmsprop, 0.01 for adagrad, momentum and nesterov, 0.1 for sgd).")
  private Double learningRate;

  @Option(
      names = "--momentum",
      paramLabel = "M",
      defaultValue = "0.9",
      description = "The momentum of momentum and nesterov (default: ${DEFAULT-VALUE}).")
  private double momentum;

  @Option(
      names = "--weight-decay",
      paramLabel = "D",
      defaultValue = "0",
      description = "The weight decay (default: ${DEFAULT-VALUE}).")
  private double weightDecay;

  @Option(
      names = "--clip-norm",
      paramLabel = "N",
      description = "Scales gradients whose norm is larger down to this one.")
  private Double clipNorm;

  @Option(
      names = "--schedule",
      paramLabel = "SCHEDULE",
      defaultValue = "constant",
      description =
          "${COMPLETION-CANDIDATES}: the learning rate stays; falls to 0 along a cosine or a line;"
              + " is multiplied by --decay every --decay-every epochs; falls evenly to --decay of"
              + " itself; or rises and falls in one cycle (default: ${DEFAULT-VALUE}).")
  private Rate rate;

  @Option(
      names = "--warm-up",
      paramLabel = "EPOCHS",
      defaultValue = "0",
      description =
          "The learning rate rises from near 0 in so many epochs, which may be a fraction"
              + " (default: ${DEFAULT-VALUE}).")
  private double warmUp;

  @Option(
      names = "--decay",
      paramLabel = "F",
      defaultValue = "0.1",
      description = "The factor of the schedules step and exponential (default: ${DEFAULT-VALUE}).")
  private double decay;

  @Option(
      names = "--decay-every",
      paramLabel = "EPOCHS",
      defaultValue = "10",
      description = "When the schedule step changes the rate (default: ${DEFAULT-VALUE}).")
  private int decayEvery;

  /**
   * Returns the optimizer for a training.
   *
   * @param epochs the number of epochs
   * @param stepsPerEpoch the number of steps of each
   */
  Optimizer optimizer(int epochs, long stepsPerEpoch) {
    Schedule schedule = schedule(epochs, stepsPerEpoch);
    return switch (kind) {
      case adam -> {
        Adam made = new Adam(schedule).weightDecay(weightDecay);
        yield clipped(made, made::clipNorm);
      }
      case adamw -> {
        AdamW made = new AdamW(schedule).weightDecay(weightDecay);
        yield clipped(made, made::clipNorm);
      }
      case rmsprop -> {
        RMSprop made = new RMSprop(schedule).weightDecay(weightDecay);
        yield clipped(made, made::clipNorm);
      }
      case adagrad -> {
        AdaGrad made = new AdaGrad(schedule).weightDecay(weightDecay);
        yield clipped(made, made::clipNorm);
      }
      case momentum -> {
        Momentum made = new Momentum(schedule).momentum(momentum).weightDecay(weightDecay);
        yield clipped(made, made::clipNorm);
      }
      case nesterov -> {
        Nesterov made = new Nesterov(schedule).momentum(momentum).weightDecay(weightDecay);
        yield clipped(made, made::clipNorm);
      }
      case sgd -> {
        Sgd made = new Sgd(schedule).weightDecay(weightDecay);
        yield clipped(made, made::clipNorm);
      }
    };
  }

  private Optimizer clipped(Optimizer optimizer, DoubleFunction<? extends Optimizer> clip) {
    return clipNorm == null ? optimizer : clip.apply(clipNorm);
  }

  /** Returns the learning rates; where they fall to an end, they get there with the last step. */
  private Schedule schedule(int epochs, long stepsPerEpoch) {
    if (!(warmUp >= 0 && warmUp <= epochs)) {
      throw new WrongUse("--warm-up: expected 0 to " + epochs + " epochs, got " + warmUp);
    }
    if (decayEvery < 1) {
      throw new WrongUse("--decay-every: expected at least 1 epoch, got " + decayEvery);
    }
    double highest = learningRate == null ? kind.learningRate : learningRate;
    long warmSteps = Math.round(warmUp * stepsPerEpoch);
    long steps = Math.max(1, epochs * stepsPerEpoch - warmSteps);
    Schedule schedule =
        switch (rate) {
          case constant -> Schedule.constant(highest);
          case cosine -> Schedule.cosine(highest, 0, steps);
          case linear -> Schedule.polynomial(highest, 0, steps, 1);
          case step -> Schedule.step(highest, decayEvery * stepsPerEpoch, decay);
          case exponential -> Schedule.exponential(highest, Math.pow(decay, 1.0 / steps));
          case onecycle -> Schedule.oneCycle(highest, steps);
        };
    return warmSteps == 0 ? schedule : schedule.warmup(warmSteps);
  }
}
