package io.github.purenet.nn;

import io.github.purenet.kernel.Kernels;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Layer normalization, {@code y = gamma (x - mean) / sqrt(variance + epsilon) + beta}, for each
 * sample by itself.
 *
 * <p>Shapes: x and y (N, ...), of any rank; gamma and beta in the shape of a sample, all axes
 * behind N. Mean and variance are those of all D numbers of a sample; the variance is the mean of
 * {@code (x - mean)²}. Training and inference do the same.
 *
 * <p>Source: Ba, Kiros and Hinton 2016, <i>Layer Normalization</i>, section 3. There nothing is
 * added to the variance; epsilon stands where batch normalization has it. On images (N, C, H, W)
 * this is PyTorch's {@code LayerNorm((C, H, W))}; Keras's default is the last axis only.
 */
public final class LayerNormalization implements Layer {
  private final String name;
  private final Parameter gamma;
  private final Parameter beta;
  private final Spec spec;

  /** Under which a pass keeps the sums over the batch. */
  private final Object sums = new Object();

  /**
   * Creates a layer normalization with epsilon 1e-5.
   *
   * @param gamma scale, in the shape of a sample; copied
   * @param beta shift, in gamma's shape; copied
   * @throws IllegalArgumentException if the shapes do not fit
   */
  public LayerNormalization(NDArray gamma, NDArray beta) {
    this("LayerNormalization", gamma.copy(), beta.copy(), new Spec());
  }

  /**
   * Creates a layer normalization.
   *
   * @param gamma scale, in the shape of a sample; copied
   * @param beta shift, in gamma's shape; copied
   * @param epsilon what is added to the variance, above 0 and finite
   * @throws IllegalArgumentException if the shapes do not fit or epsilon is out of range
   */
  public LayerNormalization(NDArray gamma, NDArray beta, double epsilon) {
    this("LayerNormalization", gamma.copy(), beta.copy(), new Spec("LayerNormalization", epsilon));
  }

  LayerNormalization(String name, NDArray gamma, NDArray beta, Spec spec) {
    Check.sameShape(name, "beta", gamma.shape(), beta.shape());
    this.name = name;
    this.gamma = new Parameter(name + ".gamma", gamma, false);
    this.beta = new Parameter(name + ".beta", beta, false);
    this.spec = spec;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(gamma, beta);
  }

  @Override
  public Shape outputShape(Shape input) {
    Shape sample = gamma.value().shape();
    if (input.rank() < 1 || !input.dropFirst().equals(sample)) {
      throw new IllegalArgumentException(
          name + ": expected samples of " + sample + " in x, got x of " + input);
    }
    return input;
  }

  @Override
  public NDArray forward(NDArray x, Pass pass) {
    NDArray y = pass.output(this, outputShape(x.shape()));
    int n = x.dimension(0);
    int d = gamma.value().size();
    Moments moments = new Moments(n, pass.scratch(this, 3 * n));
    int perTask = Channels.perTask(d, false);
    Kernels.parallel(
        tasks(n, perTask),
        task -> {
          for (int i = task * perTask; i < Math.min(n, (task + 1) * perTask); i++) {
            int begin = x.offset() + i * d;
            moments.compute(i, x.data(), begin, d, spec.epsilon);
            normalize(
                x.data(),
                begin,
                moments.center(i),
                moments.inverse(i),
                moments.shift(i),
                gamma.value().data(),
                gamma.value().offset(),
                beta.value().data(),
                beta.value().offset(),
                y.data(),
                y.offset() + i * d,
                d);
          }
        });
    pass.keep(this, x);
    return y;
  }

  /**
   * Adds dgamma and dbeta to the gradients. Returns, with g = gamma dy and the normalized numbers
   * z, {@code dx = inverse (g - mean(g) - z mean(g z))}, the means over each sample.
   */
  @Override
  public NDArray backward(NDArray dy, Pass pass) {
    backwardParameters(dy, pass);
    NDArray x = pass.kept(this);
    NDArray dx = pass.gradient(this, x.shape());
    int n = x.dimension(0);
    int d = gamma.value().size();
    Moments moments = new Moments(n, pass.scratch(this, 3 * n));
    int perTask = Channels.perTask(d, false);
    Kernels.parallel(
        tasks(n, perTask),
        task -> {
          for (int i = task * perTask; i < Math.min(n, (task + 1) * perTask); i++) {
            NormalizationLoops.multiply(
                dy.data(),
                dy.offset() + i * d,
                gamma.value().data(),
                gamma.value().offset(),
                dx.data(),
                dx.offset() + i * d,
                d);
            moments.backward(i, x.data(), x.offset() + i * d, dx.data(), dx.offset() + i * d, d);
          }
        });
    return dx;
  }

