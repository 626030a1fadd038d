package io.github.purenet.kernel;

/**
 * The settings of one Adam update.
 *
 * @param beta1 decay of the first moment
 * @param beta2 decay of the second moment
 * @param rate learning rate, including the bias correction of m
 * @param rootScale bias correction of sqrt(v)
 * @param epsilon keeps the quotient finite
 * @param gradientScale factor of the gradient, 1 unless clipped
 * @param decay weight decay that is added to the gradient, 0 if there is none
 * @param shrink share of the value that is subtracted in addition to the step, 0 if there is none
 */
public record AdamStep(
    float beta1,
    float beta2,
    float rate,
    float rootScale,
    float epsilon,
    float gradientScale,
    float decay,
    float shrink) {}
