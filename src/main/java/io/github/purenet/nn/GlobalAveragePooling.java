package io.github.purenet.nn;

import io.github.purenet.kernel.ConvGeometry;
import io.github.purenet.kernel.Kernels;
import io.github.purenet.kernel.Window;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;

/**
 * Global average pooling, which computes the mean of each channel.
 *
 * <p>Shapes: x (N, C, H, W) with any H and W of at least 1, y (N, C). PyTorch's {@code
 * adaptive_avg_pool2d} to (1, 1) keeps two more axes of length 1.
 *
 * <p>Source: Lin et al. 2014, <i>Network In Network</i>, section 3.2.
 */
public final class GlobalAveragePooling implements Layer {
  static final LayerSpec SPEC = new PlainSpec("globalAvgPool", GlobalAveragePooling::new);

  private final String name;

  /** Creates a global average pooling layer. */
  public GlobalAveragePooling() {
    this("GlobalAveragePooling");
  }

  GlobalAveragePooling(String name) {
    this.name = name;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Shape outputShape(Shape input) {
    return outputShape(geometry(input));
  }

  @Override
  public NDArray forward(NDArray x, Pass pass) {
    ConvGeometry g = geometry(x.shape());
    NDArray y = pass.output(this, outputShape(g), x);
    Kernels.active().averagePool(g, true, x.data(), y.data());
    pass.keep(this, x); // for its shape
    return y;
  }

  @Override
  public NDArray backward(NDArray dy, Pass pass) {
    NDArray x = pass.kept(this);
    ConvGeometry g = geometry(x.shape());
    Check.sameShape(name, "dy", outputShape(g), dy.shape());
    NDArray dx = pass.gradient(this, x.shape());
    Kernels.active().averagePoolBackward(g, true, dy.data(), dx.data());
    return dx;
  }

  private static Shape outputShape(ConvGeometry g) {
    return Shape.of(g.n(), g.c());
  }

  /** Returns the geometry of one window as large as the image. */
  private ConvGeometry geometry(Shape input) {
    Check.rank(name, "images", 4, "(N, C, H, W)", input);
    Window window = new Window(input.dimension(2), input.dimension(3));
    return ConvGeometry.of(name, input.toArray(), window);
  }

  @Override
  public String toString() {
    return name;
  }
}
