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
   * Creates an optimizer with one learning rate for all steps.
   *
   * @param learningRate above 0
   * @throws IllegalArgumentException if the number is out of range
   */
  public Nesterov(double learningRate) {
    this(constant("Nesterov", learningRate));
  }

  /**
   * Creates an optimizer with a schedule of learning rates.
   *
   * @param schedule the learning rate of each step
   */
  public Nesterov(Schedule schedule) {
    super("Nesterov", schedule);
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
      value[i] = value[i] - rate * (g + momentum * v);
    }
  }
}
