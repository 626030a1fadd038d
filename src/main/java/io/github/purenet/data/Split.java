package io.github.purenet.data;

/**
 * The two parts of a data set.
 *
 * @param first the larger or smaller part that was asked for
 * @param second all other samples
 */
public record Split(Dataset first, Dataset second) {}
