package io.github.purenet.nn;

/**
 * The exponential linear unit, {@code y = x} above 0 and {@code y = alpha (exp(x) - 1)} elsewhere;
 * NaN stays NaN.
 *
 * <p>Shapes: x and y alike, of any rank. The gradient at 0 is alpha.
 *
 * <p>Source: Clevert, Unterthiner and Hochreiter 2016, <i>Fast and Accurate Deep Network Learning
 * by Exponential Linear Units</i>, section 3.
 */
public final class Elu extends Elementwise {
  private final float alpha;

  /**
   * An exponential linear unit.
   *
   * @param alpha -y for very negative x, finite and at least 0; the paper takes 1
   * @throws IllegalArgumentException if alpha is out of range
   */
  public Elu(double alpha) {
    this("Elu", alpha);
  }

  Elu(String name, double alpha) {
    super(name, Kept.OUTPUT);
    this.alpha = (float) Check.notNegative(name, "an alpha", alpha);
  }

  @Override
  void forwardRange(float[] x, float[] y, int from, int to) {
    for (int i = from; i < to; i++) {
      float value = x[i];
      y[i] = value > 0 ? value : (float) (alpha * Exponentials.expm1(value));
    }
  }

  @Override
  void backwardRange(float[] y, float[] dy, float[] dx, int from, int to) {
    for (int i = from; i < to; i++) {
      float value = y[i];
      float gradient = dy[i];
      dx[i] = value > 0 ? gradient : gradient * (value + alpha);
    }
  }
}
