package io.github.purenet.optim;

/**
 * Gradient descent with Nesterov's momentum: {@code velocity = momentum velocity + g}, {@code value
 * -= learningRate (g + momentum velocity)}.
 *
 * <p>Source: Sutskever, Martens, Dahl and Hinton 2013, <i>On the importance of initialization and
 * momentum in deep learning</i>, section 2, in PyTorch's form ({@code nesterov=True}): the value
 * held is the one looked ahead to. The book's class is the same until the learning rate changes,
 * which it has inside the velocity.
 */
public final class Nesterov extends AbstractMomentum<Nesterov> {

  /**
   * Nesterov's momentum with one learning rate.
   *
   * @param learningRate above 0
   * @param momentum what is left of the velocity after a step, at least 0 and below 1
   * @throws IllegalArgumentException if a number is out of range
   */
  public Nesterov(double learningRate, double momentum) {
    this(constant("Nesterov", learningRate), momentum);
  }

  /**
   * Nesterov's momentum.
   *
   * @param schedule the learning rate of each step
   * @param momentum what is left of the velocity after a step, at least 0 and below 1
   * @throws IllegalArgumentException if the number is out of range
   */
  public Nesterov(Schedule schedule, double momentum) {
    super("Nesterov", schedule, momentum);
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
      value[i] = value[i] - rate * (g + momentum * v);
    }
  }
}
