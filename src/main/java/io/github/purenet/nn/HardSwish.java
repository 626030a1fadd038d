package io.github.purenet.nn;

/**
 * Hard Swish, a piecewise approximation of {@link Swish}, {@code y = x min(max(x + 3, 0), 6) / 6};
 * NaN stays NaN.
 *
 * <p>Shapes: x and y have the same shape, of any rank. The gradient at the kinks -3 and 3 is the
 * limit from the right, -0.5 and 1.
 *
 * <p>Source: Howard et al. 2019, <i>Searching for MobileNetV3</i>, section 5.2.
 */
public final class HardSwish extends Elementwise {
  static final LayerSpec SPEC = new PlainSpec("hardSwish", HardSwish::new);

  /** Creates a hard Swish. */
  public HardSwish() {
    this("HardSwish");
  }

  HardSwish(String name) {
    super(name, Kept.INPUT);
  }

  @Override
  void forwardRange(float[] x, float[] y, int from, int to) {
    for (int i = from; i < to; i++) {
      float value = x[i];
      y[i] = value * (Math.min(Math.max(value + 3, 0), 6) / 6);
    }
  }

  @Override
  void backwardRange(float[] x, float[] dy, float[] dx, int from, int to) {
    for (int i = from; i < to; i++) {
      float value = x[i];
      float slope = value < -3 ? 0 : value >= 3 ? 1 : value / 3 + 0.5f;
      dx[i] = dy[i] * slope;
    }
  }
}
