package io.github.purenet.optim;

import io.github.purenet.kernel.AdamStep;
import io.github.purenet.kernel.Kernels;
import io.github.purenet.ndarray.NDArray;

/**
 * What Adam and AdamW share: the two moments of the gradient, in one kernel.
 *
 * @param <S> the subclass, which settings return
 */
abstract class AbstractAdam<S extends AbstractAdam<S>> extends AbstractOptimizer<S> {
  private final double beta1;
  private final double beta2;
  private final double epsilon;
  private final boolean decoupled;

  /** AbstractAdam; {@code decoupled} tells whether weight decay bypasses them. */
  AbstractAdam(
      String kind,
      Schedule schedule,
      double beta1,
      double beta2,
      double epsilon,
      boolean decoupled) {
    super(kind, schedule, "m", "v");
    this.beta1 = Require.belowOne(kind, "beta1", beta1);
    this.beta2 = Require.belowOne(kind, "beta2", beta2);
    this.epsilon = Require.aboveZero(kind, "epsilon", epsilon);
    this.decoupled = decoupled;
  }

  @Override
  final void update(NDArray gradient, NDArray value, Slots slots, Step step) {
    double rate = step.learningRate() / (1 - Math.pow(beta1, (double) slots.updates));
    double rootScale = 1 / Math.sqrt(1 - Math.pow(beta2, (double) slots.updates));
    double decay = step.decay();
    Kernels.active()
        .adam(
            value.size(),
            gradient.data(),
            gradient.offset(),
            slots.arrays[0],
            slots.arrays[1],
            value.data(),
            value.offset(),
            new AdamStep(
                (float) beta1,
                (float) beta2,
                (float) rate,
                (float) rootScale,
                (float) epsilon,
                step.scale(),
                (float) (decoupled ? 0 : decay),
                (float) (decoupled ? step.learningRate() * decay : 0)));
  }
}
