/**
 * Optimizers, which update parameters from their gradients, and schedules of their learning rate.
 *
 * <p>A constructor takes the learning rate or its {@link io.github.purenet.optim.Schedule}; every
 * other setting has a default and a method that sets it and returns the optimizer:
 *
 * <pre>{@code
 * new AdamW(0.001).betas(0.9, 0.99).weightDecay(0.05).decayOnly(Parameter::isWeight)
 * }</pre>
 */
package io.github.purenet.optim;
