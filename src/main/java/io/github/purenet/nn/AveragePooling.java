package io.github.purenet.nn;

import io.github.purenet.kernel.ConvGeometry;
import io.github.purenet.kernel.Kernels;
import io.github.purenet.kernel.Window;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Average pooling, which computes the mean of the numbers under each window, channel by channel.
 *
 * <p>Shapes: x (N, C, H, W), y (N, C, OH, OW) with {@code OH = floor((H + top + bottom - PH) /
 * stride) + 1}, where top and bottom are the pads, and OW likewise; a remainder at the edge is not
 * read. In ceil mode, the quotient is rounded up, unless the last window would then begin beyond
 * the image and its leading padding. Pads are smaller than the window, so that each window has a
 * number of the image.
 *
 * <p>Padding counts as zeros unless it is excluded; the sum is then divided by the number of
 * elements of the image under the window. The part of a window beyond the padding, in ceil mode,
 * never counts. Both rules are those of PyTorch's {@code avg_pool2d}; Keras, and ONNX by default,
 * exclude the padding.
 *
 * <p>Source: LeCun et al. 1998, <i>Gradient-based learning applied to document recognition</i>,
 * section II.A, whose subsampling also has a trained scale and bias.
 */
public final class AveragePooling implements Layer {
  private final String name;
  private final Spec spec;

  /**
   * Creates an average pooling layer in which padding counts as zeros. Its spec, {@link
   * Layers#avgPool(int)}, has more settings.
   *
   * @param height the height PH of the window, at least 1
   * @param width the width PW of the window, at least 1
   * @param stride the vertical and the horizontal stride, at least 1
   * @param pad the padding on each side, at least 0 and smaller than the window
   * @throws IllegalArgumentException if a number is out of range
   */
  public AveragePooling(int height, int width, int stride, int pad) {
    this(
        "AveragePooling",
        new Spec(
            "AveragePooling",
            new Window(height, width).stride(stride, stride).pad(pad, pad),
            true));
  }

  AveragePooling(String name, Spec spec) {
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
    return Pooling.outputShape(name, input, geometry(input));
  }

  @Override
  public NDArray forward(NDArray x, Pass pass) {
    ConvGeometry g = geometry(x.shape());
    NDArray y = pass.output(this, Pooling.outputShape(name, x.shape(), g), x);
    Kernels.active().averagePool(g, spec.countIncludePad, x.data(), y.data());
    pass.keep(this, x); // for its shape
    return y;
  }

  @Override
  public NDArray backward(NDArray dy, Pass pass) {
    NDArray x = pass.kept(this);
    ConvGeometry g = geometry(x.shape());
    Check.sameShape(name, "dy", Pooling.outputShape(name, x.shape(), g), dy.shape());
    NDArray dx = pass.gradient(this, x.shape());
    Kernels.active().averagePoolBackward(g, spec.countIncludePad, dy.data(), dx.data());
    return dx;
  }

  ConvGeometry geometry(Shape input) {
    return ConvGeometry.of(name, input.toArray(), spec.window);
  }

  @Override
  public String toString() {
    return name + " (" + spec.window.fh() + ", " + spec.window.fw() + ")";
  }

  /** A spec of an {@link AveragePooling} layer, returned by {@link Layers#avgPool(int)}. */
  public static final class Spec extends WindowSpec<Spec> {
    private static final String KIND = "avgPool";

    private final boolean countIncludePad;

    Spec(int height, int width) {
      this(KIND, disjoint(height, width), true);
    }

    /** Creates a spec after checking the settings; error messages begin with the name. */
    private Spec(String name, Window window, boolean countIncludePad) {
      super(KIND, name, window);
      this.countIncludePad = countIncludePad;
    }

    @Override
    Spec with(Window other) {
      return new Spec(KIND, other, countIncludePad);
    }

    /**
     * Returns a copy of this spec in ceil mode: the size of the output is rounded up, so that a
     * remainder at the edge gets a window of its own instead of not being read. The part of such a
     * window beyond the padding never counts.
     *
     * @return a new spec
     */
    public Spec ceilMode() {
      return with(window.ceil(true));
    }

    /**
     * Returns a copy of this spec that counts padding or excludes it.
     *
     * @param count true if padding counts as zeros, which is the default here and in PyTorch; false
     *     if each sum is divided by the number of elements of the image under the window
     * @return a new spec
     */
    public Spec countIncludePad(boolean count) {
      return new Spec(KIND, window, count);
    }

    static Spec of(Settings s) {
      Window window = take(s).ceil(s.flag("ceil")).checkWithPad(KIND);
      return new Spec(KIND, window, s.flag("countIncludePad"));
    }

    @Override
    public Map<String, Object> settings() {
      return put(new Settings(KIND))
          .with("ceil", window.ceil())
          .with("countIncludePad", countIncludePad)
          .toMap();
    }

    @Override
    public AveragePooling build(String name, Shape input, RandomGenerator random) {
      return new AveragePooling(name, this);
    }
  }
}
