package io.github.purenet.nn;

import io.github.purenet.kernel.RowStatistics;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Layer normalization, {@code y = gamma (x - mean) / sqrt(variance + epsilon) + beta}, separately
 * for each sample.
 *
 * <p>Shapes: x and y (N, ...), of any rank; gamma and beta have the shape of a sample, all axes
 * after N. Mean and variance are those of all numbers of a sample; the variance is the mean of
 * {@code (x - mean)²}. Training and inference compute the same.
 *
 * <p>Source: Ba, Kiros and Hinton 2016, <i>Layer Normalization</i>, section 3. There nothing is
 * added to the variance; here epsilon is, as in batch normalization. On images (N, C, H, W) this is
 * PyTorch's {@code LayerNorm((C, H, W))}; Keras's default is the last axis only.
 */
public final class LayerNormalization implements Layer {
  private final String name;
  private final Parameter gamma;
  private final Parameter beta;
  private final Spec spec;

  /**
   * Creates a layer normalization layer with epsilon 1e-5.
   *
   * @param gamma the scale, in the shape of a sample; copied
   * @param beta the shift, in the shape of gamma; copied
   * @throws IllegalArgumentException if the shapes do not fit
   */
  public LayerNormalization(NDArray gamma, NDArray beta) {
    this("LayerNormalization", gamma.copy(), beta.copy(), new Spec());
  }

  /**
   * Creates a layer normalization layer.
   *
   * @param gamma the scale, in the shape of a sample; copied
   * @param beta the shift, in the shape of gamma; copied
   * @param epsilon the number added to the variance, above 0 and finite
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
    RowStatistics statistics = pass.state(this, RowStatistics::new);
    statistics.resize(x.dimension(0), gamma.value().size());
    statistics.normalize(
        x.data(), gamma.value().data(), beta.value().data(), spec.epsilon, y.data());
    pass.keep(this, x);
    return y;
  }

  /**
   * Adds dgamma and dbeta to the gradients, and computes {@code dx = inverse (g - mean(g) - z
   * mean(g z))}, where g = gamma dy, z are the normalized numbers, inverse is {@code 1 /
   * sqrt(variance + epsilon)}, and the means are over each sample.
   */
  @Override
  public NDArray backward(NDArray dy, Pass pass) {
    backwardParameters(dy, pass);
    NDArray x = pass.kept(this);
    NDArray dx = pass.gradient(this, x.shape());
    RowStatistics statistics = pass.state(this, RowStatistics::new);
    statistics.backward(dy.data(), x.data(), gamma.value().data(), dx.data());
    return dx;
  }

  /** Adds dgamma and dbeta, which are sums over the batch, to the gradients. */
  @Override
  public void backwardParameters(NDArray dy, Pass pass) {
    NDArray x = pass.kept(this);
    Check.sameShape(name, "dy", x.shape(), dy.shape());
    if (!pass.isTraining()) {
      return;
    }
    RowStatistics statistics = pass.state(this, RowStatistics::new);
    statistics.addGradients(dy.data(), x.data(), gamma.gradient().data(), beta.gradient().data());
  }

  @Override
  public String toString() {
    return name + " " + gamma.value().shape();
  }

  /** A spec of a {@link LayerNormalization} layer, returned by {@link Layers#layerNorm}. */
  public static final class Spec extends AbstractSpec {
    private static final String KIND = "layerNorm";

    private final double epsilon;

    Spec() {
      this(KIND, 1e-5);
    }

    /** Creates a spec after checking the settings; error messages begin with the name. */
    private Spec(String name, double epsilon) {
      super(KIND);
      this.epsilon = Check.positive(name, "an epsilon", epsilon);
    }

    /**
     * Returns a copy of this spec with the given epsilon.
     *
     * @param value the number added to the variance, above 0 and finite
     * @return a new spec
     * @throws IllegalArgumentException if the number is out of range
     */
    public Spec epsilon(double value) {
      return new Spec(KIND, value);
    }

    static Spec of(Settings s) {
      return new Spec(KIND, s.number("epsilon"));
    }

    @Override
    public Map<String, Object> settings() {
      return new Settings(KIND).with("epsilon", epsilon).toMap();
    }

    @Override
    public LayerNormalization build(String name, Shape input, RandomGenerator random) {
      return new LayerNormalization(
          name,
          StoredParameters.ones(random, name + ".gamma", input),
          StoredParameters.zeros(random, name + ".beta", input),
          this);
    }
  }
}
