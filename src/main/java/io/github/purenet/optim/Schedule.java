package io.github.purenet.optim;

/**
 * The learning rate of each step: {@code new Adam(Schedule.cosine(0.001, 0, 10_000).warmup(500))}.
 *
 * <p>Schedules count the steps of the optimizer, from 0. One epoch has {@code ceil(samples /
 * batchSize)} steps, so "a tenth every 30 epochs" is {@code step(rate, 30 * stepsPerEpoch, 0.1)},
 * and a factor an epoch is {@code exponential(rate, Math.pow(factor, 1.0 / stepsPerEpoch))}. A
 * schedule that has an end stays at its last learning rate from there on.
 */
@FunctionalInterface
public interface Schedule {

  /**
   * Returns the learning rate of one step.
   *
   * @param step the number of steps before this one, at least 0
   * @return at least 0, and finite as a float
   */
  double learningRate(long step);

  /**
   * Returns a schedule with the same learning rate on every step.
   *
   * @param learningRate above 0
   * @return {@code learningRate}
   * @throws IllegalArgumentException if the number is out of range
   */
  static Schedule constant(double learningRate) {
    Require.floatAboveZero("Schedule.constant", "learningRate", learningRate);
    return DescribedSchedule.of(step -> learningRate, "%s", learningRate);
  }

  /**
   * Returns a schedule that multiplies the learning rate by a factor every so many steps.
   *
   * @param learningRate the learning rate of the first steps, above 0
   * @param every the number of steps from one change to the next, at least 1
   * @param factor above 0, for example 0.1
   * @return {@code learningRate factor^floor(step / every)}
   * @throws IllegalArgumentException if a number is out of range
   */
  static Schedule step(double learningRate, long every, double factor) {
    Require.floatAboveZero("Schedule.step", "learningRate", learningRate);
    Require.atLeastOne("Schedule.step", "every", every);
    Require.aboveZero("Schedule.step", "factor", factor);
    Schedule schedule =
        step -> {
          long changes = step / every;
          return learningRate * Math.pow(factor, (double) changes);
        };
    return DescribedSchedule.of(
        schedule, "%s, times %s every %d steps", learningRate, factor, every);
  }

  /**
   * Returns a schedule that multiplies the learning rate by a factor after each step.
   *
   * @param learningRate the learning rate of the first step, above 0
   * @param factor above 0, for example 0.999
   * @return {@code learningRate factor^step}
   * @throws IllegalArgumentException if a number is out of range
   */
  static Schedule exponential(double learningRate, double factor) {
    Require.floatAboveZero("Schedule.exponential", "learningRate", learningRate);
    Require.aboveZero("Schedule.exponential", "factor", factor);
    return DescribedSchedule.of(
        step -> learningRate * Math.pow(factor, (double) step),
        "%s, times %s after each step",
        learningRate,
        factor);
  }

  /**
   * Returns a schedule that takes the learning rate to its end by a power law; power 1 is linear.
   * PyTorch's PolynomialLR always ends at 0.
   *
   * @param learningRate the learning rate of the first step, above 0
   * @param end the learning rate from step {@code steps} on, at least 0
   * @param steps the number of steps to the end, at least 1
   * @param power above 0
   * @return {@code end + (learningRate - end) (1 - step / steps)^power}
   * @throws IllegalArgumentException if a number is out of range
   */
  static Schedule polynomial(double learningRate, double end, long steps, double power) {
    Require.floatAboveZero("Schedule.polynomial", "learningRate", learningRate);
    Require.floatAtLeastZero("Schedule.polynomial", "end", end);
    Require.atLeastOne("Schedule.polynomial", "steps", steps);
    Require.aboveZero("Schedule.polynomial", "power", power);
    Schedule schedule =
        step -> {
          double left = 1 - Math.min(1, (double) step / steps);
          return end + (learningRate - end) * Math.pow(left, power);
        };
    return DescribedSchedule.of(
        schedule, "from %s to %s in %d steps with power %s", learningRate, end, steps, power);
  }

  /**
   * Returns a schedule that takes the learning rate to its end along half a cosine.
   *
   * <p>Source: Loshchilov and Hutter 2017, <i>SGDR: Stochastic Gradient Descent with Warm
   * Restarts</i>, equation 5, without restarts. PyTorch's CosineAnnealingLR rises again after
   * {@code steps}; this one stays at its end.
   *
   * @param learningRate the learning rate of the first step, above 0
   * @param end the learning rate from step {@code steps} on, at least 0
   * @param steps the number of steps to the end, at least 1
   * @return {@code end + (learningRate - end) (1 + cos(pi step / steps)) / 2}
   * @throws IllegalArgumentException if a number is out of range
   */
  static Schedule cosine(double learningRate, double end, long steps) {
    Require.floatAboveZero("Schedule.cosine", "learningRate", learningRate);
    Require.floatAtLeastZero("Schedule.cosine", "end", end);
    Require.atLeastOne("Schedule.cosine", "steps", steps);
    return DescribedSchedule.of(
        step -> OneCycle.cosine(learningRate, end, Math.min(1, (double) step / steps)),
        "from %s to %s in %d steps along half a cosine",
        learningRate,
        end,
        steps);
  }

  /**
   * Returns a schedule of one cycle with PyTorch's numbers: from a 25th of {@code max} up to it in
   * the first 30 % of the steps, then down to a 250,000th of it, both along half a cosine. Other
   * numbers are settings of {@link OneCycle}.
   *
   * @param max the highest learning rate, above 0
   * @param steps the length of the whole training, at least 1; from the last step on the learning
   *     rate stays at its end
   * @return the schedule, for example {@code oneCycle(0.01, 1000).rising(0.2).endDivisor(100)}
   * @throws IllegalArgumentException if a number is out of range
   */
  static OneCycle oneCycle(double max, long steps) {
    return new OneCycle(max, steps);
  }

  /**
   * Returns this schedule with a linear warm-up before it; it then begins {@code steps} later.
   *
   * <p>Source: Goyal et al. 2017, <i>Accurate, Large Minibatch SGD</i>, section 2.2.
   *
   * @param steps the length of the warm-up, at least 1
   * @return {@code learningRate(0) (step + 1) / (steps + 1)} in the first steps, then {@code
   *     learningRate(step - steps)}: equal rises, none of them 0
   * @throws IllegalArgumentException if the number is out of range
   */
  default Schedule warmup(long steps) {
    Require.atLeastOne("Schedule.warmup", "steps", steps);
    Schedule schedule =
        step ->
            step < steps
                ? learningRate(0) * (step + 1) / (steps + 1.0)
                : learningRate(step - steps);
    return DescribedSchedule.of(
        schedule, "%s, after a warm-up of %d steps", DescribedSchedule.words(this), steps);
  }
}
