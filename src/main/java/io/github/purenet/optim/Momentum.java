package io.github.purenet.optim;

/**
 * Gradient descent with momentum: {@code velocity = momentum velocity + g}, {@code value -=
 * learningRate velocity}.
 *
 * <p>Source: Polyak 1964, <i>Some methods of speeding up the convergence of iteration methods</i>,
 * in PyTorch's form. The book (section 6.1.4) has the learning rate inside the velocity; that is
 * the same until the learning rate changes, and then this form follows the new rate at once.
 */
public final class Momentum extends AbstractMomentum<Momentum> {

  /**
   * Creates an optimizer with one learning rate for all steps.
   *
   * @param learningRate above 0
   * @throws IllegalArgumentException if the number is out of range
   */
  public Momentum(double learningRate) {
    this(constant("Momentum", learningRate));
  }

  /**
   * Creates an optimizer with a schedule of learning rates.
   *
   * @param schedule the learning rate of each step
   */
  public Momentum(Schedule schedule) {
    super("Momentum", schedule);
  }

  @Override
  void loop(
      float[] gradient,
      float[] value,
      float[] velocity,
      int from,
      int to,
      float momentum,
      Step step) {
    float rate = (float) step.learningRate();
    float scale = step.scale();
    float decay = (float) step.decay();
    for (int i = from; i < to; i++) {
      float g = scale * gradient[i] + decay * value[i];
      float v = momentum * velocity[i] + g;
      velocity[i] = v;
      value[i] = value[i] - rate * v;
    }
  }
}
