package io.github.purenet.optim;

/** {@link Schedule#oneCycle}. */
final class OneCycle implements Schedule {
  private final double start;
  private final double max;
  private final double end;

  /** Where the learning rate is highest; between two steps, or before the first, if it falls so. */
  private final double top;

  private final long last;

  OneCycle(double max, long steps, double rising, double startDivisor, double endDivisor) {
    this.max = Require.aboveZero("Schedule.oneCycle", "max", max);
    this.last = Require.atLeastOne("Schedule.oneCycle", "steps", steps) - 1;
    this.top = Require.belowOne("Schedule.oneCycle", "rising", rising) * steps - 1;
    this.start = max / Require.aboveZero("Schedule.oneCycle", "startDivisor", startDivisor);
    this.end = start / Require.aboveZero("Schedule.oneCycle", "endDivisor", endDivisor);
  }

  @Override
  public double learningRate(long step) {
    return step < top
        ? cosine(start, max, step / top)
        : cosine(max, end, (Math.min(step, last) - top) / (last - top));
  }

  /** From one number to another along half a cosine, {@code share} in [0, 1] of the way. */
  static double cosine(double from, double to, double share) {
    return to + (from - to) * (1 + Math.cos(Math.PI * share)) / 2;
  }
}
