package io.github.purenet.nn;

import io.github.purenet.kernel.ConvGeometry;
import io.github.purenet.kernel.ConvTail;
import io.github.purenet.kernel.Kernels;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * A convolution, and the Relu and the max pooling behind it if there are any, as one kernel: the
 * output of the convolution itself is never stored.
 *
 * <p>The result equals that of the layers run one by one; only a network makes it, and no layer
 * knows of it. The pool's windows must not overlap and must have no padding.
 */
final class FusedConvolution implements Layer {
  private final Convolution convolution;
  private final ConvTail tail;

  private FusedConvolution(Convolution convolution, ConvTail tail) {
    this.convolution = convolution;
    this.tail = tail;
  }

  /** The same layers, those chains that one kernel can run made one. */
  static List<Layer> fuse(List<Layer> layers) {
    List<Layer> fused = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      if (!(layers.get(i) instanceof Convolution convolution)) {
        fused.add(layers.get(i));
        continue;
      }
      boolean relu = i + 1 < layers.size() && layers.get(i + 1) instanceof Relu;
      i += relu ? 1 : 0;
      ConvTail tail = new ConvTail(relu, 1, 1);
      if (i + 1 < layers.size()
          && layers.get(i + 1) instanceof Pooling pooling
          && pooling.isDisjoint()) {
        tail = new ConvTail(relu, pooling.height(), pooling.width());
        i++;
      }
      fused.add(new FusedConvolution(convolution, tail));
    }
    return List.copyOf(fused);
  }

  @Override
  public String name() {
    return convolution.name();
  }

  @Override
  public List<Parameter> parameters() {
    return convolution.parameters();
  }

  @Override
  public Shape outputShape(Shape input) {
    return outputShape(convolution.geometry(input));
  }

  private Shape outputShape(ConvGeometry g) {
    return Shape.of(g.n(), convolution.filters(), g.oh() / tail.poolH(), g.ow() / tail.poolW());
  }

  @Override
  public NDArray forward(NDArray x, Pass pass) {
    ConvGeometry g = convolution.geometry(x.shape());
    NDArray y = pass.output(this, outputShape(g));
    NDArray w = convolution.weight().value();
    NDArray b = convolution.bias().value();
    boolean phases = pass.isTraining() && tail.phases() > 1;
    Kernels.active()
        .convolve(
            g,
            convolution.filters(),
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

  @Override
  public NDArray backward(NDArray dy, Pass pass) {
    NDArray dx = pass.gradient(this, pass.kept(this, name()).shape());
    backward(dy, pass, dx);
    return dx;
  }

  @Override
  public void backwardParameters(NDArray dy, Pass pass) {
    backward(dy, pass, null);
  }

  private void backward(NDArray dy, Pass pass, NDArray dx) {
    NDArray x = pass.kept(this, name());
    ConvGeometry g = convolution.geometry(x.shape());
    NDArray y = pass.output(this, outputShape(g));
    Check.sameShape(name(), "dy", y.shape(), dy.shape());
    NDArray w = convolution.weight().value();
    NDArray dw = convolution.weight().gradient();
    NDArray db = convolution.bias().gradient();
    Kernels.active()
        .convolveBackward(
            g,
            convolution.filters(),
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
            dw.data(),
            dw.offset(),
            db.data(),
            db.offset(),
            dx == null ? null : dx.data(),
            dx == null ? 0 : dx.offset());
  }
}
