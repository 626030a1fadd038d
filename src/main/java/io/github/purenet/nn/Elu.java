package io.github.purenet.nn;

import io.github.purenet.ndarray.Shape;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * The exponential linear unit, {@code y = x} above 0 and {@code y = alpha (exp(x) - 1)} elsewhere;
 * NaN stays NaN.
 *
 * <p>Shapes: x and y have the same shape, of any rank. The gradient at 0 is alpha.
 *
 * <p>Source: Clevert, Unterthiner and Hochreiter 2016, <i>Fast and Accurate Deep Network Learning
 * by Exponential Linear Units</i>, section 3.
 */
public final class Elu extends Elementwise {
  private final float alpha;

  /**
   * Creates an exponential linear unit.
   *
   * @param alpha the negative of the limit of y for x toward negative infinity, finite and at least
   *     0; 1 in the paper
   * @throws IllegalArgumentException if alpha is out of range
   */
  public Elu(double alpha) {
    this("Elu", new Spec("Elu", alpha));
  }

  Elu(String name, Spec spec) {
    super(name, Kept.OUTPUT);
    this.alpha = (float) spec.alpha;
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

  /** A spec of an {@link Elu} layer, returned by {@link Layers#elu(double)}. */
  public static final class Spec extends AbstractSpec {
    private static final String KIND = "elu";

    private final double alpha;

    Spec(double alpha) {
      this(KIND, alpha);
    }

    /** Creates a spec after checking the settings; error messages begin with the name. */
    private Spec(String name, double alpha) {
      super(KIND);
      this.alpha = Check.notNegative(name, "an alpha", alpha);
    }

    static Spec of(Settings s) {
      return new Spec(s.number("alpha"));
    }

    @Override
    public Map<String, Object> settings() {
      return new Settings(KIND).with("alpha", alpha).toMap();
    }

    @Override
    public Elu build(String name, Shape input, RandomGenerator random) {
      return new Elu(name, this);
    }
  }
}
