package io.github.purenet.nn;

/**
 * The hyperbolic tangent, {@code y = (exp(x) - exp(-x)) / (exp(x) + exp(-x))}; NaN stays NaN.
 *
 * <p>Shapes: x and y have the same shape, of any rank.
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
  void forwardRange(float[] x, float[] y, int from, int to) {
    for (int i = from; i < to; i++) {
      y[i] = (float) Exponentials.tanh(x[i]);
    }
  }

  @Override
  void backwardRange(float[] y, float[] dy, float[] dx, int from, int to) {
    for (int i = from; i < to; i++) {
      float value = y[i];
      dx[i] = dy[i] * (1 - value * value);
    }
  }
}
