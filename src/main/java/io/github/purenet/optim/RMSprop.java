package io.github.purenet.optim;

import io.github.purenet.ndarray.NDArray;

/**
 * RMSprop: steps along the gradient, divided by a running root mean square of it, {@code square =
 * alpha square + (1 - alpha) g²}, {@code value -= learningRate g / (sqrt(square) + epsilon)}.
 *
 * <p>Source: Tieleman and Hinton 2012, <i>Neural Networks for Machine Learning</i>, lecture 6.5,
 * with PyTorch's alpha and epsilon; the book's class has epsilon 1e-7 in the same place.
 */
public final class RMSprop extends AbstractOptimizer<RMSprop> {
  private double alpha = 0.99;
  private float epsilon = 1e-8f;

  /**
   * Creates an optimizer with one learning rate for all steps.
   *
   * @param learningRate above 0
   * @throws IllegalArgumentException if the number is out of range
   */
  public RMSprop(double learningRate) {
    this(constant("RMSprop", learningRate));
  }

  /**
   * Creates an optimizer with a schedule of learning rates.
   *
   * @param schedule the learning rate of each step
   */
  public RMSprop(Schedule schedule) {
    super("RMSprop", schedule, "square");
  }

  /**
   * Sets the decay of the mean of squared gradients.
   *
   * @param alpha at least 0 and below 1; 0.99 unless set
   * @return this
   * @throws IllegalArgumentException if the number is out of range
   */
  public RMSprop alpha(double alpha) {
    this.alpha = Require.belowOne("RMSprop", "alpha", alpha);
    return this;
  }

  /**
   * Sets the number that is added to the root of the mean.
   *
   * @param epsilon at least 1e-20; 1e-8 unless set
   * @return this
   * @throws IllegalArgumentException if the number is out of range
   */
  public RMSprop epsilon(double epsilon) {
    this.epsilon = Require.epsilon("RMSprop", epsilon);
    return this;
  }

  @Override
  String details() {
    return ", alpha " + DescribedSchedule.plain(alpha);
  }

  @Override
  boolean fits(float g, Slots slots, int i) {
    return Float.isFinite(2 * g * g); // 2: the rounding of the mean may add to it
  }

  @Override
  void update(NDArray gradient, NDArray value, Slots slots, Step step) {
    float[] square = slots.arrays[0];
    Loop.overAll(gradient, value, (g, x, from, to) -> loop(g, x, square, from, to, step));
  }

  private void loop(float[] gradient, float[] value, float[] square, int from, int to, Step step) {
    float kept = (float) alpha;
    float added = (float) (1 - alpha); // a float alpha near 1 has few digits left of this
    float epsilon = this.epsilon;
    float rate = (float) step.learningRate();
    float scale = step.scale();
    float decay = (float) step.decay();
    for (int i = from; i < to; i++) {
      float g = scale * gradient[i] + decay * value[i];
      float s = kept * square[i] + added * (g * g);
      square[i] = s;
      value[i] = value[i] - rate * g / ((float) Math.sqrt(s) + epsilon);
    }
  }
}
