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

  /** Creates an optimizer with learning rate 0.001. */
  public AdamW() {
    this(0.001);
  }

  /**
   * Creates an optimizer with one learning rate for all steps.
   *
   * @param learningRate above 0
   * @throws IllegalArgumentException if the number is out of range
   */
  public AdamW(double learningRate) {
    this(constant("AdamW", learningRate));
  }

  /**
   * Creates an optimizer with a schedule of learning rates.
   *
   * @param schedule the learning rate of each step
   */
  public AdamW(Schedule schedule) {
    super("AdamW", schedule, /* decoupled= */ true);
    weightDecay(0.01);
  }
}
