package io.github.purenet.train;

import java.util.List;

/** The results of a training run: the loss of each step, and two accuracies for each epoch. */
public final class History {
  private final double[] losses;
  private final List<Epoch> epochs;
  private final double testAccuracy;

  History(double[] losses, List<Epoch> epochs, double testAccuracy) {
    this.losses = losses.clone();
    this.epochs = List.copyOf(epochs);
    this.testAccuracy = testAccuracy;
  }

  /**
   * Returns the loss of each step's batch, before the step.
   *
   * @return a copy, one number per step
   */
  public double[] trainLosses() {
    return losses.clone();
  }

  /**
   * Returns the results of each epoch.
   *
   * @return an unmodifiable list, in the order of the epochs
   */
  public List<Epoch> epochs() {
    return epochs;
  }

  /**
   * Returns the accuracy on the first training samples after each epoch.
   *
   * @return a copy, one number from 0 to 1 per epoch
   */
  public double[] trainAccuracies() {
    return epochs.stream().mapToDouble(Epoch::trainAccuracy).toArray();
  }

  /**
   * Returns the accuracy on the first test samples after each epoch.
   *
   * @return a copy, one number from 0 to 1 per epoch
   */
  public double[] testAccuracies() {
    return epochs.stream().mapToDouble(Epoch::testAccuracy).toArray();
  }

  /**
   * Returns the accuracy on all test samples after the last epoch.
   *
   * @return the accuracy, from 0 to 1
   */
  public double testAccuracy() {
    return testAccuracy;
  }
}
