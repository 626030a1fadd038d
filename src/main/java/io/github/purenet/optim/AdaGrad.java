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
  private final float epsilon;

  /**
   * AdaGrad with one learning rate and epsilon 1e-10.
   *
   * @param learningRate above 0
   * @throws IllegalArgumentException if the number is out of range
   */
  public AdaGrad(double learningRate) {
    this(constant("AdaGrad", learningRate));
  }

  /**
   * AdaGrad with epsilon 1e-10.
   *
   * @param schedule the learning rate of each step
   */
  public AdaGrad(Schedule schedule) {
    this(schedule, 1e-10);
  }

  /**
   * AdaGrad.
   *
   * @param schedule the learning rate of each step
   * @param epsilon above 0
   * @throws IllegalArgumentException if the number is out of range
   */
  public AdaGrad(Schedule schedule, double epsilon) {
    super("AdaGrad", schedule, "sum");
    this.epsilon = (float) Require.aboveZero("AdaGrad", "epsilon", epsilon);
  }

  @Override
  void update(NDArray gradient, NDArray value, Slots slots, Step step) {
    float[] sum = slots.arrays[0];
    Loop.overAll(gradient, value, (g, x, from, to) -> loop(g, x, sum, from, to, epsilon, step));
  }

  private static void loop(
      float[] gradient, float[] value, float[] sum, int from, int to, float epsilon, Step step) {
    float rate = step.rate();
    float scale = step.scale();
    float decay = step.pull();
    for (int i = from; i < to; i++) {
      float g = scale * gradient[i] + decay * value[i];
      float s = sum[i] + g * g;
      sum[i] = s;
      value[i] = value[i] - rate * g / ((float) Math.sqrt(s) + epsilon);
    }
  }
}
