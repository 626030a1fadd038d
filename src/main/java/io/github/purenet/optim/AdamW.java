package io.github.purenet.optim;

/**
 * Adam with decoupled weight decay: the value moves as {@link Adam} moves it, and loses {@code
 * learningRate weightDecay value} beside that. Weight decay is 0.01 unless set, and the moments do
 * not see it.
 *
 * <p>Source: Loshchilov and Hutter 2019, <i>Decoupled Weight Decay Regularization</i>, algorithm 2,
 * in PyTorch's form, which multiplies the decay by the learning rate.
 */
public final class AdamW extends AbstractAdam<AdamW> {

  /** AdamW with learning rate 0.001, beta1 0.9, beta2 0.999 and epsilon 1e-8. */
  public AdamW() {
    this(0.001);
  }

  /**
   * AdamW with beta1 0.9, beta2 0.999 and epsilon 1e-8.
   *
   * @param learningRate above 0
   * @throws IllegalArgumentException if the number is out of range
   */
  public AdamW(double learningRate) {
    this(constant("AdamW", learningRate));
  }

  /**
   * AdamW with beta1 0.9, beta2 0.999 and epsilon 1e-8.
   *
   * @param schedule the learning rate of each step
   */
  public AdamW(Schedule schedule) {
    this(schedule, 0.9, 0.999, 1e-8);
  }

  /**
   * AdamW with one learning rate.
   *
   * @param learningRate above 0
   * @param beta1 decay of the mean of gradients, at least 0 and below 1
   * @param beta2 decay of the mean of squared gradients, at least 0 and below 1
   * @param epsilon above 0
   * @throws IllegalArgumentException if a number is out of range
   */
  public AdamW(double learningRate, double beta1, double beta2, double epsilon) {
    this(constant("AdamW", learningRate), beta1, beta2, epsilon);
  }

  /**
   * AdamW.
   *
   * @param schedule the learning rate of each step
   * @param beta1 decay of the mean of gradients, at least 0 and below 1
   * @param beta2 decay of the mean of squared gradients, at least 0 and below 1
   * @param epsilon above 0
   * @throws IllegalArgumentException if a number is out of range
   */
  public AdamW(Schedule schedule, double beta1, double beta2, double epsilon) {
    super("AdamW", schedule, beta1, beta2, epsilon, /* decoupled= */ true);
    weightDecay(0.01);
  }
}
