package io.github.purenet.nn;

import io.github.purenet.kernel.LocalResponse;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Local response normalization across channels: {@code y_c = x_c / s_c^beta} with the scale {@code
 * s_c = k + alpha sum(x_j²)} over the channels j from c - floor(size / 2) to c + floor(size / 2)
 * that there are, at each position by itself.
 *
 * <p>Shapes: x and y (N, C, H, W). The size is odd, so that a channel stands in the middle of its
 * window; an even one is refused, since libraries differ in what they make of it.
 *
 * <p>Source: Krizhevsky, Sutskever and Hinton 2012, <i>ImageNet Classification with Deep
 * Convolutional Neural Networks</i>, section 3.3, with size 5, alpha 1e-4, beta 0.75 and k 2. Alpha
 * is the paper's, a factor of the sum. PyTorch and Caffe take the mean over the window instead:
 * their alpha is ours times the size. Their k is 1 unless set.
 */
public final class LocalResponseNormalization implements Layer {
  private final String name;
  private final Spec spec;
  private final LocalResponse loops;

  /** Creates a local response normalization with the numbers of the paper. */
  public LocalResponseNormalization() {
    this("LocalResponseNormalization", new Spec());
  }

  /**
   * Creates a local response normalization.
   *
   * @param size channels of a window, odd, from 1 to 999
   * @param alpha factor of the sum of squares, above 0 and finite
   * @param beta exponent, above 0 and finite
   * @param k what is added to the sum, above 0 and finite
   * @throws IllegalArgumentException if a number is out of range
   */
  public LocalResponseNormalization(int size, double alpha, double beta, double k) {
    this(
        "LocalResponseNormalization", new Spec("LocalResponseNormalization", size, alpha, beta, k));
  }

  LocalResponseNormalization(String name, Spec spec) {
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
    NDArray y = pass.output(this, outputShape(x.shape()));
    float[] scale = pass.isTraining() ? pass.scratch(this, x.size()) : null;
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

  /** Describes a {@link LocalResponseNormalization}; made by {@link Layers#localResponseNorm}. */
  public static final class Spec extends AbstractSpec {
    private static final String KIND = "localResponseNorm";

    /** Windows wider than this are a mistake: networks take 5. */
    private static final int LARGEST = 999;

    private final int size;
    private final double alpha;
    private final double beta;
    private final double k;

    /** Creates a spec with the numbers of the paper. */
    Spec() {
      this(5, 1e-4, 0.75, 2);
    }

    private Spec(int size, double alpha, double beta, double k) {
      this(KIND, size, alpha, beta, k);
    }

    /** Checks the settings; error texts begin with the name. */
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
     * Returns the same spec with another window.
     *
     * @param channels channels of a window, odd, from 1 to 999
     * @return a new spec
     * @throws IllegalArgumentException if the number is out of range
     */
    public Spec size(int channels) {
      return new Spec(channels, alpha, beta, k);
    }

    /**
     * Returns the same spec with another alpha.
     *
     * @param factor factor of the sum of squares, above 0 and finite: PyTorch's alpha divided by
     *     the size
     * @return a new spec
     * @throws IllegalArgumentException if the number is out of range
     */
    public Spec alpha(double factor) {
      return new Spec(size, factor, beta, k);
    }

    /**
     * Returns the same spec with another beta.
     *
     * @param exponent exponent of the scale, above 0 and finite; 0.75 is fast
     * @return a new spec
     * @throws IllegalArgumentException if the number is out of range
     */
    public Spec beta(double exponent) {
      return new Spec(size, alpha, exponent, k);
    }

    /**
     * Returns the same spec with another k.
     *
     * @param addend what is added to the sum, above 0 and finite
     * @return a new spec
     * @throws IllegalArgumentException if the number is out of range
     */
    public Spec k(double addend) {
      return new Spec(size, alpha, beta, addend);
    }

    static Spec of(SpecSettings s) {
      return new Spec(s.integer("size"), s.number("alpha"), s.number("beta"), s.number("k"));
    }

    @Override
    public Map<String, Object> settings() {
      return new SpecSettings(KIND)
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
