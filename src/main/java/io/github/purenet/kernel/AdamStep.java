package io.github.purenet.kernel;

/**
 * The settings of one Adam update. The decays are doubles: a float near 1 holds few digits of
 * {@code 1 - beta}, the share that an update adds. A decay that rounds to 1 is a mean of all
 * gradients.
 *
 * @param beta1 decay of the first moment
 * @param beta2 decay of the second moment
 * @param rate learning rate, including the bias correction of m
 * @param rootScale bias correction of sqrt(v)
 * @param epsilon keeps the quotient finite
 * @param gradientScale factor of the gradient, 1 unless clipped
 * @param decay weight decay that is added to the gradient, 0 if there is none
 * @param shrink share of the value that is subtracted in addition to the step, 0 if there is none
 */
public record AdamStep(
    double beta1,
    double beta2,
    float rate,
    float rootScale,
    float epsilon,
    float gradientScale,
    float decay,
    float shrink) {

  /**
   * Returns the sum of the shares that all gradients have in a running mean: {@code 1 -
   * beta^updates} but for the rounding of the shares, so that the mean of equal numbers is that
   * number.
   *
   * @param beta decay of the mean
   * @param updates the number of gradients, at least 1
   * @return the number to divide the mean by
   */
  public static double sumOfShares(double beta, long updates) {
    double kept = kept(beta);
    double sum = kept == 1 ? updates : (1 - Math.pow(kept, (double) updates)) / (1 - kept);
    return added(beta) * sum;
  }

  /** Returns the share of a running mean that an update keeps. */
  private static float kept(double beta) {
    return (float) beta;
  }

  /** Returns the share of an update in a running mean. */
  private static float added(double beta) {
    return (float) (1 - beta);
  }

  /** Returns the share of m that an update keeps. */
  float kept1() {
    return kept(beta1);
  }

  /** Returns the share of the gradient in m. */
  float added1() {
    return added(beta1);
  }

  /** Returns the share of v that an update keeps. */
  float kept2() {
    return kept(beta2);
  }

  /** Returns the share of the square of the gradient in v. */
  float added2() {
    return added(beta2);
  }
}
