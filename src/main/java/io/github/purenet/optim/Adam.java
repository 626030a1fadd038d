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

  /** Creates an optimizer with learning rate 0.001. */
  public Adam() {
    this(0.001);
  }

  /**
   * Creates an optimizer with one learning rate for all steps.
   *
   * @param learningRate above 0
   * @throws IllegalArgumentException if the number is out of range
   */
  public Adam(double learningRate) {
    this(constant("Adam", learningRate));
  }

  /**
   * Creates an optimizer with a schedule of learning rates.
   *
   * @param schedule the learning rate of each step
   */
  public Adam(Schedule schedule) {
    super("Adam", schedule, /* decoupled= */ false);
  }
}
