package io.github.purenet.optim;

import io.github.purenet.ndarray.NDArray;

/**
 * RMSprop: steps along the gradient divided by a running root mean square of it, {@code square =
 * alpha square + (1 - alpha) g²}, {@code value -= learningRate g / (sqrt(square) + epsilon)}.
 *
 * <p>Source: Tieleman and Hinton 2012, <i>Neural Networks for Machine Learning</i>, lecture 6.5,
 * with PyTorch's alpha and epsilon; the book's class has epsilon 1e-7 in the same place.
 */
public final class RMSprop extends AbstractOptimizer<RMSprop> {
  private final float alpha;
  private final float epsilon;

  /**
   * RMSprop with one learning rate, alpha 0.99 and epsilon 1e-8.
   *
   * @param learningRate above 0
   * @throws IllegalArgumentException if the number is out of range
   */
  public RMSprop(double learningRate) {
    this(constant("RMSprop", learningRate));
  }

  /**
   * RMSprop with alpha 0.99 and epsilon 1e-8.
   *
   * @param schedule the learning rate of each step
   */
  public RMSprop(Schedule schedule) {
    this(schedule, 0.99, 1e-8);
  }

  /**
   * RMSprop.
   *
   * @param schedule the learning rate of each step
   * @param alpha decay of the mean of squared gradients, at least 0 and below 1
   * @param epsilon above 0
   * @throws IllegalArgumentException if a number is out of range
   */
  public RMSprop(Schedule schedule, double alpha, double epsilon) {
    super("RMSprop", schedule, "square");
    this.alpha = (float) Require.belowOne("RMSprop", "alpha", alpha);
    this.epsilon = (float) Require.aboveZero("RMSprop", "epsilon", epsilon);
  }

  @Override
  void update(NDArray gradient, NDArray value, Slots slots, Step step) {
    float[] square = slots.arrays[0];
    Loop.overAll(
        gradient, value, (g, x, from, to) -> loop(g, x, square, from, to, alpha, epsilon, step));
  }

  private static void loop(
      float[] gradient,
      float[] value,
      float[] square,
      int from,
      int to,
      float alpha,
      float epsilon,
      Step step) {
    float rate = step.rate();
    float scale = step.scale();
    float decay = step.pull();
    for (int i = from; i < to; i++) {
      float g = scale * gradient[i] + decay * value[i];
      float s = alpha * square[i] + (1 - alpha) * (g * g);
      square[i] = s;
      value[i] = value[i] - rate * g / ((float) Math.sqrt(s) + epsilon);
    }
  }
}
