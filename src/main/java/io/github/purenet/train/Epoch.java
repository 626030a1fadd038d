package io.github.purenet.train;

import io.github.purenet.nn.Metric;

/**
 * The results of one epoch of a training run.
 *
 * @param number the number of the epoch, from 1
 * @param epochs the number of epochs of the run
 * @param loss the mean of the losses of the epoch's steps
 * @param metric what the next two numbers are, for example an accuracy
 * @param trainMetric the metric of the first training samples after the epoch
 * @param testMetric the metric of the first test samples after the epoch
 * @param seconds the wall time of training and evaluation, in seconds
 */
public record Epoch(
    int number,
    int epochs,
    double loss,
    Metric metric,
    double trainMetric,
    double testMetric,
    double seconds) {}
