package io.github.purenet.kernel;

/**
 * The numbers of one Adam update.
 *
 * @param beta1 decay of the first moment
 * @param beta2 decay of the second moment
 * @param rate learning rate with the bias correction of m in it
 * @param rootScale bias correction of sqrt(v)
 * @param epsilon keeps the quotient finite
 * @param gradientScale what the gradient is multiplied by, 1 unless clipped
 * @param decay weight decay that joins the gradient, 0 if there is none
 * @param shrink share of the value that it loses beside the step, 0 if there is none
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
