package io.github.purenet.nn;

import io.github.purenet.ndarray.Shape;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * The leaky rectifier, {@code y = x} above 0 and {@code y = slope x} elsewhere; NaN stays NaN.
 *
 * <p>Shapes: x and y have the same shape, of any rank. The gradient at 0 is the slope.
 *
 * <p>Source: Maas, Hannun and Ng 2013, <i>Rectifier Nonlinearities Improve Neural Network Acoustic
 * Models</i>, section 2.
 */
public final class LeakyRelu extends Elementwise {
  private final float slope;

  /**
   * Creates a leaky rectifier.
   *
   * @param slope the slope below 0, finite and at least 0; 0.01 in the paper
   * @throws IllegalArgumentException if the slope is out of range
   */
  public LeakyRelu(double slope) {
    this("LeakyRelu", new Spec("LeakyRelu", slope));
  }

  LeakyRelu(String name, Spec spec) {
    super(name, Kept.INPUT);
    this.slope = (float) spec.slope;
  }

  @Override
  void forwardRange(float[] x, float[] y, int from, int to) {
    for (int i = from; i < to; i++) {
      float value = x[i];
      y[i] = Math.max(value, 0) + slope * Math.min(value, 0); // no branch: vectorizes
    }
  }

  @Override
  void backwardRange(float[] x, float[] dy, float[] dx, int from, int to) {
    for (int i = from; i < to; i++) {
      float gradient = dy[i];
      dx[i] = x[i] > 0 ? gradient : slope * gradient;
    }
  }

  /** A spec of a {@link LeakyRelu} layer, returned by {@link Layers#leakyRelu(double)}. */
  public static final class Spec extends AbstractSpec {
    private static final String KIND = "leakyRelu";

    private final double slope;

    Spec(double slope) {
      this(KIND, slope);
    }

    /** Creates a spec after checking the settings; error messages begin with the name. */
    private Spec(String name, double slope) {
      super(KIND);
      this.slope = Check.notNegative(name, "a slope", slope);
    }

    static Spec of(Settings s) {
      return new Spec(s.number("slope"));
    }

    @Override
    public Map<String, Object> settings() {
      return new Settings(KIND).with("slope", slope).toMap();
    }

    @Override
    public LeakyRelu build(String name, Shape input, RandomGenerator random) {
      return new LeakyRelu(name, this);
    }
  }
}
