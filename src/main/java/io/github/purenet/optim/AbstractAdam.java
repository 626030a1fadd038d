package io.github.purenet.optim;

import io.github.purenet.kernel.AdamStep;
import io.github.purenet.kernel.Kernels;
import io.github.purenet.ndarray.NDArray;

/**
 * Skeleton of Adam and AdamW, which keep running means of the gradient and of its square.
 *
 * @param <S> the subclass, which the setters return
 */
abstract class AbstractAdam<S extends AbstractAdam<S>> extends AbstractOptimizer<S> {
  private final boolean decoupled;
  private double beta1 = 0.9;
  private double beta2 = 0.999;
  private float epsilon = 1e-8f;

  /** Creates an optimizer; {@code decoupled} tells whether weight decay bypasses the means. */
  AbstractAdam(String kind, Schedule schedule, boolean decoupled) {
    super(kind, schedule, "m", "v");
    this.decoupled = decoupled;
  }

  /**
   * Sets the decays of the running means.
   *
   * @param beta1 decay of the mean of gradients, at least 0 and below 1; 0.9 unless set
   * @param beta2 decay of the mean of squared gradients, at least 0 and below 1; 0.999 unless set
   * @return this
   * @throws IllegalArgumentException if a number is out of range
   */
  public S betas(double beta1, double beta2) {
    Require.belowOne(kind(), "beta1", beta1);
    Require.belowOne(kind(), "beta2", beta2);
    this.beta1 = beta1;
    this.beta2 = beta2;
    return self();
  }

  /**
   * Sets the number that is added to the root of the mean of squared gradients.
   *
   * @param epsilon at least 1e-20; 1e-8 unless set
   * @return this
   * @throws IllegalArgumentException if the number is out of range
   */
  public S epsilon(double epsilon) {
    this.epsilon = Require.epsilon(kind(), epsilon);
    return self();
  }

  @Override
  final String details() {
    return ", betas " + DescribedSchedule.plain(beta1) + " and " + DescribedSchedule.plain(beta2);
  }

  @Override
  final boolean fits(float g, Slots slots, int i) {
    return Float.isFinite(2 * g * g); // 2: the rounding of the mean may add to it
  }

  @Override
  final void update(NDArray gradient, NDArray value, Slots slots, Step step) {
    double corrected = step.learningRate() / AdamStep.sumOfShares(beta1, slots.updates);
    double rate = Math.min(Float.MAX_VALUE, corrected); // infinite, it would make NaN of m = 0
    double rootScale = 1 / Math.sqrt(AdamStep.sumOfShares(beta2, slots.updates));
    double decay = step.decay();
    Kernels.active()
        .adam(
            value.size(),
            gradient.data(),
            slots.arrays[0],
            slots.arrays[1],
            value.data(),
            new AdamStep(
                beta1,
                beta2,
                (float) rate,
                (float) rootScale,
                epsilon,
                step.scale(),
                (float) (decoupled ? 0 : decay),
                (float) (decoupled ? step.learningRate() * decay : 0)));
  }
}
