/**
 * Layers, the specs and initializers from which they are built, the losses, and the network that
 * chains the layers.
 *
 * <p>Layers hold the parameters; a {@link io.github.purenet.nn.Pass} holds the activations. Forward
 * and backward are written by hand for each layer, in the terms of Saitoh, <i>Deep Learning from
 * Scratch</i>.
 *
 * <p>Sums are computed so that their error has a bound, however many numbers they have: no number
 * of an output or gradient is off by more than 6e-4 of the sum of the magnitudes of all that is
 * summed for it, and 1e-6 is usual. A gradient that {@link io.github.purenet.nn.Parameter}
 * accumulates over many backward computations is a sum of floats, and losses are summed in double.
 *
 * <p>Letters in shapes: N is the number of samples in a batch, C of channels, H and W are the
 * height and width of an image, FN is the number of filters, FH and FW are their height and width,
 * PH and PW those of a pooling window, OH and OW those of the output, D is the number of features,
 * K of classes.
 */
package io.github.purenet.nn;
