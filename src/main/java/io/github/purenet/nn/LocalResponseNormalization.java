package io.github.purenet.nn;

import io.github.purenet.kernel.LocalResponse;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Local response normalization across channels: {@code y_c = x_c / s_c^beta} with the scale {@code
 * s_c = k + alpha sum(x_j²)} over the existing channels j from c - floor(size / 2) to c +
 * floor(size / 2), separately at each position.
 *
 * <p>Shapes: x and y (N, C, H, W). The size is odd, so that each channel is in the middle of its
 * window. Even sizes are rejected, since libraries disagree about their meaning.
 *
 * <p>Source: Krizhevsky, Sutskever and Hinton 2012, <i>ImageNet Classification with Deep
 * Convolutional Neural Networks</i>, section 3.3, with size 5, alpha 1e-4, beta 0.75 and k 2. As in
 * the paper, alpha is a factor of the sum. PyTorch and Caffe multiply the mean over the window
 * instead: their alpha is this one times the size. Their k is 1 by default.
 */
public final class LocalResponseNormalization implements Layer {
  private final String name;
  private final Spec spec;
  private final LocalResponse loops;

  /** Creates a local response normalization layer with the settings of the paper. */
  public LocalResponseNormalization() {
    this("LocalResponseNormalization", new Spec());
  }

  /**
   * Creates a local response normalization layer.
   *
   * @param size the number of channels in a window, odd, from 1 to 999
   * @param alpha the factor of the sum of squares, above 0 and finite
   * @param beta the exponent of the scale, above 0 and finite
   * @param k the number added to the sum, above 0 and finite
   * @throws IllegalArgumentException if a number is out of range, or if {@code 2 alpha beta} or
   *     {@code k^(-2 beta)} is infinite as a float
   */
  public LocalResponseNormalization(int size, double alpha, double beta, double k) {
    this(
        "LocalResponseNormalization", new Spec("LocalResponseNormalization", size, alpha, beta, k));
  }

  LocalResponseNormalization(String name, Spec spec) {
    if (!Float.isFinite((float) (2 * spec.alpha * spec.beta))
        || !Float.isFinite((float) Math.pow(spec.k, -2 * spec.beta))) {
      throw new IllegalArgumentException( // they would make NaN of zeros
          String.format(
              Locale.ROOT,
              "%s: expected 2 alpha beta and k^(-2 beta) that are finite as floats, got alpha %s,"
                  + " beta %s, k %s",
              name,
              spec.alpha,
              spec.beta,
              spec.k));
    }
    this.name = name;
    this.spec = spec;
    this.loops = new LocalResponse(spec.size / 2, spec.alpha, spec.beta, spec.k);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Shape outputShape(Shape input) {
    Check.rank(name, "x", 4, "(N, C, H, W)", input);
    return input;
  }

  @Override
  public NDArray forward(NDArray x, Pass pass) {
    NDArray y = pass.output(this, outputShape(x.shape()), x);
    float[] scale = pass.keeps() ? pass.scratch(this, x.size()) : null;
    loops.forward(x.dimension(0), x.dimension(1), positions(x), x.data(), scale, y.data());
    pass.keep(this, x);
    return y;
  }

  @Override
  public NDArray backward(NDArray dy, Pass pass) {
    NDArray x = pass.kept(this);
    Check.sameShape(name, "dy", x.shape(), dy.shape());
    NDArray dx = pass.gradient(this, x.shape());
    float[] scale = pass.scratch(this, x.size());
    loops.backward(
        x.dimension(0), x.dimension(1), positions(x), dy.data(), x.data(), scale, dx.data());
    return dx;
  }

  private static int positions(NDArray x) {
    return x.dimension(2) * x.dimension(3);
  }

  @Override
  public String toString() {
    return name + " " + spec.size;
  }

  /**
   * A spec of a {@link LocalResponseNormalization} layer, returned by {@link
   * Layers#localResponseNorm}.
   */
  public static final class Spec extends AbstractSpec {
    private static final String KIND = "localResponseNorm";

    /** The largest size of a window that is not taken for a mistake: networks use 5. */
    private static final int LARGEST = 999;

    private final int size;
    private final double alpha;
    private final double beta;
    private final double k;

    /** Creates a spec with the settings of the paper. */
    Spec() {
      this(5, 1e-4, 0.75, 2);
    }

    private Spec(int size, double alpha, double beta, double k) {
      this(KIND, size, alpha, beta, k);
    }

    /** Creates a spec after checking the settings; error messages begin with the name. */
    private Spec(String name, int size, double alpha, double beta, double k) {
      super(KIND);
      if (size < 1 || size > LARGEST || size % 2 == 0) {
        throw new IllegalArgumentException(
            name + ": expected an odd size from 1 to " + LARGEST + ", got " + size);
      }
      this.size = size;
      this.alpha = Check.positive(name, "an alpha", alpha);
      this.beta = Check.positive(name, "a beta", beta);
      this.k = Check.positive(name, "a k", k);
    }

    /**
     * Returns a copy of this spec with the given size of the window.
     *
     * @param channels the number of channels in a window, odd, from 1 to 999
     * @return a new spec
     * @throws IllegalArgumentException if the number is out of range
     */
    public Spec size(int channels) {
      return new Spec(channels, alpha, beta, k);
    }

    /**
     * Returns a copy of this spec with the given alpha.
     *
     * @param factor the factor of the sum of squares, above 0 and finite: PyTorch's alpha divided
     *     by the size
     * @return a new spec
     * @throws IllegalArgumentException if the number is out of range
     */
    public Spec alpha(double factor) {
      return new Spec(size, factor, beta, k);
    }

    /**
     * Returns a copy of this spec with the given beta.
     *
     * @param exponent the exponent of the scale, above 0 and finite; 0.75 is fast
     * @return a new spec
     * @throws IllegalArgumentException if the number is out of range
     */
    public Spec beta(double exponent) {
      return new Spec(size, alpha, exponent, k);
    }

    /**
     * Returns a copy of this spec with the given k.
     *
     * @param addend the number added to the sum, above 0 and finite
     * @return a new spec
     * @throws IllegalArgumentException if the number is out of range
     */
    public Spec k(double addend) {
      return new Spec(size, alpha, beta, addend);
    }

    static Spec of(Settings s) {
      return new Spec(s.integer("size"), s.number("alpha"), s.number("beta"), s.number("k"));
    }

    @Override
    public Map<String, Object> settings() {
      return new Settings(KIND)
          .with("size", size)
          .with("alpha", alpha)
          .with("beta", beta)
          .with("k", k)
          .toMap();
    }

    @Override
    public LocalResponseNormalization build(String name, Shape input, RandomGenerator random) {
      Check.rank(name, "an input", 3, "(C, H, W)", input);
      return new LocalResponseNormalization(name, this);
    }
  }
}
