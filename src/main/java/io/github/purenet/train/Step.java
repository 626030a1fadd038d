package io.github.purenet.train;

/**
 * The results of one step of a training run.
 *
 * @param epoch the number of the epoch, from 1
 * @param number the number of the step in its epoch, from 1
 * @param steps the number of steps of an epoch
 * @param samples the number of samples of the step
 * @param loss the loss of the step's batch, before the step
 * @param learningRate the learning rate of the step; NaN if the optimizer has none
 */
public record Step(
    int epoch, int number, int steps, int samples, double loss, double learningRate) {}
