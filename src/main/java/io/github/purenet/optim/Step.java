package io.github.purenet.optim;

/**
 * What one step of an optimizer asks of one parameter; the update works with {@code gradientScale
 * gradient + decay value} as its gradient.
 *
 * @param learningRate of this step
 * @param gradientScale below 1 where the norm of all gradients is clipped, otherwise 1
 * @param decay weight decay of this parameter
 */
record Step(double learningRate, double gradientScale, double decay) {
  float rate() {
    return (float) learningRate;
  }

  float scale() {
    return (float) gradientScale;
  }

  float pull() {
    return (float) decay;
  }
}
