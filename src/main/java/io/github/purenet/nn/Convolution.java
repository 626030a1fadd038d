package io.github.purenet.nn;

import io.github.purenet.kernel.ConvGeometry;
import io.github.purenet.kernel.Epilogue;
import io.github.purenet.kernel.Kernels;
import io.github.purenet.kernel.Window;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * 2-D convolution (cross-correlation, as everywhere in this field) with zero padding.
 *
 * <p>Shapes: x (N, C, H, W), weight (FN, C / groups, FH, FW), bias (FN), y (N, FN, OH, OW) with
 * {@code OH = floor((H + 2 pad - dilation (FH - 1) - 1) / stride) + 1}, and OW likewise; a
 * remainder at the edge is not read. Dilation is 1 and there is one group unless {@link Spec} says
 * otherwise. With groups, channels and filters are cut into as many pieces of equal size, in their
 * order, and the filters of a piece see its channels only.
 *
 * <p>Source: Saitoh, <i>Deep Learning from Scratch</i>, section 7.4. There one matrix holds the
 * windows of all images as rows; here each image is unfolded by itself, a window a column, which
 * stays in the cache and gives y in its final order: {@code y_n = W col_n + b}.
 */
public final class Convolution implements Layer {
  private final String name;
  private final Parameter weight;
  private final Parameter bias;
  private final Spec spec;

  /**
   * Creates a convolution with given filters.
   *
   * @param weight (FN, C, FH, FW); copied
   * @param bias (FN); copied
   * @param stride step downwards and to the right, at least 1
   * @param pad zeros on each side, at least 0 and smaller than the filters
   * @throws IllegalArgumentException if a shape or number is out of range
   */
  public Convolution(NDArray weight, NDArray bias, int stride, int pad) {
    this(weight, bias, stride, stride, pad, pad);
  }

  /**
   * Creates a convolution with given filters and a stride and a pad for each axis.
   *
   * @param weight (FN, C, FH, FW); copied
   * @param bias (FN); copied
   * @param strideHeight step downwards, at least 1
   * @param strideWidth step to the right, at least 1
   * @param padHeight rows of zeros above, and as many below, at least 0 and below FH
   * @param padWidth columns of zeros left, and as many right, at least 0 and below FW
   * @throws IllegalArgumentException if a shape or number is out of range
   */
  public Convolution(
      NDArray weight,
      NDArray bias,
      int strideHeight,
      int strideWidth,
      int padHeight,
      int padWidth) {
    this(
        "Convolution",
        weight.copy(),
        bias.copy(),
        spec(weight, strideHeight, strideWidth, padHeight, padWidth));
  }

  Convolution(String name, NDArray weight, NDArray bias, Spec spec) {
    Check.rank(name, "weight", 4, "(FN, C, FH, FW)", weight.shape());
    Check.sameShape(name, "bias", Shape.of(weight.dimension(0)), bias.shape());
    spec.window.checkWithPad(name);
    this.name = name;
    this.weight = new Parameter(name + ".W", weight);
    this.bias = new Parameter(name + ".b", bias);
    this.spec = spec;
  }

  private static Spec spec(NDArray weight, int strideH, int strideW, int padH, int padW) {
    String name = "Convolution";
    Check.rank(name, "weight", 4, "(FN, C, FH, FW)", weight.shape());
    Window window = new Window(weight.dimension(2), weight.dimension(3));
    window = window.stride(strideH, strideW).pad(padH, padW);
    return new Spec(name, weight.dimension(0), window, 1, Spec.HE);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(weight, bias);
  }

  @Override
  public Shape outputShape(Shape input) {
    return outputShape(input, Epilogue.NONE);
  }

  @Override
  public long multiplyAdds(Shape input) {
    ConvGeometry g = geometry(input);
    return (long) g.n() * g.fn() * g.windowSize() * g.positions();
  }

  @Override
  public NDArray forward(NDArray x, Pass pass) {
    return forward(x, pass, Epilogue.NONE);
  }

  /** Adds dW and db to the gradients; returns dx. */
  @Override
  public NDArray backward(NDArray dy, Pass pass) {
    return backward(dy, pass, Epilogue.NONE, true);
  }

  /** Adds dW and db to the gradients. */
  @Override
  public void backwardParameters(NDArray dy, Pass pass) {
    backward(dy, pass, Epilogue.NONE, false);
  }

  /** The convolution and what follows it in one kernel: {@code y_n = epilogue(W col_n + b)}. */
  NDArray forward(NDArray x, Pass pass, Epilogue epilogue) {
    ConvGeometry g = geometry(x.shape());
    NDArray y = pass.output(this, outputShape(g, epilogue));
    boolean pooled = pass.isTraining() && epilogue.phases() > 1;
    float[] phases = pooled ? pass.scratch(this, y.size()) : null;
    float[] w = weight.value().data();
    float[] b = bias.value().data();
    Kernels.active().convolve(g, x.data(), w, b, epilogue, y.data(), phases);
    pass.keep(this, x);
    return y;
  }