  /** Adds dgamma and dbeta, sums over the batch, to the gradients. */
  @Override
  public void backwardParameters(NDArray dy, Pass pass) {
    NDArray x = pass.kept(this);
    Check.sameShape(name, "dy", x.shape(), dy.shape());
    int n = x.dimension(0);
    int d = gamma.value().size();
    Moments moments = new Moments(n, pass.scratch(this, 3 * n));
    NDArray dgamma = gamma.gradient();
    NDArray dbeta = beta.gradient();
    float[] work = pass.scratch(sums, 5 * d);
    int perTask = Channels.perTask(n, true);
    Kernels.parallel(
        tasks(d, perTask),
        task -> {
          int from = task * perTask;
          int count = Math.min(d, from + perTask) - from;
          for (int row = 0; row < 4; row++) {
            Arrays.fill(work, row * d + from, row * d + from + count, 0f);
          }
          int products = 4 * d + from;
          for (int i = 0; i < n; i++) {
            int at = i * d + from;
            NormalizationLoops.addToSums(dy.data(), dy.offset() + at, work, from, d + from, count);
            products(
                dy.data(),
                dy.offset() + at,
                x.data(),
                x.offset() + at,
                moments.center(i),
                moments.inverse(i),
                moments.shift(i),
                work,
                products,
                count);
            NormalizationLoops.addToSums(work, products, work, 2 * d + from, 3 * d + from, count);
          }
          addSums(work, from, d + from, dbeta.data(), dbeta.offset() + from, count);
          addSums(work, 2 * d + from, 3 * d + from, dgamma.data(), dgamma.offset() + from, count);
        });
  }

  private static int tasks(int size, int perTask) {
    return (size + perTask - 1) / perTask;
  }

  /** Mean and 1 / sqrt(variance + epsilon) of each sample; the mean in two floats. */
  private static final class Moments {
    private final int n;
    private final float[] table;

    Moments(int n, float[] table) {
      this.n = n;
      this.table = table;
    }

    float center(int i) {
      return table[i];
    }

    private float rest(int i) {
      return table[n + i];
    }

    float inverse(int i) {
      return table[2 * n + i];
    }

    /** What is added to (x - center) inverse for the rest of the mean. */
    float shift(int i) {
      return -rest(i) * inverse(i);
    }

    void compute(int i, float[] x, int begin, int d, double epsilon) {
      double mean = NormalizationLoops.sum(x, begin, d) / d;
      float center = (float) mean;
      double rest = mean - center;
      double squares = NormalizationLoops.sumSquares(x, begin, center, d);
      double variance = Math.max(0, squares / d - rest * rest);
      table[i] = center;
      table[n + i] = (float) rest;
      table[2 * n + i] = (float) (1 / Math.sqrt(variance + epsilon));
    }

    /** From g to dx, in place. */
    void backward(int i, float[] x, int begin, float[] g, int at, int d) {
      double inverse = inverse(i);
      double sum = NormalizationLoops.sum(g, at, d);
      double products =
          NormalizationLoops.sumProducts(g, at, x, begin, center(i), d) - rest(i) * sum;
      double b = -inverse * inverse * inverse * products / d;
      double c = -inverse * sum / d - b * rest(i);
      NormalizationLoops.combine(
          x, begin, center(i), (float) inverse, (float) b, (float) c, g, at, d);
    }
  }

  /** y = ((x - center) slope + shift) gamma + beta. */
  private static void normalize(
      float[] x,
      int xo,
      float center,
      float slope,
      float shift,
      float[] gamma,
      int go,
      float[] beta,
      int bo,
      float[] y,
      int yo,
      int count) {
    for (int i = 0; i < count; i++) {
      y[yo + i] = ((x[xo + i] - center) * slope + shift) * gamma[go + i] + beta[bo + i];
    }
  }

  /** products = dy ((x - center) slope + shift). */
  private static void products(
      float[] dy,
      int dyo,
      float[] x,
      int xo,
      float center,
      float slope,
      float shift,
      float[] products,
      int po,
      int count) {
    for (int i = 0; i < count; i++) {
      products[po + i] = dy[dyo + i] * ((x[xo + i] - center) * slope + shift);
    }
  }

  private static void addSums(float[] sums, int sum, int lost, float[] to, int at, int count) {
    for (int i = 0; i < count; i++) {
      to[at + i] += sums[sum + i] - sums[lost + i];
    }
  }

  @Override
  public String toString() {
    return name + " " + gamma.value().shape();
  }

  /** Describes a {@link LayerNormalization}; made by {@link Layers#layerNorm}. */
  public static final class Spec extends AbstractSpec {
    private static final String KIND = "layerNorm";

    private final double epsilon;

    Spec() {
      this(KIND, 1e-5);
    }

    /** Checks the settings; error texts begin with the name. */
    private Spec(String name, double epsilon) {
      super(KIND);
      this.epsilon = Check.positive(name, "an epsilon", epsilon);
    }

    /**
     * Returns the same spec with another epsilon.
     *
     * @param value what is added to the variance, above 0 and finite
     * @return a new spec
     * @throws IllegalArgumentException if the number is out of range
     */
    public Spec epsilon(double value) {
      return new Spec(KIND, value);
    }

    static Spec of(SpecSettings s) {
      return new Spec(KIND, s.number("epsilon"));
    }

    @Override
    public Map<String, Object> settings() {
      return new SpecSettings(KIND).with("epsilon", epsilon).toMap();
    }

    @Override
    public LayerNormalization build(String name, Shape input, RandomGenerator random) {
      return new LayerNormalization(name, NDArray.ones(input), NDArray.zeros(input), this);
    }
  }
}
