package io.github.purenet.train;

import java.util.List;

/** What a training run came to: a loss for each step, two accuracies for each epoch. */
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
   * The loss of each step's batch, before the step.
   *
   * @return a copy, one number a step
   */
  public double[] trainLosses() {
    return losses.clone();
  }

  /**
   * The epochs.
   *
   * @return unmodifiable, in order
   */
  public List<Epoch> epochs() {
    return epochs;
  }

  /**
   * The accuracy on part of the training samples after each epoch.
   *
   * @return a copy, one share from 0 to 1 an epoch
   */
  public double[] trainAccuracies() {
    return epochs.stream().mapToDouble(Epoch::trainAccuracy).toArray();
  }

  /**
   * The accuracy on part of the test samples after each epoch.
   *
   * @return a copy, one share from 0 to 1 an epoch
   */
  public double[] testAccuracies() {
    return epochs.stream().mapToDouble(Epoch::testAccuracy).toArray();
  }

  /**
   * The accuracy on all test samples after the last epoch.
   *
   * @return a share from 0 to 1
   */
  public double testAccuracy() {
    return testAccuracy;
  }
}
