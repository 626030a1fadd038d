package io.github.purenet.nn;

import io.github.purenet.kernel.ConvGeometry;
import io.github.purenet.kernel.ConvTail;
import io.github.purenet.kernel.Kernels;
import io.github.purenet.kernel.Window;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.util.List;

/**
 * 2-D convolution (cross-correlation, as everywhere in this field) with zero padding.
 *
 * <p>Shapes: x (N, C, H, W), weight (FN, C / groups, FH, FW), bias (FN), y (N, FN, OH, OW) with
 * {@code OH = floor((H + 2 pad - dilation (FH - 1) - 1) / stride) + 1}, and OW likewise; a
 * remainder at the edge is not read. Dilation is 1 and there is one group unless {@link
 * ConvolutionSpec} says otherwise. With groups, channels and filters are cut into as many pieces of
 * equal size, in their order, and the filters of a piece see its channels only.
 *
 * <p>Source: Saitoh, <i>Deep Learning from Scratch</i>, section 7.4. There one matrix holds the
 * windows of all images as rows; here each image is unfolded by itself, a window a column, which
 * stays in the cache and gives y in its final order: {@code y_n = W col_n + b}.
 */
public final class Convolution implements Layer {
  private final String name;
  private final Parameter weight;
  private final Parameter bias;
  private final Window window;
  private final int groups;

  /**
   * A convolution with given filters.
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
   * A convolution with given filters and a stride and a pad for each axis.
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
        window(weight, strideHeight, strideWidth, padHeight, padWidth),
        1);
  }

  Convolution(String name, NDArray weight, NDArray bias, Window window, int groups) {
    Check.rank(name, "weight", 4, "(FN, C, FH, FW)", weight.shape());
    Check.sameShape(name, "bias", Shape.of(weight.dimension(0)), bias.shape());
    this.name = name;
    this.weight = new Parameter(name + ".W", weight);
    this.bias = new Parameter(name + ".b", bias);
    this.window = window.checkWithPad(name);
    this.groups = checkGroups(name, groups, weight.dimension(0));
  }

  private static Window window(NDArray weight, int strideH, int strideW, int padH, int padW) {
    Check.rank("Convolution", "weight", 4, "(FN, C, FH, FW)", weight.shape());
    return new Window(weight.dimension(2), weight.dimension(3))
        .stride(strideH, strideW)
        .pad(padH, padW);
  }

  static int checkGroups(String name, int groups, int filters) {
    if (groups < 1 || filters % groups != 0) {
      throw new IllegalArgumentException(
          name + ": expected groups that divide the " + filters + " filters, got " + groups);
    }
    return groups;
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
    return outputShape(input, ConvTail.NONE);
  }

  @Override
  public long multiplyAdds(Shape input) {
    ConvGeometry g = geometry(input);
    return (long) g.n() * filters() * g.windowSize() * g.positions();
  }

  @Override
  public NDArray forward(NDArray x, Pass pass) {
    return forward(x, pass, ConvTail.NONE);
  }

  /** Adds dW and db to the gradients; returns dx. */
  @Override
  public NDArray backward(NDArray dy, Pass pass) {
    return backward(dy, pass, ConvTail.NONE, true);
  }

  /** Adds dW and db to the gradients. */
  @Override
  public void backwardParameters(NDArray dy, Pass pass) {
    backward(dy, pass, ConvTail.NONE, false);
  }

  /** The convolution and what follows it in one kernel: {@code y_n = tail(W col_n + b)}. */
  NDArray forward(NDArray x, Pass pass, ConvTail tail) {
    ConvGeometry g = geometry(x.shape());
    NDArray y = pass.output(this, outputShape(g, tail));
    NDArray w = weight.value();
    NDArray b = bias.value();
    boolean phases = pass.isTraining() && tail.phases() > 1;
    Kernels.active()
        .convolve(
            g,
            filters(),
            x.data(),
            x.offset(),
            w.data(),
            w.offset(),
            b.data(),
            b.offset(),
            tail,
            y.data(),
            y.offset(),
            phases ? pass.scratch(this, y.size()) : null);
    pass.keep(this, x);
    return y;
  }

  /**
   * {@code dW += d_n col_n^T}, {@code dcol_n = W^T d_n} with d = dy on its way back through tail.
   * Where weight and bias are frozen, only dx is computed.
   */
  NDArray backward(NDArray dy, Pass pass, ConvTail tail, boolean wantsDx) {
    NDArray x = pass.kept(this);
    ConvGeometry g = geometry(x.shape());
    NDArray y = pass.output(this, outputShape(g, tail));
    Check.sameShape(name, "dy", y.shape(), dy.shape());
    NDArray w = weight.value();
    boolean wantsDw = !weight.isFrozen() || !bias.isFrozen();
    NDArray dw = wantsDw ? weight.gradient() : null;
    NDArray db = wantsDw ? bias.gradient() : null;
    NDArray dx = wantsDx ? pass.gradient(this, x.shape()) : null;
    Kernels.active()
        .convolveBackward(
            g,
            filters(),
            x.data(),
            x.offset(),
            w.data(),
            w.offset(),
            tail,
            y.data(),
            y.offset(),
            pass.scratch(this, tail.phases() > 1 ? y.size() : 0),
            dy.data(),
            dy.offset(),
            wantsDw ? dw.data() : null,
            wantsDw ? dw.offset() : 0,
            wantsDw ? db.data() : null,
            wantsDw ? db.offset() : 0,
            wantsDx ? dx.data() : null,
            wantsDx ? dx.offset() : 0);
    return dx;
  }

  private int filters() {
    return weight.value().dimension(0);
  }

  Shape outputShape(Shape input, ConvTail tail) {
    return outputShape(geometry(input), tail);
  }

  private Shape outputShape(ConvGeometry g, ConvTail tail) {
    return Shape.of(g.n(), filters(), g.oh() / tail.poolH(), g.ow() / tail.poolW());
  }

  private ConvGeometry geometry(Shape input) {
    int channels = weight.value().dimension(1) * groups;
    if (input.rank() == 4 && input.dimension(1) != channels) {
      throw new IllegalArgumentException(
          name
              + ": expected "
              + channels
              + " channels, got "
              + input.dimension(1)
              + " in "
              + input);
    }
    return ConvGeometry.of(name, input.toArray(), window, groups);
  }

  @Override
  public String toString() {
    return name + " " + weight.value().shape();
  }
}
