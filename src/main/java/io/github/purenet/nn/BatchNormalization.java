package io.github.purenet.nn;

import io.github.purenet.kernel.ChannelStatistics;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Batch normalization, {@code y = gamma (x - mean) / sqrt(variance + epsilon) + beta}, separately
 * for each feature or channel.
 *
 * <p>Shapes: x and y are (N, D), with statistics over the batch, or (N, C, H, W), with statistics
 * over the batch and all positions; gamma, beta, the running mean and the running variance are (D)
 * or (C).
 *
 * <p>In training, mean and variance are those of the batch; the variance is the mean of {@code (x -
 * mean)²}. A channel must have at least two numbers. In inference, mean and variance are the
 * running statistics, the buffers of this layer, which start at 0 and 1. Each batch updates them:
 *
 * <pre>
 *   running = (1 - momentum) running + momentum batch
 * </pre>
 *
 * The momentum is that of PyTorch; Keras's is {@code 1 - momentum}. As in PyTorch, the variance of
 * the batch in this formula is the unbiased one, {@code sum (x - mean)² / (count - 1)}.
 *
 * <p>The running statistics are updated by each call of {@link #backward} or {@link
 * #backwardParameters}, not by forward: a step that fails because its loss is not finite leaves the
 * network unchanged.
 *
 * <p>While both gamma and beta are frozen, as in fine-tuning, the running statistics are used in
 * training too and are not updated; y is then an affine function of x.
 *
 * <p>Source: Ioffe and Szegedy 2015, <i>Batch Normalization: Accelerating Deep Network Training by
 * Reducing Internal Covariate Shift</i>, algorithms 1 and 2. There the statistics for inference are
 * averaged after training; here they are updated during training.
 */
public final class BatchNormalization implements Layer {
  private final String name;
  private final Parameter gamma;
  private final Parameter beta;
  private final Parameter mean;
  private final Parameter variance;
  private final Spec spec;

  /**
   * Creates a batch normalization layer with epsilon 1e-5, momentum 0.1, running mean 0 and running
   * variance 1.
   *
   * @param gamma the scale, (D) or (C); copied
   * @param beta the shift, in the shape of gamma; copied
   * @throws IllegalArgumentException if the shapes do not fit
   */
  public BatchNormalization(NDArray gamma, NDArray beta) {
    this(
        "BatchNormalization",
        gamma.copy(),
        beta.copy(),
        NDArray.zeros(gamma.shape()),
        NDArray.ones(gamma.shape()),
        new Spec());
  }

  /**
   * Creates a batch normalization layer with the given running statistics.
   *
   * @param gamma the scale, (D) or (C); copied
   * @param beta the shift, in the shape of gamma; copied
   * @param mean the running mean, in the shape of gamma; copied
   * @param variance the running variance, in the shape of gamma; copied
   * @param epsilon the number added to the variance, above 0 and finite
   * @param momentum the share of the batch in the running statistics, from 0 to 1
   * @throws IllegalArgumentException if the shapes do not fit or a number is out of range
   */
  public BatchNormalization(
      NDArray gamma,
      NDArray beta,
      NDArray mean,
      NDArray variance,
      double epsilon,
      double momentum) {
    this(
        "BatchNormalization",
        gamma.copy(),
        beta.copy(),
        mean.copy(),
        variance.copy(),
        new Spec("BatchNormalization", epsilon, momentum));
  }

  BatchNormalization(
      String name, NDArray gamma, NDArray beta, NDArray mean, NDArray variance, Spec spec) {
    Check.rank(name, "gamma", 1, "(C)", gamma.shape());
    Check.sameShape(name, "beta", gamma.shape(), beta.shape());
    Check.sameShape(name, "mean", gamma.shape(), mean.shape());
    Check.sameShape(name, "variance", gamma.shape(), variance.shape());
    this.name = name;
    this.gamma = new Parameter(name + ".gamma", gamma);
    this.beta = new Parameter(name + ".beta", beta);
    this.mean = new Parameter(name + ".mean", mean);
    this.variance = new Parameter(name + ".variance", variance);
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

  /**
   * Returns the running mean and the running variance.
   *
   * @return an unmodifiable list of the buffers {@code <name>.mean} and {@code <name>.variance}
   */
  @Override
  public List<Parameter> buffers() {
    return List.of(mean, variance);
  }

  @Override
  public Shape outputShape(Shape input) {
    if (input.rank() != 2 && input.rank() != 4) {
      throw new IllegalArgumentException(
          name + ": expected x of (N, D) or (N, C, H, W), got " + input);
    }
    if (input.dimension(1) != channels()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s: expected %s %s, got %s in %s",
              name,
              channels(),
              input.rank() == 2 ? "features" : "channels",
              input.dimension(1),
              input));
    }
    return input;
  }

  /** Returns 2 for one number a channel and sample, unless gamma and beta are frozen. */
  @Override
  public int smallestBatch(Shape input) {
    boolean frozen = gamma.isFrozen() && beta.isFrozen();
    return frozen || positions(outputShape(input)) > 1 ? 1 : 2;
  }

  /**
   * Normalizes by the statistics of the batch in training, but by the running statistics in
   * inference and while both gamma and beta are frozen.
   */
  @Override
  public NDArray forward(NDArray x, Pass pass) {
    NDArray y = pass.output(this, outputShape(x.shape()));
    boolean batch = pass.isTraining() && !(gamma.isFrozen() && beta.isFrozen());
    int count = count(x.shape());
    if (batch && count < 2) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s: expected at least 2 numbers a channel in training, got %s in %s; take a larger"
                  + " batch, or freeze gamma and beta to use the running statistics",
              name,
              count,
              x.shape()));
    }
    ChannelStatistics statistics = pass.state(this, ChannelStatistics::new);
    statistics.resize(x.dimension(0), channels(), positions(x.shape()));
    float[] scale = gamma.value().data();
    float[] shift = beta.value().data();
    if (batch) {
      statistics.normalizeByBatch(x.data(), scale, shift, spec.epsilon, y.data());
    } else {
      float[] means = mean.value().data();
      float[] variances = variance.value().data();
      statistics.normalizeBy(means, variances, x.data(), scale, shift, spec.epsilon, y.data());
    }
    pass.keep(this, x);
    return y;
  }

  /** Adds dgamma and dbeta to the gradients, updates the running statistics and computes dx. */
  @Override
  public NDArray backward(NDArray dy, Pass pass) {
    NDArray dx = pass.gradient(this, pass.kept(this).shape());
    backward(dy, pass, dx);
    return dx;
  }

  /** Adds dgamma and dbeta to the gradients and updates the running statistics. */
  @Override
  public void backwardParameters(NDArray dy, Pass pass) {
    backward(dy, pass, null);
  }

  private void backward(NDArray dy, Pass pass, NDArray dx) {
    NDArray x = pass.kept(this);
    Check.sameShape(name, "dy", x.shape(), dy.shape());
    ChannelStatistics statistics = pass.state(this, ChannelStatistics::new);
    statistics.backward(
        dy.data(),
        x.data(),
        gamma.value().data(),
        gradient(gamma, pass),
        gradient(beta, pass),
        dx == null ? null : dx.data());
    if (statistics.ofBatch()) {
      for (int c = 0; c < channels(); c++) {
        move(mean, c, statistics.mean(c));
        move(variance, c, statistics.unbiasedVariance(c));
      }
    }
  }

  /** Returns where the gradient of a parameter goes; outside of training, nobody asks for it. */
  private static float[] gradient(Parameter parameter, Pass pass) {
    return pass.isTraining() ? parameter.gradient().data() : new float[parameter.value().size()];
  }

  private void move(Parameter running, int c, double batch) {
    float[] values = running.value().data();
    values[c] = (float) ((1 - spec.momentum) * values[c] + spec.momentum * batch);
  }

  private int channels() {
    return gamma.value().size();
  }

  /** Returns the number of elements of a channel. */
  private int count(Shape x) {
    return channels() == 0 ? 0 : x.size() / channels();
  }

  private static int positions(Shape x) {
    return x.rank() == 2 ? 1 : x.dimension(2) * x.dimension(3);
  }

  @Override
  public String toString() {
    return name + " " + gamma.value().shape();
  }

  /** A spec of a {@link BatchNormalization} layer, returned by {@link Layers#batchNorm}. */
  public static final class Spec extends AbstractSpec {
    private static final String KIND = "batchNorm";

    private final double epsilon;
    private final double momentum;

    Spec() {
      this(1e-5, 0.1);
    }

    private Spec(double epsilon, double momentum) {
      this(KIND, epsilon, momentum);
    }

    /** Creates a spec after checking the settings; error messages begin with the name. */
    private Spec(String name, double epsilon, double momentum) {
      super(KIND);
      this.epsilon = Check.positive(name, "an epsilon", epsilon);
      if (!(momentum >= 0 && momentum <= 1)) {
        throw new IllegalArgumentException(
            name + ": expected a momentum from 0 to 1, got " + momentum);
      }
      this.momentum = momentum;
    }

    /**
     * Returns a copy of this spec with the given epsilon.
     *
     * @param value the number added to the variance, above 0 and finite
     * @return a new spec
     * @throws IllegalArgumentException if the number is out of range
     */
    public Spec epsilon(double value) {
      return new Spec(value, momentum);
    }

    /**
     * Returns a copy of this spec with the given momentum.
     *
     * @param value the share of the batch in the running statistics, from 0 to 1: the momentum of
     *     PyTorch, or 1 minus that of Keras
     * @return a new spec
     * @throws IllegalArgumentException if the number is out of range
     */
    public Spec momentum(double value) {
      return new Spec(epsilon, value);
    }

    static Spec of(Settings s) {
      return new Spec(s.number("epsilon"), s.number("momentum"));
    }

    @Override
    public Map<String, Object> settings() {
      return new Settings(KIND).with("epsilon", epsilon).with("momentum", momentum).toMap();
    }

    @Override
    public BatchNormalization build(String name, Shape input, RandomGenerator random) {
      if (input.rank() != 1 && input.rank() != 3) {
        throw new IllegalArgumentException(
            name + ": expected an input of (D) or (C, H, W), got " + input);
      }
      Shape channels = Shape.of(input.dimension(0));
      return new BatchNormalization(
          name,
          StoredParameters.ones(random, name + ".gamma", channels),
          StoredParameters.zeros(random, name + ".beta", channels),
          StoredParameters.zeros(random, name + ".mean", channels),
          StoredParameters.ones(random, name + ".variance", channels),
          this);
    }
  }
}
