package io.github.purenet.nn;

/**
 * Swish, also called SiLU: {@code y = x sigmoid(x) = x / (1 + exp(-x))}; NaN stays NaN.
 *
 * <p>Shapes: x and y alike, of any rank.
 *
 * <p>Source: Ramachandran, Zoph and Le 2017, <i>Searching for Activation Functions</i>, section 3,
 * with their beta fixed at 1; as SiLU in Elfwing, Uchibe and Doya 2018, <i>Sigmoid-Weighted Linear
 * Units for Neural Network Function Approximation in Reinforcement Learning</i>, section 2.
 */
public final class Swish extends Elementwise {
  static final LayerSpec SPEC = new PlainSpec("swish", Swish::new);

  /** Creates a Swish. */
  public Swish() {
    this("Swish");
  }

  Swish(String name) {
    super(name, Kept.INPUT);
  }

  @Override
  void forwardRange(float[] x, int xOffset, float[] y, int yOffset, int count) {
    for (int i = 0; i < count; i++) {
      double value = x[xOffset + i];
      y[yOffset + i] = (float) (value * Exponentials.sigmoid(value));
    }
  }

  @Override
  void backwardRange(
      float[] x, int xOffset, float[] dy, int dyOffset, float[] dx, int dxOffset, int count) {
    for (int i = 0; i < count; i++) {
      double value = x[xOffset + i];
      double sigmoid = Exponentials.sigmoid(value);
      dx[dxOffset + i] = (float) (dy[dyOffset + i] * (sigmoid * (1 + value * (1 - sigmoid))));
    }
  }
}
