package io.github.purenet.nn;

/**
 * The logistic sigmoid, {@code y = 1 / (1 + exp(-x))}; NaN stays NaN.
 *
 * <p>Shapes: x and y alike, of any rank.
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
  void forwardRange(float[] x, int xOffset, float[] y, int yOffset, int count) {
    for (int i = 0; i < count; i++) {
      y[yOffset + i] = (float) Exponentials.sigmoid(x[xOffset + i]);
    }
  }

  @Override
  void backwardRange(
      float[] y, int yOffset, float[] dy, int dyOffset, float[] dx, int dxOffset, int count) {
    for (int i = 0; i < count; i++) {
      float value = y[yOffset + i];
      dx[dxOffset + i] = dy[dyOffset + i] * (value * (1 - value));
    }
  }
}