  /**
   * {@code dW += d_n col_n^T}, {@code dcol_n = W^T d_n} with d = dy on its way back through
   * epilogue. Where weight and bias are frozen, only dx is computed.
   */
  NDArray backward(NDArray dy, Pass pass, Epilogue epilogue, boolean wantsDx) {
    NDArray x = pass.kept(this);
    ConvGeometry g = geometry(x.shape());
    NDArray y = pass.output(this, outputShape(g, epilogue));
    Check.sameShape(name, "dy", y.shape(), dy.shape());
    boolean wantsDw = !weight.isFrozen() || !bias.isFrozen();
    NDArray dx = wantsDx ? pass.gradient(this, x.shape()) : null;
    Kernels.active()
        .convolveBackward(
            g,
            x.data(),
            weight.value().data(),
            epilogue,
            y.data(),
            pass.scratch(this, epilogue.phases() > 1 ? y.size() : 0),
            dy.data(),
            wantsDw ? weight.gradient().data() : null,
            wantsDw ? bias.gradient().data() : null,
            wantsDx ? dx.data() : null);
    return dx;
  }

  private int filters() {
    return weight.value().dimension(0);
  }

  Shape outputShape(Shape input, Epilogue epilogue) {
    return outputShape(geometry(input), epilogue);
  }

  private Shape outputShape(ConvGeometry g, Epilogue epilogue) {
    return Shape.of(g.n(), g.fn(), g.oh() / epilogue.poolH(), g.ow() / epilogue.poolW());
  }

  private ConvGeometry geometry(Shape input) {
    int channels = weight.value().dimension(1) * spec.groups;
    if (input.rank() == 4 && input.dimension(1) != channels) {
      throw new IllegalArgumentException(
          String.format(
              "%s: expected %s channels, got %s in %s", name, channels, input.dimension(1), input));
    }
    return ConvGeometry.of(name, input.toArray(), spec.window, filters(), spec.groups);
  }

  @Override
  public String toString() {
    return name + " " + weight.value().shape();
  }

  /** Describes a {@link Convolution}; made by {@link Layers#conv(int, int)}. */
  public static final class Spec extends WindowSpec<Spec> {
    private static final String KIND = "conv";
    private static final Initializer HE = Initializer.heNormal();

    private final int filters;
    private final int groups;
    private final Initializer initializer;

    Spec(int filters, int fh, int fw) {
      this(KIND, filters, new Window(fh, fw), 1, HE);
    }

    /** Checks the settings; error texts begin with the name. */
    private Spec(String name, int filters, Window window, int groups, Initializer initializer) {
      super(KIND, name, window);
      this.filters = Check.atLeastOne(name, "a number of filters", filters);
      if (groups < 1 || filters % groups != 0) {
        throw new IllegalArgumentException(
            String.format(
                "%s: expected groups that divide the %s filters, got %s", name, filters, groups));
      }
      this.groups = groups;
      this.initializer = Objects.requireNonNull(initializer, "initializer");
    }

    @Override
    Spec with(Window other) {
      return new Spec(KIND, filters, other, groups, initializer);
    }

    /**
     * Returns the same spec with another dilation (Yu and Koltun 2016, section 2): the distance
     * between neighboring places of a filter in the image, both downwards and to the right.
     *
     * @param dilation at least 1; 1 unless set
     * @return a new spec
     * @throws IllegalArgumentException if the number is out of range
     */
    public Spec dilation(int dilation) {
      return dilation(dilation, dilation);
    }

    /**
     * Returns the same spec with another dilation.
     *
     * @param height rows of the image from one row of a filter to the next, at least 1
     * @param width columns of the image from one column of a filter to the next, at least 1
     * @return a new spec
     * @throws IllegalArgumentException if a number is out of range
     */
    public Spec dilation(int height, int width) {
      return with(window.dilation(height, width));
    }

    /**
     * Returns the same spec with channels and filters cut into groups, in their order; the filters
     * of a group see its channels only (Krizhevsky et al. 2012, section 3.2). With as many groups
     * as channels the convolution is depth-wise.
     *
     * @param count how many groups; must divide the filters, and the channels of the input; 1
     *     unless set
     * @return a new spec
     * @throws IllegalArgumentException if the number is below 1 or does not divide the filters
     */
    public Spec groups(int count) {
      return new Spec(KIND, filters, window, count, initializer);
    }

    /**
     * Returns the same spec with another initializer of the weight.
     *
     * @param weight replaces He initialization
     * @return a new spec
     */
    public Spec initializer(Initializer weight) {
      return new Spec(KIND, filters, window, groups, weight);
    }

    @Override
    Object content() {
      return List.of(settings(), initializer);
    }

    static Spec of(SpecSettings s) {
      int[] dilation = s.pair("dilation");
      Window window = take(s).dilation(dilation[0], dilation[1]).checkWithPad(KIND);
      return new Spec(KIND, s.integer("filters"), window, s.integer("groups"), HE);
    }

    @Override
    public Map<String, Object> settings() {
      return put(new SpecSettings(KIND).with("filters", filters))
          .with("dilation", window.dilationH(), window.dilationW())
          .with("groups", groups)
          .toMap();
    }

    @Override
    public Convolution build(String name, Shape input, RandomGenerator random) {
      Check.rank(name, "an input", 3, "(C, H, W)", input);
      int channels = input.dimension(0);
      if (channels % groups != 0) {
        throw new IllegalArgumentException(
            String.format(
                "%s: expected groups that divide the %s channels, got %s in %s",
                name, channels, groups, input));
      }
      Shape shape = Shape.of(filters, channels / groups, window.fh(), window.fw());
      int fanOut = filters / groups * window.fh() * window.fw();
      NDArray weight = initializer.create(shape, shape.dropFirst().size(), fanOut, random);
      return new Convolution(name, weight, NDArray.zeros(filters), this);
    }
  }
}
