package io.github.purenet.nn;

import io.github.purenet.kernel.Kernels;
import io.github.purenet.kernel.Matrix;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * A fully connected layer, {@code y = x W + b}, or {@code y = x W} if the {@link Spec} leaves the
 * bias out.
 *
 * <p>Shapes: x (N, ...) with D numbers in each sample, which is flattened, weight (D, K), bias (K),
 * y (N, K).
 *
 * <p>Source: Saitoh, <i>Deep Learning from Scratch</i>, section 5.6.
 */
public final class Affine implements Layer {
  private final String name;
  private final Parameter weight;

  /** The bias, or null if there is none. */
  private final Parameter bias;

  /**
   * Creates a fully connected layer with the given weight and bias.
   *
   * @param weight the weight (D, K); copied
   * @param bias the bias (K); copied
   * @throws IllegalArgumentException if the shapes do not fit
   */
  public Affine(NDArray weight, NDArray bias) {
    this("Affine", weight.copy(), bias.copy());
  }

  /** Creates a layer whose bias is null if there is none. */
  Affine(String name, NDArray weight, NDArray bias) {
    Check.rank(name, "weight", 2, "(D, K)", weight.shape());
    if (bias != null) {
      Check.sameShape(name, "bias", Shape.of(weight.dimension(1)), bias.shape());
    }
    this.name = name;
    this.weight = new Parameter(name + ".W", weight);
    this.bias = bias == null ? null : new Parameter(name + ".b", bias);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<Parameter> parameters() {
    return bias == null ? List.of(weight) : List.of(weight, bias);
  }

  @Override
  public Shape outputShape(Shape input) {
    if (input.rank() < 1 || input.dropFirst().size() != inputs()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s: expected %s numbers a sample, got %s",
              name,
              inputs(),
              input.rank() < 1 ? "a scalar" : input.dropFirst().size() + " in " + input));
    }
    return Check.output(name, input, input.dimension(0), outputs());
  }

  @Override
  public long multiplyAdds(Shape input) {
    return (long) input.dimension(0) * inputs() * outputs();
  }

  @Override
  public NDArray forward(NDArray x, Pass pass) {
    NDArray y = pass.output(this, outputShape(x.shape()), x);
    Kernels kernels = Kernels.active();
    NDArray w = weight.value();
    kernels.gemm(matrix(x), matrix(w), y.data(), false); // y = x W
    if (bias != null) {
      kernels.addBias(x.dimension(0), outputs(), bias.value().data(), y.data());
    }
    pass.keep(this, x);
    return y;
  }

  /**
   * Adds dW and, if there is a bias, db to the gradients, and computes dx = dy W^T in the shape of
   * x.
   */
  @Override
  public NDArray backward(NDArray dy, Pass pass) {
    backwardParameters(dy, pass);
    NDArray x = pass.kept(this);
    NDArray dx = pass.gradient(this, x.shape());
    NDArray w = weight.value();
    Kernels.active().gemm(matrix(dy), matrix(w).transpose(), dx.data(), false); // dx = dy W^T
    return dx;
  }

  /**
   * Adds dW = x^T dy and, if there is a bias, db, the sum of dy over the batch, to the gradients,
   * unless all parameters are frozen.
   */
  @Override
  public void backwardParameters(NDArray dy, Pass pass) {
    NDArray x = pass.kept(this);
    Check.sameShape(name, "dy", outputShape(x.shape()), dy.shape());
    if (!pass.isTraining() || (weight.isFrozen() && (bias == null || bias.isFrozen()))) {
      return;
    }
    Kernels kernels = Kernels.active();
    boolean add = !weight.replaceGradient();
    NDArray dw = weight.gradient();
    kernels.gemm(matrix(x).transpose(), matrix(dy), dw.data(), add); // dW = x^T dy, or added
    if (bias != null) {
      kernels.sumColumns(x.dimension(0), outputs(), dy.data(), bias.gradient().data());
    }
  }

  /** Returns a view of an array as a matrix, with a row for each sample. */
  private static Matrix matrix(NDArray a) {
    return new Matrix(a.data(), a.dimension(0), a.shape().dropFirst().size());
  }

  private int inputs() {
    return weight.value().dimension(0);
  }

  private int outputs() {
    return weight.value().dimension(1);
  }

  @Override
  public String toString() {
    return name + " " + weight.value().shape();
  }

  /** A spec of an {@link Affine} layer, returned by {@link Layers#affine(int)}. */
  public static final class Spec extends AbstractSpec {
    private static final String KIND = "affine";
    private static final Initializer HE = Initializer.heNormal();

    private final int outputs;
    private final boolean bias;
    private final Initializer initializer;

    Spec(int outputs) {
      this(outputs, true, HE);
    }

    private Spec(int outputs, boolean bias, Initializer initializer) {
      super(KIND);
      this.outputs = Check.atLeastOne(KIND, "a number of outputs", outputs);
      this.bias = bias;
      this.initializer = Objects.requireNonNull(initializer, "initializer");
    }

    /**
     * Returns a copy of this spec without a bias, as before a {@link BatchNormalization}, whose
     * beta does the same. The layer then has one parameter, the weight.
     *
     * @return a new spec
     */
    public Spec noBias() {
      return new Spec(outputs, false, initializer);
    }

    /**
     * Returns a copy of this spec with the given initializer of the weight.
     *
     * @param weight the initializer; He initialization by default
     * @return a new spec
     */
    public Spec initializer(Initializer weight) {
      return new Spec(outputs, bias, weight);
    }

    @Override
    Object content() {
      return List.of(settings(), initializer);
    }

    static Spec of(Settings s) {
      return new Spec(s.integer("outputs"), s.flag("bias"), HE);
    }

    @Override
    public Map<String, Object> settings() {
      return new Settings(KIND).with("outputs", outputs).with("bias", bias).toMap();
    }

    @Override
    public Affine build(String name, Shape input, RandomGenerator random) {
      int inputs = input.size();
      Shape shape = Check.weight(name, input, inputs, outputs);
      NDArray weight =
          StoredParameters.initial(
              random,
              name + ".W",
              shape,
              FileLayout.TRANSPOSED,
              () -> Check.initial(name, shape, initializer.create(shape, inputs, outputs, random)));
      return new Affine(
          name,
          weight,
          bias ? StoredParameters.zeros(random, name + ".b", Shape.of(outputs)) : null);
    }
  }
}
