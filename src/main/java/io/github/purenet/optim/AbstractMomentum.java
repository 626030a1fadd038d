package io.github.purenet.optim;

import io.github.purenet.ndarray.NDArray;

/**
 * Skeleton of Momentum and Nesterov, which keep a velocity for each number of a parameter.
 *
 * @param <S> the subclass, which the setters return
 */
abstract class AbstractMomentum<S extends AbstractMomentum<S>> extends AbstractOptimizer<S> {
  private float momentum = 0.9f;

  AbstractMomentum(String kind, Schedule schedule) {
    super(kind, schedule, "velocity");
  }

  /**
   * Sets the momentum, which is the share of the velocity that is left after a step.
   *
   * @param momentum at least 0 and below 1; 0.9 unless set
   * @return this
   * @throws IllegalArgumentException if the number is out of range
   */
  public S momentum(double momentum) {
    this.momentum = (float) Require.floatBelowOne(kind(), "momentum", momentum);
    return self();
  }

  @Override
  final String details() {
    return ", momentum " + momentum;
  }

  /** Changes the numbers from {@code from} to before {@code to} of velocity and value. */
  abstract void loop(
      float[] gradient,
      float[] value,
      float[] velocity,
      int from,
      int to,
      float momentum,
      Step step);

  @Override
  final void update(NDArray gradient, NDArray value, Slots slots, Step step) {
    float[] velocity = slots.arrays[0];
    Loop.overAll(
        gradient, value, (g, x, from, to) -> loop(g, x, velocity, from, to, momentum, step));
  }
}
