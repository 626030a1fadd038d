package io.github.purenet.optim;

/**
 * The numbers of one step for one parameter. An update uses {@code scale gradient + decay value} as
 * its gradient, except that {@link AdamW} decays beside it.
 *
 * @param learningRate the learning rate of this step
 * @param scale what gradients are multiplied by: below 1 where their norm is clipped, otherwise 1
 * @param decay the weight decay, 0 for a parameter that does not decay
 */
record Step(double learningRate, float scale, double decay) {}
