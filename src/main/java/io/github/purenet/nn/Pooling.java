package io.github.purenet.nn;

import io.github.purenet.kernel.ConvGeometry;
import io.github.purenet.kernel.Kernels;
import io.github.purenet.kernel.Window;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Max pooling, which computes the maximum of the numbers under each window, channel by channel.
 *
 * <p>Shapes: x (N, C, H, W), y (N, C, OH, OW) with {@code OH = floor((H + top + bottom - PH) /
 * stride) + 1}, where top and bottom are the pads, and OW likewise; a remainder at the edge is not
 * read. In ceil mode, the quotient is rounded up, unless the last window would then begin beyond
 * the image and its leading padding. Pads are smaller than the window, so that each window has a
 * number of the image.
 *
 * <p>Padding is never the maximum, even if all numbers under the window are negative. Of equal
 * numbers, the first one receives the gradient. A NaN under the window makes the maximum NaN.
 *
 * <p>Source: Saitoh, <i>Deep Learning from Scratch</i>, section 7.4.4, whose code pads with zeros
 * and does not count them in the size of the output.
 */
public final class Pooling implements Layer {
  private final String name;
  private final Spec spec;

  /**
   * Creates a max pooling layer. Its spec, {@link Layers#maxPool(int)}, has more settings.
   *
   * @param height the height PH of the window, at least 1
   * @param width the width PW of the window, at least 1
   * @param stride the vertical and the horizontal stride, at least 1
   * @param pad the padding on each side, at least 0 and smaller than the window
   * @throws IllegalArgumentException if a number is out of range
   */
  public Pooling(int height, int width, int stride, int pad) {
    this(
        "Pooling",
        new Spec("Pooling", new Window(height, width).stride(stride, stride).pad(pad, pad)));
  }

  Pooling(String name, Spec spec) {
    spec.window.checkWithPad(name);
    this.name = name;
    this.spec = spec;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Shape outputShape(Shape input) {
    return outputShape(name, input, geometry(input));
  }

  @Override
  public NDArray forward(NDArray x, Pass pass) {
    ConvGeometry g = geometry(x.shape());
    NDArray y = pass.output(this, outputShape(name, x.shape(), g), x);
    int[] argMax = pass.keeps() ? pass.indices(this, y.size()) : null;
    Kernels.active().maxPool(g, x.data(), y.data(), argMax);
    pass.keep(this, x);
    return y;
  }

  @Override
  public NDArray backward(NDArray dy, Pass pass) {
    NDArray x = pass.kept(this);
    ConvGeometry g = geometry(x.shape());
    Check.sameShape(name, "dy", outputShape(name, x.shape(), g), dy.shape());
    int[] argMax = pass.indices(this, dy.size());
    NDArray dx = pass.gradient(this, x.shape());
    Kernels.active().maxPoolBackward(g, dy.data(), argMax, dx.data());
    return dx;
  }

  /**
   * Returns whether the windows tile the image without overlap or gap, with neither padding nor
   * ceil mode.
   */
  boolean isDisjoint() {
    return spec.window.strideH() == spec.window.fh()
        && spec.window.strideW() == spec.window.fw()
        && spec.window.pad().isNone()
        && !spec.window.same()
        && !spec.window.ceil();
  }

  int height() {
    return spec.window.fh();
  }

  int width() {
    return spec.window.fw();
  }

  static Shape outputShape(String name, Shape input, ConvGeometry g) {
    return Check.output(name, input, g.n(), g.c(), g.oh(), g.ow());
  }

  ConvGeometry geometry(Shape input) {
    return ConvGeometry.of(name, input.toArray(), spec.window);
  }

  @Override
  public String toString() {
    return name + " (" + spec.window.fh() + ", " + spec.window.fw() + ")";
  }

  /** A spec of a {@link Pooling} layer, returned by {@link Layers#maxPool(int)}. */
  public static final class Spec extends WindowSpec<Spec> {
    private static final String KIND = "maxPool";

    Spec(int height, int width) {
      this(KIND, disjoint(height, width));
    }

    /** Creates a spec after checking the settings; error messages begin with the name. */
    private Spec(String name, Window window) {
      super(KIND, name, window);
    }

    @Override
    Spec with(Window other) {
      return new Spec(KIND, other);
    }

    /**
     * Returns a copy of this spec in ceil mode: the size of the output is rounded up, so that a
     * remainder at the edge gets a window of its own instead of not being read.
     *
     * @return a new spec
     */
    public Spec ceilMode() {
      return with(window.ceil(true));
    }

    static Spec of(Settings s) {
      return new Spec(KIND, take(s).ceil(s.flag("ceil")).checkWithPad(KIND));
    }

    @Override
    public Map<String, Object> settings() {
      return put(new Settings(KIND)).with("ceil", window.ceil()).toMap();
    }

    @Override
    public Pooling build(String name, Shape input, RandomGenerator random) {
      return new Pooling(name, this);
    }
  }
}
