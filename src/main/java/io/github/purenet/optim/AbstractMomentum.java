package io.github.purenet.optim;

import io.github.purenet.ndarray.NDArray;

/**
 * What Momentum and Nesterov share: a velocity for each number of a parameter.
 *
 * @param <S> the subclass, which settings return
 */
abstract class AbstractMomentum<S extends AbstractMomentum<S>> extends AbstractOptimizer<S> {
  private final float momentum;

  AbstractMomentum(String kind, Schedule schedule, double momentum) {
    super(kind, schedule, "velocity");
    this.momentum = (float) Require.belowOne(kind, "momentum", momentum);
  }

  /** Changes numbers {@code from} to before {@code to} of velocity and value. */
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
