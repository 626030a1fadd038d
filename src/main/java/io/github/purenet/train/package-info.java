/** Fitting a network to data, and judging it. */
package io.github.purenet.train;
