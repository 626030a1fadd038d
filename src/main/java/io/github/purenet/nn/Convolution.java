package io.github.purenet.nn;

import io.github.purenet.kernel.ConvGeometry;
import io.github.purenet.kernel.Epilogue;
import io.github.purenet.kernel.Kernels;
import io.github.purenet.kernel.Window;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * A 2-D convolution (strictly, a cross-correlation, as usual in this field) with zero padding.
 *
 * <p>Shapes: x (N, C, H, W), weight (FN, C / groups, FH, FW), bias (FN) unless the {@link Spec}
 * leaves it out, y (N, FN, OH, OW) with {@code OH = floor((H + top + bottom - dilation (FH - 1) -
 * 1) / stride) + 1}, where top and bottom are the pads, and OW likewise; a remainder at the edge is
 * not read. The dilation is 1 and there is one group unless the {@link Spec} says otherwise. With
 * groups, channels and filters are divided, in order, into that many groups of equal size, and the
 * filters of a group read its channels only.
 *
 * <p>Source: Saitoh, <i>Deep Learning from Scratch</i>, section 7.4. There one matrix holds the
 * windows of all images as rows; here the kernel lays out the windows of some rows of one image at
 * a time, a column for each window, so that they stay in the cache and y results in its final
 * order: {@code y_n = W col_n + b}. {@link io.github.purenet.ndarray.Im2col} is the book's
 * function.
 */
public final class Convolution implements Layer {
  private final String name;
  private final Parameter weight;

  /** The bias, or null if there is none. */
  private final Parameter bias;

  private final Spec spec;

  /**
   * Creates a convolution with the given filters.
   *
   * @param weight the filters (FN, C, FH, FW); copied
   * @param bias the bias (FN); copied
   * @param stride the vertical and the horizontal stride, at least 1
   * @param pad the number of zeros on each side, at least 0
   * @throws IllegalArgumentException if a shape or number is out of range
   */
  public Convolution(NDArray weight, NDArray bias, int stride, int pad) {
    this(weight, bias, stride, stride, pad, pad);
  }

  /**
   * Creates a convolution with the given filters, and with a stride and a pad for each axis.
   *
   * @param weight the filters (FN, C, FH, FW); copied
   * @param bias the bias (FN); copied
   * @param strideHeight the vertical stride, at least 1
   * @param strideWidth the horizontal stride, at least 1
   * @param padHeight the number of rows of zeros on the top and on the bottom, at least 0
   * @param padWidth the number of columns of zeros on the left and on the right, at least 0
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

  /** Creates a convolution whose bias is null if there is none. */
  Convolution(String name, NDArray weight, NDArray bias, Spec spec) {
    Check.rank(name, "weight", 4, "(FN, C, FH, FW)", weight.shape());
    if (bias != null) {
      Check.sameShape(name, "bias", Shape.of(weight.dimension(0)), bias.shape());
    }
    this.name = name;
    this.weight = new Parameter(name + ".W", weight);
    this.bias = bias == null ? null : new Parameter(name + ".b", bias);
    this.spec = spec;
  }

  private static Spec spec(NDArray weight, int strideH, int strideW, int padH, int padW) {
    String name = "Convolution";
    Check.rank(name, "weight", 4, "(FN, C, FH, FW)", weight.shape());
    Window window = new Window(weight.dimension(2), weight.dimension(3));
    window = window.stride(strideH, strideW).pad(padH, padW);
    return new Spec(name, weight.dimension(0), window, 1, true, Spec.HE);
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
    return outputShape(input, Epilogue.NONE);
  }

  @Override
  public long multiplyAdds(Shape input) {
    ConvGeometry g = geometry(input);
    return (long) g.n() * g.fn() * g.windowSize() * ((long) g.oh() * g.ow());
  }

  @Override
  public NDArray forward(NDArray x, Pass pass) {
    return forward(geometry(x.shape()), x, pass, Epilogue.NONE);
  }

