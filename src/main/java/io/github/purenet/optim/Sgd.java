package io.github.purenet.optim;

import io.github.purenet.ndarray.NDArray;

/**
 * Stochastic gradient descent: {@code value -= learningRate g}.
 *
 * <p>Source: Robbins and Monro 1951, <i>A Stochastic Approximation Method</i>; Saitoh, <i>Deep
 * Learning from Scratch</i>, section 6.1.2.
 */
public final class Sgd extends AbstractOptimizer<Sgd> {

  /**
   * Creates an optimizer with one learning rate for all steps.
   *
   * @param learningRate above 0
   * @throws IllegalArgumentException if the number is out of range
   */
  public Sgd(double learningRate) {
    this(constant("Sgd", learningRate));
  }

  /**
   * Creates an optimizer with a schedule of learning rates.
   *
   * @param schedule the learning rate of each step
   */
  public Sgd(Schedule schedule) {
    super("Sgd", schedule);
  }

  @Override
  void update(NDArray gradient, NDArray value, Slots slots, Step step) {
    Loop.overAll(gradient, value, (g, x, from, to) -> loop(g, x, from, to, step));
  }

  private static void loop(float[] gradient, float[] value, int from, int to, Step step) {
    float rate = (float) step.learningRate();
    float scale = step.scale();
    float decay = (float) step.decay();
    for (int i = from; i < to; i++) {
      value[i] = value[i] - rate * (scale * gradient[i] + decay * value[i]);
    }
  }
}
