package io.github.purenet.nn;

/**
 * Swish, also called SiLU: {@code y = x sigmoid(x) = x / (1 + exp(-x))}; NaN stays NaN.
 *
 * <p>Shapes: x and y have the same shape, of any rank.
 *
 * <p>Source: Ramachandran, Zoph and Le 2017, <i>Searching for Activation Functions</i>, section 3,
 * with their beta fixed at 1; as SiLU in Elfwing, Uchibe and Doya 2018, <i>Sigmoid-Weighted Linear
 * Units for Neural Network Function Approximation in Reinforcement Learning</i>, section 2.
 */
public final class Swish extends Elementwise {
  static final LayerSpec SPEC = new PlainSpec("swish", Swish::new);

  /** Creates a Swish layer. */
  public Swish() {
    this("Swish");
  }

  Swish(String name) {
    super(name, Kept.INPUT);
  }

  @Override
  void forwardRange(float[] x, float[] y, int from, int to) {
    for (int i = from; i < to; i++) {
      double value = x[i];
      y[i] = (float) (value * Exponentials.sigmoid(value));
    }
  }

  @Override
  void backwardRange(float[] x, float[] dy, float[] dx, int from, int to) {
    for (int i = from; i < to; i++) {
      double value = x[i];
      double sigmoid = Exponentials.sigmoid(value);
      dx[i] = (float) (dy[i] * (sigmoid * (1 + value * (1 - sigmoid))));
    }
  }
}
