package io.github.purenet.train;

/**
 * The results of one epoch of a training run.
 *
 * @param number the number of the epoch, from 1
 * @param epochs the number of epochs of the run
 * @param loss the mean of the losses of the epoch's steps
 * @param trainAccuracy the accuracy on the first training samples after the epoch, from 0 to 1
 * @param testAccuracy the accuracy on the first test samples after the epoch, from 0 to 1
 * @param seconds the wall time of training and evaluation, in seconds
 */
public record Epoch(
    int number,
    int epochs,
    double loss,
    double trainAccuracy,
    double testAccuracy,
    double seconds) {}
