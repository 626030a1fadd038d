package io.github.purenet.optim;

import io.github.purenet.ndarray.NDArray;

/**
 * AdaGrad: each number has a learning rate that falls with the squares of its gradients, {@code sum
 * += g²}, {@code value -= learningRate g / (sqrt(sum) + epsilon)}.
 *
 * <p>Source: Duchi, Hazan and Singer 2011, <i>Adaptive Subgradient Methods for Online Learning and
 * Stochastic Optimization</i>, section 1.1, the diagonal form, with PyTorch's epsilon; the book
 * (section 6.1.5) has 1e-7 in the same place.
 */
public final class AdaGrad extends AbstractOptimizer<AdaGrad> {
  private float epsilon = 1e-10f;

  /**
   * Creates an optimizer with one learning rate for all steps.
   *
   * @param learningRate above 0
   * @throws IllegalArgumentException if the number is out of range
   */
  public AdaGrad(double learningRate) {
    this(constant("AdaGrad", learningRate));
  }

  /**
   * Creates an optimizer with a schedule of learning rates.
   *
   * @param schedule the learning rate of each step
   */
  public AdaGrad(Schedule schedule) {
    super("AdaGrad", schedule, "sum");
  }

  /**
   * Sets the number that is added to the root of the sum.
   *
   * @param epsilon at least 1e-20; 1e-10 unless set
   * @return this
   * @throws IllegalArgumentException if the number is out of range
   */
  public AdaGrad epsilon(double epsilon) {
    this.epsilon = Require.epsilon("AdaGrad", epsilon);
    return this;
  }

  @Override
  boolean fits(float g, Slots slots, int i) {
    float sum = slots == null ? 0 : slots.arrays[0][i];
    return Float.isFinite(sum + g * g);
  }

  @Override
  void update(NDArray gradient, NDArray value, Slots slots, Step step) {
    float[] sum = slots.arrays[0];
    Loop.overAll(gradient, value, (g, x, from, to) -> loop(g, x, sum, from, to, epsilon, step));
  }

  private static void loop(
      float[] gradient, float[] value, float[] sum, int from, int to, float epsilon, Step step) {
    float rate = (float) step.learningRate();
    float scale = step.scale();
    float decay = (float) step.decay();
    for (int i = from; i < to; i++) {
      float g = scale * gradient[i] + decay * value[i];
      float s = sum[i] + g * g;
      sum[i] = s;
      value[i] = value[i] - rate * g / ((float) Math.sqrt(s) + epsilon);
    }
  }
}
