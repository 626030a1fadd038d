package io.github.purenet.nn;

/**
 * The logistic sigmoid, {@code y = 1 / (1 + exp(-x))}; NaN stays NaN.
 *
 * <p>Shapes: x and y have the same shape, of any rank.
 *
 * <p>Source: Saitoh, <i>Deep Learning from Scratch</i>, section 5.5.2.
 */
public final class Sigmoid extends Elementwise {
  static final LayerSpec SPEC = new PlainSpec("sigmoid", Sigmoid::new);

  /** Creates a sigmoid. */
  public Sigmoid() {
    this("Sigmoid");
  }

  Sigmoid(String name) {
    super(name, Kept.OUTPUT);
  }

  @Override
  void forwardRange(float[] x, float[] y, int from, int to) {
    for (int i = from; i < to; i++) {
      y[i] = (float) Exponentials.sigmoid(x[i]);
    }
  }

  @Override
  void backwardRange(float[] y, float[] dy, float[] dx, int from, int to) {
    for (int i = from; i < to; i++) {
      float value = y[i];
      dx[i] = dy[i] * (value * (1 - value));
    }
  }
}
