package io.github.purenet.optim;

/**
 * Adam: steps along a running mean of the gradient, scaled by a running mean of its square.
 *
 * <p>Source: Kingma and Ba 2015, <i>Adam: A Method for Stochastic Optimization</i>, algorithm 1:
 * {@code m = beta1 m + (1 - beta1) g}, {@code v = beta2 v + (1 - beta2) g²}, {@code value -=
 * learningRate m' / (sqrt(v') + epsilon)} with {@code m' = m / (1 - beta1^t)} and {@code v' = v /
 * (1 - beta2^t)}; t counts the updates of the parameter. Epsilon stands where the paper and PyTorch
 * have it, added to the corrected root; the book adds 1e-7 to the uncorrected one.
 *
 * <p>Weight decay joins the gradient; {@link AdamW} decays beside it.
 */
public final class Adam extends AbstractAdam<Adam> {

  /** Adam with learning rate 0.001, beta1 0.9, beta2 0.999 and epsilon 1e-8. */
  public Adam() {
    this(0.001);
  }

  /**
   * Adam with beta1 0.9, beta2 0.999 and epsilon 1e-8.
   *
   * @param learningRate above 0
   * @throws IllegalArgumentException if the number is out of range
   */
  public Adam(double learningRate) {
    this(constant("Adam", learningRate));
  }

  /**
   * Adam with beta1 0.9, beta2 0.999 and epsilon 1e-8.
   *
   * @param schedule the learning rate of each step
   */
  public Adam(Schedule schedule) {
    this(schedule, 0.9, 0.999, 1e-8);
  }

  /**
   * Adam with one learning rate.
   *
   * @param learningRate above 0
   * @param beta1 decay of the mean of gradients, at least 0 and below 1
   * @param beta2 decay of the mean of squared gradients, at least 0 and below 1
   * @param epsilon above 0
   * @throws IllegalArgumentException if a number is out of range
   */
  public Adam(double learningRate, double beta1, double beta2, double epsilon) {
    this(constant("Adam", learningRate), beta1, beta2, epsilon);
  }

  /**
   * Adam.
   *
   * @param schedule the learning rate of each step
   * @param beta1 decay of the mean of gradients, at least 0 and below 1
   * @param beta2 decay of the mean of squared gradients, at least 0 and below 1
   * @param epsilon above 0
   * @throws IllegalArgumentException if a number is out of range
   */
  public Adam(Schedule schedule, double beta1, double beta2, double epsilon) {
    super("Adam", schedule, beta1, beta2, epsilon, /* decoupled= */ false);
  }
}
