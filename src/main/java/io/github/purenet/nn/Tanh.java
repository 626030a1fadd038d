package io.github.purenet.nn;

/**
 * The hyperbolic tangent, {@code y = (exp(x) - exp(-x)) / (exp(x) + exp(-x))}; NaN stays NaN.
 *
 * <p>Shapes: x and y alike, of any rank.
 *
 * <p>Source: LeCun, Bottou, Orr and Müller 1998, <i>Efficient BackProp</i>, section 4.4, without
 * the factors 1.7159 and 2/3 that they add.
 */
public final class Tanh extends Elementwise {
  static final LayerSpec SPEC = new PlainSpec("tanh", Tanh::new);

  /** Creates a hyperbolic tangent. */
  public Tanh() {
    this("Tanh");
  }

  Tanh(String name) {
    super(name, Kept.OUTPUT);
  }

  @Override
  void forwardRange(float[] x, int xOffset, float[] y, int yOffset, int count) {
    for (int i = 0; i < count; i++) {
      y[yOffset + i] = (float) Exponentials.tanh(x[xOffset + i]);
    }
  }

  @Override
  void backwardRange(
      float[] y, int yOffset, float[] dy, int dyOffset, float[] dx, int dxOffset, int count) {
    for (int i = 0; i < count; i++) {
      float value = y[yOffset + i];
      dx[dxOffset + i] = dy[dyOffset + i] * (1 - value * value);
    }
  }
}
