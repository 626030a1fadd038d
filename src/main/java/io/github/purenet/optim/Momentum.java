package io.github.purenet.optim;

/**
 * Gradient descent with momentum: {@code velocity = momentum velocity + g}, {@code value -=
 * learningRate velocity}.
 *
 * <p>Source: Polyak 1964, <i>Some methods of speeding up the convergence of iteration methods</i>,
 * in PyTorch's form. The book (section 6.1.4) has the learning rate inside the velocity; that is
 * the same until the learning rate changes, and then this form turns at once.
 */
public final class Momentum extends AbstractMomentum<Momentum> {

  /**
   * Momentum with one learning rate.
   *
   * @param learningRate above 0
   * @param momentum what is left of the velocity after a step, at least 0 and below 1
   * @throws IllegalArgumentException if a number is out of range
   */
  public Momentum(double learningRate, double momentum) {
    this(constant("Momentum", learningRate), momentum);
  }

  /**
   * Momentum.
   *
   * @param schedule the learning rate of each step
   * @param momentum what is left of the velocity after a step, at least 0 and below 1
   * @throws IllegalArgumentException if the number is out of range
   */
  public Momentum(Schedule schedule, double momentum) {
    super("Momentum", schedule, momentum);
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
    float rate = step.rate();
    float scale = step.scale();
    float decay = step.pull();
    for (int i = from; i < to; i++) {
      float g = scale * gradient[i] + decay * value[i];
      float v = momentum * velocity[i] + g;
      velocity[i] = v;
      value[i] = value[i] - rate * v;
    }
  }
}