  /** Adds dW and, if there is a bias, db to the gradients, and computes dx. */
  @Override
  public NDArray backward(NDArray dy, Pass pass) {
    return backward(geometry(pass), dy, pass, Epilogue.NONE, true);
  }

  /** Adds dW and, if there is a bias, db to the gradients. */
  @Override
  public void backwardParameters(NDArray dy, Pass pass) {
    backward(geometry(pass), dy, pass, Epilogue.NONE, false);
  }

  /**
   * Computes the convolution and its epilogue in one kernel: {@code y_n = epilogue(W col_n + b)}.
   */
  NDArray forward(ConvGeometry g, NDArray x, Pass pass, Epilogue epilogue) {
    NDArray y = pass.output(this, outputShape(x.shape(), g, epilogue), x);
    boolean wantsPhases = pass.keeps() && epilogue.phases() > 1;
    float[] phases = wantsPhases ? pass.scratch(this, y.size()) : null;
    float[] w = weight.value().data();
    float[] b = bias == null ? null : bias.value().data();
    Kernels.active().convolve(g, x.data(), w, b, epilogue, y.data(), phases);
    pass.keep(this, x);
    return y;
  }

  /**
   * Computes the gradients, {@code dW += d_n col_n^T} and {@code dcol_n = W^T d_n}, where d is the
   * gradient of the convolution's output before the epilogue. If all parameters are frozen, only dx
   * is computed.
   */
  NDArray backward(ConvGeometry g, NDArray dy, Pass pass, Epilogue epilogue, boolean wantsDx) {
    NDArray x = pass.kept(this);
    NDArray y = pass.output(this, outputShape(x.shape(), g, epilogue));
    Check.sameShape(name, "dy", y.shape(), dy.shape());
    boolean wantsDw =
        pass.isTraining() && (!weight.isFrozen() || (bias != null && !bias.isFrozen()));
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
            wantsDw && bias != null ? bias.gradient().data() : null,
            wantsDx ? dx.data() : null);
    return dx;
  }

  Shape outputShape(Shape input, Epilogue epilogue) {
    return outputShape(input, geometry(input), epilogue);
  }

  private Shape outputShape(Shape input, ConvGeometry g, Epilogue epilogue) {
    int rows = g.oh() / epilogue.poolH();
    return Check.output(name, input, g.n(), g.fn(), rows, g.ow() / epilogue.poolW());
  }

  /** Returns the geometry of the last forward computation. */
  ConvGeometry geometry(Pass pass) {
    return geometry(pass.kept(this).shape());
  }

  ConvGeometry geometry(Shape input) {
    int channels = weight.value().dimension(1) * spec.groups;
    if (input.rank() == 4 && input.dimension(1) != channels) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s: expected %s channels, got %s in %s",
              name,
              channels,
              input.dimension(1),
              input));
    }
    return ConvGeometry.of(name, input.toArray(), spec.window, spec.filters, spec.groups);
  }

  @Override
  public String toString() {
    return name + " " + weight.value().shape();
  }

  /** A spec of a {@link Convolution} layer, returned by {@link Layers#conv(int, int)}. */
  public static final class Spec extends WindowSpec<Spec> {
    private static final String KIND = "conv";
    private static final Initializer HE = Initializer.heNormal();

    private final int filters;
    private final int groups;
    private final boolean bias;
    private final Initializer initializer;

    Spec(int filters, int fh, int fw) {
      this(KIND, filters, new Window(fh, fw), 1, true, HE);
    }

    /** Creates a spec after checking the settings; error messages begin with the name. */
    private Spec(
        String name,
        int filters,
        Window window,
        int groups,
        boolean bias,
        Initializer initializer) {
      super(KIND, name, window);
      this.filters = Check.atLeastOne(name, "a number of filters", filters);
      if (groups < 1 || filters % groups != 0) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "%s: expected groups that divide the %s filters, got %s",
                name,
                filters,
                groups));
      }
      this.groups = groups;
      this.bias = bias;
      this.initializer = Objects.requireNonNull(initializer, "initializer");
    }

    @Override
    Spec with(Window other) {
      return new Spec(KIND, filters, other, groups, bias, initializer);
    }

    /**
     * Returns a copy of this spec with the given dilation (Yu and Koltun 2016, section 2), the
     * distance in the image between neighboring elements of a filter.
     *
     * @param dilation the vertical and the horizontal dilation, at least 1; 1 by default
     * @return a new spec
     * @throws IllegalArgumentException if the number is out of range
     */
    public Spec dilation(int dilation) {
      return dilation(dilation, dilation);
    }

    /**
     * Returns a copy of this spec with the given dilation for each axis.
     *
     * @param height the vertical dilation, in rows of the image, at least 1
     * @param width the horizontal dilation, in columns of the image, at least 1
     * @return a new spec
     * @throws IllegalArgumentException if a number is out of range
     */
    public Spec dilation(int height, int width) {
      return with(window.dilation(height, width));
    }

    /**
     * Returns a copy of this spec with the given number of groups, into which channels and filters
     * are divided in order; the filters of a group read its channels only (Krizhevsky et al. 2012,
     * section 3.2). With as many groups as channels, the convolution is depthwise.
     *
     * @param count the number of groups, which must divide the number of filters and that of the
     *     channels of the input; 1 by default
     * @return a new spec
     * @throws IllegalArgumentException if the number is less than 1 or does not divide that of the
     *     filters
     */
    public Spec groups(int count) {
      return new Spec(KIND, filters, window, count, bias, initializer);
    }

    /**
     * Returns a copy of this spec without a bias, as before a {@link BatchNormalization}, whose
     * beta does the same. The layer then has one parameter, the weight.
     *
     * @return a new spec
     */
    public Spec noBias() {
      return new Spec(KIND, filters, window, groups, false, initializer);
    }

    /**
     * Returns a copy of this spec with the given initializer of the weight.
     *
     * @param weight the initializer; He initialization by default
     * @return a new spec
     */
    public Spec initializer(Initializer weight) {
      return new Spec(KIND, filters, window, groups, bias, weight);
    }

    @Override
    Object content() {
      return List.of(settings(), initializer);
    }

    static Spec of(Settings s) {
      int[] dilation = s.pair("dilation");
      Window window = take(s).dilation(dilation[0], dilation[1]);
      return new Spec(KIND, s.integer("filters"), window, s.integer("groups"), s.flag("bias"), HE);
    }

    @Override
    public Map<String, Object> settings() {
      return put(new Settings(KIND).with("filters", filters))
          .with("dilation", window.dilationH(), window.dilationW())
          .with("groups", groups)
          .with("bias", bias)
          .toMap();
    }

    @Override
    public Convolution build(String name, Shape input, RandomGenerator random) {
      Check.rank(name, "an input", 3, "(C, H, W)", input);
      int channels = input.dimension(0);
      if (channels % groups != 0) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "%s: expected groups that divide the %s channels, got %s in %s",
                name,
                channels,
                groups,
                input));
      }
      ConvGeometry.of(name, input.prepend(1).toArray(), window, filters, groups);
      Shape shape = Check.weight(name, input, filters, channels / groups, window.fh(), window.fw());
      int fanOut = filters / groups * window.fh() * window.fw();
      int fanIn = shape.dropFirst().size();
      NDArray weight =
          StoredParameters.initial(
              random,
              name + ".W",
              shape,
              FileLayout.SAME,
              () -> Check.initial(name, shape, initializer.create(shape, fanIn, fanOut, random)));
      return new Convolution(
          name,
          weight,
          bias ? StoredParameters.zeros(random, name + ".b", Shape.of(filters)) : null,
          this);
    }
  }
}
