package io.github.purenet.train;

/**
 * What one epoch came to.
 *
 * @param number from 1
 * @param of how many epochs the run has
 * @param loss mean of the losses of the epoch's steps
 * @param trainAccuracy share from 0 to 1 of the first training samples, after the epoch
 * @param testAccuracy share from 0 to 1 of the first test samples, after the epoch
 * @param seconds wall time of training and evaluating
 */
public record Epoch(
    int number, int of, double loss, double trainAccuracy, double testAccuracy, double seconds) {}
