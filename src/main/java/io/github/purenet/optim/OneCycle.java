package io.github.purenet.optim;

import java.util.Locale;

/**
 * One cycle of learning rates: from {@code max / startDivisor} up to {@code max}, then down to
 * {@code max / startDivisor / endDivisor}, both along half a cosine. {@link Schedule#oneCycle}
 * creates one with PyTorch's numbers. A cycle is immutable; each setting returns a new one.
 *
 * <p>Source: Smith and Topin 2018, <i>Super-Convergence</i>, section 3, in the form of PyTorch's
 * OneCycleLR with two phases. The momentum stays as it is; PyTorch moves it against the learning
 * rate unless told not to, and fails after the last step.
 */
public final class OneCycle implements Schedule {
  private static final String WHO = "Schedule.oneCycle";

  private final double max;
  private final long steps;
  private final double rising;
  private final double startDivisor;
  private final double endDivisor;

  OneCycle(double max, long steps) {
    this(
        Require.floatAboveZero(WHO, "max", max),
        Require.atLeastOne(WHO, "steps", steps),
        /* rising= */ 0.3,
        /* startDivisor= */ 25,
        /* endDivisor= */ 1e4);
  }

  private OneCycle(double max, long steps, double rising, double startDivisor, double endDivisor) {
    this.max = max;
    this.steps = steps;
    this.rising = rising;
    this.startDivisor = startDivisor;
    this.endDivisor = endDivisor;
  }

  /**
   * Returns this cycle with another share of steps in which the learning rate rises. The highest
   * learning rate is reached at step {@code share * steps - 1}.
   *
   * @param share at least 0 and below 1; 0.3 unless set
   * @return a new cycle
   * @throws IllegalArgumentException if the number is out of range
   */
  public OneCycle rising(double share) {
    Require.belowOne(WHO, "rising", share);
    return new OneCycle(max, steps, share, startDivisor, endDivisor);
  }

  /**
   * Returns this cycle with another start, {@code max / divisor}. The end changes with it.
   *
   * @param divisor above 0; 25 unless set
   * @return a new cycle
   * @throws IllegalArgumentException if the number is out of range
   */
  public OneCycle startDivisor(double divisor) {
    Require.aboveZero(WHO, "startDivisor", divisor);
    return new OneCycle(max, steps, rising, divisor, endDivisor);
  }

  /**
   * Returns this cycle with another end, the start divided by {@code divisor}.
   *
   * @param divisor above 0; 10,000 unless set
   * @return a new cycle
   * @throws IllegalArgumentException if the number is out of range
   */
  public OneCycle endDivisor(double divisor) {
    Require.aboveZero(WHO, "endDivisor", divisor);
    return new OneCycle(max, steps, rising, startDivisor, divisor);
  }

  @Override
  public double learningRate(long step) {
    double start = max / startDivisor;
    double end = start / endDivisor;
    long last = steps - 1;
    double top = rising * steps - 1; // may lie between two steps, or before the first
    return step < top
        ? cosine(start, max, step / top)
        : cosine(max, end, (Math.min(step, last) - top) / (last - top));
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "one cycle up to %s in %d steps", DescribedSchedule.plain(max), steps);
  }

  /** Goes from one number to another along half a cosine, {@code share} in [0, 1] of the way. */
  static double cosine(double from, double to, double share) {
    return to + (from - to) * (1 + Math.cos(Math.PI * share)) / 2;
  }
}
