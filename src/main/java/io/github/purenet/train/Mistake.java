package io.github.purenet.train;

/**
 * A sample that a classifier takes for a class that it is not of.
 *
 * @param index the index of the sample in the data set
 * @param right the class of the sample; of a row of probabilities, the most probable one
 * @param said the class with the largest output, or -1 if an output is NaN
 * @param probability the probability of the class that was said, from 0 to 1; NaN if an output is
 * @param rightProbability the probability of the right class, from 0 to 1; NaN if an output is
 */
public record Mistake(
    int index, int right, int said, double probability, double rightProbability) {}
