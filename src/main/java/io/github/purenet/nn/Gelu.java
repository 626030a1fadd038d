package io.github.purenet.nn;

/**
 * The Gaussian error linear unit, {@code y = x Phi(x)}, where Phi is the cumulative distribution
 * function of the standard normal distribution, {@code Phi(x) = (1 + erf(x / sqrt(2))) / 2}; NaN
 * stays NaN.
 *
 * <p>It is exact unless the approximation of BERT and GPT-2 is chosen, {@code y = x / 2 (1 +
 * tanh(sqrt(2 / pi) (x + 0.044715 x³)))}, which differs by at most 5e-4. Each derivative is that of
 * its own formula.
 *
 * <p>Shapes: x and y have the same shape, of any rank.
 *
 * <p>Source: Hendrycks and Gimpel 2016, <i>Gaussian Error Linear Units</i>, section 2.
 */
public final class Gelu extends Elementwise {
  static final LayerSpec SPEC = new PlainSpec("gelu", name -> new Gelu(name, false));
  static final LayerSpec TANH_SPEC = new PlainSpec("geluTanh", name -> new Gelu(name, true));

  private static final double SQRT_HALF = Math.sqrt(0.5);
  private static final double DENSITY_AT_0 = 1 / Math.sqrt(2 * Math.PI);
  private static final double SCALE = Math.sqrt(2 / Math.PI);
  private static final double CUBIC = 0.044715;

  private final boolean tanhApproximation;

  /** Creates an exact Gaussian error linear unit. */
  public Gelu() {
    this(false);
  }

  /**
   * Creates a Gaussian error linear unit.
   *
   * @param tanhApproximation true for the approximation by a hyperbolic tangent, false for the
   *     exact function
   */
  public Gelu(boolean tanhApproximation) {
    this("Gelu", tanhApproximation);
  }

  Gelu(String name, boolean tanhApproximation) {
    super(name, Kept.INPUT);
    this.tanhApproximation = tanhApproximation;
  }

  @Override
  void forwardRange(float[] x, float[] y, int from, int to) {
    for (int i = from; i < to; i++) {
      double value = x[i];
      double share = tanhApproximation ? (1 + tanh(value)) / 2 : phi(value);
      y[i] = (float) (value * share);
    }
  }

  @Override
  void backwardRange(float[] x, float[] dy, float[] dx, int from, int to) {
    for (int i = from; i < to; i++) {
      double value = x[i];
      double slope = tanhApproximation ? approximateSlope(value) : exactSlope(value);
      dx[i] = (float) (dy[i] * slope);
    }
  }

  private static double phi(double x) {
    return ErrorFunction.erfc(-x * SQRT_HALF) / 2;
  }

  private static double exactSlope(double x) {
    return phi(x) + x * (DENSITY_AT_0 * Math.exp(-x * x / 2));
  }

  private static double tanh(double x) {
    return Exponentials.tanh(SCALE * (x + CUBIC * x * x * x));
  }

  private static double approximateSlope(double x) {
    double tanh = tanh(x);
    double inner = SCALE * (1 + 3 * CUBIC * x * x);
    return (1 + tanh) / 2 + x / 2 * ((1 - tanh * tanh) * inner);
  }
}
