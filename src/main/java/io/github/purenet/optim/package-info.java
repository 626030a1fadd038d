/**
 * Optimizers, which update parameters from their gradients, and schedules of their learning rate.
 *
 * <p>A constructor takes the learning rate or its {@link io.github.purenet.optim.Schedule}; every
 * other setting has a default and a method that sets it and returns the optimizer:
 *
 * <pre>{@code
 * new AdamW(0.001).betas(0.9, 0.99).weightDecay(0.05).decayOnly(Parameter::isWeight)
 * }</pre>
 *
 * <p>Optimizers compute with floats, so a setting must be in its range as a float, too: an epsilon
 * of 1e-50 is refused, because it is 0 as a float.
 */
package io.github.purenet.optim;
