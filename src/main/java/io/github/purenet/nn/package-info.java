/**
 * Layers, what they are built from, and the network that chains them.
 *
 * <p>Parameters live in layers; activations live in a {@link io.github.purenet.nn.Pass}. Forward
 * and backward are written by hand, layer by layer, in the words of Saitoh, <i>Deep Learning from
 * Scratch</i>.
 *
 * <p>Letters in shapes: N images, C channels, H and W height and width, FN, FH and FW filters and
 * their height and width, OH and OW output height and width, D features, K classes.
 */
package io.github.purenet.nn;
